"""`/why`: as an answer to an alert, or with the link of one that did not come."""

from collections.abc import Mapping, Sequence

from telegram import Message as Posted
from telegram import Update
from telegram.ext import CommandHandler

from bot.alerts.compose import Message
from bot.alerts.html import escape, shorten
from bot.alerts.why import Step, Time, chain
from bot.feeds.urls import http_url
from bot.store import traces
from bot.store.chats import Chat
from bot.telegram.commands import App, Commands, Context
from bot.telegram.desk import Desk
from bot.telegram.messages import send
from bot.wording import Sentences, sentences

LONGEST = 200
MOST_FEEDS = 10


class Why:
    """Walks the chain from the feed to the chat."""

    def __init__(self, desk: Desk, commands: Commands) -> None:
        self._desk = desk
        self._commands = commands

    def register(self, app: App) -> None:
        """Hang the command into the library."""
        app.add_handler(CommandHandler(["why", "warum"], self.why))

    async def why(self, update: Update, context: Context) -> None:
        """Answer why an article was told here, or was not."""
        chat = await self._commands.enter(update, context)
        if chat is None or update.message is None:
            return
        words = sentences(chat.language)
        url = await self._asked(chat, context.args or [], update.message.reply_to_message)
        said = Message(words.why_unread) if url is None else await self._chain(chat, url, words)
        await send(context.bot, chat.id, said, answers=update.message.message_id)

    async def _asked(
        self, chat: Chat, written: Sequence[str], answered: Posted | None
    ) -> str | None:
        if written:
            return http_url(written[0])
        if answered is None:
            return None
        async with self._desk.store.read() as connection:
            return await traces.link_of(connection, chat.id, answered.message_id)

    async def _chain(self, chat: Chat, url: str, words: Sentences) -> Message:
        async with self._desk.store.read() as connection:
            seen = await traces.seen(connection, url)
            if not seen:
                sources = await traces.sources(connection, url)
                steps: Sequence[Step] = traces.unknown(sources[:MOST_FEEDS], self._time(chat))
            else:
                known = await traces.chat(connection, [each.entry_id for each in seen], chat.id)
                steps = chain(traces.listed(seen), known, self._time(chat))
        return Message("\n".join(f"{_mark(step)} {sentence(words, step)}" for step in steps))

    def _time(self, chat: Chat) -> Time:
        return self._desk.reader(chat).time


def _mark(step: Step) -> str:
    return "✖️" if step.broken else "✔️"


def sentence(words: Sentences, step: Step) -> str:
    """Return a step in words, as HTML."""
    params: Mapping[str, str] = step.params
    if step.key == "not_told":
        params = {"reason": words.why_reason(params["reason"])}
    shown = {name: escape(shorten(value, LONGEST)) for name, value in params.items()}
    return words.why[step.key].format(**shown)

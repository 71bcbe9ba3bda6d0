"""What a person can press. A button of another chat, an old or a forged one changes nothing."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from telegram import CallbackQuery, Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import CallbackQueryHandler, ExtBot

from bot.alerts import compose
from bot.alerts.compose import Message
from bot.alerts.html import escape, shorten
from bot.model import FoundArticle
from bot.store import Transaction, alerts, chats
from bot.store.chats import Chat
from bot.telegram import views
from bot.telegram.commands import App, Context
from bot.telegram.desk import Desk
from bot.telegram.manners import SETTINGS, Manners
from bot.telegram.messages import keyboard, send
from bot.telegram.rights import may_settle
from bot.wording import Sentences, sentences

log = structlog.get_logger()

LOOK_BACK = timedelta(hours=24)
ANSWER = 190  # Telegram shows at most 200 characters


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed by somebody who may."""

    bot: ExtBot[Any]
    query: CallbackQuery
    chat: Chat
    data: str
    """What stands behind the colon."""

    @property
    def words(self) -> Sentences:
        """The chat's language."""
        return sentences(self.chat.language)

    async def answer(self, text: str) -> None:
        """Let the button stop spinning; `text` is shown for a moment."""
        await _answer(self.query, text)


class Buttons:
    """One method for each kind of button; the kind is what stands before the colon."""

    def __init__(self, desk: Desk, manners: Manners) -> None:
        self._desk = desk
        self._kinds: dict[str, Callable[[Press], Awaitable[None]]] = {
            "on": self._switch_on,
            "off": self._switch_off,
            "lists": self._lists,
            "stop": self._stop,
            "in": self._let_in,
            "out": self._refuse,
            **dict.fromkeys(SETTINGS, partial(self._set, manners)),
        }

    def register(self, app: App) -> None:
        """Hang the buttons into the library."""
        app.add_handler(CallbackQueryHandler(self.press))

    async def press(self, update: Update, context: Context) -> None:
        """Do what the button says; each method answers it as soon as that is done."""
        query = update.callback_query
        if query is None:
            return
        chat = await self._presser(query)
        kind, _, data = (query.data or "").partition(":")
        method = self._kinds.get(kind)
        if (
            chat is None
            or method is None
            or not await may_settle(self._desk.store, context.bot, chat, query.from_user.id)
        ):
            words = sentences(query.from_user.language_code or "en")
            await _answer(query, words.stale_button)
            return
        await method(Press(context.bot, query, chat, data))

    async def _presser(self, query: CallbackQuery) -> Chat | None:
        if query.message is None:
            return None
        entered = await self._desk.access.enter(query.message.chat, query.from_user)
        return await self._desk.access.awake(entered)

    async def _switch_on(self, press: Press) -> None:
        labels, chat = self._desk.labels(), press.chat
        name = views.named(press.data, labels)
        if name is None:
            await press.answer(press.words.stale_button)
            return
        now = self._desk.now()
        async with self._desk.store.write() as tx:
            before = await chats.subscribed(tx, chat.id)
            await chats.subscribe(tx, chat.id, name, now)
            found = await alerts.recent(tx, name, now - LOOK_BACK)
            if name not in before:
                await _note_shown(tx, chat.id, name, found[: compose.RECENT_ITEMS], now)
        await press.answer(press.words.list_on.format(name=shorten(labels[name], ANSWER - 40)))
        await self._redraw(press)
        if name not in before:
            await send(press.bot, chat.id, compose.recent(name, found, self._desk.reader(chat)))

    async def _switch_off(self, press: Press) -> None:
        labels = self._desk.labels()
        name = views.named(press.data, labels)
        if name is None:
            await press.answer(press.words.stale_button)
            return
        async with self._desk.store.write() as tx:
            await chats.unsubscribe(tx, press.chat.id, name)
        await press.answer(press.words.list_off.format(name=shorten(labels[name], ANSWER - 40)))
        await self._redraw(press)

    async def _redraw(self, press: Press) -> None:
        async with self._desk.store.read() as connection:
            on = await chats.subscribed(connection, press.chat.id)
        buttons = views.lists("", self._desk.labels(), on).buttons
        try:
            await press.bot.edit_message_reply_markup(
                press.chat.id, _message_id(press), reply_markup=keyboard(buttons)
            )
        except TelegramError as error:
            # "message is not modified": pressed twice. What was asked for is done all the same.
            log.debug("button.not_redrawn", error=error.message)

    async def _lists(self, press: Press) -> None:
        await press.answer("")
        async with self._desk.store.read() as connection:
            on = await chats.subscribed(connection, press.chat.id)
        lists = views.lists(press.words.lists, self._desk.labels(), on)
        await send(press.bot, press.chat.id, lists)

    async def _set(self, manners: Manners, press: Press) -> None:
        """Settle how the chat is told, as the button says."""
        kind = (press.query.data or "").partition(":")[0]
        said = await manners.pressed(kind, press.data, press.chat)
        if said is None:
            await press.answer(press.words.stale_button)
            return
        if kind == "fold":
            await press.answer(said.html)
            return
        await press.answer("")
        await send(press.bot, press.chat.id, said)

    async def _stop(self, press: Press) -> None:
        words, data = press.words, press.data
        async with self._desk.store.write() as tx:
            if data == "pause":
                await chats.set_state(tx, press.chat.id, "paused")
            elif data == "erase":
                await chats.erase(tx, press.chat.id)
        await press.answer("")
        text = {"pause": words.paused, "erase": words.erased}.get(data, words.kept)
        await self._replace(press, Message(text))

    async def _let_in(self, press: Press) -> None:
        newcomer = None
        if press.chat.admin and _is_id(press.data):
            newcomer = await self._desk.access.admit(int(press.data))
        if newcomer is None:
            await press.answer(press.words.stale_button)
            return
        await press.answer("")
        await self._replace(press, Message(press.words.let_in.format(id=escape(press.data))))
        greeting = views.lists(
            sentences(newcomer.language).welcome, self._desk.labels(), frozenset()
        )
        try:
            await send(press.bot, newcomer.id, greeting)
        except TelegramError as error:
            log.info("access.greeting_failed", chat=newcomer.id, error=error.message)

    async def _refuse(self, press: Press) -> None:
        if not press.chat.admin or not _is_id(press.data):
            await press.answer(press.words.stale_button)
            return
        await press.answer("")
        await self._replace(press, Message(press.words.refused.format(id=escape(press.data))))

    async def _replace(self, press: Press, message: Message) -> None:
        """Put the answer where the question was, so that its buttons are gone."""
        try:
            await press.bot.edit_message_text(
                message.html, press.chat.id, _message_id(press), parse_mode="HTML"
            )
        except BadRequest:
            await send(press.bot, press.chat.id, message)


async def _note_shown(
    tx: Transaction, chat_id: int, name: str, shown: Sequence[FoundArticle], now: datetime
) -> None:
    """What is about to be shown is told: neither a second feed nor a change rings again."""
    told = alerts.Told(chat_id, (name,), "silent", "shown when the list was switched on")
    for article in shown:
        await alerts.open_alert(tx, article.entry_id, told, None, now)


async def _answer(query: CallbackQuery, text: str) -> None:
    try:
        await query.answer(text)
    except TelegramError as error:
        # Such as: too old to be answered.
        log.debug("button.not_answered", error=error.message)


def _message_id(press: Press) -> int:
    return press.query.message.message_id if press.query.message else 0


def _is_id(data: str) -> bool:
    return data.removeprefix("-").isdecimal() and data.isascii() and len(data) < 19

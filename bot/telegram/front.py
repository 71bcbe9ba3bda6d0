"""Hears what people say and press, lets them in, and hands it to the part that it is for.

Who may do what is checked here, for all parts. A button of another chat, an old or a forged one
changes nothing.
"""

from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import replace
from typing import Any

import structlog
import telegram
from telegram import Update
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ExtBot,
    MessageHandler,
    filters,
)

from bot.alerts.compose import Message
from bot.alerts.html import escape, one_line, shorten
from bot.feeds.urls import http_url
from bot.folder import LARGEST_FILE
from bot.model import Address
from bot.store import chats
from bot.store.chats import Chat
from bot.telegram import acting, views
from bot.telegram.access import is_entry
from bot.telegram.desk import Desk
from bot.telegram.messages import send
from bot.telegram.patience import Patience
from bot.telegram.steady import Context
from bot.telegram.talk import Command, Part, Press, Right, Talk, answer
from bot.wording import sentences

log = structlog.get_logger()

App = Application[Any, Any, Any, Any, Any, Any]

SHOWN = 200


class Front:
    """Stands between the library and the parts."""

    def __init__(self, desk: Desk, parts: Iterable[Part]) -> None:
        self._desk = desk
        self._parts = tuple(parts)
        buttons = [button for part in self._parts for button in part.buttons()]
        self._buttons = {button.kind: button for button in buttons}
        if len(self._buttons) < len(buttons):
            raise ValueError("two buttons are of one kind")
        self._uploads = [upload for part in self._parts for upload in part.uploads()]
        self._patience = Patience()

    def register(self, app: App) -> None:
        """Hang everything into the library."""
        surely = self._desk.waiting.steady
        for part in self._parts:
            for command in part.commands():
                app.add_handler(CommandHandler(list(command.names), surely(self.hears(command))))
        private = filters.ChatType.PRIVATE
        app.add_handler(MessageHandler(filters.Document.ALL & private, surely(self.upload)))
        app.add_handler(MessageHandler(filters.TEXT & private, surely(self.chat)))
        app.add_handler(CallbackQueryHandler(surely(self.press)))

    def hears(self, command: Command) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
        """Return what handles a message that says this command."""

        async def heard(update: Update, context: Context) -> None:
            talk = await self._enter(update, context)
            if talk is None:
                return
            if refused := await self._refused(talk, command.right):
                await talk.answer(Message(refused))
            elif (said := await command.call(talk)) is not None:
                await talk.answer(said, quotes=command.quotes)

        return heard

    async def chat(self, update: Update, context: Context) -> None:
        """Answer what is no command, or none of ours, with what could have been meant."""
        talk = await self._enter(update, context)
        if talk is None or talk.said is None:
            return
        text, words = talk.said.text or "", talk.words.own
        if text.startswith("/"):
            said = words.unknown_command
        elif http_url(text.strip()) is not None:
            said = words.plain_link
        else:
            said = words.plain_text.format(text=escape(shorten(one_line(text), SHOWN)))
        await talk.answer(Message(said))

    async def upload(self, update: Update, context: Context) -> None:
        """Hand a file to the part that it is for."""
        document = update.message.document if update.message else None
        talk = await self._enter(update, context) if document else None
        if document is None or talk is None:
            return
        name = document.file_name or ""
        talk = replace(talk, written=update.message.caption or "" if update.message else "")
        wanted = [u for u in self._uploads if name.casefold().endswith(u.endings)]
        if not wanted:
            await talk.answer(Message(talk.words.files.unknown_kind))
        elif refused := await self._refused(talk, wanted[0].right):
            await talk.answer(Message(refused))
        elif (document.file_size or 0) > LARGEST_FILE:
            await talk.answer(Message(talk.words.files.too_large))
        else:
            try:
                content = bytes(await (await document.get_file()).download_as_bytearray())
            except TelegramError as error:
                log.warning("telegram.file_not_had", error=error.message)
                await talk.answer(Message(talk.words.files.not_had))
                return
            if (said := await wanted[0].call(talk, name, content)) is not None:
                await talk.answer(said)

    async def press(self, update: Update, context: Context) -> None:
        """Do what a button says; each kind answers as soon as that is done."""
        query = update.callback_query
        if query is None:
            return
        said, meant = acting.meant(query.data or "")
        kind, _, data = said.partition(":")
        button = self._buttons.get(kind)
        talk = await self._presser(query, context.bot, meant)
        if talk is None or button is None:
            words = sentences(query.from_user.language_code or "en")
            await answer(query, words.stale_button)
        elif refused := await self._refused(talk, button.right):
            await answer(query, refused)
        else:
            await button.call(Press(talk, query, kind, data))

    async def _presser(
        self, query: telegram.CallbackQuery, bot: ExtBot[Any], meant: int | None
    ) -> Talk | None:
        if query.message is None:
            return None
        thread = _topic(query.message)
        chat = await self._desk.access.enter(query.message.chat, query.from_user, thread)
        if chat is None:
            return None
        await self._desk.access.wake(chat)
        talk = await self._complete(Talk(bot, chat, chat, query.from_user.id), meant)
        if meant is None:
            return talk
        return talk if talk.acts and await talk.may_settle() else None

    async def _enter(self, update: Update, context: Context) -> Talk | None:
        """Return what is said if the chat is let in; else tell it so, and ask the admins once."""
        message, user = update.message, update.effective_user
        if message is None or not await self._has_patience(context.bot, message, user):
            return None
        opened = await self._opened(message, user, context.args or ())
        thread = _topic(message)
        chat = await self._desk.access.enter(message.chat, user, thread)
        if chat is None:
            await self._refuse(context.bot, message, user)
            return None
        await self._desk.access.wake(chat)
        written = _after_command(message)
        user_id = user.id if user else None
        talk = Talk(context.bot, chat, chat, user_id, written, said=message, opened=opened)
        talk = await self._complete(talk, chat.acts_for)
        if talk.acts and not await talk.may_settle():
            await self._turn_back(talk)
            return None
        return talk

    async def _has_patience(
        self, bot: ExtBot[Any], message: telegram.Message, user: telegram.User | None
    ) -> bool:
        heard = self._patience.heard(message.chat.id, self._desk.now())
        if heard == "refuse":
            log.info("telegram.too_many_commands", chat=message.chat.id)
            words = sentences((user.language_code if user else None) or "en")
            to = Address(message.chat.id, _topic(message))
            await send(bot, to, Message(words.own.too_much))
        return heard == "answer"

    async def _turn_back(self, talk: Talk) -> None:
        """Have somebody settle their own chat again who may not settle another one any more."""
        async with self._desk.store.write() as tx:
            await chats.act_for(tx, talk.home.id, None)
        said = talk.words.people.manages_no_more.format(title=escape(talk.title))
        await talk.own.answer(Message(said))

    async def _opened(
        self, message: telegram.Message, user: telegram.User | None, written: Sequence[str]
    ) -> str:
        """Return what the code is good for that somebody came by; it may let them in."""
        if written and (message.text or "").startswith("/start"):
            return await self._desk.access.open(written[0], message.chat, user)
        return ""

    async def _complete(self, talk: Talk, meant: int | None) -> Talk:
        """Find out who says it, and which chat they mean where it is not this one."""
        is_private, other = talk.home.type == "private", None
        is_admin = talk.home.admin and is_private
        async with self._desk.store.read() as connection:
            if talk.user_id is not None and not is_admin:
                own = await chats.get(connection, talk.user_id)
                is_admin = own is not None and own.admin
            if meant is not None and is_private:
                other = await chats.get(connection, meant)
        talk = replace(talk, is_admin=is_admin)
        if other is None or other.type == "private":
            return talk
        title = await acting.title_of(talk.bot, other)
        # The person's own language, the other chat's everything else.
        return replace(talk, chat=replace(other, language=talk.home.language), title=title)

    async def _refused(self, talk: Talk, right: Right) -> str:
        """Say why somebody may not; empty where they may."""
        match right:
            case "admin":
                return "" if talk.is_admin else talk.words.people.only_admins
            case "settles":
                return "" if await talk.may_settle() else talk.words.only_administrators
            case _:
                return ""

    async def _refuse(
        self, bot: ExtBot[Any], message: telegram.Message, user: telegram.User | None
    ) -> None:
        chat = message.chat
        words = sentences((user.language_code if user else None) or "en")
        if chat.type != "private":
            await send(bot, chat.id, Message(words.private_only))
            return
        for admin in await self._desk.access.ask(chat, user):
            await self._ask(bot, admin, chat, user)
        is_asked = await self._desk.access.has_asked(chat.id)
        said = (words.people.no_access_yet if is_asked else words.no_access).format(id=chat.id)
        if is_entry(_payload(message)):
            said = f"{words.people.dead_entry}\n\n{said}"
        await send(bot, chat.id, Message(said))

    async def _ask(
        self, bot: ExtBot[Any], admin: Chat, chat: telegram.Chat, user: telegram.User | None
    ) -> None:
        name = user.full_name if user else "?"
        question = views.asked(sentences(admin.language), chat.id, name)
        try:
            await send(bot, admin.id, question)
        except TelegramError as error:
            log.warning("access.not_asked", admin=admin.id, error=error.message)


def _after_command(message: telegram.Message) -> str:
    """Return what follows a command, with its lines."""
    parts = (message.text or "").split(maxsplit=1)
    return parts[1].strip() if len(parts) > 1 else ""


def _payload(message: telegram.Message) -> str:
    """Return what the link says that somebody came by."""
    return _after_command(message) if (message.text or "").startswith("/start") else ""


def _topic(message: object) -> int | None:
    """Return in which topic of its group a message stands."""
    if isinstance(message, telegram.Message) and message.is_topic_message:
        return message.message_thread_id
    return None

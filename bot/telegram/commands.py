"""What a person can type: /start, /help, /lists, /stop."""

from typing import Any

import structlog
import telegram
from telegram import Update
from telegram.error import TelegramError
from telegram.ext import Application, CallbackContext, CommandHandler, ExtBot

from bot.alerts.compose import Message
from bot.store import chats
from bot.store.chats import Chat
from bot.telegram import views
from bot.telegram.desk import Desk
from bot.telegram.messages import send
from bot.wording import sentences

log = structlog.get_logger()

Context = CallbackContext[ExtBot[Any], Any, Any, Any]
App = Application[Any, Any, Any, Any, Any, Any]


class Commands:
    """One method for each command."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, app: App) -> None:
        """Hang the commands into the library."""
        for name, method in (
            ("start", self.start),
            ("help", self.help),
            ("lists", self.lists),
            ("stop", self.stop),
        ):
            app.add_handler(CommandHandler(name, method))

    async def start(self, update: Update, context: Context) -> None:
        """Greet, with the watchlists to choose from; a payload may be the owner's code."""
        chat, user = update.effective_chat, update.effective_user
        if chat is None:
            return
        payload = context.args[0] if context.args else ""
        owner = await self._desk.access.own(payload, chat, user)
        served = await self.enter(update, context)
        if served is None:
            return
        awake = served.state == "active"
        if not awake:
            async with self._desk.store.write() as tx:
                await chats.set_state(tx, served.id, "active")
        words = sentences(served.language)
        greeting = words.welcome_owner if owner else words.welcome if awake else words.welcome_back
        await self._send_lists(context.bot, served, greeting)

    async def lists(self, update: Update, context: Context) -> None:
        """Show the watchlists with their switches."""
        if served := await self._desk.access.awake(await self.enter(update, context)):
            await self._send_lists(context.bot, served, sentences(served.language).lists)

    async def help(self, update: Update, context: Context) -> None:
        """Say what there is."""
        if served := await self._desk.access.awake(await self.enter(update, context)):
            await send(context.bot, served.id, views.help_(sentences(served.language)))

    async def stop(self, update: Update, context: Context) -> None:
        """Ask: pause, or erase."""
        if served := await self._desk.access.awake(await self.enter(update, context)):
            await send(context.bot, served.id, views.stop(sentences(served.language)))

    async def _send_lists(self, bot: ExtBot[Any], chat: Chat, text: str) -> None:
        labels = self._desk.labels()
        if not labels:
            text = f"{text}\n\n{sentences(chat.language).no_lists}"
        async with self._desk.store.read() as connection:
            on = await chats.subscribed(connection, chat.id)
        await send(bot, chat.id, views.lists(text, labels, on))

    async def enter(self, update: Update, context: Context) -> Chat | None:
        """Return the chat if it is let in; else tell it so politely, and ask the admins once."""
        chat, user = update.effective_chat, update.effective_user
        if chat is None:
            return None
        served = await self._desk.access.enter(chat, user)
        if served is not None:
            return served
        await self._refuse(context.bot, chat, user)
        return None

    async def _refuse(
        self, bot: ExtBot[Any], chat: telegram.Chat, user: telegram.User | None
    ) -> None:
        words = sentences((user.language_code if user else None) or "en")
        if chat.type != "private":
            await send(bot, chat.id, Message(words.private_only))
            return
        for admin in await self._desk.access.ask(chat, user):
            name = user.full_name if user else "?"
            question = views.asked(sentences(admin.language), chat.id, name)
            try:
                await send(bot, admin.id, question)
            except TelegramError as error:
                log.warning("access.not_asked", admin=admin.id, error=error.message)
        await send(bot, chat.id, Message(words.no_access.format(id=chat.id)))

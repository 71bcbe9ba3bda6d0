"""The bot's presence in Telegram under one token: connects, polls, delivers, stops in order."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from datetime import timedelta
from typing import Any

import structlog
from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    Update,
)
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ContextTypes, ExtBot
from telegram.request import HTTPXRequest

from bot.alerts.timing import Burst
from bot.config import Config
from bot.errors import Fault, TokenError, Unreachable
from bot.store import DatabaseTrouble, chats, memory
from bot.telegram.access import owner_link
from bot.telegram.delivery import Delivery
from bot.telegram.desk import Desk
from bot.telegram.front import App, Front
from bot.telegram.lanes import Lanes
from bot.telegram.line import Line
from bot.telegram.moves import Members, Moves
from bot.telegram.parts import parts
from bot.telegram.polling import Polls
from bot.telegram.post import Post
from bot.telegram.steady import SteadyBot, Waiting
from bot.telegram.turns import Turns
from bot.wording import Sentences, sentences

log = structlog.get_logger()

USERNAME = "telegram.username"
# The long poll's time, and how long an answer may take beyond it. Telegram needs up to several
# seconds under load; the library's 5 s made messages uncertain that had arrived.
LONG_POLL = timedelta(seconds=25)
READ_TIMEOUT = 25
# For the call in flight, and once more for commands: Docker gives ten seconds in all.
STOP_WITHIN = 4
UPDATES = [Update.MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER]
POLLS = {"read_timeout": LONG_POLL.total_seconds() + 10, "connect_timeout": 10.0}
MENU = ("lists", "add", "last", "quiet", "why", "help")
SCOPES: tuple[tuple[BotCommandScope, Sequence[str]], ...] = (
    (BotCommandScopeAllPrivateChats(), ()),
    (BotCommandScopeAllGroupChats(), ()),
    (BotCommandScopeAllChatAdministrators(), ("stop",)),
)
"""Who is shown the menu, and what beside it; everything else is in /help."""
REFUSED_PAUSE = 10.0
"""Seconds after which a token that replaced another one, and is refused, is tried again."""


class Session:
    """The bot's presence under one token."""

    def __init__(
        self,
        config: Config,
        token: str,
        desk: Desk,
        line: Line,
        announce: Callable[[str], None],
    ) -> None:
        self._config = config
        self._store = desk.store
        self._now = desk.now
        self._announce = announce
        self._line = line
        lanes = Lanes(config.telegram.pace)
        polls = Polls(line, desk.now, **POLLS)
        self._app = _application(config, token, lanes, polls, desk.waiting)
        for each in (Front(desk, parts(desk, config)), Moves(desk), Members(desk)):
            each.register(self._app)
        self._app.add_error_handler(_log_error)
        burst = Burst(config.alerts.burst, config.alerts.burst_window)
        post = Post(desk.reader, burst, line, desk.now)
        self.delivery = Delivery(post, self._store, self._app.bot, lanes, desk.tools.counts)

    async def run(self, other_token: Coroutine[Any, Any, str], *, first: bool) -> str:
        """Serve until there is another token, and return that.

        Args:
            other_token: ends with it.
            first: nobody has served yet: a token that is refused is the operator's mistake, and not
                something that may pass.

        Raises:
            TokenError: Telegram refuses the token, and it is the first one.
        """
        waiting = asyncio.create_task(other_token)
        serving = asyncio.create_task(self._serve(first=first))
        try:
            await asyncio.wait({waiting, serving}, return_when=asyncio.FIRST_COMPLETED)
            if serving.done():
                serving.result()
            return await waiting
        finally:
            for task in (waiting, serving):
                task.cancel()
            await asyncio.gather(waiting, serving, return_exceptions=True)

    async def is_accepted(self) -> bool:
        """Ask Telegram whether it takes the token."""
        try:
            await self._app.bot.get_me()
        except TelegramError:
            return False
        return True

    async def _serve(self, *, first: bool) -> None:
        try:
            await self._connect(first=first)
            try:
                await self._greet()
            except DatabaseTrouble:
                log.exception("telegram.not_greeted", remedy="`ausguck status` makes the link")
            await self._app.start()
            if self._app.updater is not None:
                await self._app.updater.start_polling(
                    timeout=LONG_POLL,
                    bootstrap_retries=-1,
                    allowed_updates=UPDATES,
                    error_callback=_log_polling_error,
                )
            log.info("telegram.ready", username=self._app.bot.username)
            await self._deliver()
        except InvalidToken:
            raise _refused() from None
        finally:
            await self._stop()

    async def _connect(self, *, first: bool) -> None:
        pause = 1.0
        while True:
            try:
                await self._app.initialize()
            except InvalidToken as error:
                if first:
                    raise _refused() from None
                self._line.was_barred(self._now())
                log.warning("telegram.token_refused", error=error.message)
                await asyncio.sleep(REFUSED_PAUSE)
            except TelegramError as error:
                log.warning("telegram.unreachable", error=error.message, again_in_s=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 60)
            else:
                self._line.was_accepted()
                return

    async def _greet(self) -> None:
        """Note who we are, tell the operator how to become the admin, set the menu."""
        username = self._app.bot.username
        async with self._store.write() as tx:
            await memory.put_fact(tx, USERNAME, username)
            # An admin who makes a pause, or cannot be written to, is one all the same.
            known = any(chat.admin for chat in await chats.listed(tx))
            owned = known or self._config.telegram.admins
            link = None if owned else await owner_link(tx, username, self._now())
        if link:
            self._announce(f"Open this link within the hour to become the admin: {link}")
        try:
            for scope, more in SCOPES:
                for language, code in (("de", "de"), ("en", None)):
                    menu = _menu(sentences(language), more)
                    await self._app.bot.set_my_commands(menu, scope, code)
        except TelegramError as error:
            log.info("telegram.menu_not_set", error=error.message)

    async def _deliver(self) -> None:
        """Deliver until cancelled; a call in flight may still end."""
        delivering = asyncio.create_task(self.delivery.run())
        try:
            await asyncio.shield(delivering)
        except asyncio.CancelledError:
            await self.delivery.finish(STOP_WITHIN)
            raise
        finally:
            delivering.cancel()
            await asyncio.gather(delivering, return_exceptions=True)

    async def _stop(self) -> None:
        """Stop in order; what cannot be stopped in time is left to the end of the process."""
        try:
            async with asyncio.timeout(STOP_WITHIN):
                if self._app.updater is not None and self._app.updater.running:
                    await self._app.updater.stop()
                if self._app.running:
                    await self._app.stop()
        except (TelegramError, RuntimeError, TimeoutError) as error:
            log.warning("telegram.stop", error=str(error) or type(error).__name__)
        await self._app.shutdown()
        # Closes the connections also where Telegram was never reached.
        await self._app.bot.shutdown()


async def username(config: Config) -> str:
    """Ask Telegram who the token belongs to.

    Raises:
        TokenError: there is no token, or Telegram refuses it.
        Unreachable: Telegram does not answer.
    """
    token, lanes = require_token(config), Lanes(config.telegram.pace)
    app = _application(config, token, lanes, HTTPXRequest())
    try:
        async with app.bot:
            return str(app.bot.username)
    except InvalidToken:
        raise _refused() from None
    except TelegramError as error:
        raise Unreachable(error.message) from None


def _refused() -> TokenError:
    return TokenError(
        Fault("telegram.token", "Telegram refuses this token", "copy it again from @BotFather")
    )


def require_token(config: Config) -> str:
    """Return the token.

    Raises:
        TokenError: there is none.
    """
    token = config.telegram.token.get_secret_value() if config.telegram.token else ""
    if not token:
        raise TokenError(
            Fault(
                "telegram.token",
                "there is no token",
                "get one from @BotFather and set AUSGUCK_TELEGRAM__TOKEN",
            )
        )
    return token


def _application(
    config: Config,
    token: str,
    lanes: Lanes,
    polls: HTTPXRequest,
    waiting: Waiting | None = None,
) -> App:
    base = config.telegram.api_base.rstrip("/").removesuffix("/bot")
    settings: dict[str, Any] = {
        "token": token,
        "base_url": f"{base}/bot",
        "base_file_url": f"{base}/file/bot",
        "rate_limiter": lanes,
        "request": HTTPXRequest(
            connection_pool_size=32, read_timeout=READ_TIMEOUT, pool_timeout=10
        ),
        "get_updates_request": polls,
    }
    bot: ExtBot[Any] = SteadyBot(waiting, **settings) if waiting else ExtBot(**settings)
    return Application.builder().bot(bot).concurrent_updates(Turns()).job_queue(None).build()


def _menu(words: Sentences, more: Sequence[str]) -> list[BotCommand]:
    shown = {
        "lists": words.menu_lists,
        "add": words.people.menu_add,
        "last": words.menu_last,
        "quiet": words.menu_quiet,
        "why": words.menu_why,
        "help": words.menu_help,
        "stop": words.menu_stop,
    }
    return [BotCommand(name, shown[name]) for name in (*MENU, *more)]


def _log_polling_error(error: TelegramError) -> None:
    log.warning("telegram.polling", error=error.message)


async def _log_error(_update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    log.error("telegram.handler_failed", exc_info=context.error)

"""Runs the bot in Telegram, under one token after the other."""

import asyncio
from collections.abc import Callable
from zoneinfo import ZoneInfo

from bot.articles.read import ArticleReader
from bot.config import Config, reload
from bot.errors import TokenError
from bot.library import Library
from bot.log import hide
from bot.pipeline import Tools
from bot.pipeline.backtest import terms
from bot.telegram.access import Access
from bot.telegram.delivery import Delivery
from bot.telegram.desk import Desk
from bot.telegram.keeper import Keeper, say_trouble
from bot.telegram.line import Line
from bot.telegram.session import REFUSED_PAUSE, Session, require_token, username
from bot.telegram.steady import Waiting

__all__ = ["Telegram", "require_token", "username"]


class Telegram:
    """The bot's presence in Telegram, one token after the other."""

    def __init__(
        self,
        config: Config,
        tools: Tools,
        library: Library,
        announce: Callable[[str], None],
    ) -> None:
        """Nothing is connected yet.

        Args:
            config: the configuration, with a token.
            tools: the open store, the clock, and what reads pages and feeds.
            library: the watchlists in force.
            announce: shows the operator a line, such as the owner's link.

        Raises:
            TokenError: there is no token.
        """
        self._config = config
        self._tools = tools
        self._library = library
        self._now = tools.now
        self._announce = announce
        self._asked, self._reconfigured = asyncio.Event(), asyncio.Event()
        self.line = Line(tools.now())
        self._session = self._open(require_token(config))

    @property
    def delivery(self) -> Delivery:
        """What sends at present."""
        return self._session.delivery

    def look_again(self) -> None:
        """Read the token again where it is written, at once."""
        self._asked.set()

    def reconfigure(self, config: Config) -> None:
        """Work by another configuration from now on; what that changes here begins anew."""
        is_other = _concerning(config) != _concerning(self._config)
        self._config = config
        self._asked.set()
        if is_other:
            self._reconfigured.set()

    async def run(self) -> None:
        """Connect as soon as Telegram can be reached, then serve until cancelled.

        Raises:
            TokenError: Telegram refuses the token that it was started with.
        """
        token, first = require_token(self._config), True
        saying = asyncio.create_task(say_trouble(self.line, self._now))
        try:
            while True:
                session = self._session
                keeper = Keeper(self.line, self._written, session.is_accepted, self._asked)
                try:
                    token = await session.run(self._next(keeper, token), first=first)
                except TokenError:
                    if first:
                        raise
                    # It was taken over while we ran, or is refused only now: it may yet be good.
                    self.line.was_barred(self._now())
                    await asyncio.sleep(REFUSED_PAUSE)
                hide(token)
                self._reconfigured.clear()
                self._session, first = self._open(token), False
        finally:
            saying.cancel()

    async def _next(self, keeper: Keeper, token: str) -> str:
        """Return the token of the next session as soon as there is to be one."""
        other = asyncio.create_task(keeper.run(token))
        changed = asyncio.create_task(self._reconfigured.wait())
        try:
            await asyncio.wait({other, changed}, return_when=asyncio.FIRST_COMPLETED)
            return other.result() if other.done() else token
        finally:
            for task in (other, changed):
                task.cancel()
            await asyncio.gather(other, changed, return_exceptions=True)

    def _open(self, token: str) -> Session:
        zone = ZoneInfo(self._config.alerts.timezone)
        access = Access(self._tools.store, self._config, self._now)
        articles = ArticleReader(
            self._tools.fetcher,
            self._tools.workers,
            self._config.articles.deadline,
            self._config.net.user_agent,
            self._now,
        )
        language, waiting = self._config.watch.language, Waiting(self._tools.store)
        how = terms(self._config)
        desk = Desk(access, self._library, self._tools, articles, zone, language, how, waiting)
        return Session(self._config, token, desk, self.line, self._announce)

    def _written(self) -> str:
        return require_token(reload(self._config))


def _concerning(config: Config) -> tuple[object, ...]:
    """Return what a session is opened with, but for the token, which has a keeper of its own."""
    telegram = config.telegram.model_copy(update={"token": None})
    kept = (config.net.user_agent, config.net.contact, config.store.keep)
    return telegram, config.alerts, config.articles.deadline, config.watch.language, *kept

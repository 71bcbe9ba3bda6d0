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
        self._asked = asyncio.Event()
        self.line = Line(tools.now())
        self._session = self._open(require_token(config))

    @property
    def delivery(self) -> Delivery:
        """What sends at present."""
        return self._session.delivery

    def look_again(self) -> None:
        """Read the token again where it is written, at once."""
        self._asked.set()

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
                    token = await session.run(keeper.run(token), first=first)
                except TokenError:
                    if first:
                        raise
                    # It was taken over while we ran, or is refused only now: it may yet be good.
                    self.line.was_barred(self._now())
                    await asyncio.sleep(REFUSED_PAUSE)
                hide(token)
                self._session, first = self._open(token), False
        finally:
            saying.cancel()

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
        desk = Desk(access, self._library, self._tools, articles, zone, language, waiting)
        return Session(self._config, token, desk, self.line, self._announce)

    def _written(self) -> str:
        return require_token(reload(self._config))

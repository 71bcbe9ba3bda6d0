"""The status page at `/`: in German and English, without JavaScript."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from bot.pages import search_page, status_page
from bot.pages.values import Found
from bot.store import DatabaseTrouble, Store
from bot.watch.watchlist import Watchlist
from bot.web.reader import Reader, reader
from bot.web.search import Search, is_search
from bot.web.status import compose, look_up

log = structlog.get_logger()

VARY = {"Vary": "Accept-Language"}


class Page:
    """Shows how everything is, and searches what was read."""

    def __init__(
        self,
        store: Store,
        watchlists: Callable[[], Sequence[Watchlist]],
        zone: ZoneInfo,
        now: Callable[[], datetime],
        trouble: Callable[[], str | None],
    ) -> None:
        """Be ready.

        Args:
            store: the open store.
            watchlists: returns the lists in force.
            zone: the time zone that times are told in.
            now: the clock.
            trouble: says what is wrong with the line to Telegram.
        """
        self._store = store
        self._watchlists = watchlists
        self._zone = zone
        self._now = now
        self._trouble = trouble
        self._search = Search(store)

    @property
    def routes(self) -> Sequence[Route]:
        """What a web server is to serve."""
        return (Route("/", self._show),)

    async def _show(self, request: Request) -> HTMLResponse:
        asked, whole = request.query_params, request.query_params.get("feeds") == "all"
        preferred = request.headers.get("accept-language", "")
        who = reader(asked, preferred, self._zone, self._now())
        try:
            if is_search(asked):
                found, status = await self._search.page(asked, who)
                return HTMLResponse(search_page(found), status, VARY)
            return HTMLResponse(await self._status(who, whole=whole), headers=VARY)
        except DatabaseTrouble as error:
            log.warning("page.not_shown", error=str(error))
            return HTMLResponse(search_page(_sorry(who)), 503, VARY)

    async def _status(self, who: Reader, *, whole: bool) -> str:
        lists = self._watchlists()
        async with self._store.read() as connection:
            known = await look_up(connection, lists, who)
        trouble = self._trouble()
        # A thousand feeds take a while to write: the loop has better to do.
        return await asyncio.to_thread(
            lambda: status_page(compose(known, lists, who, trouble=trouble, whole=whole))
        )


def _sorry(who: Reader) -> Found:
    return Found(who.frame(), who.words.page.database_down)

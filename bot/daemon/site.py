"""What the daemon's web server serves, and the token for it: as configured, else one of our own."""

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import structlog
from starlette.routing import Route

from bot.config import Config
from bot.library import Library
from bot.log import hide
from bot.store import Store, memory
from bot.watch.watchlist import Watchlist
from bot.web.atom import Atom
from bot.web.gate import is_loopback
from bot.web.page import Page
from bot.web.server import address
from bot.wording import sentences

log = structlog.get_logger()

MADE = "web.token"
"""The fact that keeps the token that was made."""


async def page_token(config: Config, store: Store) -> str | None:
    """Return the token, which is made where strangers could come and none is configured.

    None: there is none, and only whoever is on this machine needs none.
    """
    if config.web.token is not None:
        return config.web.token.get_secret_value()
    if is_loopback(config.web.host):
        return None
    async with store.write() as tx:
        token = await memory.fact(tx, MADE)
        if token is None:
            token = secrets.token_urlsafe(24)
            await memory.put_fact(tx, MADE, token)
            log.info("web.token_made", remedy="`ausguck status` prints the page's address with it")
    hide(token)
    return token


async def page_address(config: Config, store: Store) -> str | None:
    """Return where the page is, with the token where one is needed; None: any port is right."""
    if not config.web.port:
        return None
    token = await page_token(config, store)
    page = address(config.web.host, config.web.port)
    if token is None:
        return page
    return f"{page}?{urlencode({'token': token})}"


def routes(
    config: Config,
    store: Store,
    library: Library,
    trouble: Callable[[], str | None],
    now: Callable[[], datetime],
) -> Sequence[Route]:
    """Return what is served beside /healthz: the status page, and lists as feeds.

    Args:
        config: the configuration.
        store: the open store.
        library: knows the watchlists in force.
        trouble: says what is wrong with the line to Telegram.
        now: the clock.
    """

    def lists() -> Sequence[Watchlist]:
        return library.watchlists

    page = Page(store, lists, ZoneInfo(config.alerts.timezone), now, trouble)
    feeds = Atom(store, lists, sentences(config.alerts.language))
    return (*page.routes, *feeds.routes)

"""The token of the daemon's pages: as it is configured, else one of our own where one is needed."""

import secrets
from urllib.parse import urlencode

import structlog

from bot.config import Config
from bot.log import hide
from bot.store import Store, memory
from bot.web.gate import is_loopback
from bot.web.server import address

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
    if token is None or is_loopback(config.web.host):
        return page
    return f"{page}?{urlencode({'token': token})}"

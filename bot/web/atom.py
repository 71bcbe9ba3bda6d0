"""A watchlist's stories as an Atom feed, for whoever knows its secret address."""

import asyncio
import hmac
import secrets
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from urllib.parse import quote
from uuid import UUID, uuid5

import structlog
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.alerts.html import one_line, shorten
from bot.pages.atom import TYPE, AtomEntry, AtomFeed, atom
from bot.store import DatabaseTrouble, Store
from bot.store import atom as kept
from bot.store.atom import Story
from bot.watch.watchlist import Watchlist
from bot.web.gate import FEEDS
from bot.web.passage import passage
from bot.wording import Sentences, language_of

log = structlog.get_logger()

ENTRIES = 50
TITLE, OUTLET, OUTLETS = 200, 50, 10
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""When a feed was last changed that has nothing in it yet."""


def path(watchlist: str, secret: str) -> str:
    """Return where the feed of a list is, below the address of the server."""
    return f"{FEEDS.lstrip('/')}{quote(watchlist, safe='')}/{secret}.atom"


def new_secret() -> str:
    """Return a secret that nobody guesses."""
    return secrets.token_urlsafe(32)


class Atom:
    """Serves the feeds of watchlists."""

    def __init__(
        self, store: Store, watchlists: Callable[[], Sequence[Watchlist]], words: Sentences
    ) -> None:
        """Be ready.

        Args:
            store: the open store.
            watchlists: returns the lists in force.
            words: the language that the feeds are in.
        """
        self._store = store
        self._watchlists = watchlists
        self._words = words

    @property
    def routes(self) -> Sequence[Route]:
        """What a web server is to serve."""
        return (Route(f"{FEEDS}{{name}}/{{secret}}.atom", self._feed),)

    async def _feed(self, request: Request) -> Response:
        name, shown = request.path_params["name"], request.path_params["secret"]
        watchlist = next((each for each in self._watchlists() if each.name == name), None)
        try:
            async with self._store.read() as connection:
                secret = await kept.secret(connection, name)
                # Something is compared in any case: how long it takes tells nothing.
                is_right = hmac.compare_digest(shown.encode(), (secret or new_secret()).encode())
                if not is_right or secret is None or watchlist is None:
                    return PlainTextResponse("There is no such feed.", 404)
                stories = await kept.stories(connection, name, ENTRIES)
                installation = await kept.installation(connection)
        except DatabaseTrouble as error:
            log.warning("atom.not_served", watchlist=name, error=str(error))
            return PlainTextResponse("The database does not answer.", 503, {"Retry-After": "60"})
        address = str(request.url.replace(query=""))
        feed = _feed(watchlist, stories, installation, address, self._words)
        return _answer(request.headers, await asyncio.to_thread(atom, feed), feed.updated)


def _feed(
    watchlist: Watchlist,
    stories: Sequence[Story],
    installation: UUID,
    address: str,
    words: Sentences,
) -> AtomFeed:
    return AtomFeed(
        id=uuid5(installation, watchlist.name).urn,
        title=words.page.atom_title.format(label=one_line(watchlist.label)),
        address=address,
        language=language_of(words),
        updated=max((each.updated for each in stories), default=NEVER),
        entries=[_entry(each, uuid5(installation, watchlist.name), words) for each in stories],
    )


def _entry(story: Story, feed: UUID, words: Sentences) -> AtomEntry:
    newest = story.newest
    others = [shorten(one_line(name), OUTLET) for name in story.outlets if name != newest.outlet]
    also = words.page.atom_also.format(outlets=", ".join(others[:OUTLETS])) if others else ""
    return AtomEntry(
        id=uuid5(feed, str(story.number)).urn,
        title=shorten(one_line(newest.article.title), TITLE) or newest.link or "–",
        link=newest.link,
        outlet=shorten(one_line(newest.outlet), OUTLET) or "–",
        published=story.published,
        updated=story.updated,
        also=also,
        passage=list(passage(newest)),
    )


def _answer(headers: Headers, body: bytes, updated: datetime) -> Response:
    """Answer with a feed, or that it is as the reader knows it."""
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    said = {
        "ETag": tag,
        "Last-Modified": format_datetime(updated.astimezone(UTC), usegmt=True),
        "Cache-Control": "private, no-cache",
        "X-Robots-Tag": "noindex",
    }
    if _is_known(headers, tag, updated):
        return Response(status_code=304, headers=said)
    return Response(body, headers={**said, "Content-Type": TYPE})


def _is_known(headers: Headers, tag: str, updated: datetime) -> bool:
    if known := headers.get("if-none-match"):
        tags = {each.strip().removeprefix("W/") for each in known.split(",")}
        return tag in tags or "*" in tags
    try:
        since = parsedate_to_datetime(headers.get("if-modified-since", ""))
    except (ValueError, OverflowError):
        return False
    return updated.replace(microsecond=0) <= since.replace(tzinfo=since.tzinfo or UTC)

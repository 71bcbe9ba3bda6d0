"""The sandbox's press: feeds and article pages, recorded ones and those published by a test.

The outlets, authors and events in the folder `newsroom` are invented; likeness is chance.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import chain, count, zip_longest

from bot.sandbox.press_data import Outlet, Recording, load_outlets
from bot.sandbox.press_feeds import Entry, atom, http_date, rss
from bot.sandbox.press_pages import article_url, published_page, recorded_page

_FEED_NAME = re.compile(r"[a-z0-9-]{1,60}")
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")
_SLUG_LENGTH = 60
_TRANSLITERATION = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Document:
    """What a request for a feed or a page gets.

    Attributes:
        body: The document, UTF-8.
        content_type: With its charset.
        etag: Strong validator, quoted.
        last_modified: An HTTP date.
    """

    body: bytes
    content_type: str
    etag: str
    last_modified: str


@dataclass(frozen=True, slots=True)
class Publication:
    """An article to be published.

    Attributes:
        title: Headline, plain text.
        html: A whole page, or a fragment that is put into a plain page.
        id: The entry's id; without one it gets one of its own.
        published: ISO 8601 or RFC 822; a time without a zone is UTC; without one it is now.
        summary: Teaser in the feed, plain text.
        url: Its address, where that is of a page published before; without one it gets a page.
    """

    title: str
    html: str
    id: str | None = None
    published: str | None = None
    summary: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """Where a published article is, and the id of its entry."""

    url: str
    id: str


@dataclass(slots=True)
class _Feed:
    outlet: Outlet
    changed: datetime
    entries: dict[str, Entry] = field(default_factory=dict)
    rendered: Document | None = None

    def put(self, entry: Entry, moment: datetime) -> None:
        if self.entries.get(entry.id) == entry:
            return
        # Two changes within a second must not share a Last-Modified, which counts seconds.
        self.changed = max(moment, self.changed + _SECOND)
        self.entries.pop(entry.id, None)
        self.entries[entry.id] = entry
        self.rendered = None

    def newest_first(self) -> list[Entry]:
        # Sorted, then turned round: of two with the same date the one published later leads.
        return sorted(self.entries.values(), key=lambda entry: entry.published)[::-1]


class Press:
    """The newsroom in memory: renders feeds and pages, publishes articles."""

    def __init__(self, *, base_url: str, now: Callable[[], datetime]) -> None:
        """Opens with the recorded articles that are not live.

        Args:
            base_url: Root of all addresses, such as `http://127.0.0.1:8799`.
            now: The clock, aware UTC. The age of recorded articles counts from this moment.
        """
        self._base_url = base_url.rstrip("/")
        self._now = now
        self._outlets = load_outlets()
        self.reset()

    def reset(self) -> None:
        """Forgets all that was published and opens anew, at the present moment."""
        moment = self._moment()
        self._feeds: dict[str, _Feed] = {}
        self._pages: dict[str, Document] = {}
        self._numbers = count(1)
        self._live = _live_in_turn(self._outlets)
        for outlet in self._outlets:
            self._feeds[outlet.name] = _Feed(outlet, changed=datetime.min.replace(tzinfo=UTC))
            for article in sorted(outlet.recordings, key=lambda a: a.age_minutes, reverse=True):
                if not article.live:
                    age = timedelta(minutes=article.age_minutes)
                    self._record(outlet, article, moment - age)

    def feed_names(self) -> tuple[str, ...]:
        """Names of all feeds: the recorded ones by name, then new ones as they came."""
        return tuple(self._feeds)

    def feed(self, name: str) -> Document | None:
        """The feed, newest entry first, or None if there is none of this name.

        Its validators change when, and only when, something in it changes.
        """
        feed = self._feeds.get(name)
        if feed is None:
            return None
        if feed.rendered is None:
            write = atom if feed.outlet.format == "atom" else rss
            url = f"{self._base_url}/feeds/{name}.xml"
            text = write(feed.outlet, feed.newest_first(), url=url, changed=feed.changed)
            kind = f"application/{feed.outlet.format}+xml; charset=utf-8"
            feed.rendered = _document(text, kind, feed.changed)
        return feed.rendered

    def page(self, path: str) -> Document | None:
        """The page at `{base_url}/articles/{path}`, or None."""
        return self._pages.get(path)

    def publish(self, feed: str, article: Publication) -> Published:
        """Puts an article into a feed; one with an id that the feed has replaces that entry.

        Args:
            feed: Name of the feed; a new name makes a new RSS feed.
            article: What to publish.

        Raises:
            ValueError: The feed's name, the title or the date is no good; says which and why.
        """
        if not _FEED_NAME.fullmatch(feed):
            raise ValueError(
                f"feed {feed!r} is no feed name: use 1 to 60 of the characters a-z, 0-9 and -"
            )
        if not article.title.strip():
            raise ValueError("title is empty: an article needs one")
        published = _read_date(article.published) if article.published else self._moment()
        target = self._feeds.get(feed) or self._new_feed(feed)
        known = target.entries.get(article.id) if article.id else None
        url = article.url or (known.url if known else self._new_url(feed, article.title))
        entry = Entry(
            id=article.id or url,
            url=url,
            title=article.title.strip(),
            published=published,
            summary=article.summary or "",
        )
        page = published_page(entry.title, article.html)
        self._put(target, entry, page, self._moment())
        return Published(url, entry.id)

    def publish_next(self) -> Published | None:
        """Publishes the next recorded live article, dated now; None when all are out.

        The outlets take turns.
        """
        following = next(self._live, None)
        return self._record(*following, self._moment()) if following else None

    def _record(self, outlet: Outlet, article: Recording, published: datetime) -> Published:
        entry = Entry(
            id=f"urn:newsroom:{outlet.name}:{article.slug}",
            url=article_url(self._base_url, outlet.name, article.slug),
            title=article.title,
            published=published,
            summary=article.summary,
            author=article.author,
            section=article.section,
        )
        html = recorded_page(outlet, article, base_url=self._base_url, published=published)
        self._put(self._feeds[outlet.name], entry, html, published)
        return Published(entry.url, entry.id)

    def _put(self, feed: _Feed, entry: Entry, html: str, changed: datetime) -> None:
        feed.put(entry, changed)
        path = entry.url.removeprefix(f"{self._base_url}/articles/")
        page = _document(html, "text/html; charset=utf-8", changed)
        known = self._pages.get(path)
        if known is None or known.etag != page.etag:
            self._pages[path] = page

    def _new_feed(self, name: str) -> _Feed:
        outlet = Outlet(name=name, title=name, description=f"Articles published as {name}")
        self._feeds[name] = _Feed(outlet, changed=self._moment())
        return self._feeds[name]

    def _new_url(self, feed: str, title: str) -> str:
        plain = _NOT_IN_SLUG.sub("-", title.lower().translate(_TRANSLITERATION))
        slug = f"{plain[:_SLUG_LENGTH].strip('-')}-{next(self._numbers)}"
        return article_url(self._base_url, feed, slug.lstrip("-"))

    def _moment(self) -> datetime:
        return self._now().astimezone(UTC).replace(microsecond=0)


def _live_in_turn(outlets: tuple[Outlet, ...]) -> Iterator[tuple[Outlet, Recording]]:
    """Every outlet's first live article, then every outlet's second, and so on."""
    queues = ([(outlet, a) for a in outlet.recordings if a.live] for outlet in outlets)
    return (turn for turn in chain.from_iterable(zip_longest(*queues)) if turn is not None)


def _read_date(text: str) -> datetime:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text.strip())
            aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            return aware.astimezone(UTC).replace(microsecond=0)
        except (ValueError, OverflowError):  # the latter: no such moment in UTC
            continue
    raise ValueError(
        f"published {text!r} is no date: write it as 2025-05-09T08:14:00+02:00 "
        "or as Fri, 09 May 2025 08:14:00 +0200"
    )


def _document(text: str, content_type: str, changed: datetime) -> Document:
    body = text.encode("utf-8", errors="replace")
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return Document(body, content_type, etag, http_date(changed))

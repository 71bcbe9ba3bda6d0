"""What feeds list: entries that are new, that changed, that got another id, that are gone."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import and_, case, func, literal, or_, select, text, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feeds.urls import canonical
from bot.store.schema import entries
from bot.store.types import Flag, Instant

T = TypeVar("T")

# An entry that differs at every poll contains the time of day or an advertisement, or is a live
# blog (lemon24/reader stops following such entries after 24 changes): read again, but less often.
MOST_CHANGES = 24
SLOWLY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry as a poll found it, ready to be kept."""

    key: str
    subject: str
    """Its page; of an entry that has none, or shares it with others, what is its own alone."""
    link: str | None
    title: str
    text: str
    digest: str
    published: datetime
    dated: bool
    """Whether `published` is the publisher's word, and not when the entry was first seen."""
    old: bool
    late: bool
    grows: bool = False
    """It is a live ticker: read again whenever it is listed again."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed lists."""

    entries: tuple[NewEntry, ...]
    complete: bool = True
    """Whether what is not in it is gone: not so of a body that broke off."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeping a poll's entries came to: ids of those that are new and those that changed."""

    new: tuple[int, ...]
    changed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """An entry of the feed that is known."""

    id: int
    key: str
    digest: str
    subject: str
    link: str | None
    listed: bool
    published: datetime


# As the index has it: SQLite uses that only for the same words.
_LISTED = text("entries.listed = 1")
_STORED = tuple(field.name for field in fields(NewEntry) if field.name not in {"dated", "grows"})


async def keep(tx: AsyncConnection, feed_id: int, listing: Listing, now: datetime) -> Kept:
    """Write the entries that are new and those that changed, to be read at once."""
    keys = {entry.key for entry in listing.entries}
    there = await _known(tx, feed_id, keys)
    found = await _by_known_pages(tx, listing.entries, there)
    known = {row.key: row for row in there if row.key in keys}
    gone = [row for row in there if listing.complete and row.key not in keys]
    renamed = _renamed([e for e in found if e.key not in known], gone)
    for key, row in renamed.items():
        await tx.execute(update(entries).where(entries.c.id == row.id).values(key=key))
    known |= renamed
    differing = [e for e in found if e.key in known and known[e.key].digest != e.digest]
    for entry in differing:
        await _change(tx, known[entry.key], entry, now, replaces=entry.key in renamed)
    if gone:
        await _unlist(tx, feed_id, [row.id for row in known.values()], now)
    back = {row.id for row in known.values() if not row.listed}
    await _list_again(tx, [e for e in found if e.key in known], known, back, now)
    new = [entry for entry in found if entry.key not in known]
    changed = tuple(known[entry.key].id for entry in differing)
    return Kept(await _insert(tx, feed_id, new, now), changed)


async def _known(tx: AsyncConnection, feed_id: int, keys: Collection[str]) -> Sequence[_Known]:
    """Return the entries that the feed listed until now, and those it lists again."""
    names = ("id", "key", "digest", "subject", "link", "listed", "published")
    columns = [entries.c[name] for name in names]
    of_feed = entries.c.feed_id == feed_id
    # Written so that each half has its index: a feed has many more entries than it lists.
    which = or_(and_(of_feed, _LISTED), and_(of_feed, entries.c.key.in_(keys)))
    rows = await tx.execute(select(*columns).where(which))
    return [_Known(*row) for row in rows]


async def _by_known_pages(
    tx: AsyncConnection, found: Sequence[NewEntry], there: Iterable[_Known]
) -> Sequence[NewEntry]:
    """Return entries, those as one article that share a page which is known as one.

    It was told, or would have been: that its page is listed twice is no news. Where a feed's
    entries on the page were told apart before, those that join them are articles of their own too.
    """
    shared = {page for entry in found if (page := _page(entry)) not in {"", entry.subject}}
    if not shared:
        return found
    shared -= {page for row in there if (page := _page(row)) != row.subject}
    subjects = select(entries.c.subject).where(entries.c.subject.in_(shared)).distinct()
    known = frozenset((await tx.scalars(subjects)).all())
    return [replace(e, subject=_page(e)) if _page(e) in known else e for e in found]


def _page(entry: NewEntry | _Known) -> str:
    return canonical(entry.link) if entry.link else ""


def _renamed(unknown: Iterable[NewEntry], gone: Iterable[_Known]) -> Mapping[str, _Known]:
    """Find entries under new keys that are known under keys that are listed no more.

    Some publishers give everything another id at every poll: what says the same, or is on the same
    page, is the same.
    """
    found: dict[str, _Known] = {}
    unknown, gone = list(unknown), list(gone)
    for name in ("digest", "subject"):
        left = [row for row in gone if row not in found.values()]
        rows = _unique(left, name)
        for value, entry in _unique([e for e in unknown if e.key not in found], name).items():
            if value in rows:
                found[entry.key] = rows[value]
    return found


def _unique(items: Sequence[T], name: str) -> Mapping[str, T]:
    values = [getattr(item, name) for item in items]
    counts = Counter(values)
    return {value: item for value, item in zip(values, items, strict=True) if counts[value] == 1}


async def _insert(
    tx: AsyncConnection, feed_id: int, new: Sequence[NewEntry], now: datetime
) -> tuple[int, ...]:
    if not new:
        return ()
    given = {"feed_id": feed_id, "seen": now, "read_due": now}
    rows = [{name: getattr(entry, name) for name in _STORED} | given for entry in new]
    return tuple((await tx.scalars(insert(entries).returning(entries.c.id), rows)).all())


async def _change(
    tx: AsyncConnection, known: _Known, entry: NewEntry, now: datetime, *, replaces: bool
) -> None:
    """Write what an entry says now; with `replaces` it is under another id than before."""
    # The subject stays: a moved link must not turn a known article into a new one.
    unread = entries.c.read_due.is_not(None)
    slowly = func.coalesce(entries.c.read_due, literal(now + SLOWLY, Instant))
    values: dict[str, Any] = {
        "link": entry.link,
        "title": entry.title,
        "text": entry.text,
        "digest": entry.digest,
        "changes": entries.c.changes + 1,
        "late": or_(literal(entry.late, Flag), and_(entries.c.late, unread)),
        "read_due": case((entries.c.changes < MOST_CHANGES, literal(now, Instant)), else_=slowly),
        "attempts": 0,
    }
    if entry.dated:
        values["published"] = entry.published
        if replaces and entry.published > known.published:
            values["old"] = entry.old  # another text and a later date on the same page: it is news
    await tx.execute(update(entries).where(entries.c.id == known.id).values(**values))


async def _unlist(tx: AsyncConnection, feed_id: int, there: Sequence[int], now: datetime) -> None:
    """Note that a feed lists nothing but these; of others there may be any number."""
    listed = and_(entries.c.feed_id == feed_id, _LISTED)
    gone = update(entries).where(listed, entries.c.id.not_in(there))
    await tx.execute(gone.values(listed=False, unlisted=now))


async def _list_again(
    tx: AsyncConnection,
    found: Sequence[NewEntry],
    known: Mapping[str, _Known],
    back: Collection[int],
    now: datetime,
) -> None:
    """Note that these are listed again; a ticker among them goes on being read."""
    if not back:
        return
    which = update(entries).where(entries.c.id.in_(back))
    await tx.execute(which.values(listed=True, unlisted=None))
    tickers = [known[e.key].id for e in found if e.grows and known[e.key].id in back]
    due = func.coalesce(entries.c.read_due, literal(now, Instant))
    await tx.execute(update(entries).where(entries.c.id.in_(tickers)).values(read_due=due))

"""Entries and their articles: what a feed listed, what was read, what is to be read again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Article
from bot.store.schema import articles, entries, feeds
from bot.store.types import Flag, Instant

# An entry that differs at every poll contains the time of day or an advertisement, or is a live
# blog (lemon24/reader stops following such entries after 24 changes): read again, but less often.
MOST_CHANGES = 24
SLOWLY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry as a poll found it, ready to be kept."""

    key: str
    subject: str
    link: str | None
    title: str
    text: str
    digest: str
    published: datetime
    old: bool
    late: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry whose article is to be read."""

    id: int
    subject: str
    outlet: str
    tags: frozenset[str]
    interval: timedelta | None
    link: str | None
    title: str
    text: str
    digest: str
    changes: int
    published: datetime
    seen: datetime
    old: bool
    late: bool
    due: datetime
    attempts: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeping a poll's entries came to: ids of those that are new and those that changed."""

    new: tuple[int, ...]
    changed: tuple[int, ...]


async def keep(tx: AsyncConnection, feed_id: int, found: Iterable[NewEntry], now: datetime) -> Kept:
    """Write the entries that are new and those that changed, to be read at once."""
    found = list(found)
    known = await _known(tx, feed_id, [entry.key for entry in found])
    new = [entry for entry in found if entry.key not in known]
    differing = [e for e in found if e.key in known and known[e.key] != e.digest]
    changed = [await _change(tx, feed_id, entry, now) for entry in differing]
    return Kept(await _insert(tx, feed_id, new, now), tuple(i for i in changed if i is not None))


async def _known(tx: AsyncConnection, feed_id: int, keys: Sequence[str]) -> Mapping[str, str]:
    rows = await tx.execute(
        select(entries.c.key, entries.c.digest)
        .where(entries.c.feed_id == feed_id)
        .where(entries.c.key.in_(keys))
    )
    return {row.key: row.digest for row in rows}


async def _insert(
    tx: AsyncConnection, feed_id: int, new: Sequence[NewEntry], now: datetime
) -> tuple[int, ...]:
    if not new:
        return ()
    given = {"feed_id": feed_id, "seen": now, "read_due": now}
    rows = [{**asdict(entry), **given} for entry in new]
    return tuple((await tx.scalars(insert(entries).returning(entries.c.id), rows)).all())


async def _change(tx: AsyncConnection, feed_id: int, entry: NewEntry, now: datetime) -> int | None:
    # The subject stays: a moved link must not turn a known article into a new one.
    unread = entries.c.read_due.is_not(None)
    slowly = func.coalesce(entries.c.read_due, literal(now + SLOWLY, Instant))
    statement = (
        update(entries)
        .where(entries.c.feed_id == feed_id, entries.c.key == entry.key)
        .values(
            link=entry.link,
            title=entry.title,
            text=entry.text,
            digest=entry.digest,
            changes=entries.c.changes + 1,
            published=entry.published,
            late=or_(literal(entry.late, Flag), and_(entries.c.late, unread)),
            read_due=case((entries.c.changes < MOST_CHANGES, literal(now, Instant)), else_=slowly),
            attempts=0,
        )
    )
    changed: int | None = await tx.scalar(statement.returning(entries.c.id))
    return changed


async def anything_waiting(tx: AsyncConnection, now: datetime) -> bool:
    """Whether any entry is due to be read: a look that takes no write lock."""
    due = select(entries.c.id).where(entries.c.read_due <= now, _free(now)).limit(1)
    return await tx.scalar(due) is not None


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(entries.c.lease_until.is_(None), entries.c.lease_until <= now)


async def claim(tx: AsyncConnection, ids: Sequence[int], until: datetime) -> None:
    """Take these entries, so that nobody else reads them before `until`."""
    await tx.execute(update(entries).where(entries.c.id.in_(ids)).values(lease_until=until))


async def claim_waiting(
    tx: AsyncConnection, now: datetime, lease: timedelta, limit: int
) -> Sequence[int]:
    """Take at most `limit` entries that are due to be read: new ones before old ones."""
    due = (
        select(entries.c.id)
        .where(entries.c.read_due <= now, _free(now))
        .order_by(entries.c.old, entries.c.read_due, entries.c.id)
        .limit(limit)
    )
    taken = update(entries).where(entries.c.id.in_(due)).values(lease_until=now + lease)
    return sorted((await tx.scalars(taken.returning(entries.c.id))).all())


async def release_all(tx: AsyncConnection) -> None:
    """Give back what a process held that is gone."""
    await tx.execute(
        update(entries).where(entries.c.lease_until.is_not(None)).values(lease_until=None)
    )


async def waiting(tx: AsyncConnection, entry_id: int) -> Waiting | None:
    """Return the entry if it is still to be read."""
    columns = (
        entries,
        feeds.c.name.label("outlet"),
        feeds.c.tags.label("tags"),
        feeds.c.every.label("interval"),
    )
    row = (
        await tx.execute(
            select(*columns)
            .join(feeds, feeds.c.id == entries.c.feed_id)
            .where(entries.c.id == entry_id, entries.c.read_due.is_not(None))
        )
    ).one_or_none()
    if row is None:
        return None
    return Waiting(
        id=row.id,
        subject=row.subject,
        outlet=row.outlet,
        tags=frozenset(row.tags),
        interval=row.interval,
        link=row.link,
        title=row.title,
        text=row.text,
        digest=row.digest,
        changes=row.changes,
        published=row.published,
        seen=row.seen,
        old=row.old,
        late=row.late,
        due=row.read_due,
        attempts=row.attempts,
    )


async def keep_article(tx: AsyncConnection, entry_id: int, article: Article, now: datetime) -> None:
    """Write the entry's article over the one that was read before."""
    values = {
        "title": article.title,
        "text": article.text,
        "text_from": article.text_from,
        "language": article.language,
        "read": now,
    }
    statement = insert(articles).values(entry_id=entry_id, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["entry_id"], set_=values))


async def text_from(tx: AsyncConnection, entry_id: int) -> str | None:
    """Return where the entry's present text is from; None where it was never read."""
    found = select(articles.c.text_from).where(articles.c.entry_id == entry_id)
    source: str | None = await tx.scalar(found)
    return source


async def was_read(tx: AsyncConnection, entry: Waiting, again: datetime | None) -> bool:
    """Give the entry back: done, or to be read again at `again`.

    Returns False, and changes nothing but the lease, where the entry changed while it was read:
    it is then still waiting, in its new form.
    """
    still = update(entries).where(entries.c.id == entry.id, entries.c.digest == entry.digest)
    done = await tx.execute(
        still.values(read_due=again, attempts=entry.attempts + 1, lease_until=None)
    )
    if done.rowcount:
        return True
    await tx.execute(update(entries).where(entries.c.id == entry.id).values(lease_until=None))
    return False


async def unread(tx: AsyncConnection, now: datetime) -> int:
    """Return how many entries are due to be read, those included that are being read now."""
    count = select(func.count()).select_from(entries).where(entries.c.read_due <= now)
    return int(await tx.scalar(count) or 0)

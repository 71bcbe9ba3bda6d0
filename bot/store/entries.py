"""Entries and their articles: which are to be read, by whom, and what was read."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Article
from bot.store.schema import articles, entries, feeds


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
    listed: bool
    """Its feed listed it when it was last read whole."""


@dataclass(frozen=True, slots=True)
class Done:
    """An entry that was read, and when it is to be read again."""

    entry: Waiting
    again: datetime | None
    """None: it is finished."""
    attempts: int


@dataclass(frozen=True, slots=True)
class Before:
    """What is known of an entry from the last time that it was read."""

    text_from: str
    text: str


async def anything_waiting(tx: AsyncConnection, now: datetime) -> bool:
    """Whether any entry is due to be read: a look that takes no write lock."""
    due = select(entries.c.id).where(entries.c.read_due <= now, _free(now)).limit(1)
    return await tx.scalar(due) is not None


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(entries.c.lease_until.is_(None), entries.c.lease_until <= now)


async def claim(
    tx: AsyncConnection, ids: Sequence[int], now: datetime, until: datetime
) -> Sequence[int]:
    """Take those of these entries that are due and that nobody else reads; return their ids."""
    due = and_(entries.c.id.in_(ids), entries.c.read_due <= now, _free(now))
    taken = update(entries).where(due).values(lease_until=until)
    return sorted((await tx.scalars(taken.returning(entries.c.id))).all())


async def renew(tx: AsyncConnection, ids: Collection[int], until: datetime) -> None:
    """Hold entries for longer that are being read still."""
    held = and_(entries.c.id.in_(ids), entries.c.lease_until.is_not(None))
    await tx.execute(update(entries).where(held).values(lease_until=until))


async def release(tx: AsyncConnection, until: Collection[datetime]) -> None:
    """Give back what was taken until then, as far as it was not read."""
    taken = update(entries).where(entries.c.lease_until.in_(until))
    await tx.execute(taken.values(lease_until=None))


async def let_go(tx: AsyncConnection, ids: Collection[int]) -> None:
    """Give entries back that could not be read."""
    await tx.execute(update(entries).where(entries.c.id.in_(ids)).values(lease_until=None))


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


async def waiting(tx: AsyncConnection, entry_ids: Sequence[int]) -> Sequence[Waiting]:
    """Return those of the entries that are still to be read, in the order of their ids."""
    columns = (
        entries,
        feeds.c.name.label("outlet"),
        feeds.c.tags.label("tags"),
        feeds.c.every.label("interval"),
    )
    rows = await tx.execute(
        select(*columns)
        .join(feeds, feeds.c.id == entries.c.feed_id)
        .where(entries.c.id.in_(entry_ids), entries.c.read_due.is_not(None))
        .order_by(entries.c.id)
    )
    return [
        Waiting(
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
            listed=row.listed,
        )
        for row in rows
    ]


async def keep_articles(
    tx: AsyncConnection, read: Iterable[tuple[int, Article]], now: datetime
) -> None:
    """Write the articles of entries over those that were read before."""
    rows = [
        {
            "entry_id": entry_id,
            "title": article.title,
            "text": article.text,
            "text_from": article.text_from,
            "language": article.language,
            "walled": article.walled,
            "read": now,
        }
        for entry_id, article in read
    ]
    if rows:
        await tx.execute(_KEEP_ARTICLE, rows)


_ARTICLE = insert(articles)
_KEEP_ARTICLE = _ARTICLE.on_conflict_do_update(
    index_elements=["entry_id"],
    set_={c.name: _ARTICLE.excluded[c.name] for c in articles.c if not c.primary_key},
)
_GIVE_BACK = (
    update(entries)
    .where(entries.c.id == bindparam("entry"))
    .values(read_due=bindparam("again"), attempts=bindparam("tried"), lease_until=None)
)


async def before(tx: AsyncConnection, entry_ids: Sequence[int]) -> Mapping[int, Before]:
    """Return the present texts of those of the entries that were read before."""
    columns = (articles.c.entry_id, articles.c.text_from, articles.c.text)
    rows = await tx.execute(select(*columns).where(articles.c.entry_id.in_(entry_ids)))
    return {row.entry_id: Before(row.text_from, row.text) for row in rows}


async def were_read(tx: AsyncConnection, done: Sequence[Done]) -> frozenset[int]:
    """Give entries back that were read; return the ids of those for which that holds.

    One that changed while it was read only loses its lease: it is still waiting, in its new form.
    """
    ids = [each.entry.id for each in done]
    # What is due no more belongs to a feed that was removed meanwhile.
    due = and_(entries.c.id.in_(ids), entries.c.read_due.is_not(None))
    rows = await tx.execute(select(entries.c.id, entries.c.digest).where(due))
    digests = {row.id: row.digest for row in rows}
    same = [each for each in done if digests.get(each.entry.id) == each.entry.digest]
    if same:
        given = [{"entry": d.entry.id, "again": d.again, "tried": d.attempts} for d in same]
        await tx.execute(_GIVE_BACK, given)
    held = frozenset(each.entry.id for each in same)
    if changed := [entry_id for entry_id in ids if entry_id not in held]:
        free = update(entries).where(entries.c.id.in_(changed))
        await tx.execute(free.values(lease_until=None))
    return held


async def unread(tx: AsyncConnection, now: datetime) -> int:
    """Return how many entries are due to be read, those included that are being read now."""
    count = select(func.count()).select_from(entries).where(entries.c.read_due <= now)
    return int(await tx.scalar(count) or 0)

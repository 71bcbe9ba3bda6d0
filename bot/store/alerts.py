"""Matches, decisions and alerts: what was found, what was done about it and why."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, exists, func, or_, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Article, FoundArticle, Match, Span
from bot.store.schema import alerts, articles, decisions, entries, feeds, heard, matches, outbox


@dataclass(frozen=True, slots=True)
class Alert:
    """What one chat is to be told of one article."""

    id: int
    watchlists: tuple[str, ...]
    found: FoundArticle
    story: int | None = None
    """The entry that opened its story; None: it is in none."""
    news: str = ""
    """Why it was told although its story was, as the decision says; empty: it was not."""


async def matched_lists(
    tx: AsyncConnection, entry_ids: Sequence[int]
) -> Mapping[int, frozenset[str]]:
    """Return the watchlists that matched entries when they were last read, or were decided on."""
    matched = select(matches.c.entry_id, matches.c.watchlist)
    decided = select(decisions.c.entry_id, decisions.c.watchlist)
    both = matched.where(matches.c.entry_id.in_(entry_ids)).union(
        decided.where(decisions.c.entry_id.in_(entry_ids))
    )
    found: defaultdict[int, set[str]] = defaultdict(set)
    for row in await tx.execute(both):
        found[row.entry_id].add(row.watchlist)
    return {entry_id: frozenset(found[entry_id]) for entry_id in entry_ids}


async def keep_matches(
    tx: AsyncConnection, found: Mapping[int, Iterable[Match]], now: datetime
) -> None:
    """Write the matches of entries, by their ids, in place of those that were found before."""
    await tx.execute(delete(matches).where(matches.c.entry_id.in_(list(found))))
    rows = [
        {
            "entry_id": entry_id,
            "watchlist": match.watchlist,
            "query": match.query,
            "line": match.line,
            "spans": [span._asdict() for span in match.spans],
            "found": now,
        }
        for entry_id, each in found.items()
        for match in each
    ]
    if rows:
        await tx.execute(insert(matches), rows)


async def found_in(tx: AsyncConnection, entry_id: int) -> tuple[Match, ...]:
    """Return the matches of an entry, as they were written last."""
    rows = await tx.execute(
        select(matches).where(matches.c.entry_id == entry_id).order_by(matches.c.id)
    )
    return tuple(
        Match(row.watchlist, row.query, row.line, tuple(Span(**span) for span in row.spans))
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What became of an article for one chat: kept for the question why."""

    chat_id: int
    watchlists: tuple[str, ...]
    action: str
    reason: str
    story: int | None = None
    """The entry that opened the article's story."""


async def keep_decision(tx: AsyncConnection, entry_id: int, told: Told, now: datetime) -> None:
    """Write what was decided for one chat, a row for each of its watchlists that matched."""
    values = {"action": told.action, "reason": told.reason, "decided": now}
    for watchlist in told.watchlists:
        row = {"entry_id": entry_id, "watchlist": watchlist, "chat_id": told.chat_id}
        statement = insert(decisions).values(**row, **values)
        keys = ["entry_id", "watchlist", "chat_id"]
        # What was said once stays said: a later "was told before" must not hide the reason.
        await tx.execute(
            statement.on_conflict_do_update(
                index_elements=keys, set_=values, where=decisions.c.action == "silent"
            )
        )


async def knows(tx: AsyncConnection, chat_id: int, subject: str) -> bool:
    """Whether the chat was told of this article, however long ago, or is about to be."""
    told = exists().where(alerts.c.chat_id == chat_id, alerts.c.subject == subject)
    once = exists().where(heard.c.chat_id == chat_id, heard.c.subject == subject)
    return bool(await tx.scalar(select(or_(told, once))))


async def open_alert(
    tx: AsyncConnection, entry_id: int, told: Told, outbox_id: int | None, now: datetime
) -> None:
    """Write a chat's alert; `outbox_id` is the message that will tell it, None: told already."""
    subject = select(entries.c.subject).where(entries.c.id == entry_id).scalar_subquery()
    statement = insert(alerts).values(
        chat_id=told.chat_id,
        entry_id=entry_id,
        subject=subject,
        watchlists=list(told.watchlists),
        created=now,
        outbox_id=outbox_id,
        story=told.story,
    )
    await tx.execute(statement.on_conflict_do_nothing())


async def waiting(tx: AsyncConnection, chat_id: int) -> Sequence[Alert]:
    """Return what a chat is still to be told, collected or not."""
    waits = (outbox.c.chat_id == chat_id) & (outbox.c.state == "pending")
    return await _told_by(tx, select(outbox.c.id).where(waits))


async def carried(tx: AsyncConnection, outbox_id: int) -> Sequence[Alert]:
    """Return the alerts that an outbox row tells, oldest article first."""
    return await _told_by(tx, select(outbox.c.id).where(outbox.c.id == outbox_id))


async def answered(tx: AsyncConnection, outbox_id: int) -> FoundArticle | None:
    """Return the article told by the message that another answers; None: it answers none."""
    answers = select(outbox.c.answers).where(outbox.c.id == outbox_id)
    told = await _told_by(tx, answers)
    return told[0].found if told else None


async def _told_by(tx: AsyncConnection, letters: Select[tuple[int]]) -> Sequence[Alert]:
    decided = (decisions.c.entry_id == alerts.c.entry_id) & (
        decisions.c.chat_id == alerts.c.chat_id
    )
    news = select(decisions.c.reason).where(decided, decisions.c.action == "answer").limit(1)
    columns = (
        alerts.c.id.label("alert_id"),
        alerts.c.watchlists,
        alerts.c.story,
        news.scalar_subquery().label("news"),
    )
    joined = _found().add_columns(*columns).join(alerts, alerts.c.entry_id == entries.c.id)
    rows = await tx.execute(
        joined.where(alerts.c.outbox_id.in_(letters)).order_by(entries.c.published, entries.c.id)
    )
    return [_alert(row, await _with_matches(tx, row)) for row in rows.all()]


def _alert(row: Row[Any], found: FoundArticle) -> Alert:
    return Alert(row.alert_id, tuple(row.watchlists), found, row.story, row.news or "")


async def recent(tx: AsyncConnection, watchlist: str, since: datetime) -> Sequence[FoundArticle]:
    """Return the articles dated after `since` that the watchlist matched, newest first.

    The same article in several feeds counts once.
    """
    which = select(matches.c.entry_id).where(matches.c.watchlist == watchlist)
    rows = await tx.execute(
        _found()
        .where(entries.c.id.in_(which), entries.c.published > since)
        .order_by(entries.c.published.desc(), entries.c.id.desc())
    )
    newest: dict[str, Row[tuple[object, ...]]] = {}
    for row in rows:
        newest.setdefault(row.subject, row)
    return [await _with_matches(tx, row) for row in newest.values()]


async def matched(tx: AsyncConnection, entry_ids: Sequence[int]) -> frozenset[int]:
    """Return the ids of those of the entries that any watchlist matched."""
    found = select(matches.c.entry_id).where(matches.c.entry_id.in_(entry_ids)).distinct()
    return frozenset((await tx.scalars(found)).all())


async def latest(
    tx: AsyncConnection, chat_id: int, most: int, of: str | None = None
) -> Sequence[FoundArticle]:
    """Return the articles that the chat was told of last, newest first; those `of` one list."""
    told = _found().join(alerts, alerts.c.entry_id == entries.c.id)
    told = told.where(alerts.c.chat_id == chat_id, is_first())
    if of is not None:
        name = func.json_each(alerts.c.watchlists).table_valued("value").c.value
        told = told.where(exists().where(name == of))
    rows = await tx.execute(told.order_by(alerts.c.id.desc()).limit(most))
    return [await _with_matches(tx, row) for row in rows.all()]


async def found_by(tx: AsyncConnection, entry_ids: Sequence[int]) -> Sequence[FoundArticle]:
    """Return the articles of entries in this order, without their matches."""
    rows = await tx.execute(_found().where(entries.c.id.in_(entry_ids)))
    found = {row.entry_id: _article(row) for row in rows}
    return [found[entry_id] for entry_id in entry_ids if entry_id in found]


async def delays(tx: AsyncConnection, since: datetime) -> Sequence[timedelta]:
    """Return how long after publication alerts were confirmed by Telegram, of those sent since.

    Not of what was late, or collected: that was not to be told at once.
    """
    rows = await tx.execute(_confirmed().where(outbox.c.changed > since))
    return [row.changed - row.published for row in rows]


async def delay(tx: AsyncConnection, letter_id: int) -> timedelta | None:
    """Return the same of the alert that one letter told; None: it does not count."""
    row = (await tx.execute(_confirmed().where(outbox.c.id == letter_id).limit(1))).one_or_none()
    return None if row is None else row.changed - row.published


def _confirmed() -> Select[tuple[datetime, datetime]]:
    return (
        select(entries.c.published, outbox.c.changed)
        .join(alerts, alerts.c.entry_id == entries.c.id)
        .join(outbox, outbox.c.id == alerts.c.outbox_id)
        .where(outbox.c.kind == "alert", outbox.c.state == "sent")
        .where(entries.c.late.is_(False), is_first())
    )


def is_first() -> ColumnElement[bool]:
    """The article by which a message tells of a story, and not one that came to it."""
    before = alerts.alias("before")
    same = (before.c.outbox_id == alerts.c.outbox_id) & (before.c.story == alerts.c.story)
    return ~exists().where(same, before.c.id < alerts.c.id)


def _found() -> Select[tuple[object, ...]]:
    columns = (
        entries.c.id.label("entry_id"),
        entries.c.subject,
        entries.c.link,
        entries.c.published,
        entries.c.seen,
        entries.c.old,
        entries.c.late,
        feeds.c.name.label("outlet"),
        feeds.c.tags,
        articles.c.title,
        articles.c.text,
        articles.c.text_from,
        articles.c.language,
        articles.c.walled,
    )
    joined = entries.join(feeds, feeds.c.id == entries.c.feed_id)
    return select(*columns).select_from(joined.join(articles, articles.c.entry_id == entries.c.id))


async def _with_matches(tx: AsyncConnection, row: Row[tuple[object, ...]]) -> FoundArticle:
    return replace(_article(row), matches=await found_in(tx, row.entry_id))


def _article(row: Row[tuple[object, ...]]) -> FoundArticle:
    return FoundArticle(
        entry_id=row.entry_id,
        outlet=row.outlet,
        link=row.link,
        article=Article(row.title, row.text, row.text_from, row.language, row.walled),
        published=row.published,
        seen=row.seen,
        old=row.old,
        late=row.late,
        tags=frozenset(row.tags),
    )

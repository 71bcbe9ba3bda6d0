"""What became of an address: where it was listed, what was read of it, who was told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.steps import Step
from bot.alerts.why import Chat, Listed, Time
from bot.feeds.urls import canonical
from bot.model import Article
from bot.store import chats
from bot.store.schema import alerts, articles, decisions, entries, feeds, matches, members, outbox


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry with the address."""

    entry_id: int
    outlet: str
    tags: tuple[str, ...]
    published: datetime
    seen: datetime
    old: bool
    """The feed listed it at its first poll."""
    read_due: datetime | None
    """When its page is read, or read again; None: it is finished."""
    article: Article | None
    """None: it was not read yet, or it is forgotten."""
    forgotten: bool
    """What was read and done is not kept any more: it was known by its address only."""
    lists: Mapping[str, str]
    """The watchlists that match it, each with the first of its lines that does."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What was done for one chat and one list, and why."""

    watchlist: str
    action: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """The message that told a chat of it, or is to."""

    kind: str
    state: str
    due: datetime
    changed: datetime
    error: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """A feed of the address's site."""

    name: str
    url: str
    state: str
    last_success: datetime | None
    error: str | None


async def seen(tx: AsyncConnection, url: str) -> Sequence[Seen]:
    """Return the entries with an address, the first that was seen first."""
    which = _at(url)
    rows = await tx.execute(
        select(entries, feeds.c.name.label("outlet"), feeds.c.tags)
        .join(feeds, feeds.c.id == entries.c.feed_id)
        .where(which)
        .order_by(entries.c.seen, entries.c.id)
    )
    return [
        Seen(
            row.id,
            row.outlet,
            tuple(row.tags),
            row.published,
            row.seen,
            row.old,
            row.read_due,
            await _article(tx, row.id),
            row.link is None,
            await _lists(tx, row.id),
        )
        for row in rows.all()
    ]


def _at(url: str) -> ColumnElement[bool]:
    """Select the entries with an address, be it written with http or https, with www or without.

    Entries that share a page are known by other subjects, but their link is the same.
    """
    page = canonical(url)
    scheme, separator, rest = page.partition("://")
    bare = rest.removeprefix("www.")
    forms = {f"{s}://{www}{bare}" for s in ("http", "https") for www in ("", "www.")}
    known = forms if separator and scheme in {"http", "https"} else {page}
    return or_(entries.c.subject.in_(known), entries.c.link.in_({url, *known}))


async def _article(tx: AsyncConnection, entry_id: int) -> Article | None:
    row = (await tx.execute(select(articles).where(articles.c.entry_id == entry_id))).one_or_none()
    return (
        None
        if row is None
        else Article(row.title, row.text, row.text_from, row.language, row.walled)
    )


async def _lists(tx: AsyncConnection, entry_id: int) -> Mapping[str, str]:
    which = select(matches.c.watchlist, matches.c.query).where(matches.c.entry_id == entry_id)
    rows = await tx.execute(which.order_by(matches.c.id.desc()))
    return {row.watchlist: row.query for row in rows}


def listed(found: Sequence[Seen]) -> Sequence[Listed]:
    """Return entries as the chain wants them."""
    return [
        Listed(
            each.outlet,
            each.seen,
            each.old,
            each.read_due,
            _read_as(each),
            each.lists,
        )
        for each in found
    ]


def text_of(found: Sequence[Seen]) -> Article | None:
    """Return the article of the latest entry whose text there is still."""
    there = (each.article for each in reversed(found) if each.article)
    return next((each for each in there if each.text_from != "gone"), None)


def _read_as(seen: Seen) -> str | None:
    article = seen.article
    if article is None:
        return "forgotten" if seen.forgotten else None
    return "walled" if article.walled and article.text_from != "gone" else article.text_from


def unknown(found: Sequence[Source], time: Time) -> Sequence[Step]:
    """Return what is known of an address that no feed has listed: the feeds of its site."""
    steps = [Step("no_feed", broken=True)]
    for each in found:
        said = {"name": each.name, "time": time(each.last_success) if each.last_success else "–"}
        if each.state != "active":
            steps.append(Step("site_feed_off", said, aside=True))
        elif each.error:
            steps.append(Step("site_feed_ill", {**said, "error": each.error}, aside=True))
        else:
            steps.append(Step("site_feed", said, aside=True))
    return steps if found else [*steps, Step("no_site_feed", aside=True)]


async def chat(tx: AsyncConnection, entry_ids: Sequence[int], chat_id: int) -> Chat:
    """Return a chat as the chain wants it."""
    known = await chats.get(tx, chat_id)
    told, made = await message(tx, entry_ids, chat_id), await decided(tx, entry_ids, chat_id)
    on = sorted(await chats.subscribed(tx, chat_id))
    found = Chat(known.state if known else None, on, [each.reason for each in made])
    if told is None:
        return found
    return replace(
        found,
        kind=told.kind,
        message=told.state,
        due=told.due,
        changed=told.changed,
        error=told.error,
    )


async def entry_of(tx: AsyncConnection, url: str) -> int | None:
    """Return the entry with an address that belongs to a story; None: there is none."""
    which = _at(url)
    joined = select(entries.c.id).join(members, members.c.entry_id == entries.c.id)
    found: int | None = await tx.scalar(joined.where(which).order_by(members.c.id).limit(1))
    return found


async def link_of(tx: AsyncConnection, chat_id: int, message_id: int) -> str | None:
    """Return the link of the article that a message tells of; None: of none, or of several.

    Of a story it is that of the article by which it was told first.
    """
    rows = await tx.execute(
        select(entries.c.link, alerts.c.story)
        .join(alerts, alerts.c.entry_id == entries.c.id)
        .join(outbox, outbox.c.id == alerts.c.outbox_id)
        .where(outbox.c.chat_id == chat_id, outbox.c.message_id == message_id)
        .order_by(alerts.c.id)
    )
    told = rows.all()
    if not told or (len(told) > 1 and {row.story for row in told} != {told[0].story}):
        return None
    if len(told) > 1 and told[0].story is None:
        return None
    found: str | None = told[0].link
    return found


async def decided(tx: AsyncConnection, entry_ids: Sequence[int], chat_id: int) -> Sequence[Decided]:
    """Return what was decided for a chat about entries, the latest first."""
    rows = await tx.execute(
        select(decisions)
        .where(decisions.c.entry_id.in_(entry_ids), decisions.c.chat_id == chat_id)
        .order_by(decisions.c.decided.desc())
    )
    return [Decided(row.watchlist, row.action, row.reason, row.decided) for row in rows]


async def message(tx: AsyncConnection, entry_ids: Sequence[int], chat_id: int) -> Message | None:
    """Return the message by which a chat is told of entries, or of the same page elsewhere."""
    subjects = select(entries.c.subject).where(entries.c.id.in_(entry_ids))
    row = (
        await tx.execute(
            select(outbox)
            .join(alerts, alerts.c.outbox_id == outbox.c.id)
            .where(alerts.c.chat_id == chat_id, alerts.c.subject.in_(subjects))
            .order_by(outbox.c.id.desc())
            .limit(1)
        )
    ).one_or_none()
    if row is None:
        return None
    kind = "folded" if row.burst else row.kind
    return Message(kind, row.state, row.due, row.changed, row.error)


async def sources(tx: AsyncConnection, url: str) -> Sequence[Source]:
    """Return the feeds on an address's host, or on one that belongs to the same site."""
    host = (urlsplit(url).hostname or "").lower().removeprefix("www.")
    if not host:
        return []
    there = feeds.c.state != "removed"
    rows = await tx.execute(
        select(feeds).where(there, func.instr(func.lower(feeds.c.url), host) > 0)
    )
    return [Source(r.name or r.url, r.url, r.state, r.last_success, r.last_error) for r in rows]

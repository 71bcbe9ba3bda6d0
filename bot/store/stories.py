"""Stories as they are written down: which entry belongs to which, and what chats were told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.growth import Said
from bot.alerts.ongoing import Thread
from bot.model import Article
from bot.store.schema import alerts, articles, entries, feeds, members, outbox

SPLIT = "somebody said that it is another story"


@dataclass(frozen=True, slots=True)
class Member:
    """An entry of a story."""

    id: int
    """By when it joined."""
    entry_id: int
    story: int
    """The entry that opened it."""
    verdict: str
    decision: Mapping[str, Any]
    joined: datetime
    article: Article
    outlet: str
    link: str | None
    key: str
    published: datetime


async def keep(
    tx: AsyncConnection, entry_id: int, decision: Mapping[str, Any], now: datetime
) -> int:
    """Write down to which story an entry belongs; return the member's number, 0 if it is one.

    Then it stays where it is, and only what the article says is written anew: of a page that was
    read after its teaser, that is more.
    """
    values = {
        "entry_id": entry_id,
        "story": int(decision["story"]),
        "verdict": decision["verdict"],
        "decision": dict(decision),
        "joined": now,
    }
    put = insert(members).values(**values).on_conflict_do_nothing().returning(members.c.id)
    number: int | None = await tx.scalar(put)
    if number is None:
        which = members.c.entry_id == entry_id
        before: dict[str, Any] = await tx.scalar(select(members.c.decision).where(which)) or {}
        said = {**before, "said": decision.get("said")}
        await tx.execute(update(members).where(which).values(decision=said))
    return number or 0


class Place(NamedTuple):
    """Where an entry belongs."""

    story: int
    """The entry that opened it."""
    verdict: str
    """By which it joined."""
    with_: str
    """The entry that it joined, or has to do with; empty: none."""


async def story_of(tx: AsyncConnection, entry_id: int) -> Place | None:
    """Return the story of an entry, and how it came to that; None: it is in none."""
    which = select(members.c.story, members.c.verdict, members.c.decision)
    row = (await tx.execute(which.where(members.c.entry_id == entry_id))).one_or_none()
    return None if row is None else Place(row.story, row.verdict, row.decision.get("with_") or "")


async def latest(tx: AsyncConnection) -> int:
    """Return the number of the member that joined last; 0: there is none."""
    return await tx.scalar(select(members.c.id).order_by(members.c.id.desc()).limit(1)) or 0


async def joined_after(tx: AsyncConnection, number: int, since: datetime) -> Sequence[Member]:
    """Return the members that joined after one of them, and since an instant; oldest first."""
    which = _members().where(members.c.id > number, members.c.joined >= since)
    return [_member(row) for row in await tx.execute(which.order_by(members.c.id))]


async def of_story(tx: AsyncConnection, story: int) -> Sequence[Member]:
    """Return the members of a story, by when they were published."""
    which = _members().where(members.c.story == story)
    rows = await tx.execute(which.order_by(entries.c.published, members.c.id))
    return [_member(row) for row in rows]


async def split(tx: AsyncConnection, entry_id: int, now: datetime) -> None:
    """Let an entry be a story of its own; it counts as the member that joined last."""
    which = members.c.entry_id == entry_id
    decision: dict[str, Any] | None = await tx.scalar(select(members.c.decision).where(which))
    own = {"story": str(entry_id), "verdict": "new", "with_": "", "why": SPLIT}
    # The number is what tells others of it: given anew by the database it could be the same.
    values = {"id": await latest(tx) + 1, "story": entry_id, "verdict": "new", "joined": now}
    apart = update(members).where(which).values(**values, decision={**(decision or {}), **own})
    await tx.execute(apart)


async def stories_of(tx: AsyncConnection, entry_ids: Sequence[int]) -> Mapping[int, int]:
    """Return the stories of entries, of those that are in one."""
    which = select(members.c.entry_id, members.c.story).where(members.c.entry_id.in_(entry_ids))
    return {row.entry_id: row.story for row in await tx.execute(which)}


async def agencies(tx: AsyncConnection, entry_ids: Sequence[int]) -> Mapping[int, str]:
    """Return whose text entries are, of those that are an agency's."""
    which = select(members.c.entry_id, members.c.decision).where(members.c.entry_id.in_(entry_ids))
    rows = await tx.execute(which)
    return {row.entry_id: row.decision["agency"] for row in rows if row.decision.get("agency")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Thread):
    """What a chat was told of a story, or is about to be."""

    letter_id: int
    """The first message of it; with those that came later it is brought up to date."""


async def told(tx: AsyncConnection, chat_id: int, story: int) -> Told | None:
    """Return what a chat was told of a story; None: nothing, or what was to be told is not wanted.

    What a list showed when it was switched on does not count: nobody was called for it.
    """
    rows = (
        await tx.execute(
            select(
                alerts.c.watchlists,
                alerts.c.created,
                alerts.c.muted_until,
                outbox.c.id,
                outbox.c.kind,
                outbox.c.state,
                feeds.c.name,
                members.c.decision,
            )
            .join(outbox, outbox.c.id == alerts.c.outbox_id)
            .join(entries, entries.c.id == alerts.c.entry_id)
            .join(feeds, feeds.c.id == entries.c.feed_id)
            .outerjoin(members, members.c.entry_id == entries.c.id)
            .where(alerts.c.chat_id == chat_id, alerts.c.story == story, outbox.c.state != "dead")
            .order_by(alerts.c.id)
        )
    ).all()
    if not rows:
        return None
    first = rows[0]
    return Told(
        letter_id=first.id,
        kind=first.kind,
        state=first.state,
        first=first.created,
        said=tuple(
            Said(row.created, row.name, row.watchlists, **((row.decision or {}).get("said") or {}))
            for row in rows
        ),
        muted_until=first.muted_until,
    )


async def mute(tx: AsyncConnection, chat_id: int, message_id: int, until: datetime | None) -> bool:
    """Let a chat hear no news of the story that a message tells; False: it tells none."""
    letter = select(outbox.c.id).where(
        outbox.c.chat_id == chat_id, outbox.c.message_id == message_id, outbox.c.kind == "alert"
    )
    of_story = alerts.c.story.in_(
        select(alerts.c.story).where(alerts.c.outbox_id.in_(letter), alerts.c.story.is_not(None))
    )
    muted = update(alerts).where(alerts.c.chat_id == chat_id, of_story)
    found = await tx.execute(muted.values(muted_until=until))
    return found.rowcount > 0


async def muted(tx: AsyncConnection, chat_id: int, now: datetime) -> Sequence[tuple[str, datetime]]:
    """Return the stories that a chat wants to hear no news of: the first title, and until when."""
    which = (alerts.c.chat_id == chat_id) & (alerts.c.muted_until > now)
    titles = select(alerts.c.story, articles.c.title, alerts.c.muted_until)
    joined = titles.join(articles, articles.c.entry_id == alerts.c.entry_id)
    first: dict[int, tuple[str, datetime]] = {}
    for row in await tx.execute(joined.where(which).order_by(alerts.c.id)):
        first.setdefault(row.story, (row.title, row.muted_until))
    return list(first.values())


async def unmute(tx: AsyncConnection, chat_id: int) -> None:
    """Let a chat hear news of all stories again."""
    which = (alerts.c.chat_id == chat_id) & alerts.c.muted_until.is_not(None)
    await tx.execute(update(alerts).where(which).values(muted_until=None))


def _members() -> Select[tuple[object, ...]]:
    joined = members.join(entries, entries.c.id == members.c.entry_id)
    joined = joined.join(articles, articles.c.entry_id == entries.c.id)
    joined = joined.join(feeds, feeds.c.id == entries.c.feed_id)
    columns = (
        *members.c,
        *(articles.c[n] for n in ("title", "text", "text_from", "language", "walled")),
        *(entries.c[n] for n in ("link", "key", "published")),
        feeds.c.name.label("outlet"),
    )
    return select(*columns).select_from(joined)


def _member(row: Row[Any]) -> Member:
    return Member(
        row.id,
        row.entry_id,
        row.story,
        row.verdict,
        row.decision,
        row.joined,
        Article(row.title, row.text, row.text_from, row.language, row.walled),
        row.outlet,
        row.link,
        row.key,
        row.published,
    )

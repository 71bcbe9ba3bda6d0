"""Press reviews: how a chat wants its own, and what of its lists came in a stretch of time.

A chat's wish is the letter that waits for the next one: it follows the chat wherever that goes, and
is erased with it. When it is opened, the letter after it is posted in the same transaction, and one
for each file; its stretch of time is fixed then, so that stretches follow each other without a gap.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Match, Span
from bot.store import outbox, reviewed
from bot.store.outbox import Letter
from bot.store.schema import matches, notices
from bot.store.schema import outbox as letters

HEADING, FILE = "review", "review_file"
KINDS = frozenset({HEADING, FILE})
LONGEST = timedelta(days=31)
"""What is older is left out, after a long pause."""
AGAIN = timedelta(minutes=1)
"""Who asks for one once more so soon has tapped twice, or is a second person."""
UNDER_WAY = ("pending", "sending")
AT_ONCE = 500
"""So many values in one statement."""

Form = Literal["html", "csv"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """What came since one instant, and before another."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """How a chat wants its press review."""

    minute: int
    """Of the local day."""
    csv: bool
    """Whether it wants each list as a table, too."""
    since: datetime
    """What came since then is in the next one."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What the letter says that begins a press review."""

    plan: Plan
    until: datetime | None = None
    """When its stretch ends; None: when it is opened."""
    opened: bool = False
    """Its files are posted, and so is the one after it."""
    daily: bool = True
    """It is one of a row, and not asked for once."""


@dataclass(frozen=True, slots=True)
class File:
    """What the letter says that is one list's file."""

    watchlist: str
    form: Form
    stretch: Stretch


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of a list came."""

    stories: int
    articles: int


# What a chat wants.


async def plan(tx: AsyncConnection, chat_id: int) -> Plan | None:
    """Return how a chat wants its press review; None: it wants none."""
    found = await _unopened(tx, chat_id)
    return found[0][1].plan if found else None


async def set_plan(
    tx: AsyncConnection, chat_id: int, wanted: Plan, due: datetime, now: datetime
) -> None:
    """Have a chat's next press review come at `due`, in place of the one that waits."""
    await drop(tx, chat_id, now)
    await _post(tx, chat_id, Heading(wanted), due, now)


async def drop(tx: AsyncConnection, chat_id: int, now: datetime) -> bool:
    """Let there be no further press review; False: there was none to come."""
    found = await _unopened(tx, chat_id)
    for number, _ in found:
        await outbox.dead(tx, number, "no longer wanted", now)
    return bool(found)


async def waiting(tx: AsyncConnection) -> Sequence[int]:
    """Return the letters of all chats that wait for their next press review."""
    return [number for number, _ in await _unopened(tx)]


async def move(tx: AsyncConnection, chat_id: int, due: datetime, now: datetime) -> None:
    """Have the press review that waits come at another instant, such as in another zone."""
    for number, _ in await _unopened(tx, chat_id):
        which = update(letters).where(letters.c.id == number)
        await tx.execute(which.values(due=due, changed=now))


async def ask_once(
    tx: AsyncConnection, chat_id: int, stretch: Stretch, now: datetime, *, csv: bool
) -> bool:
    """Post a press review that was asked for, beside those of every day.

    Returns:
        False: there was one under way, or asked for just now, that brings the same files.
    """
    is_new = notices.c.created.between(now - AGAIN, now)
    there = await _headings(tx, or_(letters.c.state.in_(UNDER_WAY), is_new), chat_id)
    if any(not said.daily and said.plan.csv >= csv for _, said in there):
        return False
    said = Heading(Plan(0, csv, stretch.since), stretch.until, daily=False)
    await _post(tx, chat_id, said, now, now)
    return True


# The letters.


async def heading(tx: AsyncConnection, letter: Letter) -> Heading | None:
    """Return what a letter of the kind `review` says; None where that is gone."""
    said = await _params(tx, letter)
    return None if said is None else _heading(said)


async def file(tx: AsyncConnection, letter: Letter) -> File | None:
    """Return what a letter of the kind `review_file` says; None where that is gone."""
    said = await _params(tx, letter)
    if said is None:
        return None
    ends = (datetime.fromisoformat(said[name]) for name in ("since", "until"))
    return File(said["watchlist"], said["form"], Stretch(*ends))


async def begin(
    tx: AsyncConnection, letter: Letter, said: Heading, due: datetime, now: datetime
) -> Stretch:
    """Open the press review that has come due: fix its stretch and post the one after it.

    Args:
        tx: the transaction in which its letter is about to be sent.
        letter: the letter.
        said: what it says, and is not opened.
        due: when the next one comes.
        now: the present instant.
    """
    until = said.until or now
    await _rewrite(tx, letter, replace(said, until=until, opened=True))
    if said.daily and not await _unopened(tx, letter.chat_id, beside=letter.id):
        await _post(tx, letter.chat_id, Heading(replace(said.plan, since=until)), due, now)
    return stretch_of(said, until)


def stretch_of(said: Heading, until: datetime) -> Stretch:
    """Return what a press review is about that ends so; not all, after a long pause."""
    return Stretch(max(said.plan.since, until - LONGEST), until)


async def post_files(
    tx: AsyncConnection, letter: Letter, files: Sequence[File], now: datetime
) -> None:
    """Post a letter for each file of a press review that is opened."""
    for each in files:
        await _post(tx, letter.chat_id, each, now, now)


# What came.


async def counts(tx: AsyncConnection, chat_id: int, watchlist: str, stretch: Stretch) -> Counts:
    """Return how many articles of a list came, and of how many stories."""
    rows = await reviewed.articles(tx, chat_id, watchlist, stretch.since, stretch.until)
    events = {("alone", row.id) if row.story is None else ("story", row.story) for row in rows}
    return Counts(len(events), len(rows))


async def came(
    tx: AsyncConnection, chat_id: int, watchlist: str, stretch: Stretch
) -> Sequence[tuple[int, Sequence[Match]]]:
    """Return the entries of articles of a list that came, newest first, with what matched."""
    rows = await reviewed.articles(tx, chat_id, watchlist, stretch.since, stretch.until)
    ids = [row.id for row in sorted(rows, key=lambda row: (row.published, row.id), reverse=True)]
    found: dict[int, list[Match]] = {entry_id: [] for entry_id in ids}
    of_list = matches.c.watchlist == watchlist
    for at in range(0, len(ids), AT_ONCE):
        which = select(matches).where(matches.c.entry_id.in_(ids[at : at + AT_ONCE]), of_list)
        for row in await tx.execute(which.order_by(matches.c.id)):
            spans = tuple(Span(**span) for span in row.spans)
            found[row.entry_id].append(Match(row.watchlist, row.query, row.line, spans))
    return list(found.items())


# What is written down of a letter.


async def _unopened(
    tx: AsyncConnection, chat_id: int | None = None, beside: int | None = None
) -> Sequence[tuple[int, Heading]]:
    waiting = await _headings(tx, letters.c.state == "pending", chat_id)
    found = [(number, said) for number, said in waiting if number != beside]
    return [(number, said) for number, said in found if said.daily and not said.opened]


async def _headings(
    tx: AsyncConnection, state: ColumnElement[bool], chat_id: int | None
) -> Sequence[tuple[int, Heading]]:
    asked = and_(letters.c.kind == HEADING, state)
    if chat_id is not None:
        asked = and_(letters.c.chat_id == chat_id, asked)
    joined = letters.join(notices, notices.c.id == letters.c.notice_id)
    which = select(letters.c.id, notices.c.params).select_from(joined).where(asked)
    rows = await tx.execute(which.order_by(letters.c.due))
    return [(row.id, _heading(row.params)) for row in rows]


async def _params(tx: AsyncConnection, letter: Letter) -> Mapping[str, Any] | None:
    found: Mapping[str, Any] | None = await tx.scalar(
        select(notices.c.params).where(notices.c.id == letter.notice_id)
    )
    return found


async def _post(
    tx: AsyncConnection, chat_id: int, said: Heading | File, due: datetime, now: datetime
) -> None:
    kind = HEADING if isinstance(said, Heading) else FILE
    made = insert(notices).values(key=kind, params=_written(said), created=now)
    notice_id = (await tx.scalars(made.returning(notices.c.id))).one()
    letter_id = await outbox.post(tx, chat_id, kind, due, now)
    named = update(letters).where(letters.c.id == letter_id)
    await tx.execute(named.values(notice_id=notice_id))


async def _rewrite(tx: AsyncConnection, letter: Letter, said: Heading) -> None:
    changed = update(notices).where(notices.c.id == letter.notice_id)
    await tx.execute(changed.values(params=_written(said)))


def _written(said: Heading | File) -> dict[str, Any]:
    if isinstance(said, File):
        ends = {"since": said.stretch.since.isoformat(), "until": said.stretch.until.isoformat()}
        return {"watchlist": said.watchlist, "form": said.form, **ends}
    return {
        "minute": said.plan.minute,
        "csv": said.plan.csv,
        "since": said.plan.since.isoformat(),
        "until": said.until.isoformat() if said.until else None,
        "opened": said.opened,
        "daily": said.daily,
    }


def _heading(said: Mapping[str, Any]) -> Heading:
    wanted = Plan(said["minute"], said["csv"], datetime.fromisoformat(said["since"]))
    until = datetime.fromisoformat(said["until"]) if said["until"] else None
    return Heading(wanted, until, said["opened"], said["daily"])

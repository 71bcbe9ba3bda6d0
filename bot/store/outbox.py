"""The outbox: what was decided and is not yet confirmed by Telegram.

    pending -> sending -> sent
                       -> uncertain   the reply was lost after the request was written
                       -> pending     Telegram did not take it, and says when to try again
                       -> dead        it can never be sent, or is no longer wanted

`sending` is committed before the call. An uncertain alert is never sent again as an alert: another
message of the chat carries the line that names it (`carried_by`), and with that it is `sent`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import chats, outbox

NOTICE_PAUSE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Letter:
    """One row: a message that is to be sent to a chat."""

    id: int
    chat_id: int
    lane: int
    """The chat as Telegram knows it: that of a topic is its group's."""
    kind: str
    """alert, digest (several that were collected), catch_up (several that are late), return (what a
    muted chat missed), doubt (names uncertain ones), notice (to admins), edit (changes an alert
    that was sent), review or review_file (see `bot.store.reviews`)."""
    due: datetime
    attempts: int
    notice_id: int | None
    edits: int | None = None
    """Of an edit: the letter whose message it changes."""
    burst: bool = False
    """Of a digest: there were too many alerts to send each."""
    answers: int | None = None
    """Of news about a story: the letter whose message it answers."""


def _letter(row: Row[tuple[object, ...]]) -> Letter:
    chat = (row.chat_id, row.lane)
    letter = Letter(row.id, *chat, row.kind, row.due, row.attempts, row.notice_id)
    return replace(letter, edits=row.edits, burst=row.burst, answers=row.answers)


_LANE = func.coalesce(chats.c.group_id, chats.c.id)


def _letters() -> Select[tuple[object, ...]]:
    lane = _LANE.label("lane")
    return select(outbox, lane).join(chats, chats.c.id == outbox.c.chat_id)


async def post(tx: AsyncConnection, chat_id: int, kind: str, due: datetime, now: datetime) -> int:
    """Put a message into the outbox and return its id."""
    statement = insert(outbox).values(
        chat_id=chat_id, kind=kind, state="pending", due=due, changed=now
    )
    return int((await tx.scalars(statement.returning(outbox.c.id))).one())


async def message_of(tx: AsyncConnection, letter_id: int) -> tuple[str, int | None] | None:
    """Return a letter's state, and the id of its message where it has one."""
    which = select(outbox.c.state, outbox.c.message_id).where(outbox.c.id == letter_id)
    row = (await tx.execute(which)).one_or_none()
    return None if row is None else (row.state, row.message_id)


async def anything(tx: AsyncConnection, now: datetime, doubted_before: datetime) -> bool:
    """Whether a message is due, or a doubt waits to be named: a look that takes no write lock."""
    pending = and_(outbox.c.state == "pending", outbox.c.due <= now)
    found = (
        select(outbox.c.id)
        .join(chats, chats.c.id == outbox.c.chat_id)
        .where(_free(now), or_(pending, _overdue(doubted_before)))
        .limit(1)
    )
    return await tx.scalar(found) is not None


def _state(name: Literal["pending", "uncertain"]) -> ColumnElement[bool]:
    """The state written out: SQLite takes a partial index only where its condition stands."""
    return outbox.c.state == literal_column(f"'{name}'")


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(chats.c.held_until.is_(None), chats.c.held_until <= now)


def _overdue(doubted_before: datetime) -> ColumnElement[bool]:
    """A doubt that waits too long. That of a chat that is not served waits until it is again."""
    doubted = and_(outbox.c.state == "uncertain", outbox.c.changed <= doubted_before)
    return and_(doubted, chats.c.state == "active")


async def next_due(tx: AsyncConnection, now: datetime, busy: Collection[int] = ()) -> Letter | None:
    """Return the message that has been due longest, in a chat that may be written to."""
    return next(iter(await all_due(tx, now, busy, 1)), None)


async def all_due(
    tx: AsyncConnection,
    now: datetime,
    busy: Collection[int],
    most: int,
    without: Collection[str] = (),
) -> Sequence[Letter]:
    """Return messages that are due, one a chat, those that have been due longest first.

    A change of a message comes after everything that is new in its chat.

    Args:
        tx: a connection.
        now: the present instant.
        busy: chats, as Telegram knows them, that are to be left alone at this moment.
        most: how many rows are looked at: of one chat's many the first counts.
        without: kinds of messages that are to wait.
    """
    is_wanted = outbox.c.kind.not_in(without) if without else true()
    is_due = and_(_state("pending"), outbox.c.due <= now, _free(now), is_wanted)
    ordered = _letters().where(is_due).order_by(outbox.c.due, outbox.c.id)
    first: dict[int, Letter] = {}
    for kinds in (outbox.c.kind != "edit", outbox.c.kind == literal_column("'edit'")):
        if (left := most - len(first)) > 0:
            free = _LANE.not_in([*busy, *first])
            for row in await tx.execute(ordered.where(kinds, free).limit(left)):
                first.setdefault(row.lane, _letter(row))
    return list(first.values())


async def begin(tx: AsyncConnection, letter: Letter, now: datetime) -> None:
    """Note that the call to Telegram is about to be made."""
    await _set(tx, letter.id, now, state="sending", attempts=letter.attempts + 1, error=None)


async def sent(
    tx: AsyncConnection,
    letter_id: int,
    message_id: int | None,
    now: datetime,
    *,
    plain: bool = False,
) -> None:
    """Telegram confirmed it, perhaps in plain words; so those that it names are told as well."""
    await _set(tx, letter_id, now, state="sent", message_id=message_id, plain=plain)
    named = update(outbox).where(outbox.c.carried_by == letter_id)
    await tx.execute(named.values(state="sent", changed=now))


async def again(
    tx: AsyncConnection, letter_id: int, due: datetime, error: str, now: datetime
) -> None:
    """Telegram did not take it: it is due again at `due`."""
    await _drop_carried(tx, letter_id, now)
    await _set(tx, letter_id, now, state="pending", due=due, error=error)


async def uncertain(tx: AsyncConnection, letter: Letter, error: str, now: datetime) -> None:
    """Nobody knows whether Telegram took it.

    Only articles are named in a later message. A message that names others leaves them as they
    were; a notice to an admin is sent once more, for reading it twice does no harm, so is what a
    muted chat missed, and a change is made once more, for it comes to the same.
    """
    await _drop_carried(tx, letter.id, now)
    match letter.kind:
        case "notice" | "edit" | "return":
            await _set(tx, letter.id, now, state="pending", due=now + NOTICE_PAUSE, error=error)
        case "doubt":
            await _set(tx, letter.id, now, state="dead", error=error)
        case _:
            await _set(tx, letter.id, now, state="uncertain", error=error)


async def dead(tx: AsyncConnection, letter_id: int, error: str, now: datetime) -> None:
    """It will never be sent."""
    await _drop_carried(tx, letter_id, now)
    await _set(tx, letter_id, now, state="dead", error=error)


async def recover(
    tx: AsyncConnection,
    now: datetime,
    states: Sequence[str] = ("sending",),
    why: str = "the process ended during the call",
    beside: Collection[int] = (),
) -> int:
    """After a start: what was being sent when the process ended is uncertain. Returns how many."""
    rows = await tx.execute(_letters().where(outbox.c.state.in_(states)))
    letters = [_letter(row) for row in rows if row.id not in beside]
    for letter in letters:
        await uncertain(tx, letter, why, now)
    return len(letters)


async def lately(tx: AsyncConnection, since: datetime) -> Sequence[tuple[int, datetime]]:
    """Return to which groups and channels new messages went since then, or may have, and when."""
    groups = (
        await tx.scalars(select(chats.c.id).where(or_(chats.c.id < 0, chats.c.group_id < 0)))
    ).all()
    new = outbox.c.kind != "edit"
    which = _letters().where(outbox.c.chat_id.in_(groups), new, outbox.c.changed > since)
    rows = await tx.execute(which.order_by(outbox.c.changed))
    # Asked for in the question, the state would have all be looked through that was ever sent.
    return [(row.lane, row.changed) for row in rows if row.state in ("sent", "uncertain")]


async def doubts(tx: AsyncConnection, chat_id: int) -> Sequence[Letter]:
    """Return the chat's uncertain messages, oldest first."""
    wanted = and_(outbox.c.chat_id == chat_id, _state("uncertain"))
    rows = await tx.execute(_letters().where(wanted).order_by(outbox.c.id))
    return [_letter(row) for row in rows]


async def carry(tx: AsyncConnection, letter_id: int, doubted: Sequence[Letter]) -> None:
    """Note that the message names these uncertain ones."""
    if not doubted:
        return
    ids = [letter.id for letter in doubted]
    await tx.execute(update(outbox).where(outbox.c.id.in_(ids)).values(carried_by=letter_id))


async def carried_by(tx: AsyncConnection, letter_id: int) -> Sequence[Letter]:
    """Return the messages of which another has said that they may not have arrived."""
    rows = await tx.execute(
        _letters().where(outbox.c.carried_by == letter_id).order_by(outbox.c.id)
    )
    return [_letter(row) for row in rows]


async def overdue_doubts(tx: AsyncConnection, wait: timedelta, now: datetime) -> Sequence[int]:
    """Return the chats whose doubts no message has carried within `wait`, nor will in a moment."""
    waiting = outbox.alias("waiting")
    has_own = exists().where(
        waiting.c.chat_id == outbox.c.chat_id,
        waiting.c.kind == "doubt",
        waiting.c.state.in_(["pending", "sending"]),
    )
    overdue = (
        select(outbox.c.chat_id)
        .join(chats, chats.c.id == outbox.c.chat_id)
        .where(_free(now), _overdue(now - wait), ~has_own)
        .distinct()
    )
    return (await tx.scalars(overdue)).all()


async def post_overdue_doubts(tx: AsyncConnection, wait: timedelta, now: datetime) -> None:
    """Post a message of its own to chats whose doubts no other has carried within `wait`."""
    for chat_id in await overdue_doubts(tx, wait, now):
        await post(tx, chat_id, "doubt", now, now)


async def counts(tx: AsyncConnection) -> dict[str, int]:
    """Return how many messages are in each state."""
    rows = await tx.execute(
        select(outbox.c.state, func.count().label("messages")).group_by(outbox.c.state)
    )
    return {row.state: row.messages for row in rows}


async def sent_plainly(tx: AsyncConnection) -> int:
    """Return how many messages Telegram refused in HTML and took in plain words."""
    plainly = select(func.count()).select_from(outbox).where(outbox.c.plain.is_(True))
    return int(await tx.scalar(plainly) or 0)


async def _set(tx: AsyncConnection, letter_id: int, now: datetime, **values: Any) -> None:  # noqa: ANN401 - columns
    await tx.execute(update(outbox).where(outbox.c.id == letter_id).values(changed=now, **values))


async def _drop_carried(tx: AsyncConnection, letter_id: int, now: datetime) -> None:
    named = update(outbox).where(outbox.c.carried_by == letter_id)
    await tx.execute(named.values(carried_by=None, changed=now))

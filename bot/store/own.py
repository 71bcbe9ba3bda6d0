"""What belongs to one chat alone: its own queries, and exclusions from the lists of others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import exclusions, own_lists
from bot.watch import language, personal


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What one chat does not want to be told from one list."""

    id: int
    chat_id: int
    watchlist: str
    line: str
    """A query: an article that it holds on is not told."""


async def lines(tx: AsyncConnection, chat_id: int) -> Sequence[str]:
    """Return the chat's own queries, in the order in which they were added."""
    which = select(own_lists.c.source).where(own_lists.c.chat_id == chat_id)
    source: str | None = await tx.scalar(which)
    # As the matcher reads them: Python ends a line at U+2028, too, and would tear a query apart.
    return [line for line in language.lines(source) if line] if source else ()


async def list_name(tx: AsyncConnection, chat_id: int) -> str | None:
    """Return the name of the chat's own list, None where it has none."""
    which = select(own_lists.c.id).where(own_lists.c.chat_id == chat_id)
    number: int | None = await tx.scalar(which)
    return None if number is None else personal.own(number)


async def owners(tx: AsyncConnection) -> Mapping[str, int]:
    """Return whose each own list is, by the list's name."""
    rows = await tx.execute(select(own_lists.c.id, own_lists.c.chat_id))
    return {personal.own(row.id): row.chat_id for row in rows}


async def set_lines(tx: AsyncConnection, chat_id: int, wanted: Sequence[str]) -> str:
    """Set the chat's own queries, and return the name of its own list."""
    values = {"source": "\n".join(wanted)}
    statement = insert(own_lists).values(chat_id=chat_id, **values)
    put = statement.on_conflict_do_update(index_elements=["chat_id"], set_=values)
    number = (await tx.scalars(put.returning(own_lists.c.id))).one()
    return personal.own(number)


async def merge(tx: AsyncConnection, one: int, into: int) -> None:
    """Let a chat's own queries belong to another one, which may have some."""
    theirs, ours = await lines(tx, one), await lines(tx, into)
    if theirs and ours:
        await set_lines(tx, into, list(dict.fromkeys((*ours, *theirs))))
    elif theirs:
        belonging = update(own_lists).where(own_lists.c.chat_id == one)
        await tx.execute(delete(own_lists).where(own_lists.c.chat_id == into))
        await tx.execute(belonging.values(chat_id=into))


async def exclude(
    tx: AsyncConnection, chat_id: int, watchlist: str, line: str, now: datetime
) -> bool:
    """Tell the chat nothing more from the list on which the line holds; False: so it was."""
    row = {"chat_id": chat_id, "watchlist": watchlist, "line": line, "created": now}
    put = insert(exclusions).values(**row).on_conflict_do_nothing().returning(exclusions.c.id)
    return await tx.scalar(put) is not None


async def number_of(tx: AsyncConnection, chat_id: int, watchlist: str, line: str) -> int:
    """Return the number of an exclusion that there is."""
    which = (exclusions.c.watchlist == watchlist) & (exclusions.c.line == line)
    number = select(exclusions.c.id).where(which, exclusions.c.chat_id == chat_id)
    return int((await tx.scalars(number)).one())


async def exclusion(tx: AsyncConnection, number: int) -> Exclusion | None:
    """Return an exclusion of any chat."""
    which = select(*_COLUMNS).where(exclusions.c.id == number)
    row = (await tx.execute(which)).one_or_none()
    return None if row is None else Exclusion(*row)


async def excluders(tx: AsyncConnection, watchlist: str, line: str) -> int:
    """Return how many chats exclude this from the list."""
    which = (exclusions.c.watchlist == watchlist) & (exclusions.c.line == line)
    count = select(func.count()).select_from(exclusions).where(which)
    return int(await tx.scalar(count) or 0)


async def lines_excluded(tx: AsyncConnection, watchlist: str) -> Sequence[str]:
    """Return what chats exclude from the list, that of most chats first."""
    which = select(exclusions.c.line).where(exclusions.c.watchlist == watchlist)
    often = which.group_by(exclusions.c.line).order_by(func.count().desc(), exclusions.c.line)
    return (await tx.scalars(often)).all()


async def drop_exclusion(tx: AsyncConnection, chat_id: int, number: int) -> Exclusion | None:
    """Take an exclusion of this chat back; None where it has no such."""
    which = (exclusions.c.id == number) & (exclusions.c.chat_id == chat_id)
    dropped = delete(exclusions).where(which).returning(*_COLUMNS)
    row = (await tx.execute(dropped)).one_or_none()
    return None if row is None else Exclusion(*row)


async def excluded(tx: AsyncConnection, chat_id: int) -> Sequence[Exclusion]:
    """Return what the chat does not want to be told, by list."""
    which = select(*_COLUMNS).where(exclusions.c.chat_id == chat_id)
    rows = await tx.execute(which.order_by(exclusions.c.watchlist, exclusions.c.id))
    return [Exclusion(*row) for row in rows]


async def exclusions_of(tx: AsyncConnection, watchlists: Sequence[str]) -> Sequence[Exclusion]:
    """Return the exclusions that matched an article, by what the matcher calls them."""
    ids = [personal.number_of(name) for name in watchlists]
    if not ids:
        return ()
    rows = await tx.execute(select(*_COLUMNS).where(exclusions.c.id.in_(ids)))
    return [Exclusion(*row) for row in rows]


async def sources(tx: AsyncConnection) -> Mapping[str, str]:
    """Return all of it, of all chats, as watchlists: name -> text."""
    own = await tx.execute(select(own_lists.c.id, own_lists.c.source).order_by(own_lists.c.id))
    none = await tx.execute(select(exclusions.c.id, exclusions.c.line).order_by(exclusions.c.id))
    return {
        **{personal.own(row.id): row.source for row in own},
        **{personal.exclusion(row.id): row.line for row in none},
    }


_COLUMNS = tuple(exclusions.c[name] for name in ("id", "chat_id", "watchlist", "line"))

"""How the tables are made: strict, and with the keys that many of them have."""

from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table

from bot.store.types import Int64

metadata = MetaData()


def table(name: str, *parts: Any) -> Table:  # noqa: ANN401 - columns, constraints and indexes
    """Return a strict table with these columns, constraints and indexes."""
    return Table(name, metadata, *parts, sqlite_strict=True)


def chat_id(**more: Any) -> Column[int]:  # noqa: ANN401 - Column's own keywords
    """Return the column of the chat that a row is of, and goes with.

    A group that becomes a supergroup changes its id; its history follows by itself.
    """
    key = ForeignKey("chats.id", ondelete="CASCADE", onupdate="CASCADE")
    return Column("chat_id", Int64, key, nullable=False, **more)


def entry_id(**more: Any) -> Column[int]:  # noqa: ANN401 - Column's own keywords
    """Return the column of the entry that a row is of, and goes with."""
    return Column(
        "entry_id", Integer, ForeignKey("entries.id", ondelete="CASCADE"), nullable=False, **more
    )

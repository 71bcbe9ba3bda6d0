"""A subscriber's whole life: topics, own queries, exclusions, claims, drafts and versions of lists.

Revision ID: 0006
"""

import sqlalchemy as sa
from alembic import op

from bot.store import types

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add columns that are empty at first, and the tables of what people bring along."""
    _add_columns()
    _create(
        "own_lists",
        sa.Column("id", sa.Integer(), primary_key=True),
        _chat(),
        sa.Column("source", sa.Text(), nullable=False),
        sa.UniqueConstraint("chat_id"),
    )
    _create(
        "exclusions",
        sa.Column("id", sa.Integer(), primary_key=True),
        _chat(),
        sa.Column("watchlist", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("created", types.Instant(), nullable=False),
        sa.UniqueConstraint("chat_id", "watchlist", "line"),
    )
    _create(
        "votes",
        sa.Column(
            "alert_id",
            sa.Integer(),
            sa.ForeignKey("alerts.id", ondelete="CASCADE"),
            primary_key=True,
            nullable=False,
        ),
        sa.Column("user_id", types.Int64, primary_key=True, nullable=False),
    )
    _create(
        "drafts",
        sa.Column("id", sa.Integer(), primary_key=True),
        _chat(),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created", types.Instant(), nullable=False),
    )
    _create(
        "versions",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("saved", types.Instant(), nullable=False),
    )
    op.create_index("versions_name", "versions", ["name"])
    op.execute(
        "INSERT INTO versions (name, source, saved) SELECT name, source, saved FROM watchlists"
    )
    op.create_index("chats_group_id", "chats", ["group_id"])


def _add_columns() -> None:
    columns: list[tuple[str, sa.Column[object]]] = [
        ("chats", sa.Column("group_id", types.Int64)),
        ("chats", sa.Column("asleep_since", types.Instant())),
        ("chats", sa.Column("acts_for", types.Int64)),
        ("subscriptions", sa.Column("mode", sa.Text(), server_default="", nullable=False)),
        ("subscriptions", sa.Column("offered", types.Instant())),
        ("alerts", sa.Column("claimed_by", types.Int64)),
        ("alerts", sa.Column("claimed_at", types.Instant())),
        ("codes", sa.Column("data", types.Json())),
        ("codes", sa.Column("uses", sa.Integer(), server_default="1", nullable=False)),
        ("articles", sa.Column("walled", types.Flag(), server_default="0", nullable=False)),
    ]
    for table, column in columns:
        op.add_column(table, column)
    # Nobody knows since when: from now on they have the whole time until they are erased.
    op.execute(
        "UPDATE chats SET asleep_since = CAST(strftime('%s', 'now') AS INTEGER) * 1000000"
        " WHERE state = 'asleep'"
    )


def _chat() -> "sa.Column[int]":
    key = sa.ForeignKey("chats.id", ondelete="CASCADE", onupdate="CASCADE")
    return sa.Column("chat_id", types.Int64, key, nullable=False)


def _create(name: str, *parts: "sa.schema.SchemaItem") -> None:
    op.create_table(name, *parts, sqlite_strict=True)

"""Stories: which entries are one event, and what a chat was told of each.

Revision ID: 0007
"""

import sqlalchemy as sa
from alembic import op

from bot.store import types

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the table; what was told before belongs to no story."""
    op.create_table(
        "members",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "entry_id",
            sa.Integer(),
            sa.ForeignKey("entries.id", ondelete="CASCADE"),
            nullable=False,
            unique=True,
        ),
        sa.Column("story", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("decision", types.Json(), nullable=False),
        sa.Column("joined", types.Instant(), nullable=False),
        sqlite_strict=True,
    )
    op.create_index("members_story", "members", ["story"])
    op.create_index("members_joined", "members", ["joined"])
    for table, column in (
        ("alerts", sa.Column("story", sa.Integer())),
        ("alerts", sa.Column("muted_until", types.Instant())),
        ("outbox", sa.Column("answers", sa.Integer())),
    ):
        op.add_column(table, column)
    op.create_index("alerts_story", "alerts", ["story"])

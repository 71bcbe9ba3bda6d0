"""What pacing remembers of a feed.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

from bot.store import types

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns. What is not known yet is learned by the next polls."""
    for column in (
        sa.Column("former_url", sa.Text(), nullable=True),
        sa.Column("due_reason", sa.Text(), nullable=True),
        sa.Column("interval", types.Duration(), nullable=True),
        sa.Column("last_full", types.Instant(), nullable=True),
        sa.Column("streak", sa.REAL(), server_default="0", nullable=False),
        sa.Column("rhythm", types.Json(), server_default="[]", nullable=False),
        sa.Column("hints", types.Json(), nullable=True),
        sa.Column("moved_to", sa.Text(), nullable=True),
        sa.Column("moved_polls", sa.Integer(), server_default="0", nullable=False),
        sa.Column("told", sa.Text(), nullable=True),
    ):
        op.add_column("feeds", column)

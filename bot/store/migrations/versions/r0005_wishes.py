"""A chat's own time zone and language, and lists that it has muted.

Revision ID: 0005
"""

import sqlalchemy as sa
from alembic import op

from bot.store import types

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the columns; empty means what is configured, or what Telegram says."""
    for name in ("zone", "spoken"):
        op.add_column("chats", sa.Column(name, sa.Text(), server_default="", nullable=False))
    muted: sa.Column[object] = sa.Column("muted_until", types.Instant(), nullable=True)
    op.add_column("subscriptions", muted)

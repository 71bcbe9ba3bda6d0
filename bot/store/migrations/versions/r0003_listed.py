"""Whether a feed still lists its entries.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

from bot.store import types

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column. Until the next change of a feed, all of its entries count as listed."""
    listed: sa.Column[bool] = sa.Column("listed", types.Flag(), server_default="1", nullable=False)
    op.add_column("entries", listed)
    op.create_index("feeds_former_url", "feeds", ["former_url"])
    op.create_index("entries_listed", "entries", ["feed_id"], sqlite_where=sa.text("listed = 1"))

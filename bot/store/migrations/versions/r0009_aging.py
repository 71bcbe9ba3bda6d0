"""What was read ages: since when a feed lists an entry no more, and what chats knew of it.

Revision ID: 0009
"""

import sqlalchemy as sa
from alembic import op

from bot.store import types

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the columns and indexes. What is listed no more already counts as just left out."""
    op.add_column("entries", sa.Column("unlisted", types.Instant()))
    op.execute(
        "UPDATE entries SET unlisted = max(entries.seen, coalesce("
        "(SELECT last_success FROM feeds WHERE feeds.id = entries.feed_id), 0)) WHERE listed = 0"
    )
    for name, table, column, where in (
        ("entries_unlisted", "entries", "unlisted", "unlisted IS NOT NULL"),
        ("entries_text", "entries", "seen", "text <> ''"),
        ("articles_text", "articles", "read", "text_from <> 'gone'"),
        ("outbox_notice", "outbox", "notice_id", "notice_id IS NOT NULL"),
    ):
        op.create_index(name, table, [column], sqlite_where=sa.text(where))
    op.create_index("decisions_decided", "decisions", ["decided"])
    op.create_table(
        "heard",
        sa.Column(
            "chat_id",
            types.Int64,
            sa.ForeignKey("chats.id", ondelete="CASCADE", onupdate="CASCADE"),
            primary_key=True,
            nullable=False,
        ),
        sa.Column("subject", sa.Text(), primary_key=True, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("heard_subject", "heard", ["subject"])

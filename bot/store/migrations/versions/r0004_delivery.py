"""How a chat wants to be told, and messages that change others.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

from bot.store import types

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the columns. Every chat is told at once, as before."""
    for column in (
        sa.Column("muted_until", types.Instant(), nullable=True),
        sa.Column("quiet", types.Json(), nullable=True),
        sa.Column("digests", types.Json(), server_default="[]", nullable=False),
        sa.Column("folding", sa.Text(), server_default="", nullable=False),
        sa.Column("thread", sa.Integer(), nullable=True),
    ):
        op.add_column("chats", column)
    op.add_column("outbox", sa.Column("edits", sa.Integer(), nullable=True))
    for name in ("burst", "plain"):
        flag: sa.Column[bool] = sa.Column(name, types.Flag(), server_default="0", nullable=False)
        op.add_column("outbox", flag)
    op.create_index("outbox_chat", "outbox", ["chat_id", "kind", "changed"])
    op.create_index("outbox_edits", "outbox", ["edits"])
    op.create_index("outbox_carried_by", "outbox", ["carried_by"])
    for name, columns, where in (
        ("outbox_uncertain", ["chat_id"], "state = 'uncertain'"),
        ("outbox_changes", ["state", "kind", "due"], "kind = 'edit'"),
    ):
        op.create_index(name, "outbox", columns, sqlite_where=sa.text(where))
    op.create_index("alerts_entry", "alerts", ["entry_id"])

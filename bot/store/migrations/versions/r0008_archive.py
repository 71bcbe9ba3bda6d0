"""The archive: which words articles have.

Revision ID: 0008
"""

import sqlalchemy as sa
from alembic import op

from bot.store import types

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the tables and the index; what was read before is taken in by and by."""
    op.create_table(
        "words",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.UniqueConstraint("language", "word"),
        sqlite_strict=True,
    )
    op.create_table(
        "archived",
        sa.Column("entry_id", sa.Integer(), primary_key=True),
        sa.Column("read", types.Instant(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sqlite_strict=True,
    )
    op.create_index("articles_read", "articles", ["read"])
    # Its tokens are all sequences of three letters: a piece of an entry is found by them.
    op.execute(
        "CREATE VIRTUAL TABLE pieces USING fts5(entry, content='words', content_rowid='id', "
        "tokenize='trigram case_sensitive 1')"
    )
    op.execute("CREATE VIRTUAL TABLE archive USING fts5(words, content='', detail=none)")

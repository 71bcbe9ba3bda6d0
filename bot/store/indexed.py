"""The tables of the archive: what of each article its index has."""

from sqlalchemy import Column, Integer, LargeBinary, Text, UniqueConstraint

from bot.store.tables import table
from bot.store.types import Instant

# Beside these there is the index itself, a virtual table `archive`: see bot.store.archive.
words = table(
    "words",
    Column("id", Integer, primary_key=True),
    Column("language", Text, nullable=False),  # whose rules its entry is by
    Column("word", Text, nullable=False),  # as written; "" for any that is too long
    Column("entry", Text, nullable=False),  # see bot.watch.needs.entry
    UniqueConstraint("language", "word"),
)

archived = table(
    "archived",
    # No foreign key: what is in the index is taken out of it with the words it has there.
    Column("entry_id", Integer, primary_key=True),
    Column("read", Instant, nullable=False),  # that of the article when it was taken in
    Column("words", LargeBinary, nullable=False),  # their numbers, sorted, as 32 bits each, packed
)

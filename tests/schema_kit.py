"""Databases as every release left them."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from bot.store import migrate
from tests.store_kit import NOW, PERSON

MICRO = int(NOW.timestamp()) * 1_000_000
ROWS: Mapping[str, Mapping[str, object]] = {
    "feeds": {
        "id": 1,
        "url": "https://a.example/rss",
        "name": "A",
        "tags": "[]",
        "origin": "store",
    },
    "entries": {"id": 7, "feed_id": 1, "key": "k", "subject": "s", "title": "T", "text": "Text"},
    "articles": {"entry_id": 7, "title": "T", "text": "Der ganze Text", "text_from": "page"},
    "matches": {"id": 1, "entry_id": 7, "watchlist": "w", "query": "Text", "spans": "[]"},
    "watchlists": {"name": "w", "source": "Text\n"},
    "chats": {"id": PERSON, "type": "private", "language": "de", "state": "active", "admin": 1},
    "subscriptions": {"chat_id": PERSON, "watchlist": "w"},
    "decisions": {"entry_id": 7, "watchlist": "w", "chat_id": PERSON, "action": "now"},
    "outbox": {"id": 3, "chat_id": PERSON, "kind": "alert", "state": "pending"},
    "alerts": {"id": 1, "chat_id": PERSON, "entry_id": 7, "subject": "s", "watchlists": '["w"]'},
    "codes": {"digest": "d", "purpose": "own"},
    "settings": {"name": "n", "value": "v"},
}
"""What a database had in it; a table that a release did not have yet is left out."""


def configured() -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    return config


def revisions() -> list[str]:
    """Every schema that was ever released, the oldest first."""
    walked = ScriptDirectory.from_config(configured()).walk_revisions()
    return [each.revision for each in walked][::-1]


def released(place: Path, revision: str) -> None:
    """Write a database as a release with this schema left it, with a row in every table."""
    engine, config = create_engine(f"sqlite:///{place}", poolclass=NullPool), configured()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        for table, row in ROWS.items():
            _insert(connection, table, row)


def _insert(connection: sqlite3.Connection, table: str, row: Mapping[str, object]) -> None:
    values = {}
    for column in connection.execute("SELECT * FROM pragma_table_info(?)", (table,)):
        _, name, kind, required, default, _ = column
        if name in row:
            values[name] = row[name]
        elif required and default is None:
            values[name] = MICRO if kind == "INTEGER" else ""
    names, marks = ", ".join(f'"{name}"' for name in values), ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", [*values.values()])


def dumped(place: Path) -> list[str]:
    with closing(sqlite3.connect(place)) as connection:
        return list(connection.iterdump())

"""An article that the disk has lost keeps neither the others from being found, nor the bot busy."""

import asyncio
import re
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError
from structlog.testing import capture_logs

from bot.alerts.rehearsal import Terms
from bot.daemon.chores import look_after_archive
from bot.model import Article
from bot.pipeline import archive
from bot.pipeline.backtest import backtest
from bot.store import Store
from bot.store.archive import is_damage
from bot.watch.language import parse_query
from bot.workers import Workers
from tests.archive_kit import damage, found_by, kept, lose, of_a_text, of_an_index
from tests.store_kit import DAY, NOW, opened

LONG = " ".join(f"Weizen{n}" for n in range(3000)) + " Mitte " + "Gerste " * 3000
SOME = [
    Article("Gas", "Erdgas ist knapp.", "page", "de"),
    Article("Ernte", LONG, "page", "de"),
    Article("Wolf", "A wolf was seen near the museum.", "page", "en"),
]
PATIENCE = timedelta(minutes=1).total_seconds()


async def with_articles(folder: Path, *, indexed: bool) -> None:
    async with opened(folder) as store:
        await kept(store, SOME)
        if indexed:
            await archive.catch_up(store)


async def reopened(folder: Path) -> Store:
    return await Store.open("sqlite:///ausguck.db", folder)


async def test_an_article_that_cannot_be_read_is_left_out_and_the_others_are_found(
    tmp_path: Path,
) -> None:
    await with_articles(tmp_path, indexed=False)
    lose(tmp_path / "ausguck.db", of_a_text)
    store = await reopened(tmp_path)

    with capture_logs() as logs:
        async with asyncio.timeout(PATIENCE):
            await archive.catch_up(store)
            await archive.catch_up(store)

    assert await found_by(store, "Erdgas") == {1}
    assert await found_by(store, "wolf") == {3}
    said = [(line["event"], line.get("entry")) for line in logs if "archive" in line["event"]]
    assert said == [("archive.unreadable", 2)]
    await store.close()


async def test_one_that_is_lost_after_it_was_indexed_is_left_out_of_what_is_found(
    tmp_path: Path,
) -> None:
    await with_articles(tmp_path, indexed=True)
    lose(tmp_path / "ausguck.db", of_a_text)
    store = await reopened(tmp_path)

    assert await found_by(store, "Mitte | Erdgas") == {1}
    await store.close()


async def test_one_that_is_lost_is_left_out_of_a_backtest_and_the_index_stays(
    tmp_path: Path,
) -> None:
    await with_articles(tmp_path, indexed=True)
    lose(tmp_path / "ausguck.db", of_a_text)
    store = await reopened(tmp_path)
    watchlist, terms, workers = parse_query("Mitte | Erdgas"), Terms(9 * DAY), Workers()

    found = await backtest(store, watchlist, NOW - 9 * DAY, terms, workers)

    assert [each.found.entry_id for each in found.arrived] == [1]
    assert await found_by(store, "Erdgas") == {1}
    await workers.close()
    await store.close()


async def test_what_cannot_be_made_anew_is_tried_once_and_then_said(tmp_path: Path) -> None:
    await with_articles(tmp_path, indexed=True)
    lose(tmp_path / "ausguck.db", of_an_index)
    store = await reopened(tmp_path)
    said: list[str] = []

    with pytest.raises(archive.Damaged):
        async with asyncio.timeout(PATIENCE):
            await archive.catch_up(store, lambda: said.append("damaged"))

    assert said == ["damaged"]
    await store.close()


async def test_the_daemon_says_what_to_do_where_it_cannot_be_made_anew(tmp_path: Path) -> None:
    await with_articles(tmp_path, indexed=True)
    lose(tmp_path / "ausguck.db", of_an_index)
    store = await reopened(tmp_path)

    with capture_logs() as logs:
        await look_after_archive(store)

    [line] = [line for line in logs if line["event"] == "archive.not_made_anew"]
    assert "restore a backup" in line["remedy"]
    await store.close()


async def test_the_log_of_damage_does_not_say_what_was_looked_for(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await kept(store, SOME)
        await archive.catch_up(store)
        await damage(store)

        with capture_logs() as logs, pytest.raises(archive.Damaged):
            await found_by(store, "Erdgas")

        [line] = [line for line in logs if line["event"] == "archive.damaged"]
        assert re.fullmatch("[a-z ]+", line["error"])


def error_of(code: int) -> DatabaseError:
    """What a search for a word that sounds like damage raises."""
    cause = sqlite3.OperationalError("disk I/O error")
    cause.sqlite_errorcode = code
    return DatabaseError("SELECT", {"wanted": '["corruption", "malformed"]'}, cause)


@pytest.mark.parametrize(
    ("code", "damaged"),
    [
        (sqlite3.SQLITE_IOERR, False),
        (sqlite3.SQLITE_FULL, False),
        (sqlite3.SQLITE_CORRUPT, True),
        (sqlite3.SQLITE_CORRUPT_VTAB, True),
    ],
)
def test_what_is_damage_is_told_by_its_code_and_not_by_what_was_looked_for(
    code: int, damaged: bool
) -> None:
    assert is_damage(error_of(code)) is damaged

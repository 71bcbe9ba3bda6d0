"""Who uses a database: many at once, one daemon, and for a restore nobody."""

import os
import threading
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store import Store, locks
from tests.store_kit import migrated

URL = "sqlite:///ausguck.db"
NOBODY = 65534


def test_a_daemon_waits_for_its_predecessor_to_end(tmp_path: Path) -> None:
    first = locks.only_daemon(URL, tmp_path)
    ending = threading.Timer(0.2, first.let_go)
    ending.start()

    locks.only_daemon(URL, tmp_path).let_go()

    assert not ending.is_alive()


def test_letting_go_twice_does_no_harm(tmp_path: Path) -> None:
    first = locks.only_daemon(URL, tmp_path)
    first.let_go()
    second = locks.only_daemon(URL, tmp_path)

    first.let_go()

    assert [path.name for path in tmp_path.iterdir()] == ["ausguck.db.daemon"]
    second.let_go()


async def test_many_have_a_database_open_and_the_last_one_to_close_it_frees_it(
    tmp_path: Path,
) -> None:
    place = tmp_path / "ausguck.db"
    place.write_bytes(migrated())
    first, second = await Store.open(URL, tmp_path), await Store.open(URL, tmp_path)

    await first.close()
    with pytest.raises(StoreError, match="is in use by `ausguck run` or another command"):
        locks.alone(place)
    await second.close()

    locks.alone(place).let_go()


async def test_while_a_database_is_restored_nobody_opens_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "PATIENCE", 0.1)
    hold = locks.alone(tmp_path / "ausguck.db")

    with pytest.raises(StoreError, match="is being restored; try again when that has ended"):
        await Store.open(URL, tmp_path)

    hold.let_go()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_what_root_makes_is_not_in_the_way_of_a_daemon_that_is_not_root(tmp_path: Path) -> None:
    os.chown(tmp_path, NOBODY, NOBODY)

    locks.shared(tmp_path / "ausguck.db").let_go()

    assert (tmp_path / "ausguck.db.in-use").stat().st_uid == NOBODY

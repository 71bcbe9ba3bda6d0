"""`ausguck backup` and `ausguck restore`, from outside."""

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from bot.sandbox.transcript import breaches
from bot.store import locks
from tests.cli_kit import Command, arrange, ausguck, write
from tests.harness import Bot, running, until
from tests.store_kit import a_chat

TOKEN = "1234567890:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"
CONFIG = f'[telegram]\ntoken = "{TOKEN}"\npace = 7\n'
TEXT = "<p>In Nordkorea regnet es seit Tagen.</p>"


@pytest.fixture
def home(tmp_path: Path, command: Command) -> Path:
    """The current folder, with a configuration, a watchlist and a database."""
    (tmp_path / "config.toml").write_text(CONFIG)
    write(tmp_path, nordkorea="Nordkorea\n")
    arrange(a_chat)
    return tmp_path


def inside(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_a_backup_has_database_configuration_and_lists_and_no_token(
    home: Path, command: Command
) -> None:
    said = command("backup", "b.zip")

    held = inside(home / "b.zip")
    assert sorted(held) == ["ausguck.db", "config.toml", "watchlists/nordkorea.txt"]
    assert b"pace = 7" in held["config.toml"]
    assert all(TOKEN.encode() not in content for content in held.values())
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("b.zip: ")
    assert said.out.endswith(" kB), 1 watchlist, config.toml without its tokens\n")


def test_a_token_from_the_environment_is_in_no_backup(
    home: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "987654321:BBHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw9"
    (home / "config.toml").write_text(f"# once {secret}\n[telegram]\npace = 7\n")
    monkeypatch.setenv("AUSGUCK_TELEGRAM__TOKEN", secret)

    assert command("backup", "b.zip").code == 0

    assert all(secret.encode() not in content for content in inside(home / "b.zip").values())


def test_a_backup_that_is_there_is_written_over_only_with_a_word(
    home: Path, command: Command
) -> None:
    command("backup", "b.zip")

    refused, replaced = command("backup", "b.zip"), command("backup", "b.zip", "--replace")

    assert (refused.code, refused.out) == (2, "")
    assert refused.err == "b.zip: is there already; choose another name, or say --replace\n"
    assert replaced.code == 0
    assert replaced.err == "b.zip: the file of that name was replaced\n"


def test_without_a_database_there_is_nothing_to_back_up(command: Command) -> None:
    said = command("backup", "b.zip")

    assert said.code == 2
    assert said.err == "data/ausguck.db: there is no database yet; see store.url\n"


@pytest.mark.parametrize(("verb", "tool"), [("backup", "pg_dump"), ("restore", "pg_restore")])
def test_postgresql_has_tools_of_its_own(
    command: Command, monkeypatch: pytest.MonkeyPatch, verb: str, tool: str
) -> None:
    monkeypatch.setenv("AUSGUCK_STORE__URL", "postgresql+asyncpg://localhost/ausguck")

    said = command(verb, "b.zip")

    assert (said.code, len(said.faults)) == (2, 1)
    assert said.err.startswith("store.url: this is PostgreSQL, with tools of its own; ")
    assert tool in said.err


def test_lists_are_as_in_the_backup_and_what_stood_there_is_kept(
    home: Path, command: Command
) -> None:
    command("backup", "b.zip")
    write(home, nordkorea="Pjöngjang\n", mehr="Mehr\n")

    said = command("restore", "b.zip")

    [aside] = (home / "data" / "backups").iterdir()
    assert said.code == 0
    assert (home / "watchlists" / "nordkorea.txt").read_text() == "Nordkorea\n"
    assert (aside / "watchlists" / "nordkorea.txt").read_text(encoding="utf-8") == "Pjöngjang\n"
    assert said.out.splitlines() == [
        "data/ausguck.db: restored from b.zip",
        "watchlists: 1 watchlists as in the backup",
        "watchlists/mehr.txt: is not in the backup, and was left as it is",
        f"what was there before is in {aside.relative_to(home)}",
    ]


def test_a_configuration_is_never_written_over(home: Path, command: Command) -> None:
    command("backup", "b.zip")
    mine = CONFIG.replace("7", "9")
    (home / "config.toml").write_text(mine)

    said = command("restore", "b.zip")

    assert (home / "config.toml").read_text() == mine
    assert "pace = 7" in (home / "config.restored.toml").read_text()
    assert (
        "config.restored.toml: the configuration of the backup, without tokens; yours was left as "
        "it is"
    ) in said.out.splitlines()


def test_on_another_machine_everything_is_there_but_the_token(
    home: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("backup", "b.zip")
    (home / "elsewhere").mkdir()
    monkeypatch.chdir(home / "elsewhere")

    assert command("restore", "../b.zip").code == 0

    assert "pace = 7" in Path("config.toml").read_text()
    assert TOKEN not in Path("config.toml").read_text()
    assert Path("watchlists/nordkorea.txt").read_text() == "Nordkorea\n"
    assert '"id": 1001' in command("chats", "list", "--json").out


def test_a_list_that_cannot_be_written_is_named_and_the_rest_is_restored(
    home: Path, command: Command
) -> None:
    command("backup", "b.zip")
    (home / "watchlists" / "nordkorea.txt").unlink()
    (home / "watchlists").rmdir()
    (home / "watchlists").write_text("a file where the folder should be")

    said = command("restore", "b.zip")

    assert said.code == 1
    assert said.err.startswith("watchlists/nordkorea.txt: cannot be written: ")
    assert "data/ausguck.db: restored from b.zip" in said.out


# With a daemon.


async def alerted(bot: Bot, title: str) -> None:
    await until(lambda: [a for a in bot.alerts() if title in a["text"]], f"the alert: {title}")


def collected(bot: Bot) -> int:
    """Return how many alerts a digest waits with."""
    waiting = "SELECT count(*) FROM alerts JOIN outbox o ON o.id = outbox_id WHERE kind='catch_up'"
    with closing(sqlite3.connect(bot.folder / "data" / "ausguck.db", timeout=20)) as connection:
        return int(connection.execute(waiting).fetchone()[0])


def hurry(bot: Bot) -> None:
    """Spare the test the two minutes in which a digest collects what else is late."""
    with closing(sqlite3.connect(bot.folder / "data" / "ausguck.db", timeout=20)) as connection:
        connection.execute("UPDATE outbox SET due = changed WHERE kind = 'catch_up'")
        connection.commit()


async def test_what_was_published_since_the_backup_is_one_digest_and_nothing_rings_twice(
    tmp_path: Path,
) -> None:
    async with running(tmp_path) as bot:
        await bot.arrange("nordkorea")
        await bot.start()
        bot.publish("Nordkorea vorher", TEXT)
        await alerted(bot, "Nordkorea vorher")
        await bot.settled()
        made = ausguck("backup", "b.zip", folder=tmp_path)
        assert made.code == 0, made.err
        for title in ("Nordkorea gleich danach", "Nordkorea später"):
            bot.publish(title, TEXT)
            await alerted(bot, title)

        refused = ausguck("restore", "b.zip", folder=tmp_path)
        assert refused.code == 2
        assert "is in use by `ausguck run`" in refused.err
        assert await bot.stop() == 0
        bot.publish("Nordkorea in der Lücke", TEXT)
        restored = ausguck("restore", "b.zip", folder=tmp_path)
        assert restored.code == 0, restored.err
        before = len(bot.messages())
        await bot.start()

        await until(lambda: collected(bot) == 3, "the digest, with all that came since")
        hurry(bot)
        await until(lambda: len(bot.messages()) > before, "the digest")
        bot.publish("Nordkorea zuletzt", TEXT)
        await alerted(bot, "Nordkorea zuletzt")
        await bot.settled()
        digest, last = bot.texts()[before:]
        assert "Nordkorea gleich danach" in digest
        assert "Nordkorea später" in digest
        assert "Nordkorea in der Lücke" in digest
        assert "Nordkorea vorher" not in digest
        assert "Nordkorea zuletzt" in last
        assert await bot.stop() == 0
        # The digest says that it catches up: it names what was told between backup and restore.
        known = ("nordkorea-gleich-danach", "nordkorea-spaeter")
        found = breaches(bot.sandbox.world.transcript.after(0))
        assert [each for each in found if not any(name in each for name in known)] == []


def test_of_two_daemons_on_one_database_the_second_is_refused(
    home: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "PATIENCE", 0.0)
    hold = locks.only_daemon("sqlite:///data/ausguck.db", Path())

    said = command("run")
    hold.let_go()

    assert said.code == 2
    assert said.err == (
        "data/ausguck.db: another `ausguck run` works on this database; end that one, or give this "
        "one another store.url\n"
    )

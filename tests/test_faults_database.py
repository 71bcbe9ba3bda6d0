"""The database cannot be written for a while: the daemon says so, goes on trying, loses nothing."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.faults import Fault
from bot.sandbox.transcript import breaches
from bot.web.server import ask
from tests.faults_kit import fill, locked, small_disk
from tests.harness import Bot, running, until

FULL = "the database: the disk is full; make room, and it goes on by itself"
LOCKED = "the database: another program holds it; end that one, and it goes on by itself"
BEFORE, MEANWHILE, AFTER = "Nordkorea davor", "Nordkorea währenddessen", "Nordkorea danach"
TEXT = "<p>In Nordkorea regnet es seit Tagen.</p>"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


async def until_said(port: int, faults: list[str]) -> None:
    """Wait until the health page says this."""
    async with asyncio.timeout(60):
        while await asyncio.to_thread(ask, "127.0.0.1", port) != faults:  # noqa: ASYNC110
            await asyncio.sleep(0.1)


def rings(bot: Bot, title: str) -> int:
    return sum(title in alert["text"] for alert in bot.alerts())


async def alerted(bot: Bot, title: str) -> None:
    await until(lambda: rings(bot, title), f"the alert: {title}", 60)


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bot]:
    """A bot that serves a person; its database is on a small disk of its own."""
    with small_disk(tmp_path / "data"):
        async with running(tmp_path) as bot:
            await bot.arrange("nordkorea")
            yield bot


async def started(bot: Bot) -> int:
    """Start it, and have it tell of something; return the port of its health page."""
    port = free_port()
    bot.environ["AUSGUCK_WEB__LISTEN"] = f"127.0.0.1:{port}"
    await bot.start()
    await bot.ready()
    bot.publish(BEFORE, TEXT)
    await alerted(bot, BEFORE)
    await until_said(port, [])
    return port


async def went_well(bot: Bot) -> None:
    """Everything was told once, the log has the trouble once, and the end is in order."""
    bot.publish(AFTER, TEXT)
    await alerted(bot, AFTER)
    assert [rings(bot, title) for title in (BEFORE, MEANWHILE, AFTER)] == [1, 1, 1]
    assert await bot.stop() == 0
    assert bot.log().count('"database.trouble"') == 1
    assert bot.log().count('"database.recovered"') == 1
    assert "Traceback" not in bot.log()
    assert breaches(bot.sandbox.world.transcript.after(0)) == []


async def test_on_a_full_disk_it_says_so_and_tells_everything_once_when_there_is_room(
    bot: Bot,
) -> None:
    port = await started(bot)
    filler = fill(bot.folder / "data")

    bot.publish(MEANWHILE, TEXT)
    await until_said(port, [FULL])
    bot.say("/add Raumfahrt")
    bot.say("/status")
    await asyncio.sleep(3)
    assert rings(bot, MEANWHILE) == 0
    filler.unlink()

    await alerted(bot, MEANWHILE)
    await until_said(port, [])
    await until(lambda: [t for t in bot.texts() if "Raumfahrt" in t], "the answer to /add")
    assert len([text for text in bot.texts() if "Raumfahrt" in text]) == 1
    await went_well(bot)


async def test_what_was_sent_while_the_disk_filled_up_is_not_sent_again(bot: Bot) -> None:
    await started(bot)
    bot.sandbox.faults.order(Fault("sendMessage", "late", pause=3))
    bot.publish(MEANWHILE, TEXT)
    await until(lambda: bot.log().count('"delivery.begun"') == 2, "the call in flight")

    filler = fill(bot.folder / "data")
    await until(lambda: bot.log().count('"delivery.answered"') == 2, "the answer")
    await until(lambda: '"database.trouble"' in bot.log(), "the trouble")
    filler.unlink()

    await until(lambda: bot.log().count('"delivery.recorded"') == 2, "that it is recorded")
    await went_well(bot)


async def test_a_start_on_a_full_disk_is_one_line_that_says_so(bot: Bot) -> None:
    filler = fill(bot.folder / "data")

    await bot.start()

    assert await bot.dead() == 2
    [line] = bot.log().splitlines()
    assert "disk is full" in line
    filler.unlink()
    await bot.start()
    await bot.ready()


async def test_of_a_full_disk_status_tells_whoever_asks(bot: Bot) -> None:
    port = await started(bot)
    fill(bot.folder / "data")
    bot.publish(MEANWHILE, TEXT)
    await until_said(port, [FULL])

    bot.say("/status")

    await until(lambda: [t for t in bot.texts() if "Die Festplatte ist voll" in t], "the answer")


async def test_killed_on_a_full_disk_it_answers_after_the_next_start_what_it_was_asked(
    bot: Bot,
) -> None:
    port = await started(bot)
    filler = fill(bot.folder / "data")
    bot.publish(MEANWHILE, TEXT)
    await until_said(port, [FULL])
    bot.say("/add Raumfahrt")
    await until(lambda: '"telegram.update_waits"' in bot.log(), "the command, which waits")
    await asyncio.sleep(2)

    bot.kill()
    await bot.dead()
    filler.unlink()
    await bot.start()

    await until(lambda: [t for t in bot.texts() if "Raumfahrt" in t], "the answer to /add", 60)
    await alerted(bot, MEANWHILE)
    assert rings(bot, MEANWHILE) == 1


async def test_while_another_program_holds_the_database_it_waits_and_loses_nothing(
    bot: Bot,
) -> None:
    port = await started(bot)
    with locked(bot.folder / "data" / "ausguck.db", 100) as holder:
        bot.publish(MEANWHILE, TEXT)
        bot.say("/add Raumfahrt")
        await until_said(port, [LOCKED])
        assert rings(bot, MEANWHILE) == 0
        holder.kill()

    await alerted(bot, MEANWHILE)
    await until_said(port, [])
    await until(lambda: [t for t in bot.texts() if "Raumfahrt" in t], "the answer to /add")
    await went_well(bot)

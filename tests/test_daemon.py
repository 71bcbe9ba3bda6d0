"""The daemon from outside: it starts, goes on whatever happens around it, and ends in order."""

import asyncio
import json
import socket
import sys
import time
import urllib.request
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.faults import Fault
from bot.sandbox.recorded import Publication
from tests.cli_kit import exit_code
from tests.harness import CONFIG, ROOT, Bot, parade, running, until

TOKEN = "12345:sandbox"
TITLE = "Nordkoreaner auf dem Roten Platz"
SOON = 5.0


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bot]:
    """A bot that is not started; whatever a test does to it, its log never tells the token."""
    async with running(tmp_path) as bot:
        yield bot
    assert '"level": "debug"' in bot.log()
    assert [secret for secret in (TOKEN, TOKEN.replace(":", "%3A")) if secret in bot.log()] == []


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


async def stopped(bot: Bot) -> None:
    """Ask it to end, which is done soon and in order."""
    began = time.monotonic()
    assert await bot.stop() == 0
    assert time.monotonic() - began < SOON
    assert '"daemon.stopped"' in bot.log()
    assert "Traceback" not in bot.log()


async def alerted(bot: Bot, title: str) -> None:
    await until(lambda: [a for a in bot.alerts() if title in a["text"]], f"the alert: {title}")


def health(address: str) -> tuple[int, dict[str, Any]]:
    """Return what the health page answers."""
    with urllib.request.urlopen(f"http://{address}/healthz", timeout=5) as answer:
        return answer.status, json.load(answer)


def listens(address: str) -> bool:
    host, _, port = address.rpartition(":")
    with socket.socket() as asking:
        return asking.connect_ex((host, int(port))) == 0


async def test_it_is_healthy_as_long_as_it_runs(
    bot: Bot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    address = f"127.0.0.1:{free_port()}"
    monkeypatch.setenv("AUSGUCK_WEB__LISTEN", address)
    # What it is forked from may have been started before, by another test.
    bot.environ["AUSGUCK_WEB__LISTEN"] = address
    await bot.start()
    await bot.ready()
    await until(lambda: listens(address), "the health page")

    status, said = await asyncio.to_thread(health, address)
    assert (status, said["ok"], said["faults"]) == (200, True, [])
    assert said["seconds_since"]["start"] > 0
    assert {"tick", "delivery", "watchlists", "canary"} <= set(said["seconds_since"])
    assert await asyncio.to_thread(exit_code, "health") == 0
    await stopped(bot)
    assert await asyncio.to_thread(exit_code, "health") == 1
    assert capsys.readouterr() == ("", f"no daemon answers on {address}\n")


async def test_a_token_that_telegram_refuses_ends_it_with_one_line(bot: Bot) -> None:
    bot.sandbox.faults.order(Fault("getMe", "401", times=0))
    await bot.start()
    assert await bot.dead() == 2
    said = [line for line in bot.log().splitlines() if not line.startswith("{")]
    assert said == ["telegram.token: Telegram refuses this token; copy it again from @BotFather"]


async def test_a_port_that_is_taken_is_no_reason_not_to_watch(bot: Bot) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        bot.environ["AUSGUCK_WEB__LISTEN"] = f"127.0.0.1:{taken.getsockname()[1]}"
        await bot.arrange("nordkorea")
        bot.publish(TITLE, parade())
        await bot.start()
        await alerted(bot, TITLE)
        assert len(bot.events("web.not_listening")) == 1
        await stopped(bot)


async def test_a_watchlist_that_is_edited_counts_within_two_seconds(bot: Bot) -> None:
    await bot.arrange("nordkorea")
    await bot.start()
    await bot.ready()
    changes = len(bot.events("watchlist.changed"))

    saved = time.monotonic()
    bot.write(lists={"nordkorea.txt": "Nordkorea\nGartenzwerg\n"})
    await until(lambda: len(bot.events("watchlist.changed")) > changes, "the change")
    took = time.monotonic() - saved

    assert took < 2
    bot.publish("Zwerge", "<p>Ein Gartenzwerg steht in jedem zweiten Garten des Landes.</p>")
    await alerted(bot, "Zwerge")


async def test_a_watchlist_saved_with_a_fault_counts_as_before_and_the_admin_is_told_once(
    bot: Bot,
) -> None:
    await bot.arrange("nordkorea")
    await bot.start()
    await bot.ready()

    bot.write(lists={"nordkorea.txt": "Nordkorea\nNord, Süd\n"})
    await until(
        lambda: "Zeile 2: Zwischen Wörtern steht ein Komma" in "".join(bot.texts()), "the message"
    )
    bot.write(lists={"nordkorea.txt": "Nordkorea\nNord, Süd\n"})
    bot.publish(TITLE, parade())
    await alerted(bot, TITLE)
    bot.write(lists={"nordkorea.txt": "Gartenzwerg\n"})
    bot.publish("Zwerge", "<p>Ein Gartenzwerg steht in jedem zweiten Garten des Landes.</p>")
    await until(lambda: bot.events("watchlist.changed")[1:], "the mended list")

    assert "".join(bot.texts()).count("Zeile 2: Zwischen Wörtern steht ein Komma") == 1


async def test_a_watchlist_with_a_fault_from_the_start_does_not_stop_the_others(bot: Bot) -> None:
    bot.write(lists={"siegesparade.txt": "Sieg, Parade\n"})
    await bot.arrange("nordkorea")
    await bot.start()
    await until(lambda: "Zeile 1: Zwischen Wörtern" in "".join(bot.texts()), "the message")
    told = next(text for text in bot.texts() if "siegesparade" in text)
    assert "Sie gilt erst, wenn er behoben ist." in told
    assert "letzte gute Fassung" not in told
    bot.publish(TITLE, parade())
    await alerted(bot, TITLE)


async def test_lists_stay_in_force_when_their_folder_is_emptied_even_after_a_restart(
    bot: Bot,
) -> None:
    await bot.arrange("nordkorea", "siegesparade")
    await bot.start()
    await bot.ready()

    for file in (bot.folder / "watchlists").iterdir():
        file.unlink()
    await until(lambda: "leer oder verschwunden" in "".join(bot.texts()), "the message")
    bot.publish("Nordkorea, die erste", parade())
    await alerted(bot, "Nordkorea, die erste")
    await stopped(bot)
    await bot.start()
    bot.publish("Nordkorea, die zweite", parade())
    await alerted(bot, "Nordkorea, die zweite")

    lists = [alert["text"].splitlines()[0] for alert in bot.alerts()]
    assert lists == ["🔔 Nordkorea · Siegesparade"] * 2


async def test_other_feeds_go_on_when_some_are_no_feeds_broken_or_silent(bot: Bot) -> None:
    page, port = bot.sandbox.chat_page, bot.sandbox.bot_api.rpartition(":")[2]
    # Another name, since one host is asked one question at a time.
    silent = f"http://localhost:{port}/feeds/kontor.xml"
    others = (page, f"{bot.sandbox.feeds}/foyer.xml", silent)
    blocks = "".join(f'[[feeds]]\nurl = "{url}"\nevery = "1s"\n' for url in others)
    bot.write(CONFIG + blocks)
    bot.sandbox.faults.order(Fault("GET /feeds/foyer.xml", "500", times=0))
    bot.sandbox.faults.order(Fault("GET /feeds/kontor.xml", "hang", times=0))
    await bot.arrange("nordkorea")
    await bot.start()
    await until(lambda: len(bot.events("poll.failed")) >= 2, "the failures")

    bot.publish(TITLE, parade())
    await alerted(bot, TITLE)

    errors = {event["feed"]: str(event["error"]) for event in bot.events("poll.failed")}
    assert set(errors) == {others[0], others[1]}
    assert "HTML" in errors[others[0]]
    assert errors[others[1]] == "HTTP 500"
    await stopped(bot)


async def test_while_its_page_cannot_be_had_an_alert_says_that_only_the_teaser_was_read(
    bot: Bot,
) -> None:
    await bot.arrange("nordkorea")
    await bot.start()
    await bot.ready()
    bot.sandbox.faults.order(Fault("GET /articles/*", "500", times=0))
    teaser = Publication(TITLE, parade(), summary="Soldaten aus Nordkorea sind in Moskau.")

    bot.sandbox.press.publish("depesche", teaser)

    await alerted(bot, TITLE)
    [alert] = bot.alerts()
    assert "🗒 Ich konnte nur den Vorspann lesen." in alert["text"]


def workers(parent: int) -> list[int]:
    """Return the worker processes of a process."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()
    lines = {pid: Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0") for pid in children}
    return [int(pid) for pid, line in lines.items() if b"bot.workers" in line]


def libraries(pid: int) -> set[str]:
    """Return the packages whose compiled parts a process has in its memory."""
    lines = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8").splitlines()
    files = [line.partition("/site-packages/")[2] for line in lines if ".so" in line]
    return {file.partition("/")[0] for file in files if "/" in file}


def has_begun(worker: int) -> bool:
    return "lxml" in libraries(worker)


async def test_a_worker_of_the_console_script_carries_none_of_the_daemons_libraries(
    bot: Bot,
) -> None:
    with (bot.folder / "log.jsonl").open("ab") as log:
        daemon = await asyncio.create_subprocess_exec(
            Path(sys.executable).with_name("ausguck"),
            *("run", "--config", bot.folder / "config.toml"),
            stdout=log,
            stderr=log,
            cwd=ROOT,
        )
    bot.publish(TITLE, parade())
    await until(lambda: '"read.stored"' in bot.log(), "an article that was read")

    found = workers(daemon.pid)
    assert found
    assert {"sqlalchemy", "aiohttp", "pydantic_core"} <= libraries(daemon.pid)
    for worker in found:
        await until(partial(has_begun, worker), "a worker that reads pages")
        assert libraries(worker).isdisjoint(
            {"sqlalchemy", "aiohttp", "pydantic_core", "greenlet", "tornado", "watchfiles"}
        )
    daemon.terminate()
    assert await daemon.wait() == 0

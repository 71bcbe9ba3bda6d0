"""What holds for every test, and the fixtures that several files share."""

import gc
from asyncio import AbstractEventLoop, SelectorEventLoop
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
import structlog
from hypothesis import settings

from bot.store import Transaction
from bot.workers import Workers
from tests.cli_kit import Command, Said, exit_code
from tests.hurried import HurriedLoop
from tests.pipeline_kit import World, a_world
from tests.store_kit import a_chat, opened
from tests.telegram_kit import offline, working

# The same examples in every run: a red test is red because of the change, not because of luck.
settings.register_profile("house", deadline=None, derandomize=True, database=None)
settings.load_profile("house")


# As in the daemon. Where `rich` is there, it would draw each traceback with all its variables: that
# takes a second.
renderer = structlog.get_config()["processors"][-1]
renderer.exception_formatter = structlog.dev.plain_traceback


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slowest file goes first, so that the others run beside it."""
    items.sort(key=lambda item: item.path.name != "test_packaging.py")


def pytest_collection_finish() -> None:
    """What is there by now stays: looked through for garbage again and again, it took a quarter."""
    gc.collect()
    gc.freeze()


def pytest_asyncio_loop_factories(item: pytest.Function) -> dict[str, type[AbstractEventLoop]]:
    """Tests of the bot in Telegram wait for the pace at which a chat may be written to."""
    is_paced = any(vars(item.module).get(each.__name__) is each for each in (working, offline))
    return {"loop": HurriedLoop if is_paced else SelectorEventLoop}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def workers() -> AsyncIterator[Workers]:
    """One process for all tests: starting one costs more than they do."""
    workers = Workers(limit=1)
    yield workers
    await workers.close()


@pytest_asyncio.fixture(loop_scope="module")
async def world(tmp_path: Path, workers: Workers) -> AsyncIterator[World]:
    async with a_world(tmp_path, workers) as world:
        await world.subscribe("nordkorea")
        yield world


@pytest_asyncio.fixture
async def tx(tmp_path: Path) -> AsyncIterator[Transaction]:
    """A transaction on a new database with one chat in it."""
    async with opened(tmp_path) as store, store.write() as tx:
        await a_chat(tx)
        yield tx


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Runs a command in an empty folder that may fetch from this machine."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AUSGUCK_CONFIG", raising=False)
    monkeypatch.setenv("AUSGUCK_NET__ALLOW", "127.0.0.0/8")
    monkeypatch.setenv("AUSGUCK_POLL__PER_HOST_GAP", "0")

    def run(*words: str) -> Said:
        code = exit_code(*words)
        return Said(code, *capsys.readouterr())

    return run

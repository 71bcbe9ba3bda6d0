"""The token of the daemon's pages, and where it can be read."""

import json
from pathlib import Path

import pytest

from bot.config import Config
from bot.config.sections import WebSection
from bot.daemon.site import page_address, page_token
from bot.store import Store
from tests.cli_kit import Command
from tests.store_kit import opened


def listening(listen: str, token: str | None = None) -> Config:
    return Config(web=WebSection.model_validate({"listen": listen, "token": token}))


async def test_on_loopback_there_is_no_token_unless_one_is_written(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        for host in ("127.0.0.1", "localhost", "[::1]"):
            config = listening(f"{host}:8787")
            assert await page_token(config, store) is None
            assert await page_address(config, store) == f"http://{host}:8787/"
        written = listening("127.0.0.1:8787", "own")
        assert await page_token(written, store) == "own"
        assert await page_address(written, store) == "http://127.0.0.1:8787/?token=own"


async def test_beyond_loopback_one_is_made_once_and_kept(tmp_path: Path) -> None:
    config = listening("0.0.0.0:8787")
    async with opened(tmp_path) as store:
        token = await page_token(config, store)
    store = await Store.open("sqlite:///ausguck.db", tmp_path)
    again = await page_token(config, store)
    where = await page_address(config, store)
    await store.close()

    assert token is not None
    assert len(token) >= 32
    assert again == token
    assert where == f"http://127.0.0.1:8787/?token={token}"


async def test_the_token_that_is_written_wins(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await page_token(listening("0.0.0.0:8787"), store)
        where = await page_address(listening("192.168.1.5:80", "a&b"), store)

    assert where == "http://192.168.1.5:80/?token=a%26b"


def test_status_prints_the_pages_address_with_the_token(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUSGUCK_WEB__LISTEN", "0.0.0.0:8787")
    said = command("status", "--json")

    token = json.loads(said.out)["page"].removeprefix("http://127.0.0.1:8787/?token=")
    assert len(token) >= 32
    assert f"status page: http://127.0.0.1:8787/?token={token}" in command("status").out


def test_status_names_no_page_where_any_port_is_right(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUSGUCK_WEB__LISTEN", "127.0.0.1:0")

    assert json.loads(command("status", "--json").out)["page"] is None
    assert "status page" not in command("status").out

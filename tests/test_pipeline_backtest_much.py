"""A backtest of very much has helpers, and finds the same as without them."""

import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.pipeline import archive
from bot.pipeline.backtest import Backtest, backtest, terms
from bot.watch.language import parse
from bot.workers import Workers
from tests import stories_kit
from tests.telegram_kit import PERSON, Service, working
from tests.telegram_story_kit import LISTS, OTHER, TEXT, TITLE, report

HARVEST = (
    "Die Weizenernte in Kanada fällt in diesem Jahr um ein Drittel kleiner aus, wie das Amt in "
    "Ottawa am Montag mitteilte. Schuld sei die Dürre in der Provinz Saskatchewan."
)
NEW = "title:Ernte\nTruppen NEAR/4 Nordkorea\nWeizen\n-Wetter\n"
"""A list that nobody had: of the harvest no list was."""
Try = Callable[[Workers], Awaitable[Backtest]]


class Helpers(Workers):
    """Workers that note what they were asked for."""

    def __init__(self) -> None:
        self.asked: set[str] = set()
        super().__init__(limit=1, took=self.note)

    def note(self, name: str, outcome: str, _: float) -> None:
        self.asked.add(name if outcome == "ok" else f"{name}: {outcome}")


@pytest.fixture
async def helpers() -> AsyncIterator[Helpers]:
    helpers = Helpers()
    yield helpers
    await helpers.close()


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Service]:
    """A bot that read of three events, reported by several."""
    async with working(tmp_path, stories="story", lists=LISTS) as service:
        await service.serve(PERSON, "lage")
        await report(service, TITLE, TEXT, "Depesche")
        await report(service, TITLE, TEXT, "Bote")
        await report(service, "Truppen aus Nordkorea in Moskau", stories_kit.OTHER_WORDS, "Kurier")
        await report(service, *OTHER, outlet="Kurier", hours=2)
        await report(service, "Nordkorea: Rakete im Meer", stories_kit.MISSILE, "Bote", hours=7)
        await report(service, "Kleine Ernte in Kanada", HARVEST, "Depesche")
        await report(service, "Kleine Ernte in Kanada", HARVEST, "Bote")
        await archive.catch_up(service.store)
        yield service


def tried(bot: Service, text: str, name: str) -> Try:
    async def try_(workers: Workers) -> Backtest:
        since = bot.clock() - timedelta(days=7)
        return await backtest(bot.store, parse(text, "", name), since, terms(bot.config), workers)

    return try_


@pytest.mark.parametrize(("text", "name"), [(LISTS["lage"], "lage"), (NEW, "")])
async def test_it_is_the_same_with_and_without_helpers(
    bot: Service, helpers: Helpers, monkeypatch: pytest.MonkeyPatch, text: str, name: str
) -> None:
    try_ = tried(bot, text, name)
    alone = await try_(helpers)
    assert not helpers.asked

    monkeypatch.setattr("bot.pipeline.backtest.MUCH", 0)

    assert await try_(helpers) == alone
    assert "sift" in helpers.asked
    assert not [each for each in helpers.asked if ":" in each]
    assert alone.told


async def test_what_a_new_list_would_join_is_read_by_helpers(
    bot: Service, helpers: Helpers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.pipeline.backtest.MUCH", 0)

    await tried(bot, NEW, "")(helpers)

    assert helpers.asked == {"sift", "read_all", "said_by"}


async def test_helpers_that_cannot_begin_leave_it_as_it_is(
    bot: Service, helpers: Helpers, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = await tried(bot, NEW, "")(helpers)
    monkeypatch.setattr("bot.pipeline.backtest.MUCH", 0)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")

    assert await tried(bot, NEW, "")(helpers) == alone
    assert helpers.asked == {"sift: died"}


async def test_a_list_of_very_many_lines_has_no_helpers(
    bot: Service, helpers: Helpers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.pipeline.backtest.MUCH", 0)
    monkeypatch.setattr("bot.pipeline.backtest.LONG", 2)

    assert (await tried(bot, NEW, "")(helpers)).told

    assert not helpers.asked

"""The backtest names what was sent: judged by the messages that people have seen."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.pipeline import archive
from bot.pipeline.backtest import Backtest, backtest, terms
from bot.watch.language import parse, parse_query
from tests import stories_kit
from tests.telegram_kit import PERSON, Service, working
from tests.telegram_story_kit import LISTS, OTHER, TEXT, TITLE, report


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Service]:
    async with working(tmp_path, stories="story", lists=LISTS) as service:
        await service.serve(PERSON, "lage")
        yield service


async def tried(bot: Service, text: str, name: str = "", days: int = 7) -> Backtest:
    await archive.catch_up(bot.store)
    since = bot.clock() - timedelta(days=days)
    watchlist = parse(text, "", name)
    return await backtest(bot.store, watchlist, since, terms(bot.config), bot.tools.workers)


def told(found: Backtest) -> list[str]:
    return [each.found.article.title for each in found.told]


async def a_day_of_news(bot: Service) -> None:
    """Two events, reported by several: copies, other words, news, and what is no news."""
    await report(bot, TITLE, TEXT, "Depesche")
    await report(bot, TITLE, TEXT, "Bote")
    await report(bot, "Truppen aus Nordkorea in Moskau", stories_kit.OTHER_WORDS, "Kurier")
    await report(bot, *OTHER, outlet="Kurier", hours=2)
    await report(bot, "Nordkorea: Rakete im Meer", stories_kit.MISSILE, "Bote", hours=7)
    await report(bot, "Wetter", "Der Regen bleibt, sagt der Dienst am Morgen.", "Depesche")
    await bot.settled()


async def test_it_names_the_alerts_that_were_sent_and_no_others(bot: Service) -> None:
    await a_day_of_news(bot)

    found = await tried(bot, LISTS["lage"], "lage")

    messages = bot.texts()
    assert told(found) == [title for text in messages for title in titles(text)]
    assert found.told
    assert len(found.told) < len(found.rehearsed)


def titles(text: str) -> list[str]:
    """Return the title that a message tells, be it an alert or an answer to one."""
    lines = text.splitlines()
    return [lines[1]] if lines[0].startswith(("🔔", "🆕")) else []


async def test_a_query_that_nobody_had_is_told_event_by_event(bot: Service) -> None:
    harvest = (
        "Die Weizenernte in Kanada fällt in diesem Jahr um ein Drittel kleiner aus, wie das Amt "
        "in Ottawa am Montag mitteilte. Schuld sei die Dürre in der Provinz Saskatchewan."
    )
    await report(bot, "Kleine Ernte in Kanada", harvest, "Depesche")
    await report(bot, "Kleine Ernte in Kanada", harvest, "Bote")
    await report(bot, "Brot wird teurer", "Der Weizen ist knapp, Brot wird teurer.", "Kurier")

    found = await tried(bot, "Weizen")

    assert told(found) == ["Kleine Ernte in Kanada", "Brot wird teurer"]
    assert found.events == 2
    assert len(found.rehearsed) == 3


async def test_what_was_there_when_its_feed_was_added_is_counted_apart(bot: Service) -> None:
    await bot.follow("Depesche")

    found = await tried(bot, "Anfang")

    assert (found.told, found.old) == ([], 1)


async def test_a_story_that_began_before_the_window_goes_on_in_it(bot: Service) -> None:
    await report(bot, TITLE, TEXT, "Depesche")
    await report(bot, TITLE, TEXT, "Bote", hours=30)
    await bot.settled()

    found = await tried(bot, LISTS["lage"], "lage", days=1)

    assert len(found.rehearsed) == 1
    assert found.rehearsed[0].decision.action in {"answer", "edit"}


async def test_a_narrower_list_is_tried_on_what_was_found(bot: Service) -> None:
    await bot.bring("Weizen", "Der Weizen ist knapp.")
    await bot.bring("Brot", "Der Weizen ist knapp, das Brot ist teuer.")
    found = await tried(bot, "Weizen")

    assert told(found.narrowed(parse_query("title:Weizen"))) == ["Weizen"]
    assert told(found.narrowed(parse("Weizen\n-Brot\n", "", ""))) == ["Weizen"]


async def test_an_exclusion_of_the_list_holds(bot: Service) -> None:
    await bot.bring("Weizen", "Der Weizen ist knapp.")
    await bot.bring("Brot", "Der Weizen ist knapp, das Brot ist teuer.")

    assert told(await tried(bot, "Weizen\n-Brot\n")) == ["Weizen"]

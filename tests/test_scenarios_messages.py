"""Acceptance: what an alert is, whatever the article. The sandbox reads it as Telegram would."""

from pathlib import Path
from typing import Any

import pytest

from bot.model import Span
from bot.sandbox.formatting import format_text
from bot.sandbox.recorded import Publication
from bot.sandbox.transcript import breaches
from bot.store import outbox
from tests.harness import parade, running, until
from tests.telegram_kit import GROUP, PERSON, Service, working
from tests.test_alerts_fit import LIMIT, MOST_ENTITIES

TITLE = "Nordkoreaner auf dem Roten Platz"
SENTENCE = "Am Freitag marschierten Soldaten aus Nordkorea über den Roten Platz. "


def marked(message: dict[str, Any], kind: str) -> list[str]:
    """Return the stretches of a message with an entity: its offsets count UTF-16 units."""
    units = message["text"].encode("utf-16-le")
    return [
        units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
        for e in message.get("entities", [])
        if e["type"] == kind
    ]


async def test_scenario_04_an_article_in_a_feed_is_exactly_one_alert(tmp_path: Path) -> None:
    async with running(tmp_path) as bot:
        await bot.arrange("siegesparade", "nordkorea")
        published = bot.publish(TITLE, parade())

        await bot.start()
        [alert] = await until(bot.alerts, "the alert")
        await bot.polled()

        assert len(bot.alerts()) == 1
        assert {"Siegesparade", "nordkoreanische"} <= set(marked(alert, "bold"))
        assert {e.get("url") for e in alert["entities"]} == {None, published.url}
        assert [call["result"]["ok"] for call in bot.calls("sendMessage")] == [True]
        assert breaches(bot.sandbox.world.transcript.after(0)) == []


@pytest.mark.parametrize(
    "title",
    [
        "<b>A & B</b> <script>",
        "مرحبا بالعالم عולם <i>",
        "👩‍👩‍👧‍👦 🇰🇵 Parade 𝒜 e\u0301 &lt;",
    ],
)
async def test_scenario_05_a_hostile_title_is_shown_literally_at_the_first_try(
    tmp_path: Path, title: str
) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        link = await bot.publish(title)

        alert = await bot.message(0, GROUP)

        assert len(bot.calls("sendMessage")) == 1
        assert marked(alert, "text_link") == [title]
        assert [e["url"] for e in alert["entities"] if e["type"] == "text_link"] == [link]
        assert marked(alert, "bold") == ["Nordkorea", title, "Nordkorea"]
        assert marked(alert, "blockquote") == [alert["text"].split("\n", 3)[3]]


def long_article(words: int) -> tuple[str, tuple[Span, ...]]:
    """An article with the word in every sentence, and where it stands."""
    text = SENTENCE * words
    first = SENTENCE.index("Nordkorea")
    places = range(first, len(text), len(SENTENCE))
    return text, tuple(Span("text", at, at + 9, "Nordkorea", "exact") for at in places)


async def test_scenario_06_a_long_article_with_hundreds_of_hits_fits(tmp_path: Path) -> None:
    text, spans = long_article(300)
    assert len(text) > 20_000
    async with working(tmp_path) as bot:
        await listed(bot, 30)
        await bot.publish(TITLE * 20, *bot.labels, text=text, spans=spans)

        alert = await bot.message(0, GROUP)

        assert len(bot.calls("sendMessage")) == 1
        assert len(alert["text"]) <= LIMIT
        assert len(alert["entities"]) <= MOST_ENTITIES
        [passage] = marked(alert, "blockquote")
        assert marked(alert, "bold").count("Nordkorea") == passage.count("Nordkorea") > 1


async def listed(bot: Service, lists: int) -> None:
    names = [f"liste{number}" for number in range(lists)]
    await bot.write(**{name: f"@label {name} {'x' * 50}\nNordkorea\n" for name in names})
    await bot.serve(GROUP, *names)


async def test_scenario_06_the_passage_gives_way_at_the_end_of_a_sentence(tmp_path: Path) -> None:
    text, spans = long_article(300)
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        await bot.publish(TITLE, text=text, spans=spans)

        alert = await bot.message(0, GROUP)

        [passage] = marked(alert, "blockquote")
        assert passage.removesuffix(" …").endswith("Platz.")
        assert passage.startswith("Am Freitag")


async def test_scenario_06_an_alert_that_names_many_doubts_fits_as_well(tmp_path: Path) -> None:
    text, spans = long_article(300)
    async with working(tmp_path) as bot:
        await listed(bot, 30)
        bot.fault("reset_before", GROUP, times=10)
        for number in range(11):
            name = f"{number} {TITLE * 10}"
            await bot.publish(name, *bot.labels, text=text, spans=spans)

        await until(lambda: bot.messages(GROUP), "the alert that arrives")

        [alert] = bot.messages(GROUP)
        assert alert["text"].count("⚠️ Vielleicht nicht angekommen") == 10
        assert len(alert["text"]) <= LIMIT
        assert len(alert["entities"]) <= MOST_ENTITIES


async def test_scenario_07_of_what_a_feed_lists_at_its_first_poll_nobody_is_told(
    tmp_path: Path,
) -> None:
    async with running(tmp_path) as bot:
        await bot.arrange("nordkorea")
        old = "2020-01-01T12:00:00Z"
        for number in range(200):
            listed_before = Publication(f"Alt {number}", parade(), published=old)
            bot.sandbox.press.publish("depesche", listed_before)
        await bot.start()
        await until(lambda: '"poll.stored"' in bot.log(), "the first poll")

        bot.publish(TITLE, parade())
        await until(bot.alerts, "the alert of what is new")
        await bot.settled()

        assert [TITLE in alert["text"] for alert in bot.alerts()] == [True]
        assert len(bot.messages()) == 1


async def test_scenario_19_refused_html_is_sent_once_more_in_plain_words_and_counted(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea")
        bot.fault("400_entities")
        link = await bot.publish("A & B <i>")

        message = await bot.message(0)
        await bot.delivered("sent")

        first, second = (call["params"] for call in bot.calls("sendMessage"))
        assert (first["parse_mode"], second.get("parse_mode")) == ("HTML", None)
        assert f"A & B <i> ({link})" in message["text"]
        assert format_text(first["text"], "HTML").text.splitlines()[1] == "A & B <i>"
        async with bot.store.read() as connection:
            assert await outbox.sent_plainly(connection) == 1


async def test_scenario_19_html_that_is_taken_is_not_counted(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea")
        await bot.publish("Meldung")
        await bot.delivered("sent")

        async with bot.store.read() as connection:
            assert await outbox.sent_plainly(connection) == 0

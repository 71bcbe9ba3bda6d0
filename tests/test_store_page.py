"""What the status page asks the database: right, and no dearer in an old database."""

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.store import Transaction, alerts, atom, entries, health, outbox, page, stories
from bot.store.alerts import Told
from tests.page_kit import set_feed, well
from tests.store_kit import DAY, HOUR, MINUTE, NOW, PERSON, a_chat, a_match, a_read_entry, told
from tests.test_store_plans import plans

Question = Callable[[Transaction], Awaitable[Any]]
DAYS = [NOW - n * DAY for n in (2, 1, 0)]
LARGE = "entries|articles|matches|members|decisions|outbox"
QUESTIONS: dict[str, Question] = {
    "hits": lambda tx: page.hits(tx, ["nordkorea"], DAYS),
    "read_since": lambda tx: page.read_since(tx, NOW),
    "told_within": page.told_within,
    "told": lambda tx: page.told(tx, 20),
    "waiting": lambda tx: page.waiting(tx, 8),
    "waiting_counts": page.waiting_counts,
    "alerts_since": lambda tx: page.alerts_since(tx, NOW),
    "glances": lambda tx: health.glances(tx, NOW),
    "stories of a list": lambda tx: atom.stories(tx, "nordkorea", 50),
}


@pytest.mark.parametrize("name", QUESTIONS)
async def test_no_question_of_the_page_looks_through_a_large_table(
    tmp_path: Path, name: str
) -> None:
    async def asked(tx: Transaction) -> None:
        await an_alert(tx, "k1")
        await QUESTIONS[name](tx)

    found = await plans(tmp_path, asked)

    assert found
    assert [step for step in found if re.match(rf"SCAN ({LARGE})\b", step)] == []


async def an_alert(
    tx: Transaction, key: str, chat: int = PERSON, lists: tuple[str, ...] = ("nordkorea",)
) -> int:
    """An article that a chat is told of; return the message."""
    await a_chat(tx, chat)
    feed = await well(tx, f"Blatt {key}")
    entry = await a_read_entry(tx, feed, key, lists, published=NOW - 5 * MINUTE)
    await stories.keep(tx, entry, {"story": entry, "verdict": "new"}, NOW)
    letter = await outbox.post(tx, chat, "alert", NOW, NOW)
    await alerts.keep_decision(tx, entry, told(chat, *lists), NOW)
    made = Told(chat, lists, "now", "it is new", entry)
    await alerts.open_alert(tx, entry, made, letter, NOW)
    return letter


async def test_an_article_counts_once_on_its_day_however_many_lines_match(tx: Transaction) -> None:
    feed = await well(tx, "Depesche")
    first = await a_read_entry(tx, feed, "k1")
    second = await a_read_entry(tx, feed, "k2")
    both = [a_match("nordkorea", "A"), a_match("nordkorea", "B"), a_match("energie")]
    await alerts.keep_matches(tx, {first: both}, DAYS[0] + HOUR)
    await alerts.keep_matches(tx, {second: [a_match("nordkorea")]}, NOW + HOUR)

    korea, nothing = await page.hits(tx, ["nordkorea", "leer"], DAYS)

    assert korea == page.Hits([1, 0, 1], NOW + HOUR)
    assert nothing == page.Hits([0, 0, 0], None)


async def test_an_event_is_told_once_with_the_states_of_all_its_messages(tx: Transaction) -> None:
    letter = await an_alert(tx, "k1")
    await outbox.sent(tx, letter, 1, NOW + MINUTE)
    await a_chat(tx, -7)
    [first] = await page.told(tx, 5)
    other = await outbox.post(tx, -7, "alert", NOW, NOW)
    entry = 1
    await alerts.open_alert(tx, entry, Told(-7, ("nordkorea",), "now", "", entry), other, NOW)

    [event] = await page.told(tx, 5)

    assert first.states == {"sent": 1}
    assert event.states == {"sent": 1, "pending": 1}
    assert event.queries == {"nordkorea": "Text"}
    assert first.reason == "it is new"
    assert await page.alerts_since(tx, NOW - HOUR) == 1
    assert await page.alerts_since(tx, NOW) == 0
    assert await page.told_within(tx) == timedelta(minutes=6)


async def test_what_was_shown_at_switching_on_is_no_alert(tx: Transaction) -> None:
    feed = await well(tx, "Depesche")
    entry = await a_read_entry(tx, feed, "k1", ("nordkorea",))
    await alerts.open_alert(tx, entry, told(), None, NOW)

    assert await page.told(tx, 5) == []


async def test_of_a_message_to_own_and_common_lists_only_the_common_ones_are_named(
    tx: Transaction,
) -> None:
    await an_alert(tx, "k1", lists=("own/3", "nordkorea"))
    await an_alert(tx, "k2", lists=("own/3",))

    [event] = await page.told(tx, 5)

    assert event.watchlists == ("nordkorea",)
    assert event.queries == {"nordkorea": "Text"}


async def test_a_glance_tells_how_feeds_are_as_the_full_look_does(tx: Transaction) -> None:
    names = ("gut", "still", "krank", "wackelt", "neu", "pausiert", "weg")
    for name in names:
        await well(tx, name)
    old = {"rhythm": [], "added": NOW - 90 * DAY}
    changes: dict[str, dict[str, object]] = {
        "still": old,
        "krank": {"errors": 9, "last_error": "HTTP 503"},
        "wackelt": {"errors": 1},
        "neu": {"last_success": None},
        "pausiert": {"state": "paused"},
        "weg": {"state": "gone"},
    }
    for name, values in changes.items():
        await set_feed(tx, f"https://{name}.example/feed.xml", **values)
    for name in ("gut", "neu"):
        await set_feed(tx, f"https://{name}.example/feed.xml", added=NOW)

    glances = {each.url: each.health for each in await health.glances(tx, NOW)}
    full = {url: doing.health for url, doing in (await health.overview(tx, NOW)).items()}

    assert glances == full
    assert sorted(glances.values()) == sorted(
        ("well", "silent", "ill", "failing", "new", "paused", "gone")
    )


async def test_articles_that_were_read_are_counted(tx: Transaction) -> None:
    await a_read_entry(tx, await well(tx, "Depesche"), "k1")

    assert await page.read_since(tx, NOW - HOUR) == 1
    assert await page.read_since(tx, NOW) == 0
    assert await entries.unread(tx, NOW - HOUR) == 0

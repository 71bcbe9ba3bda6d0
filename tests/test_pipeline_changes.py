"""What is found late, and what becomes of entries that change."""

import pytest

from bot.config import Config
from bot.config.sections import ArticlesSection
from bot.store import feeds
from tests.pipeline_kit import NEWS, WEATHER, World
from tests.publisher_kit import Answer, Item, page
from tests.store_kit import DAY, HOUR, MINUTE, NOW, SECOND

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOW_NEW = ("now", "it is new")
LISTED = ("silent", "the feed listed it when it was first read")
DATED = ("silent", "it is dated more than 7 days ago")
GAP = ("catch_up", "it was found only after a gap in polling")
BEFORE = ("silent", "the chat was told of this article before")


# Late.


async def test_after_a_gap_everything_comes_in_one_digest(world: World) -> None:
    await world.follow()
    world.now += 3 * HOUR
    world.publish(Item("a", "Eins", dated=NOW + HOUR), Item("b", "Zwei", dated=NOW + 2 * HOUR))

    await world.poll()

    assert await world.titles() == []
    [digest] = await world.told("catch_up")
    assert [alert.found.article.title for alert in digest] == ["Eins", "Zwei"]
    assert all(alert.found.late for alert in digest)
    assert await world.reasons() == [GAP, GAP]


async def test_a_pause_that_is_no_gap_makes_nothing_late(world: World) -> None:
    await world.follow()
    world.now += 3 * HOUR - MINUTE
    world.publish(Item("a", "Eins"))

    await world.poll()

    assert await world.titles() == ["Eins"]


async def test_what_follows_the_first_poll_after_a_gap_is_in_time(world: World) -> None:
    await world.follow()
    world.now += DAY
    world.publish(Item("a", "Spät"))
    await world.poll()

    world.publish(Item("b", "Neu"), Item("a", "Spät"))
    world.now += 10 * MINUTE
    await world.poll()

    assert await world.titles("catch_up") == ["Spät"]
    assert await world.titles() == ["Neu"]


async def test_what_was_found_in_time_but_read_after_a_gap_is_late(world: World) -> None:
    await world.follow()
    world.site.answers["/a"] = Answer(status=503)
    world.publish(Item("a", "Eins"))
    await world.poll()

    world.site.answers["/a"] = page(NEWS)
    world.now += DAY
    await world.read_due()

    assert await world.titles() == []
    assert await world.titles("catch_up") == ["Eins"]


async def test_what_is_dated_more_than_a_week_ago_stays_silent_and_says_why(
    world: World,
) -> None:
    await world.follow()
    world.publish(
        Item("a", "Zu alt", dated=world.now - 7 * DAY - SECOND),
        Item("b", "Gerade noch", dated=world.now - 7 * DAY),
    )

    await world.poll()

    assert await world.titles() == ["Gerade noch"]
    assert sorted(await world.reasons()) == [NOW_NEW, DATED]


async def test_a_date_in_the_future_is_taken_for_the_present(world: World) -> None:
    await world.follow()
    world.publish(Item("a", "Morgen", dated=world.now + DAY))

    await world.poll()

    [[alert]] = await world.told()
    assert alert.found.published == world.now


# Changed.


async def test_an_entry_that_changes_gets_its_first_alert(world: World) -> None:
    await world.follow()
    world.site.answers["/a"] = page(WEATHER)
    world.publish(Item("a", "Eilmeldung"))
    await world.poll()
    assert await world.titles() == []

    world.site.answers["/a"] = page(NEWS)
    world.publish(Item("a", "Eilmeldung, ergänzt"))
    world.now += 10 * MINUTE
    polled = await world.poll()

    assert polled.new == 0
    assert await world.titles() == ["Eilmeldung, ergänzt"]


async def test_an_entry_that_changes_after_its_alert_gets_no_second_one(world: World) -> None:
    await world.follow()
    world.publish(Item("a", "Eins"))
    await world.poll()

    world.publish(Item("a", "Eins, ergänzt"))
    await world.poll()

    assert await world.titles() == ["Eins, ergänzt"]
    assert await world.reasons() == [NOW_NEW]


async def test_an_old_entry_that_changes_and_matches_for_the_first_time_is_news(
    world: World,
) -> None:
    await world.add_feed()
    world.site.answers["/a"] = page(WEATHER)
    world.publish(Item("a", "Alt"))
    await world.poll()

    world.site.answers["/a"] = page(NEWS)
    world.publish(Item("a", "Alt, ergänzt"))
    await world.poll()

    assert await world.titles() == ["Alt, ergänzt"]


async def test_an_old_entry_that_matched_before_stays_silent_when_it_changes(
    world: World,
) -> None:
    await world.add_feed()
    world.publish(Item("a", "Alt"))
    await world.poll()

    world.publish(Item("a", "Alt, ergänzt"))
    await world.poll()

    assert await world.titles() == []
    assert await world.reasons() == [LISTED]


async def test_an_old_entry_that_changes_before_it_was_ever_read_is_old_still(
    world: World,
) -> None:
    await world.add_feed()
    world.publish(Item("a", "Alt"))
    async with world.store.write() as tx:
        [feed] = await feeds.claim_all(tx, world.now, HOUR)
    await world.pipeline.poll(feed)

    world.publish(Item("a", "Alt, ergänzt"))
    await world.poll()

    assert await world.titles() == []
    assert await world.reasons() == [LISTED]


async def test_of_two_lists_only_the_one_that_matches_anew_tells_of_an_old_entry(
    world: World,
) -> None:
    await world.subscribe("nordkorea", "siegesparade")
    await world.add_feed()
    world.publish(Item("a", "Alt"))
    await world.poll()

    world.publish(Item("a", "Alt, nun mit Siegesparade"))
    await world.poll()

    [[alert]] = await world.told()
    assert alert.watchlists == ("siegesparade",)


async def test_an_entry_that_changes_while_it_is_read_is_read_in_its_new_form(
    world: World,
) -> None:
    await world.follow()
    world.publish(Item("a", "Erst so"))
    world.configure(Config(articles=ArticlesSection(fetch="never")))
    async with world.store.write() as tx:
        [feed] = await feeds.claim_all(tx, world.now, HOUR)
    [entry_id] = (await world.pipeline.poll(feed)).entry_ids

    world.publish(Item("a", "Dann Nordkorea"))
    await world.poll()
    await world.read(entry_id)

    assert await world.titles() == ["Dann Nordkorea"]


# One page under several ids.


def on_one_page(*keys: str) -> list[Item]:
    return [Item(key, f"Meldung {key}", link="/same") for key in keys]


async def told_of_one_page(world: World) -> None:
    """Follow two feeds; the chat was told of a page that the first one listed once."""
    await world.follow("feed", "other")
    world.publish(*on_one_page("a"))
    await world.poll()
    assert await world.titles() == ["Meldung a"]


@pytest.mark.parametrize("keys", ["ab", "ba", "bc", "bcd"])
async def test_a_page_that_was_told_and_is_then_listed_under_two_ids_alerts_no_second_time(
    world: World, keys: str
) -> None:
    await told_of_one_page(world)

    world.publish(*on_one_page(*keys))
    await world.poll()

    assert await world.titles() == ["Meldung a"]
    assert set(await world.reasons()) == {NOW_NEW, BEFORE}


async def test_a_page_that_is_listed_under_other_ids_every_time_alerts_once(world: World) -> None:
    await told_of_one_page(world)

    for keys in ("bc", "de", "ef", "g"):
        world.publish(*on_one_page(*keys))
        await world.poll()

    assert len(await world.titles()) == 1


async def test_a_page_that_was_told_alerts_no_second_time_when_another_feed_lists_it_twice(
    world: World,
) -> None:
    await told_of_one_page(world)

    world.publish(*on_one_page("x", "y"), feed="other")
    await world.poll("other")

    assert await world.titles() == ["Meldung a"]


async def test_entries_that_shared_a_page_from_the_first_stay_articles_of_their_own(
    world: World,
) -> None:
    await world.follow("feed", "other")
    world.publish(*on_one_page("a", "b"))
    await world.poll()
    world.publish(*on_one_page("x"), feed="other")
    await world.poll("other")

    world.publish(*on_one_page("a", "b", "c"))
    await world.poll()
    world.publish(*on_one_page("d", "e"))
    await world.poll()

    told = ["Meldung a", "Meldung b", "Meldung x", "Meldung c", "Meldung d", "Meldung e"]
    assert await world.titles() == told

"""Texts, titles and what was listed go after their time, and nothing alerts again for that."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.config import Config
from bot.config.sections import SHORTEST_TEXT, StoreSection
from bot.daemon.aging import IDENTITY, MOST_STEPS, age
from bot.pipeline import archive
from bot.pipeline.stories import REMEMBERED
from bot.store import alerts, entries, feeds, outbox, retention, traces
from bot.store.schema import articles, heard, matches, members
from bot.store.schema import entries as table
from bot.watch.language import parse_query
from tests.pipeline_kit import NEWS, WEATHER, World
from tests.publisher_kit import Item, page
from tests.store_kit import DAY, NOW, a_feed, an_entry, keep, new_entry

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = Config()
TEXT, LONG = CONFIG.store.keep_text + DAY, CONFIG.store.keep + DAY
LISTED = Item("a", "Eilmeldung", "Nordkorea marschiert.", NOW)


async def told(world: World) -> None:
    """The person was told of an article, which its feed lists."""
    await world.follow()
    world.publish(LISTED)
    await world.poll()
    assert await world.titles() == ["Eilmeldung"]
    await world.send_all()


async def unlisted(world: World) -> None:
    """The feed lists another article in its place."""
    world.publish(Item("b", "Wetter"))
    world.site.answers["/b"] = page(WEATHER)
    await world.poll()


async def aged(world: World, by: timedelta) -> None:
    """So long later, what is to go has gone."""
    world.now += by
    await age(world.store, CONFIG, world.now)


async def row_of(world: World, key: str = "a") -> tuple[str, str, str | None]:
    """Title, text and link of an entry."""
    async with world.store.read() as connection:
        which = select(table.c.title, table.c.text, table.c.link).where(table.c.key == key)
        return tuple((await connection.execute(which)).one())


async def count(world: World, *tables: str) -> list[int]:
    async with world.store.read() as connection:
        known = {t.name: t for t in (table, articles, matches, members, heard)}
        wanted = [select(func.count()).select_from(known[name]) for name in tables]
        return [await connection.scalar(each) or 0 for each in wanted]


# The text.


async def test_a_text_goes_after_its_time_and_the_title_stays(world: World) -> None:
    await told(world)
    await aged(world, TEXT - 2 * DAY)
    assert (await world.article())[0] == "page"

    await aged(world, 2 * DAY)

    assert await world.article() == ("gone", "")
    title, teaser, link = await row_of(world)
    assert (title, teaser) == ("Eilmeldung", "")
    assert link == f"{world.site.base}/a"
    assert [each.article.title for each in await world.matched()] == ["Eilmeldung"]


async def test_it_goes_out_of_the_index_as_well(world: World) -> None:
    await told(world)
    await archive.catch_up(world.store)
    await aged(world, TEXT)

    assert await archive.catch_up(world.store) == 1

    assert await archive.search(world.store, parse_query("Nordkorea"), NOW - DAY) == []
    assert await archive.catch_up(world.store) == 0


async def test_what_is_still_to_be_told_keeps_its_text(world: World) -> None:
    await world.follow()
    world.publish(LISTED)
    await world.poll()

    await aged(world, LONG)

    assert (await world.article())[0] == "page"
    [[alert]] = await world.told()
    assert NEWS in alert.found.article.text


async def test_what_is_still_to_be_read_keeps_what_its_feed_said(world: World) -> None:
    async with world.store.write() as tx:
        await an_entry(tx, await a_feed(tx), key="due")

    await aged(world, LONG)

    assert (await row_of(world, "due"))[1] == "Vorspann."


async def test_stories_have_their_texts_for_as_long_as_they_need_them() -> None:
    assert SHORTEST_TEXT >= REMEMBERED


async def test_so_many_texts_at_a_time_go_as_nothing_has_to_wait_for(world: World) -> None:
    many = retention.STEP * 2 + 1
    async with world.store.write() as tx:
        found = [new_entry(str(number)) for number in range(many)]
        ids = (await keep(tx, await a_feed(tx), *found)).new
        await feeds.remove(tx, "https://depesche.example/feed.xml")
        assert len(ids) == many

        steps = [await retention.age_texts(tx, NOW + DAY) for _ in range(3)]

    assert steps == [retention.STEP, retention.STEP, 1]
    assert retention.STEP * MOST_STEPS >= 10_000  # more than is read in a day


# An entry whose text is gone.


async def test_listed_again_it_is_neither_read_nor_told_again(world: World) -> None:
    await told(world)
    await unlisted(world)
    await aged(world, TEXT)
    before = world.site.asked["/a"]

    world.publish(LISTED)
    await world.poll()

    assert await world.read_due() == 0
    assert world.site.asked["/a"] == before
    assert await world.titles() == []


async def test_one_that_changes_is_read_again_and_told_to_nobody_who_knows_it(
    world: World,
) -> None:
    await told(world)
    await aged(world, TEXT)

    world.publish(Item("a", "Eilmeldung", "Nordkorea feiert.", world.now))
    await world.poll()

    assert (await world.article())[0] == "page"
    assert await world.titles() == []
    assert "edit" not in await world.kinds()
    assert await world.read_due() == 0


async def test_a_ticker_is_no_news_either_when_it_comes_back(world: World) -> None:
    await world.follow()
    ticker = Item("a", "Liveticker: Parade", dated=NOW)
    world.publish(ticker)
    await world.poll()
    await world.send_all()
    await unlisted(world)
    world.now += DAY
    await world.read_due()
    await aged(world, TEXT)

    world.publish(ticker)
    await world.poll()

    assert await world.titles() == []


async def test_a_chat_knows_it_also_when_the_alert_itself_is_forgotten(world: World) -> None:
    await told(world)
    await aged(world, LONG)

    world.publish(Item("a", "Eilmeldung", "Nordkorea feiert.", world.now))
    await world.poll()

    assert await world.titles() == []
    assert await count(world, "heard") == [1]


# All the rest.


async def test_title_link_and_matches_go_when_no_feed_lists_it(world: World) -> None:
    await told(world)
    await unlisted(world)
    await aged(world, LONG)

    assert await row_of(world) == ("", "", None)
    assert await count(world, "matches", "articles") == [0, 1]  # that of what is listed still


async def test_what_its_feed_lists_keeps_title_and_link(world: World) -> None:
    await told(world)

    await aged(world, LONG)

    title, text, link = await row_of(world)
    assert (title, text, bool(link)) == ("Eilmeldung", "", True)


async def test_it_is_known_for_two_years_after_its_feed_listed_it_last(world: World) -> None:
    await told(world)
    await unlisted(world)
    await aged(world, IDENTITY - DAY)

    assert await count(world, "entries", "heard") == [2, 1]
    world.publish(LISTED)
    assert (await world.poll()).new == 0


async def test_after_that_it_is_forgotten_and_so_is_that_a_chat_knew_it(world: World) -> None:
    await told(world)
    await unlisted(world)

    await aged(world, IDENTITY + DAY)

    assert await count(world, "entries", "heard") == [1, 0]


async def test_one_that_another_feed_lists_stays_known(world: World) -> None:
    await told(world)
    await world.follow("other")
    world.publish(LISTED, feed="other")
    await world.poll("other")
    await unlisted(world)

    await aged(world, IDENTITY + DAY)

    assert await count(world, "heard") == [1]


async def test_what_a_feed_listed_that_was_removed_is_listed_no_more(world: World) -> None:
    await told(world)
    async with world.store.write() as tx:
        await feeds.remove(tx, world.url())
    await aged(world, DAY)

    await aged(world, IDENTITY + DAY)

    assert await count(world, "entries") == [0]


# What is said of it.


async def test_why_says_that_the_text_is_kept_no_more_and_then_that_nothing_is(
    world: World,
) -> None:
    await told(world)
    await unlisted(world)

    async def read_as() -> str | None:
        async with world.store.read() as connection:
            seen = await traces.seen(connection, f"{world.site.base}/a")
        assert traces.text_of(seen) is None
        return traces.listed(seen)[0].text_from

    await aged(world, TEXT)
    assert await read_as() == "gone"
    await aged(world, LONG)
    assert await read_as() == "forgotten"


async def test_what_reads_articles_does_without_those_that_are_forgotten(world: World) -> None:
    await told(world)
    await unlisted(world)
    await aged(world, LONG)

    async with world.store.read() as connection:
        assert await alerts.latest(connection, 1001, 5) == []
        assert await entries.before(connection, [1]) == {}
        assert await outbox.next_due(connection, world.now) is None


async def test_nothing_is_forgotten_before_the_time_that_is_configured(world: World) -> None:
    await told(world)
    await unlisted(world)
    longer = Config(store=StoreSection(keep_text=2 * IDENTITY, keep=2 * IDENTITY))

    world.now += IDENTITY + DAY
    await age(world.store, longer, world.now)

    assert (await world.article())[0] == "page"
    assert await count(world, "entries", "articles", "matches") == [2, 2, 1]

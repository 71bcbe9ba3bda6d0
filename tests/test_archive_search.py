"""A search's answer: enough and no more of it, the best first, and what is not in it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from bot.model import Article
from bot.pipeline import archive, candidates, joining
from bot.pipeline.archive import BEST, Wanted
from bot.pipeline.candidates import MOST
from bot.store import Store, feeds, retention
from bot.store import archive as index
from bot.store.schema import articles
from bot.watch.language import parse, parse_query
from tests.apart import apart
from tests.archive_kit import kept
from tests.store_kit import DAY, MINUTE, NOW, a_feed, an_entry, keep, new_entry, opened

MANY = 10_000
SINCE = NOW - 9 * DAY
SAID = {"title": "Asien", "text_from": "page", "read": NOW, "language": "de"}


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(tmp_path) as store:
        yield store


@pytest.fixture
async def full(store: Store) -> Store:
    """An archive with 10,000 articles about wheat."""
    async with store.write() as tx:
        feed = await a_feed(tx)
        found = [new_entry(str(n), published=NOW - n * MINUTE / 2) for n in range(MANY)]
        ids = (await keep(tx, feed, *found)).new
        said = {"title": "Weizen", "text": "Mais", "text_from": "page", "read": NOW}
        await tx.execute(insert(articles), [{"entry_id": id_, **said} for id_ in ids])
        await index.add_words(tx, "de", {"Weizen": "weizen", "Mais": "mais"})
        numbers = await index.known(tx, "de", {"Weizen", "Mais"})
        indexed = [index.Indexed(id_, NOW, "de", ("Weizen", "Mais")) for id_ in ids]
        await index.put(tx, indexed, numbers)
    return store


async def test_of_very_many_only_as_many_are_read_as_are_wanted(full: Store) -> None:
    answer = await archive.look(full, Wanted(parse_query("Weizen"), SINCE, 20))

    assert 20 <= len(answer.events) <= 20 + MOST
    assert answer.more
    assert [e.articles[0].published for e in answer.events[:2]] == [NOW, NOW - MINUTE / 2]


async def test_more_than_are_joined_to_stories_are_no_reason_to_read_them_all(full: Store) -> None:
    most = joining.MOST + 500

    answer = await archive.look(full, Wanted(parse_query("Weizen"), SINCE, most))

    assert most <= len(answer.events) <= most + MOST
    assert answer.more


async def test_among_very_many_short_words_of_a_phrase_are_found_as_well(store: Store) -> None:
    async with store.write() as tx:
        feed = await a_feed(tx)
        found = [new_entry(str(n), published=NOW - n * MINUTE) for n in range(candidates.MANY + 10)]
        ids = (await keep(tx, feed, *found)).new
        row, scattered = "Reise nach Ho Chi Minh.", "Chi Minh, und Ho erst danach."
        written = [{"entry_id": id_, "text": scattered, **SAID} for id_ in ids]
        written[-1]["text"] = row
        await tx.execute(insert(articles), written)
    await archive.catch_up(store)

    phrase = await archive.search(store, parse_query("Ho Chi Minh"), SINCE)

    assert [each.article.text for each in phrase] == [row]


async def test_the_best_is_looked_for_among_the_newest_of_very_many(full: Store) -> None:
    answer = await archive.look(full, Wanted(parse_query("Mais"), SINCE, 20, NOW))

    assert len(answer.events) == BEST
    assert answer.more


async def test_all_of_very_many_can_be_had(full: Store) -> None:
    answer = await archive.look(full, Wanted(parse_query("Weizen & Mais"), SINCE))

    assert len(answer.events) == MANY
    assert not answer.more


async def test_the_best_has_the_words_in_its_title_more_often_or_is_newer(store: Store) -> None:
    written = {
        "old": ("Wetter", "Weizen.", DAY * 5),
        "new": ("Regen", "Weizen.", DAY * 0),
        "often": ("Ernte", "Weizen und Weizen, Weizen mit Weizen, nur Weizen, Weizen.", DAY * 0),
        "title": ("Mehr Weizen", "Er wächst.", DAY * 5),
    }
    async with store.write() as tx:
        feed = await a_feed(tx)
        for key, (title, said, age) in written.items():
            entry = await an_entry(tx, feed, key=key, published=NOW - age)
            values = {"entry_id": entry, "title": title, "text": said, "text_from": "page"}
            await tx.execute(insert(articles).values(**values, read=NOW, language="de"))
    await archive.catch_up(store)

    answer = await archive.look(store, Wanted(parse_query("Weizen"), SINCE, None, NOW))

    titles = [event.articles[0].article.title for event in answer.events]
    assert titles == ["Mehr Weizen", "Ernte", "Regen", "Wetter"]
    assert not answer.more


async def test_a_list_for_some_feeds_or_tags_finds_what_they_brought(store: Store) -> None:
    async with store.write() as tx:
        await feeds.add(tx, feeds.Source("https://a.example/", "Kontor", tags=("region",)), NOW)
        for name in ("https://a.example/", "https://depesche.example/feed.xml"):
            entry = await an_entry(tx, await a_feed(tx, name), key="k")
            said = {"title": "Weizen", "text": "", "text_from": "page", "read": NOW}
            await tx.execute(insert(articles).values(entry_id=entry, **said, language="de"))
    await archive.catch_up(store)

    async def outlets(source: str) -> list[str]:
        found = await archive.search(store, parse(source, "a.txt", "a"), SINCE)
        return sorted(each.outlet for each in found)

    assert await outlets("Weizen\n") == ["Depesche", "Kontor"]
    assert await outlets("@tags region\nWeizen\n") == ["Kontor"]
    assert await outlets("@feeds Depesche\nWeizen\n") == ["Depesche"]
    assert await outlets("@feeds Nirgends\nWeizen\n") == []


async def test_since_when_there_are_texts_is_part_of_the_answer(store: Store) -> None:
    wanted = Wanted(parse_query("Weizen"), SINCE)
    assert (await archive.look(store, wanted)).text_since is None
    await kept(store, [Article("Weizen", "Mais.", "page", "de")])
    assert (await archive.look(store, wanted)).text_since == NOW

    async with store.write() as tx:
        await feeds.remove(tx, "https://depesche.example/feed.xml")
        await retention.age_texts(tx, NOW + timedelta(days=31))

    assert (await archive.look(store, wanted)).text_since is None


async def test_what_has_aged_is_not_found_although_the_index_has_it_still(store: Store) -> None:
    await kept(store, [Article("Weizen", "Mais.", "page", "de")])
    await archive.catch_up(store)
    async with store.write() as tx:
        await feeds.remove(tx, "https://depesche.example/feed.xml")
        await retention.age_texts(tx, NOW + timedelta(days=31))

    assert (await archive.look(store, Wanted(parse_query("Weizen"), SINCE))).events == []


async def test_copies_that_no_list_matched_are_one_event(store: Store) -> None:
    text = "Die Weizenernte in Kanada fällt um ein Drittel kleiner aus, wie das Amt mitteilte."
    written = [
        Article("Kleine Ernte", text, "page", "de"),
        Article("Weizen wird rar", text, "page", "de"),
        Article("Brotfest", f"Weizen und Butter gab es auf dem Fest. {apart(1)}", "page", "de"),
    ]
    await kept(store, written)
    await archive.catch_up(store)

    events = await archive.latest(store, parse_query("Weizen"), NOW - 9 * DAY)

    told = sorted(sorted(each.article.title for each in event.articles) for event in events)
    assert told == [["Brotfest"], ["Kleine Ernte", "Weizen wird rar"]]
    assert [event.story for event in events] == [None, None]

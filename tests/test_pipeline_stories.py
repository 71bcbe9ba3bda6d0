"""Stories as the pipeline keeps them: over restarts, beside other processes, when undone."""

from pathlib import Path

import pytest

from bot.model import Article
from bot.pipeline.stories import Shelf
from bot.store import Store, Transaction, entries, stories
from bot.store.entries import Waiting
from tests.store_kit import HOUR, NOW, a_feed, an_entry, opened, waiting

TEXT = (
    "Erstmals sind nordkoreanische Soldaten bei der Siegesparade auf dem Roten Platz in Moskau "
    "marschiert. Präsident Wladimir Putin begrüßte die Abordnung aus Pjöngjang persönlich, wie der "
    "Kreml am Freitag mitteilte. Rund 200 Soldaten nahmen nach Angaben des Ministeriums teil."
)
ARTICLE = Article("Nordkoreas Soldaten bei der Siegesparade", TEXT, "page", "de")


async def entry(tx: Transaction, outlet: str) -> Waiting:
    """An entry of an outlet that carries the text."""
    feed = await a_feed(tx, f"https://{outlet}.example/feed.xml", outlet)
    made = await waiting(tx, await an_entry(tx, feed, outlet))
    await entries.keep_articles(tx, [(made.id, ARTICLE)], NOW)
    return made


async def join(store: Store, shelf: Shelf, outlet: str) -> int:
    """Have an outlet's copy joined; return its story."""
    async with store.write() as tx:
        return (await shelf.join(tx, await entry(tx, outlet), ARTICLE, NOW)).story


async def joined_in_vain(store: Store, shelf: Shelf, outlet: str) -> None:
    """Have an outlet's copy joined in a transaction that is undone."""
    async with shelf.undone(), store.write() as tx:
        await shelf.join(tx, await entry(tx, outlet), ARTICLE, NOW)
        raise RuntimeError


async def test_a_copy_joins_the_story_also_after_a_restart(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        first = await join(store, Shelf(), "depesche")

        assert await join(store, Shelf(), "kontor") == first


async def test_what_another_process_joined_is_known(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        daemon, poll = Shelf(), Shelf()
        first = await join(store, daemon, "depesche")
        await join(store, poll, "kontor")

        assert await join(store, daemon, "foyer") == first


async def test_what_was_undone_opens_no_story(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        shelf = Shelf()
        with pytest.raises(RuntimeError):
            await joined_in_vain(store, shelf, "depesche")

        story = await join(store, shelf, "kontor")

        async with store.read() as connection:
            [member] = await stories.of_story(connection, story)
        assert member.verdict == "new"


async def test_an_entry_that_is_read_again_stays_in_its_story(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        shelf = Shelf()
        first = await join(store, shelf, "depesche")
        async with store.write() as tx:
            made = await entry(tx, "kontor")
            await shelf.join(tx, made, ARTICLE, NOW)

            again = await shelf.join(tx, made, ARTICLE, NOW + HOUR)

        assert (again.story, again.verdict) == (first, "wire")


async def test_what_was_split_off_draws_no_more_from_the_old_story(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        shelf = Shelf()
        await join(store, shelf, "depesche")
        async with store.write() as tx:
            made = await entry(tx, "kontor")
            await shelf.join(tx, made, ARTICLE, NOW)
            await stories.split(tx, made.id, NOW)

            again = await shelf.join(tx, made, ARTICLE, NOW + HOUR)

        assert again.story == made.id


async def test_what_is_split_off_counts_as_the_one_that_joined_last(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        shelf = Shelf()
        await join(store, shelf, "depesche")
        async with store.write() as tx:
            made = await entry(tx, "kontor")
            await shelf.join(tx, made, ARTICLE, NOW)
            before = await stories.latest(tx)

            await stories.split(tx, made.id, NOW)

            [moved] = await stories.joined_after(tx, before, NOW - HOUR)
        assert (moved.entry_id, moved.story, moved.verdict) == (made.id, made.id, "new")


async def test_of_a_page_read_after_its_teaser_all_that_it_says_is_known(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        shelf = Shelf()
        async with store.write() as tx:
            made = await entry(tx, "depesche")
            await shelf.join(tx, made, Article(ARTICLE.title, "", "feed", "de"), NOW)

            says = (await shelf.join(tx, made, ARTICLE, NOW)).said

            [member] = await stories.of_story(tx, made.id)
        assert "moskau" in says["places"]
        assert member.decision["said"]["places"] == list(says["places"])

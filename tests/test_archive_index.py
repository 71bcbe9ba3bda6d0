"""The archive's index is looked after: damage is found and mended, idle words go."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from structlog.testing import capture_logs

from bot.model import Article
from bot.pipeline import archive
from bot.pipeline.indexing import is_being_filled
from bot.store import Store, upkeep
from bot.store import archive as index
from bot.store.schema import words
from bot.watch.language import parse_query
from tests.archive_kit import damage, found_by, kept
from tests.store_kit import DAY, NOW, opened

SOME = [
    Article("Weizen", "Die Weizenpreise stiegen.", "page", "de"),
    Article("Gas", "Erdgas ist knapp, sagt Pjöngjang.", "page", "de"),
    Article("Wolf", "A wolf was seen near the museum.", "page", "en"),
]
LOST = {
    "its data": "DELETE FROM archive_data WHERE id > 10",
    "all that it had, without an error": "INSERT INTO archive(archive) VALUES ('delete-all')",
    "an article, without an error": "UPDATE archived SET words = "
    "(SELECT words FROM archived WHERE entry_id = 2) WHERE entry_id = 1",
    "what is kept beside it": "UPDATE archived SET words = x'00'",
}


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(tmp_path) as store:
        await kept(store, SOME)
        await archive.catch_up(store)
        yield store


@pytest.mark.parametrize("how", LOST.values(), ids=LOST)
async def test_an_index_that_has_lost_something_is_found_out_and_made_anew(
    store: Store, how: str
) -> None:
    await damage(store, how)

    with capture_logs() as logs:
        assert await archive.catch_up(store) == len(SOME)

    assert await found_by(store, "Weizen") == {1}
    assert await found_by(store, "Gas") == {2}
    said = [line["event"] for line in logs if line["log_level"] in {"warning", "info"}]
    assert said == ["archive.damaged", "archive.made_anew"]


async def test_pieces_of_words_that_are_lost_are_made_anew(store: Store) -> None:
    await damage(store, "INSERT INTO pieces(pieces) VALUES ('delete-all')")

    await archive.catch_up(store)

    assert await found_by(store, "Weizen") == {1}


async def test_some_pieces_that_are_lost_without_an_error_are_found_out(store: Store) -> None:
    async with store.read() as connection:
        rows = (await connection.execute(select(words.c.id, words.c.entry))).all()
    async with store.write() as tx:
        take = "INSERT INTO pieces(pieces, rowid, entry) VALUES ('delete', :id, :entry)"
        put = "INSERT INTO pieces(rowid, entry) VALUES (:id, 'anders')"
        for row in rows:
            await tx.execute(text(take), {"id": row.id, "entry": row.entry})
            await tx.execute(text(put), {"id": row.id})

    await archive.catch_up(store)

    assert await found_by(store, "Weizen") == {1}


async def test_a_search_that_meets_damage_says_so_and_the_next_that_not_all_is_there(
    store: Store,
) -> None:
    await damage(store)
    wanted = archive.Wanted(parse_query("Weizen"), NOW - DAY)

    with pytest.raises(archive.Damaged):
        await archive.look(store, wanted)

    assert (await archive.look(store, wanted)).being_filled
    await archive.catch_up(store)
    answer = await archive.look(store, wanted)
    assert not answer.being_filled
    assert len(answer.events) == 1


async def test_an_index_that_is_well_is_left_as_it_is(store: Store) -> None:
    for _ in range(5):
        assert await archive.catch_up(store) == 0

    assert not await is_being_filled(store)


# Words that no article has any more.


async def words_of(store: Store) -> set[str]:
    async with store.read() as connection:
        return set((await connection.scalars(select(words.c.word))).all())


async def test_words_that_no_article_has_any_more_go_and_others_stay(store: Store) -> None:
    await damage(store, "DELETE FROM entries WHERE id = 1")
    await archive.catch_up(store)

    assert await archive.sweep(store) > 0

    left = await words_of(store)
    assert "Weizenpreise" not in left
    assert {"Erdgas", "wolf"} <= left
    assert await found_by(store, "Gas") == {2}


async def test_a_word_that_comes_back_is_found_again(store: Store) -> None:
    await damage(store, "DELETE FROM entries WHERE id = 1")
    await archive.catch_up(store)
    await archive.sweep(store)
    await damage(
        store,
        "UPDATE articles SET title = 'Weizen', text = 'Die Weizenpreise fielen.', read = read + 1",
    )

    await archive.catch_up(store)

    assert await found_by(store, "Weizenpreise") == {2, 3}


async def test_the_number_of_a_word_is_never_given_again(store: Store) -> None:
    async with store.read() as connection:
        highest = await connection.scalar(select(func.max(words.c.id)))
    await damage(store, "DELETE FROM entries")
    await archive.catch_up(store)
    await archive.sweep(store)

    async with store.read() as connection:
        assert await connection.scalar(select(func.max(words.c.id))) == highest


async def test_a_word_that_an_article_has_taken_meanwhile_stays(store: Store) -> None:
    async with store.write() as tx:
        ids = (await tx.scalars(select(words.c.id))).all()

        assert await upkeep.drop_words(tx, ids) == 0
        assert await upkeep.are_there(tx, ids)


async def test_that_a_word_has_gone_meanwhile_is_noticed(store: Store) -> None:
    async with store.write() as tx:
        known = await index.known(tx, "de", {"Weizen", "Erdgas"})
        await tx.execute(text("DELETE FROM words WHERE word = 'Weizen'"))

        assert not await upkeep.are_there(tx, known.values())

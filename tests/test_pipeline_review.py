"""What is gathered for a press review: all that it shows, and not the texts of a month."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.alerts.snippet import passages
from bot.model import FoundArticle
from bot.pages.values import Part
from bot.pipeline import archive
from bot.pipeline.joining import LEAD
from bot.pipeline.review import LOADED, Frame, Gathered, gathered, made, searched, written
from bot.store import Store, alerts, chats, reviews
from bot.store.reviews import Form, Stretch
from bot.watch.language import parse
from bot.wording import sentences
from tests.reviews_kit import Report, have_read
from tests.store_kit import migrated

NOW = datetime(2026, 11, 26, 5, 30, tzinfo=UTC)
CHAT, LIST = 1001, "nordkorea"
WATCHLIST = parse("Nordkorea\n", "nordkorea.txt", LIST)
LAST = Stretch(NOW - timedelta(days=1), NOW)
FRAME = Frame("Nordkorea", sentences("de"), ZoneInfo("Europe/Berlin"), LAST.since, LAST.until)
COPIED = (
    "Am Platz in der Hauptstadt zogen am Abend Tausende mit Fahnen an der Tribüne vorbei. " * 20
)
REPORTS = [
    *(Report("Parade am Abend", f"Blatt {n}", text=f"{COPIED} Nordkorea schwieg.") for n in "ABC"),
    Report("Nordkorea hungert", hours=2, text="Die Ernte war schlecht. " * 400),
    Report("Ernte", hours=3, story="ernte", text=f"{'Weizen ist knapp. ' * 300}Nordkorea kauft."),
    Report("Ernte", "Kontor", hours=4, story="ernte", text="Auch Nordkorea kauft zu."),
    *(Report(f"Kurz {n}", hours=5 + n / 10, text=f"Nordkorea, {n}.") for n in range(LOADED)),
]


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    (tmp_path / "a.db").write_bytes(migrated())
    store = await Store.open("sqlite:///a.db", tmp_path)
    async with store.write() as tx:
        await chats.put(tx, chats.Chat(CHAT, "private", "de", "active", admin=False), NOW)
    await have_read(store, REPORTS, NOW, [WATCHLIST])
    yield store
    await store.close()


async def whole(store: Store) -> Sequence[FoundArticle]:
    """Return what came, with all of the texts."""
    async with store.read() as connection:
        came = dict(await reviews.came(connection, CHAT, LIST, LAST))
        found = await alerts.found_by(connection, list(came))
    return [replace(each, matches=tuple(came[each.entry_id])) for each in found]


def shown(found: FoundArticle) -> Sequence[Part]:
    return [Part(piece.text, piece.bold) for piece in passages(found.article, found.matches)]


@pytest.mark.parametrize("form", ["html", "csv"])
async def test_the_files_are_those_of_the_whole_texts(store: Store, form: Form) -> None:
    all_ = await whole(store)
    by_entry = {each.entry_id: shown(each) for each in all_}
    of_all = made(Gathered(await archive.grouped(store, all_), by_entry, {}), FRAME)

    what = await gathered(store, CHAT, LIST, LAST)

    assert len(all_) == len(REPORTS)
    assert max(len(event.articles) for event in what.events) == 3
    assert await written(made(what, FRAME), form, FRAME.words) == await written(
        of_all, form, FRAME.words
    )


async def test_what_matched_far_into_a_text_is_shown(store: Store) -> None:
    review = made(await gathered(store, CHAT, LIST, LAST), FRAME)

    [parade] = [story for story in review.stories if story.first.title == "Parade am Abend"]
    assert len(parade.sources) == 3
    assert [part.text for part in parade.first.passage if part.marked] == ["Nordkorea"]


async def test_of_texts_only_the_beginnings_are_kept(store: Store) -> None:
    in_chat = await gathered(store, CHAT, LIST, LAST)
    by_list = await searched(store, WATCHLIST, LAST.since)

    for what in (in_chat, by_list):
        kept = [each.article.text for event in what.events for each in event.articles]
        assert len(kept) == len(REPORTS)
        assert max(map(len, kept)) == LEAD

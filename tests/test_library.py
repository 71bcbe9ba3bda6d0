"""The library on a real folder: what is saved takes effect."""

import asyncio
import os
import shutil
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.folder import LARGEST_FILE
from bot.library import Library
from bot.model import Article
from bot.watch.files import Broken, Event, FolderGone, Loaded, Removed, Renamed, Shelf

PATIENCE = 2  # seconds from saving to taking effect, as promised to people
START = datetime(2026, 5, 9, tzinfo=UTC)
HURRY = 10  # a library's clock that runs faster than ours: what must last 2 s lasts 0.2


class Watched:
    """A library on a folder, with what it told and remembered."""

    def __init__(
        self, folder: Path, stored: Mapping[str, str] | None = None, hurry: int = 1
    ) -> None:
        self.folder = folder
        self.stored = dict(stored or {})
        self.events: list[Event] = []
        self._news = asyncio.Condition()
        self.library = Library(
            folder,
            Shelf(self.stored),
            self._tell,
            lambda: START + hurry * timedelta(seconds=time.monotonic()),
        )

    async def _tell(self, event: Event) -> None:
        if isinstance(event, Loaded):
            self.stored[event.name] = event.source
        elif isinstance(event, Removed | Renamed):
            del self.stored[event.name]
        async with self._news:
            self.events.append(event)
            self._news.notify_all()

    def make_folder(self) -> None:
        self.folder.mkdir()

    def write(self, name: str, content: str) -> None:
        (self.folder / name).write_text(content, encoding="utf-8")

    async def told(self, event: Event) -> None:
        async with asyncio.timeout(PATIENCE), self._news:
            await self._news.wait_for(lambda: event in self.events)

    def finds(self, text: str) -> bool:
        return bool(self.library.matcher.match(Article("", text, "page")))


@asynccontextmanager
async def running(watched: Watched) -> AsyncIterator[Watched]:
    await watched.library.start()
    task = asyncio.create_task(watched.library.run())
    try:
        yield watched
    finally:
        task.cancel()
        async with asyncio.timeout(1):
            await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "watchlists"
    path.mkdir()
    return path


async def test_what_is_in_the_folder_is_in_force_after_the_start(folder: Path) -> None:
    watched = Watched(folder)
    watched.write("nord.txt", "Nordkorea")

    await watched.library.start()

    assert watched.finds("Nordkoreas Teilnahme")
    assert [each.name for each in watched.library.watchlists] == ["nord"]
    assert watched.stored == {"nord": "Nordkorea"}


async def test_a_saved_file_takes_effect_in_time(folder: Path) -> None:
    async with running(Watched(folder)) as watched:
        watched.write("nord.txt", "Nordkorea")

        await watched.told(Loaded("nord", ("Nordkorea",), ()))

        assert watched.finds("Nordkorea")


async def test_a_file_saved_by_renaming_takes_effect_in_time(folder: Path) -> None:
    async with running(Watched(folder)) as watched:
        watched.write("nord.txt", "Nordkorea")
        await watched.told(Loaded("nord", ("Nordkorea",), ()))
        watched.write(".nord.tmp", "Nordkorea\nKim\n")
        (folder / ".nord.tmp").rename(folder / "nord.txt")

        await watched.told(Loaded("nord", ("Kim",), ()))


async def test_a_broken_file_leaves_the_last_good_version_in_force(folder: Path) -> None:
    watched = Watched(folder, stored={"nord": "Nordkorea"})
    watched.write("nord.txt", "A & (B")

    await watched.library.start()

    assert [type(event) for event in watched.events] == [Broken]
    assert watched.finds("Nordkorea")
    assert watched.stored == {"nord": "Nordkorea"}


async def test_a_removed_file_is_forgotten_when_it_stays_away(folder: Path) -> None:
    watched = Watched(folder, hurry=HURRY)
    watched.write("nord.txt", "Nordkorea")
    watched.write("sieg.txt", "Siegestag")
    async with running(watched):
        (folder / "nord.txt").unlink()

        await watched.told(Removed("nord"))

        assert watched.stored == {"sieg": "Siegestag"}
        assert not watched.finds("Nordkorea")


async def test_an_emptied_file_is_believed_when_it_stays_empty(folder: Path) -> None:
    watched = Watched(folder, hurry=HURRY)
    watched.write("nord.txt", "Nordkorea")
    async with running(watched):
        watched.write("nord.txt", "")

        await watched.told(Loaded("nord", (), ("Nordkorea",)))


async def test_without_its_folder_the_stored_lists_stay_in_force(tmp_path: Path) -> None:
    watched = Watched(tmp_path / "missing", stored={"nord": "Nordkorea"})

    await watched.library.start()

    assert watched.events == [FolderGone()]
    assert watched.finds("Nordkorea")


async def test_a_folder_that_comes_later_is_read_in_time(tmp_path: Path) -> None:
    async with running(Watched(tmp_path / "later")) as watched:
        watched.make_folder()
        watched.write("nord.txt", "Nordkorea")

        await watched.told(Loaded("nord", ("Nordkorea",), ()))


async def test_a_folder_made_anew_is_watched_as_before(folder: Path) -> None:
    watched = Watched(folder)
    watched.write("nord.txt", "Nordkorea")
    async with running(watched):
        shutil.rmtree(folder)
        await watched.told(FolderGone())
        watched.make_folder()
        watched.write("nord.txt", "Nordkorea\nKim\n")

        await watched.told(Loaded("nord", ("Kim",), ()))


async def test_a_change_that_shows_in_the_content_only_is_found(folder: Path) -> None:
    watched = Watched(folder)
    watched.write("nord.txt", "Nordkorea")
    await watched.library.start()
    before = (folder / "nord.txt").stat()
    watched.write("nord.txt", "Südkorea!")
    os.utime(folder / "nord.txt", ns=(before.st_atime_ns, before.st_mtime_ns))

    await watched.library.start()

    assert watched.finds("Südkorea")


async def test_a_file_that_cannot_be_read_is_told_and_the_others_go_on(folder: Path) -> None:
    watched = Watched(folder)
    watched.write("gross.txt", "x" * (LARGEST_FILE + 1))
    watched.write("nord.txt", "Nordkorea")

    await watched.library.start()

    broken, loaded = watched.events
    assert isinstance(broken, Broken)
    assert str(broken.faults[0]).startswith("gross.txt: is larger than 5 MB")
    assert loaded == Loaded("nord", ("Nordkorea",), ())


async def test_a_link_to_nowhere_and_a_folder_named_like_a_list_are_passed_over(
    folder: Path,
) -> None:
    watched = Watched(folder)
    (folder / "link.txt").symlink_to(folder / "nowhere")
    (folder / "folder.txt").mkdir()

    await watched.library.start()

    assert watched.events == []


async def test_it_ends_at_once_when_cancelled(folder: Path) -> None:
    library = Watched(folder).library
    await library.start()
    task = asyncio.create_task(library.run())
    await asyncio.sleep(0.1)

    task.cancel()

    async with asyncio.timeout(0.5):
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_a_new_name_is_told_while_the_old_one_matches_still(folder: Path) -> None:
    matched: list[set[str]] = []

    async def tell(event: Event) -> None:
        if isinstance(event, Renamed):
            found = library.matcher.match(Article("", "Nordkorea", "page"))
            matched.append({match.watchlist for match in found})

    times = iter(START + timedelta(minutes=n) for n in range(9))
    library = Library(folder, Shelf({"nord": "Nordkorea"}), tell, lambda: next(times))
    (folder / "korea.txt").write_text("Nordkorea")
    await library.start()

    await library.refresh()

    assert matched == [{"nord", "korea"}]
    assert [each.name for each in library.watchlists] == ["korea"]

"""Keeps the watchlists in force: reads their folder, watches it, and swaps the matcher."""

import asyncio
import hashlib
import os
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Mapping
from contextlib import aclosing
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from watchfiles import awatch

from bot.errors import Fault, WatchlistError
from bot.text.languages import rules_for
from bot.watch.files import Content, Event, Loaded, Removed, Shelf, is_watchlist_file
from bot.watch.language import parse
from bot.watch.matcher import Matcher
from bot.watch.watchlist import Watchlist

log = structlog.get_logger()

LARGEST_FILE = 5_000_000
_HASHED_FILE = 64 * 1024  # larger ones are known by size and time alone
_TICK_MS = 500  # how late a loss may be believed, or a new folder be noticed
_DEBOUNCE_MS = 200
_LOOK = timedelta(seconds=5)  # network mounts tell nothing: the folder is looked at anyway

_Seen = tuple[object, ...]


class Library:
    """The watchlists in force and the matcher made of them."""

    def __init__(
        self,
        folder: Path,
        remember: Callable[[str, str | None], Awaitable[None]],
        tell: Callable[[Event], Awaitable[None]],
        now: Callable[[], datetime],
        stored: Mapping[str, str],
    ) -> None:
        """Begin with the last good versions; nothing is read before `start`.

        Args:
            folder: Where the files are. It may be missing, now or later.
            remember: Stores the text of a list by its name as its last good version, or with
                None forgets it.
            tell: Learns every event, after it took effect.
            now: The clock: aware, UTC.
            stored: The last good versions that were remembered.
        """
        self._folder = folder.absolute()  # as changes name it
        self._remember = remember
        self._tell = tell
        self._now = now
        self._shelf = Shelf(stored)
        self._others: tuple[Watchlist, ...] = ()
        self._compiling, self._refreshing = asyncio.Lock(), asyncio.Lock()
        self._seen: _Seen | None = None
        self._looked: datetime | None = None
        self.matcher = Matcher(self._shelf.in_force, rules_for)
        """The matcher in force: take it anew for every article."""

    @property
    def watchlists(self) -> tuple[Watchlist, ...]:
        """The lists in force that have a file, by name."""
        return self._shelf.in_force

    @property
    def folder(self) -> Path:
        """Where the files are."""
        return self._folder

    async def take_in(self, others: Mapping[str, str]) -> None:
        """Have the matcher know lists that have no file: name -> text; those before it go."""
        self._others = tuple(_readable(others))
        await self._compile()

    async def _compile(self) -> None:
        async with self._compiling:
            lists = (*self._shelf.in_force, *self._others)
            self.matcher = await asyncio.to_thread(self.matcher.updated, lists)

    async def start(self) -> None:
        """Read the folder for the first time: all good files are in force afterwards."""
        await self.refresh()

    async def run(self) -> None:
        """Watch the folder until cancelled."""
        while True:
            async with aclosing(self._wakes()) as wakes:
                async for _ in wakes:
                    try:
                        await self.refresh()
                    except Exception:
                        # No file may end the watch over the others.
                        log.exception("watchlist.not_read")

    async def _wakes(self) -> AsyncGenerator[None, None]:
        """Yield whenever the folder should be read, as long as it is the same one."""
        watched = await asyncio.to_thread(_identity, self._folder)
        changes = awatch(
            self._folder,
            watch_filter=None,
            debounce=_DEBOUNCE_MS,
            rust_timeout=_TICK_MS,
            yield_on_timeout=True,
            recursive=False,
            ignore_permission_denied=True,
        )
        # What changed before the watch stood is not told: the first tick is a reason to read.
        is_first = True
        try:
            async with aclosing(changes):
                async for changed in changes:
                    if changed or is_first or self._is_due():
                        yield
                    is_first = False
                    is_itself = any(path == str(self._folder) for _, path in changed)
                    if is_itself or await asyncio.to_thread(_identity, self._folder) != watched:
                        break
        except OSError:  # no folder, or no more of the system's watches: looking will do
            await asyncio.sleep(_TICK_MS / 1000)
        yield

    def _is_due(self) -> bool:
        now, wake_at = self._now(), self._shelf.wake_at
        is_stale = self._looked is None or not self._looked <= now < self._looked + _LOOK
        return is_stale or (wake_at is not None and now >= wake_at)

    async def refresh(self) -> None:
        """Look into the folder at once; what is good there is in force afterwards."""
        async with self._refreshing:
            await self._refresh()

    async def _refresh(self) -> None:
        now = self._looked = self._now()
        seen = await asyncio.to_thread(_look, self._folder)
        wake_at = self._shelf.wake_at
        if seen == self._seen and (wake_at is None or now < wake_at):
            return
        files = await asyncio.to_thread(read_folder, self._folder)
        events = await asyncio.to_thread(self._shelf.observe, files, now)
        self._seen = seen
        if any(isinstance(event, Loaded | Removed) for event in events):
            await self._compile()
        for event in events:
            await self._keep(event)
            await self._tell(event)

    async def _keep(self, event: Event) -> None:
        if isinstance(event, Removed):
            await self._remember(event.name, None)
        elif isinstance(event, Loaded):
            source = next(w.source for w in self.watchlists if w.name == event.name)
            await self._remember(event.name, source)


def _readable(sources: Mapping[str, str]) -> Iterator[Watchlist]:
    for name, source in sources.items():
        try:
            yield parse(source, name, name)
        except WatchlistError as error:
            # It could be read when it was written: the language has changed since.
            log.warning("watchlist.own_not_read", watchlist=name, fault=str(error))


def _identity(folder: Path) -> tuple[int, int] | None:
    """Return what tells a folder from one made anew in its place; None if there is none."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _look(folder: Path) -> _Seen:
    """Return what changes when a watchlist in the folder does."""
    try:
        return tuple(_digest(path) for path in _paths(folder))
    except OSError as error:
        return (error.errno,)


def _digest(path: Path) -> _Seen:
    try:
        status = path.stat()
        is_small = status.st_size <= _HASHED_FILE
        content = hashlib.blake2b(path.read_bytes()).digest() if is_small else b""
    except OSError as error:
        return path.name, error.errno
    return path.name, status.st_size, status.st_mtime_ns, status.st_ino, content


def _paths(folder: Path) -> list[Path]:
    with os.scandir(folder) as entries:
        names = [e.name for e in entries if is_watchlist_file(e.name) and not e.is_dir()]
    return [folder / name for name in sorted(names)]


def read_folder(folder: Path) -> dict[str, Content] | None:
    """Return what each watchlist file holds or why it cannot be read; None without a folder."""
    try:
        contents = {_printable(path.name): _content(path) for path in _paths(folder)}
    except OSError:
        return None
    return {name: content for name, content in contents.items() if content is not None}


def _printable(name: str) -> str:
    """Return a file's name as text; signs that are no UTF-8 become a question mark."""
    return os.fsencode(name).decode("utf-8", errors="replace")


def _content(path: Path) -> Content | None:
    name = _printable(path.name)
    if name != path.name:
        return Fault(name, "the file's name is not UTF-8", "give it another name")
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:  # it went after the folder was listed
        return None
    except OSError as error:
        remedy = "make it readable for the bot"
        return Fault(path.name, f"cannot be read ({error.strerror})", remedy)
    if len(content) > LARGEST_FILE:
        return Fault(path.name, "is larger than 5 MB", "split it into several watchlists")
    return content

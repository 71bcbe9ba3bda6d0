"""Keeps the watchlists in force: reads their folder, watches it, and swaps the matcher."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Mapping
from contextlib import aclosing
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from watchfiles import awatch

from bot.errors import WatchlistError
from bot.folder import Seen, identity, look, read, read_folder, remove, write
from bot.text.languages import rules_for
from bot.watch.files import Content, Event, Loaded, Removed, Renamed, Shelf
from bot.watch.language import parse
from bot.watch.matcher import Matcher
from bot.watch.watchlist import Watchlist

log = structlog.get_logger()

_TICK_MS = 500  # how late a loss may be believed, or a new folder be noticed
_DEBOUNCE_MS = 200
_LOOK = timedelta(seconds=5)  # network mounts tell nothing: the folder is looked at anyway


class Library:
    """The watchlists in force and the matcher made of them."""

    def __init__(
        self,
        folder: Path,
        shelf: Shelf,
        tell: Callable[[Event], Awaitable[None]],
        now: Callable[[], datetime],
    ) -> None:
        """Begin with what is on the shelf; nothing is read before `start`.

        Args:
            folder: Where the files are. It may be missing, now or later.
            shelf: The last good versions.
            tell: Learns every event after it took effect; of a list's new name before that.
            now: The clock: aware, UTC.
        """
        self._folder = folder.absolute()  # as changes name it
        self._tell = tell
        self._now = now
        self._shelf = shelf
        self._others: tuple[Watchlist, ...] = ()
        self._taken: Mapping[str, str] | None = None
        self._compiling, self._refreshing = asyncio.Lock(), asyncio.Lock()
        self._taking = asyncio.Lock()
        self._seen: Seen | None = None
        self._looked: datetime | None = None
        self.matcher = Matcher(self._shelf.in_force, rules_for)
        """The matcher in force: take it anew for every article."""

    @property
    def watchlists(self) -> tuple[Watchlist, ...]:
        """The lists in force that have a file, by name."""
        return self._shelf.in_force

    @property
    def looked(self) -> datetime | None:
        """When the folder was last looked at."""
        return self._looked

    @property
    def folder(self) -> Path:
        """Where the files are."""
        return self._folder

    async def take_in(self, others: Mapping[str, str]) -> None:
        """Have the matcher know lists that have no file: name -> text; those before it go."""
        self._taken = None
        self._others = tuple(_readable(others))
        await self._compile()
        self._taken = others

    async def take_in_stored(self, stored: Callable[[], Awaitable[Mapping[str, str]]]) -> None:
        """Do the same with what is stored at this moment, where it differs; one after the other."""
        async with self._taking:
            others = await stored()
            if others != self._taken:
                await self.take_in(others)

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
        watched = await asyncio.to_thread(identity, self._folder)
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
                    if is_itself or await asyncio.to_thread(identity, self._folder) != watched:
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
        seen = await asyncio.to_thread(look, self._folder)
        wake_at = self._shelf.wake_at
        if seen == self._seen and (wake_at is None or now < wake_at):
            return
        files = await asyncio.to_thread(read_folder, self._folder)
        events = await asyncio.to_thread(self._shelf.observe, files, now)
        self._seen = seen
        # Whoever has a list on has it under its new name before the old one matches no more.
        for event in events:
            if isinstance(event, Renamed):
                await self._tell(event)
        if any(isinstance(event, Loaded | Removed | Renamed) for event in events):
            await self._compile()
        for event in events:
            if not isinstance(event, Renamed):
                await self._tell(event)

    async def content(self, name: str) -> Content | None:
        """Return what is in the file of a list, or why it cannot be read; None without a file."""
        return await asyncio.to_thread(read, self._folder, name)

    async def save(self, name: str, content: bytes) -> None:
        """Write a list's file as it is, whole or not at all; it is in force afterwards.

        Whatever the new version lacks, it is meant.

        Args:
            name: one that `bot.watch.files.wanted_name` has returned.
            content: what a watchlist can be read from.

        Raises:
            FileNotFoundError: the folder is empty or gone. A file in it would be all that there is,
                and end the lists that stay in force until theirs are back.
            OSError: the file cannot be written.
        """
        async with self._refreshing:
            has_others = any(each.name != name for each in self._shelf.in_force)
            await asyncio.to_thread(write, self._folder, name, content, alone=not has_others)
            self._shelf.expect(name, content)
            await self._refresh()

    async def remove(self, name: str) -> None:
        """Delete a list's file; it is in force until its loss is believed.

        Raises:
            FileNotFoundError: it has none, or it is the only one.
            OSError: it cannot be deleted.
        """
        async with self._refreshing:
            await asyncio.to_thread(remove, self._folder, name)
            await self._refresh()


def _readable(sources: Mapping[str, str]) -> Iterator[Watchlist]:
    for name, source in sources.items():
        try:
            yield parse(source, name, name)
        except WatchlistError as error:
            # It could be read when it was written: the language has changed since.
            log.warning("watchlist.own_not_read", watchlist=name, fault=str(error))

"""Decides which watchlists are in force, given what is in their folder. Told the time, no I/O."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.errors import Fault, WatchlistError
from bot.watch.language import decode, parse
from bot.watch.watchlist import Watchlist

SETTLE = timedelta(seconds=2)
"""How long a loss must last to be believed: editors and syncs empty a file before they fill it."""

COPIED = timedelta(minutes=10)
"""A list that came so long before another one went is that one under a new name, if they are
alike: people save under another name first, and delete the old file then."""

ENDING = ".txt"
_LONGEST_NAME = 200
_NEVER = datetime.min.replace(tzinfo=UTC)
_IGNORED_BEGINNINGS = (".", "~$", "#")  # hidden, macOS ._, office locks, emacs
_UNSAFE = frozenset('/\\:*?"<>|')  # in the name of a file, here or on another system

Content = bytes | Fault
"""What reading a file gave: its bytes, or why it cannot be read."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A list took effect, new or changed; the lines are its queries and exclusions."""

    name: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    source: str = field(default="", compare=False, repr=False)
    """Its text."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A file cannot be used."""

    name: str
    faults: tuple[Fault, ...]
    has_good: bool = True
    """Whether there is a last good version, which stays in force."""


@dataclass(frozen=True, slots=True)
class Held:
    """A loss is not believed yet; it will be if it lasts."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Removed:
    """A list is no longer in force: its file is gone."""

    name: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """A list is no longer in force, as another one is it now: its file has another name."""

    name: str
    new: str


@dataclass(frozen=True, slots=True)
class FolderGone:
    """The folder is missing or has no watchlist in it: all lists stay in force."""


Event = Loaded | Broken | Held | Removed | Renamed | FolderGone


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A loss that was seen: which content (None: no file), and since when."""

    content: bytes | None
    since: datetime


def is_watchlist_file(name: str) -> bool:
    """Return whether a file of this name is a watchlist, not an editor's or a system's own."""
    return (
        name.endswith(ENDING)
        and len(name) <= _LONGEST_NAME
        and not name.startswith(_IGNORED_BEGINNINGS)
    )


def name_of(file: str) -> str:
    """Return the name of the list in a file of this name."""
    return unicodedata.normalize("NFC", file.removesuffix(ENDING))


def wanted_name(written: str) -> str | None:
    """Return the name that somebody wants for a list, with or without its ending.

    None where no file can be called so on every system, or it would be no watchlist's.
    """
    name = unicodedata.normalize("NFC", written.strip())
    if name.casefold().endswith(ENDING):
        name = name[: -len(ENDING)].rstrip()
    is_safe = bool(name) and name.isprintable() and _UNSAFE.isdisjoint(name)
    if not is_safe or len(name.encode()) > _LONGEST_NAME or name.endswith("."):
        return None
    return name if is_watchlist_file(name + ENDING) else None


class Shelf:
    """The watchlists in force."""

    def __init__(
        self, stored: Mapping[str, str], since: Mapping[str, datetime] | None = None
    ) -> None:
        """Begin with the last good versions.

        Args:
            stored: The text of each list by its name, as it was when last in force.
            since: When each of them came, as far as that is known.
        """
        self._in_force: dict[str, Watchlist] = {}
        self._since = dict(since or {})
        self._meant: dict[str, bytes] = {}
        self._waiting: dict[str, _Waiting] = {}
        self._reported: dict[str, Content] = {}
        self._folder_is_gone = False
        for name, source in stored.items():
            # A version that this program can no longer read must not stop the start. Its file,
            # if it is there, is about to be read, and its faults told.
            try:
                self._in_force[name] = parse(source, name + ENDING, name)
            except WatchlistError:
                continue

    @property
    def in_force(self) -> tuple[Watchlist, ...]:
        """The lists that count now, by name."""
        return tuple(self._in_force[name] for name in sorted(self._in_force))

    @property
    def wake_at(self) -> datetime | None:
        """When to observe again although nothing changes: a loss will be believed then."""
        return min((each.since + SETTLE for each in self._waiting.values()), default=None)

    def expect(self, name: str, content: bytes) -> None:
        """Believe this content of a list at once, whatever it lacks: somebody means it."""
        self._meant[name] = content

    def observe(self, files: Mapping[str, Content] | None, now: datetime) -> tuple[Event, ...]:
        """Take note of what is in the folder.

        Args:
            files: What each file holds, by file name; names that are no watchlist's are left
                out of account. None if there is no folder.
            now: The present instant.

        Returns:
            What changed by it, or is wrong; nothing twice.
        """
        present = {name_of(file): file for file in sorted(files or ()) if is_watchlist_file(file)}
        if not files or not present:
            return self._miss_folder()
        self._folder_is_gone = False
        self._reported = {n: told for n, told in self._reported.items() if n in present}
        events: list[Event] = []
        for name, file in present.items():
            events += self._read(name, file, files[file], now)
        for name in sorted(self._in_force.keys() - present.keys()):
            events += self._miss(name, now)
        return tuple(events)

    def _miss_folder(self) -> tuple[Event, ...]:
        self._waiting.clear()
        told, self._folder_is_gone = self._folder_is_gone, True
        return (FolderGone(),) if self._in_force and not told else ()

    def _miss(self, name: str, now: datetime) -> Iterator[Event]:
        was_waiting = name in self._waiting
        if self._is_settled(name, None, now):
            gone, since = self._in_force.pop(name), self._waiting.pop(name).since
            self._since.pop(name, None)
            new = self._heir(gone, since - COPIED)
            yield Renamed(name, new) if new else Removed(name)
        elif not was_waiting:
            yield Held(name, "its file is gone")

    def _heir(self, gone: Watchlist, since: datetime) -> str | None:
        """Return the list that came since then and is like the one that is gone, if there is."""
        heirs = [
            each
            for each in self.in_force
            if self._since.get(each.name, _NEVER) >= since
            and each.name not in self._waiting
            and _is_alike(gone, each)
        ]
        same = [each for each in heirs if each.source == gone.source]
        return next((each.name for each in (*same, *heirs)), None)

    def _read(self, name: str, file: str, content: Content, now: datetime) -> Iterator[Event]:
        if isinstance(content, Fault):
            yield from self._report(name, content, (content,))
            return
        text = decode(content)
        current = self._in_force.get(name)
        if current and current.source == text:
            self._waiting.pop(name, None)
            self._reported.pop(name, None)
        elif self._reported.get(name) != content:
            try:
                yield from self._accept(current, parse(text, file, name), content, now)
            except WatchlistError as error:
                yield from self._report(name, content, error.faults)

    def _report(self, name: str, content: Content, faults: tuple[Fault, ...]) -> Iterator[Event]:
        self._waiting.pop(name, None)
        if self._reported.get(name) != content:
            self._reported[name] = content
            yield Broken(name, faults, has_good=name in self._in_force)

    def _accept(
        self, current: Watchlist | None, new: Watchlist, content: bytes, now: datetime
    ) -> Iterator[Event]:
        name = new.name
        self._reported.pop(name, None)
        was_waiting = name in self._waiting
        is_meant = self._meant.pop(name, None) == content
        loss = _loss(current, new) if current and not is_meant else ""
        if loss and not self._is_settled(name, content, now):
            if not was_waiting:
                yield Held(name, loss)
            return
        self._waiting.pop(name, None)
        self._in_force[name] = new
        if current is None:
            self._since[name] = now
        before, after = _lines(current) if current else (), _lines(new)
        added = tuple(line for line in after if line not in set(before))
        removed = tuple(line for line in before if line not in set(after))
        yield Loaded(name, added, removed, new.source)

    def _is_settled(self, name: str, content: bytes | None, now: datetime) -> bool:
        """Whether a loss has lasted; if it is a new one, its time begins."""
        waiting = self._waiting.get(name)
        if waiting is None or waiting.content != content or now < waiting.since:
            self._waiting[name] = _Waiting(content, now)
            return False
        return now >= waiting.since + SETTLE


def _lines(watchlist: Watchlist) -> tuple[str, ...]:
    return tuple(query.text for query in watchlist.queries + watchlist.exclusions)


def _loss(current: Watchlist, new: Watchlist) -> str:
    """Return how a new version looks like an accident, or an empty text."""
    before, after = len(current.queries), len(new.queries)
    if before and not after:
        return "its file became empty"
    return f"{before - after} of {before} queries are gone" if after < before / 2 else ""


def _is_alike(old: Watchlist, new: Watchlist) -> bool:
    """Tell whether two lists are one: the same text, or the same @label and mostly its lines."""
    before, after = set(_lines(old)), set(_lines(new))
    if old.source == new.source:
        return bool(before)
    label = old.settings.label
    is_same_label = bool(label) and label == new.settings.label
    return is_same_label and 2 * len(before & after) > max(len(before), len(after))

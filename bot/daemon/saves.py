"""Writes down what changes in the watchlists, and posts who is told of it, in one transaction.

What is in the database decides: what another process, or this one before a restart, has written
down is not told again.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import structlog

from bot.errors import WatchlistError
from bot.store import (
    DatabaseTrouble,
    Store,
    Transaction,
    chats,
    feeds,
    memory,
    notices,
    subscriptions,
)
from bot.store import versions as kept
from bot.store.versions import Version
from bot.telegram.readings import is_noun
from bot.watch.among import Around, line_of
from bot.watch.check import warnings
from bot.watch.difference import Line, difference
from bot.watch.files import Event, Loaded, Removed, Renamed
from bot.watch.language import parse
from bot.watch.printing import describe, describe_exclusion
from bot.watch.watchlist import Watchlist
from bot.wording import LANGUAGES

log = structlog.get_logger()

TOGETHER = timedelta(minutes=10)
"""Saves of a list that follow each other as soon as that are told in one message."""
LONGEST = timedelta(hours=24)
"""But not for longer than that: Telegram lets a message be changed for 48 hours."""
MOST_LINES, MOST_SURPRISES = 10, 3
LONGEST_LINE, LONGEST_SAID = 100, 200
"""Code points that are kept of a line: less is shown."""


class _Told(NamedTuple):
    """What admins know of a list's latest saves."""

    notice_id: int | None
    """None: nothing yet."""
    before: int | None
    """The version before the first of them; None: there was none."""
    what: str
    old: str


class Saves:
    """Is told what happens to the watchlists, and writes it down."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        lists: Callable[[], Sequence[Watchlist]],
        *,
        tells: bool,
    ) -> None:
        """Begin.

        Args:
            store: the open store.
            now: the clock.
            lists: returns those in force.
            tells: whether anybody is told; see `begin_to_tell`.
        """
        self._store = store
        self._now = now
        self._lists = lists
        self._tells = tells

    def begin_to_tell(self) -> None:
        """From now on, tell what is written down."""
        self._tells = True

    async def __call__(self, event: Event) -> None:
        """Write an event down; where the database cannot be written, the log has it."""
        try:
            match event:
                case Loaded(name, source=source):
                    await self._loaded(name, source)
                case Removed(name):
                    async with self._store.write() as tx:
                        await self._removed(tx, name)
                case Renamed(old, new):
                    await self._renamed(old, new)
        except DatabaseTrouble:
            # What is in force is so all the same; after a restart it is news again.
            log.exception("watchlist.not_remembered", watchlist=event)

    async def _loaded(self, name: str, source: str) -> None:
        now = self._now()
        async with self._store.read() as connection:
            in_force = await kept.in_force(connection, name)
            latest = await kept.latest(connection, name)
            told = await self._told(connection, name) if in_force is not None else None
            before = await kept.get(connection, told.before) if told and told.before else None
            around = await self._around(connection)
        if in_force == source:
            return
        if told is None:
            what = "changed" if in_force is not None else "back" if latest else "added"
            told, before = _Told(None, None, what, ""), latest
        params: dict[str, Any] = {}
        if self._tells:
            params = await asyncio.to_thread(changed, name, before, source, around)
            is_undone = told.what == "changed" and before is not None and before.source == source
            params |= {"what": "undone" if is_undone else told.what, "old": told.old}
        async with self._store.write() as tx:
            if await kept.in_force(tx, name) != in_force:
                return  # another process was faster
            await memory.remember_watchlist(tx, name, source, now)
            if latest is not None and latest.source == source:
                version = latest.id
            else:
                version = await kept.keep(tx, name, source, now, before.id if before else None)
            if not self._tells:
                return
            await self._tell(tx, told, {**params, **_undo(version, source, before)})
            if in_force is None and latest is not None:
                await self._tell_subscribers(tx, "list_back", name, source)

    async def _removed(self, tx: Transaction, name: str) -> None:
        source, latest = await kept.in_force(tx, name), await kept.latest(tx, name)
        if source is None:
            return
        await memory.remember_watchlist(tx, name, None, self._now())
        admins = [chat.id for chat in await chats.admins(tx)]
        params = {"name": name, "undo": f"0:{latest.id}" if latest else ""}
        await notices.post(tx, admins, "list_removed", params, self._now())
        await self._tell_subscribers(tx, "list_paused", name, source)

    async def _renamed(self, old: str, new: str) -> None:
        async with self._store.read() as connection:
            before, after = await kept.latest(connection, old), await kept.latest(connection, new)
            if after is None or await kept.in_force(connection, old) is None:
                return
            told = await self._told(connection, new) or _Told(None, None, "", "")
            around = await self._around(connection)
        params = await asyncio.to_thread(changed, new, before, after.source, around)
        params |= {"what": "renamed", "old": old, **_undo(after.id, after.source, before)}
        async with self._store.write() as tx:
            await subscriptions.rename(tx, old, new)
            await kept.rename(tx, old, new)
            await memory.remember_watchlist(tx, old, None, self._now())
            await self._tell(tx, told, params)

    async def _around(self, tx: Transaction) -> Around:
        return Around(self._lists(), await feeds.listed(tx))

    async def _told(self, tx: Transaction, name: str) -> _Told | None:
        """Return what is told of saves of this list that were a moment ago."""
        now = self._now()
        for number, params in await notices.latest(tx, "list_saved", now - LONGEST):
            if params["name"] == name:
                is_fresh = now - datetime.fromisoformat(params["saved"]) <= TOGETHER
                what = "changed" if params["what"] == "undone" else params["what"]
                known = (params["before"], what, params["old"])
                return _Told(number, *known) if is_fresh else None
        return None

    async def _tell(self, tx: Transaction, told: _Told, params: Mapping[str, Any]) -> None:
        now = self._now()
        params = {**params, "saved": now.isoformat()}
        if told.notice_id is not None:
            await notices.amend(tx, told.notice_id, params, now)
            return
        admins = [chat.id for chat in await chats.admins(tx)]
        await notices.post(tx, admins, "list_saved", params, now)

    async def _tell_subscribers(self, tx: Transaction, key: str, name: str, source: str) -> None:
        """Tell who has a list on and may know of it; admins are told otherwise."""
        watchlist = _read(name, source)
        if watchlist is None:
            return
        wanted = await chats.subscribers(tx, [name])
        told = [
            chat.id
            for chat, _ in wanted
            if chat.served
            and not chat.admin
            and watchlist.is_shown(chat.address.chat_id, admin=False)
        ]
        await notices.post(tx, told, key, {"label": watchlist.label}, self._now())


def changed(name: str, before: Version | None, source: str, around: Around) -> dict[str, Any]:
    """Return what is told of a list that was saved: the values of the notice `list_saved`.

    Args:
        name: the list's.
        before: the version that it is compared with; None: all of it is new.
        source: its text.
        around: what there is beside it.
    """
    new = _read(name, source) or parse("", name, name)
    came, went = difference(_read(name, before.source) if before else None, new)
    lines = {line.query.line if line.query else line_of(new, line.setting) for line in came}
    if before is None:
        lines.add(0)  # what is about the list's name
    surprising = [each for each in warnings([new], is_noun, around) if each.line in lines]
    return {
        "name": name,
        "before": before.id if before else None,
        "came": len(came),
        "went": len(went),
        "added": [[_cut(line.text), _said(line)] for line in came[:MOST_LINES]],
        "removed": [_cut(line.text) for line in went[:MOST_LINES]],
        "surprises": [[each.line, each.what, each.remedy] for each in surprising[:MOST_SURPRISES]],
    }


def _undo(version: int, source: str, before: Version | None) -> Mapping[str, str]:
    """Return what a button carries: the version that is to be in force, and the one to restore.

    That is 0 where there was none: the list is new, and goes again.
    """
    if before is not None and before.source == source:
        return {"undo": ""}
    return {"undo": f"{version}:{before.id if before else 0}"}


def _said(line: Line) -> Mapping[str, str]:
    """Return in every language how a line was read."""
    if line.query is None:
        return {}
    said = {}
    for code, words in LANGUAGES.items():
        read = describe_exclusion if line.is_exclusion else describe
        said[code] = read(line.query, words.reading)[:LONGEST_SAID]
    return said


def _cut(text: str) -> str:
    return text[:LONGEST_LINE]


def _read(name: str, source: str) -> Watchlist | None:
    """Return a list as it was read; None: the language has changed since, and has it no more."""
    try:
        return parse(source, name, name)
    except WatchlistError:
        return None

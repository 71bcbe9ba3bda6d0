"""Compares what chats were told in a day with what they had to be told; knows nothing of the bot.

An article is told once at most: as an alert of its own, or as a line of a digest. Of an event at
least one article is told; copies of it may stand as a name under that alert, or count in that line.
What was read of the memory is judged here as well.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import Any

FIRST = timedelta(hours=1)
"""After so long the memory counts, for it has all that it needs by then."""
SPAN = timedelta(minutes=30)
"""So long it is looked at, after the first hour and before the end."""
GROWTH = 1.2
"""At most so many times as much is held at the end."""
_LINK = re.compile(r'href="([^"]+)"')
_DOUBT, _ALSO, _ITEM, _ALERT = "⚠️", "➕", "• ", "🔔"


@dataclass
class Told:
    """What was found; the faults must be empty."""

    alerts: int = 0
    """So many articles had to be told, each chat counted."""
    rung: int = 0
    """So many of these came as an alert of their own,"""
    collected: int = 0
    """as a line of a digest,"""
    joined: int = 0
    """and otherwise: as a name under that of their event, or counted in its line."""
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sample:
    """What was held at a moment, in MB."""

    at: datetime
    total: float
    daemon: float


@dataclass(frozen=True, slots=True)
class Memory:
    """What was held after the first hour, and at the end."""

    first: Sample
    last: Sample

    @property
    def faults(self) -> list[str]:
        """Return what is wrong with it: that it grew."""
        if self.last.total <= GROWTH * self.first.total:
            return []
        return [f"the memory grew from {self.first.total:.0f} to {self.last.total:.0f} MB"]


def judge_day(
    calls: Iterable[Mapping[str, Any]],
    must: Mapping[int, set[int]],
    numbers: Mapping[str, int],
    events: Mapping[int, int],
) -> Told:
    """Return what became of numbered articles.

    Args:
        calls: the sandbox's transcript.
        must: which chat must be told of which numbers.
        numbers: the number behind an article's address.
        events: of what article one is a copy, by their numbers.
    """
    rung, collected, joined = (_counters(must) for _ in range(3))
    told = Told()
    for chat, kind, url in _mentions(calls):
        place = {_ALERT: rung, _ITEM: collected, _ALSO: joined}.get(kind)
        if url not in numbers or place is None or chat not in must:
            told.faults.append(f"chat {chat} was sent {kind} {url}")
        else:
            place[chat][numbers[url]] += 1
    for chat, wanted in must.items():
        own = rung[chat] + collected[chat]
        told.alerts += len(wanted)
        told.rung += len(wanted & rung[chat].keys())
        told.collected += len(wanted & collected[chat].keys())
        told.joined += len(wanted - own.keys())
        known = own.keys() | joined[chat].keys()
        lost = {events.get(n, n) for n in wanted} - {events.get(n, n) for n in known}
        twice = sorted(number for number, times in own.items() if times > 1)
        told.faults += [f"chat {chat} was not told of {n}" for n in sorted(lost)]
        told.faults += [f"chat {chat} was told of {n} again" for n in twice]
        told.faults += [f"chat {chat} was told of {n} by mistake" for n in sorted(known - wanted)]
    return told


def numbers_told(
    calls: Iterable[Mapping[str, Any]], numbers: Mapping[str, int]
) -> set[tuple[int, int]]:
    """Return which chat was told of which number, in whatever way."""
    return {(chat, numbers[url]) for chat, _, url in _mentions(calls) if url in numbers}


def _counters(chats: Iterable[int]) -> dict[int, Counter[int]]:
    return {chat: Counter() for chat in chats}


def _mentions(calls: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, str, str]]:
    """Yield chat, kind and address of all that was told of an article, as far as it was taken."""
    for call in calls:
        method = str(call["method"]).lower()
        if method not in {"sendmessage", "editmessagetext"} or not call["result"].get("ok"):
            continue
        chat, lines = int(call["params"]["chat_id"]), str(call["params"]["text"]).split("\n")
        if method == "sendmessage" and lines[0].startswith(_ALERT):
            yield from ((chat, _ALERT, url) for url in _LINK.findall(lines[1])[:1])
        for line in lines:
            if line.startswith(_ITEM) and method == "editmessagetext":
                continue
            kind = next((kind for kind in (_DOUBT, _ALSO, _ITEM) if line.startswith(kind)), "")
            if kind:
                yield from ((chat, kind, url) for url in _LINK.findall(line))


def memory(samples: Sequence[Sample], begins: datetime) -> Memory:
    """Return what was held in the middle of the time after the first hour, and of the last."""
    first = begins + FIRST
    last = samples[-1].at
    return Memory(
        _middle([each for each in samples if first <= each.at <= first + SPAN]),
        _middle([each for each in samples if each.at >= last - SPAN]),
    )


def _middle(samples: Sequence[Sample]) -> Sample:
    total, daemon = (
        median(values) for values in zip(*((s.total, s.daemon) for s in samples), strict=True)
    )
    return Sample(samples[-1].at, total, daemon)

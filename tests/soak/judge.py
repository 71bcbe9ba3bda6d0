"""Compares what chats were told with what they must be told; knows the bot only from outside."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

_NAMED = re.compile(r"(?m)^⚠️ Vielleicht nicht angekommen: .*$")
_LINK = re.compile(r'href="([^"]+)"')


@dataclass
class Verdict:
    """What was found; all but the numbers must be empty."""

    alerts: int = 0
    """So many had to be told."""
    rung: int = 0
    """So many of these came as a message."""
    named: int = 0
    """So many were named in a "may not have arrived" line."""
    both: int = 0
    """So many of those had arrived in fact."""
    lost: list[str] = field(default_factory=list)
    doubles: list[str] = field(default_factory=list)
    unwanted: list[str] = field(default_factory=list)
    disorder: list[str] = field(default_factory=list)
    breaches: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    last: Counter[str] = field(default_factory=Counter)
    """How often what was the last that was seen of a life."""
    seconds: float = 0.0

    @property
    def is_good(self) -> bool:
        """Whether nothing was lost, told twice, or told to the wrong chat."""
        return not self.faults()

    def faults(self) -> list[str]:
        """Return all that is wrong."""
        found = (self.lost, self.doubles, self.unwanted, self.disorder, self.breaches, self.others)
        return [fault for kind in found for fault in kind]

    def table(self) -> str:
        """Return the figures, and then what is wrong."""
        figures = {
            "alerts": self.alerts,
            "arrived as a message": self.rung,
            "uncertain: named in a line": self.named,
            "of these arrived as well": self.both,
            "lost": len(self.lost),
            "doubles": len(self.doubles),
            "in the wrong chat": len(self.unwanted),
            "out of order": len(self.disorder),
            "breaches": len(self.breaches),
            "seconds": round(self.seconds),
        }
        lines = [f"{name:<28}{figure:>8}" for name, figure in figures.items()]
        lines += [f"killed after {what:<20}{times:>3}" for what, times in self.last.most_common()]
        return "\n".join([*lines, *self.faults()])


def judge(
    calls: Iterable[Mapping[str, Any]],
    must: Mapping[int, set[int]],
    numbers: Mapping[str, int],
) -> Verdict:
    """Return what became of numbered articles.

    Args:
        calls: those of `sendMessage` in the sandbox's transcript.
        must: which chat must be told of which numbers.
        numbers: the number behind an article's address.
    """
    rings: dict[int, Counter[int]] = {chat: Counter() for chat in must}
    lines: dict[int, set[int]] = {chat: set() for chat in must}
    verdict = Verdict()
    for entry in calls:
        if not entry["result"].get("ok"):
            continue
        chat, html = int(entry["params"]["chat_id"]), str(entry["params"]["text"])
        doubts = "".join(_NAMED.findall(html))
        lines[chat].update(numbers[url] for url in _LINK.findall(doubts))
        if html.startswith("🔔"):
            told = [url for url in _LINK.findall(html) if url in numbers]
            rings[chat][numbers[told[0]]] += 1
    for chat, wanted in must.items():
        rung, named = set(rings[chat]), lines[chat]
        verdict.alerts += len(wanted)
        verdict.rung += len(wanted & rung)
        verdict.named += len(wanted & named)
        verdict.both += len(wanted & rung & named)
        verdict.lost += [f"chat {chat} was not told of {n}" for n in sorted(wanted - rung - named)]
        twice = sorted(number for number, times in rings[chat].items() if times > 1)
        verdict.doubles += [f"chat {chat} was told of {number} again" for number in twice]
        strange = sorted((rung | named) - wanted)
        verdict.unwanted += [f"chat {chat} was told of {number}" for number in strange]
    return verdict

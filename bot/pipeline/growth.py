"""What a live ticker has that it had not before: its new paragraphs, with their places in it."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import Match, Span


@dataclass(frozen=True, slots=True)
class Growth:
    """New paragraphs of a text, joined to a text of their own."""

    text: str
    starts: tuple[tuple[int, int], ...]
    """Where each begins: in this text, and in the whole one."""

    def placed(self, matches: Sequence[Match]) -> tuple[Match, ...]:
        """Return matches of this text with their places in the whole one."""
        return tuple(
            match._replace(spans=tuple(map(self._moved, match.spans))) for match in matches
        )

    def _moved(self, span: Span) -> Span:
        if span.field == "title":
            return span
        begins, stands = self.starts[bisect_right(self.starts, span.start, key=_here) - 1]
        by = stands - begins
        return span._replace(start=span.start + by, end=span.end + by)


def _here(start: tuple[int, int]) -> int:
    return start[0]


def growth(before: str, text: str) -> Growth:
    """Return what a text has in paragraphs, one a line, that it did not have before."""
    known = set(map(str.strip, before.split("\n")))
    pieces: list[str] = []
    starts: list[tuple[int, int]] = []
    length = stands = 0
    for line in text.split("\n"):
        if line.strip() and line.strip() not in known:
            pieces.append(line)
            starts.append((length, stands))
            length += len(line) + 1
        stands += len(line) + 1
    return Growth("\n".join(pieces), tuple(starts))

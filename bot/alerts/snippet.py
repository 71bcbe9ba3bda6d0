"""Chooses the passages of an article that show why it matched."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.alerts.html import Piece, pieces, render, trimmed
from bot.model import Article, Match, Span

# Two or three lines on a phone for each passage, and never more than fits beside the rest of an
# alert below Telegram's limits (see `bot.alerts.compose`).
BEFORE, PLACE, AFTER = 90, 60, 170
PASSAGES = 3
BOLD = 20
NO_MATCH = 220
GAP = " … "

# A line's end is one as well: headings have no full stop.
_SENTENCE_END = re.compile(r"[.!?…][\"“”»«]?\s+(?=[\"„“»«]?[^\W\d_a-zäöüß])|\n\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the text: code points, `end` exclusive."""

    start: int
    end: int


def snippet(article: Article, matches: Sequence[Match]) -> str:
    """Return passages of the text as HTML, the matched words bold: see `passages`."""
    return render(passages(article, matches))


def passages(article: Article, matches: Sequence[Match]) -> list[Piece]:
    """Return passages of the text, the matched words bold.

    Every watchlist that matched in the text is shown by its first place; an article that matched
    by its title only shows how it begins.
    """
    found = [[s for s in match.spans if s.field == "text"] for match in matches]
    firsts = _first_of_each_list(matches, found)
    if not firsts:
        opening = _around(article.text, 0, min(NO_MATCH, len(article.text)))
        begins = " ".join(article.text[opening.start : opening.end].split())
        return [Piece(begins + ("…" if opening.end < len(article.text) else ""))]
    chosen = _merge([_about(article.text, span) for span in firsts])
    spans = [span for group in found for span in group]
    parts = [_shown(article.text, passage, spans) for passage in chosen]
    shown = [Piece("… ")] if chosen[0].start > 0 else []
    for number, part in enumerate(parts):
        shown += [Piece(GAP), *part] if number else part
    return [*shown, Piece(" …")] if chosen[-1].end < len(article.text) else shown


def _first_of_each_list(
    matches: Sequence[Match], found: Sequence[Sequence[Span]]
) -> Sequence[Span]:
    firsts: dict[str, Span] = {}
    for match, spans in zip(matches, found, strict=True):
        for span in spans[:1]:
            known = firsts.get(match.watchlist, span)
            firsts[match.watchlist] = min(known, span, key=lambda s: s.start)
    return sorted(firsts.values(), key=lambda span: span.start)[:PASSAGES]


def _about(text: str, span: Span) -> Passage:
    return _around(text, span.start - BEFORE, min(span.end, span.start + PLACE) + AFTER)


def _shown(text: str, passage: Passage, spans: Sequence[Span]) -> list[Piece]:
    # Many lists may have found the same word: it counts once.
    found = {(s.start, s.end): s for s in spans if s.start < passage.end and s.end > passage.start}
    bold = [span for _, span in sorted(found.items())][:BOLD]
    return trimmed(pieces(text, passage.start, passage.end, bold))


def _around(text: str, start: int, end: int) -> Passage:
    """Widen or narrow a stretch to the ends of sentences where near, else of words."""
    first, last = max(0, start), min(len(text), end)
    if first > 0:
        ends = [m.end() for m in _SENTENCE_END.finditer(text, first, first + BEFORE)]
        first = ends[0] if ends else _word_start(text, first)
    if last < len(text):
        ends = [m.end() for m in _SENTENCE_END.finditer(text, max(first, last - AFTER // 2), last)]
        last = ends[-1] if ends else _word_end(text, last)
    return Passage(first, last)


def _word_start(text: str, place: int) -> int:
    space = re.compile(r"\s+").search(text, place, place + 40)
    return space.end() if space else place


def _word_end(text: str, place: int) -> int:
    before = text.rfind(" ", max(0, place - 40), place)
    return before if before > 0 else place


def _merge(passages: Sequence[Passage]) -> list[Passage]:
    merged: list[Passage] = []
    for passage in sorted(passages, key=lambda p: p.start):
        if merged and passage.start <= merged[-1].end + len(GAP):
            merged[-1] = Passage(merged[-1].start, max(merged[-1].end, passage.end))
        else:
            merged.append(passage)
    return merged

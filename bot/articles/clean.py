"""Takes out of an article's text what news pages leave in: prompts, teasers, credits, bylines.

A line goes for where it stands on its page (`bot.articles.boxes`), for what it says
(`bot.articles.phrases`), for being the headline once more, or for being no part of the article's
body as the publisher writes it for search engines. What is not known as such stays: a line too many
does less harm than a lost paragraph. Where hardly anything would be left, nothing is taken out. And
the lead comes in where it is missing (`bot.articles.lead`).
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from bot.articles import phrases
from bot.articles.boxes import beside
from bot.articles.dom import Element
from bot.articles.layout import Block, layout
from bot.articles.lead import missing_lead

LEAST_LEFT = 0.4
"""A text that would lose more than the rest is no article with additions."""
COVERED = 0.75
"""The share of a text that a body must contain to be the body of this article."""
_MOST_LOOSE = 5
_KICKER = 35
_PARAGRAPH = 200
_LEAD = 60
_MOST_LINES, _LONGEST_BODY = 2_000, 400_000
"""So much of a page is looked at; no page that is an article comes near."""
_SENTENCE_END = re.compile(r"[.!?…:]['\"”“»«’)\]]*$")
_BULLET = re.compile(r"^[-–—•·*▶►➤>»→⇒➜]+\s+")
_RULER = re.compile(r"[\W_]*")
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Marks:
    """What a page itself tells about its lines."""

    title: str = ""
    body: str = ""
    """The letters of the longest `articleBody` in its JSON-LD."""
    beside: frozenset[int] = frozenset()
    """The numbers of the lines that stand in a box beside the article."""
    lead: str = ""
    """What the text lacks."""


def marks(
    tree: Element,
    page: Sequence[Block],
    text: str,
    title: str,
    linked: Iterable[str] = (),
) -> Marks:
    """Read off a page what tells its lines apart; the tree stays as it is.

    Args:
        tree: the page, as lxml has it.
        page: its blocks.
        text: what was extracted from it; nothing else is looked for.
        title: its title.
        linked: its JSON-LD, as written.
    """
    lines = text.splitlines()
    found = layout(page, lines)
    return Marks(
        _words(title),
        max((_letters(body) for block in linked for body in _bodies(block)), key=len, default=""),
        beside(found, lines),
        missing_lead(tree, found, text),
    )


def cleaned(text: str, page: Marks) -> str:
    """Return the text without the lines that are not the article's own.

    Args:
        text: a paragraph a line, as extracted.
        page: what its page tells about the lines.
    """
    lines = text.splitlines()
    bare = [_bare(line) for line in lines]
    rulers = {at for at, line in enumerate(lines) if _RULER.fullmatch(line)}
    gone = {at for at, line in enumerate(bare) if at in page.beside or _goes(line, at, page)}
    gone |= rulers | _repeated(bare)
    gone |= _teased(lines, bare, gone)
    gone |= _outside(bare, gone, page.body)
    gone |= _loose_ends(lines, bare, gone)
    kept = [line for at, line in enumerate(lines) if at not in gone]
    if sum(map(len, kept)) < LEAST_LEFT * sum(map(len, lines)):
        kept = [line for at, line in enumerate(lines) if at not in rulers]
    return "\n".join([page.lead, *kept] if page.lead else kept)


def _bare(line: str) -> str:
    return _BULLET.sub("", _words(line))


def _words(text: str) -> str:
    return " ".join(text.split())


def _letters(text: str) -> str:
    return _NO_WORD.sub("", re.sub(r"<[^>]{1,200}>", " ", text[:_LONGEST_BODY]))


def _bodies(block: str) -> Iterator[str]:
    if '"articleBody"' not in block:
        return
    try:
        pending = [json.loads(block, strict=False)]
    except (ValueError, RecursionError):
        return
    while pending:
        found = pending.pop()
        if isinstance(found, dict):
            pending += found.values()
            body = found.get("articleBody")
            if isinstance(body, str):
                yield body
        elif isinstance(found, list):
            pending += found


def _goes(line: str, at: int, page: Marks) -> bool:
    return (at < 3 and line == page.title) or phrases.is_addition(line)


def _repeated(bare: Sequence[str]) -> set[int]:
    """Return the paragraphs that were there before, for another size of screen or as a quote."""
    seen: set[str] = set()
    again: set[int] = set()
    for at, line in enumerate(bare):
        if len(line) >= _LEAD and line in seen:
            again.add(at)
        seen.add(line)
    return again


def _teased(lines: Sequence[str], bare: Sequence[str], gone: set[int]) -> set[int]:
    """Return the lines that belong to a heading such as "Lesen Sie auch"."""
    found: set[int] = set()
    half, above = sum(map(len, bare)) / 2, 0
    for at, line in enumerate(bare):
        above += len(line)
        if not phrases.is_teaser_heading(line):
            continue
        rest = range(at + 1, len(bare))
        if above > half and not any(_is_paragraph(bare[n]) and n not in gone for n in rest):
            return found | {at, *rest}
        found.add(at)
        for n in rest:
            listed = lines[n].lstrip().startswith("- ") and not _SENTENCE_END.search(bare[n])
            if not (listed or n in gone):
                break
            found.add(n)
    return found


def _is_paragraph(line: str) -> bool:
    return len(line) >= _PARAGRAPH and bool(_SENTENCE_END.search(line))


def _outside(bare: Sequence[str], gone: set[int], body: str) -> set[int]:
    """Return the lines before and after the article's body, except its lead."""
    if not body or len(bare) > _MOST_LINES:
        return set()
    left = [at for at in range(len(bare)) if at not in gone]
    inside = [at for at in left if (_letters(bare[at]) in body)]
    if not inside or sum(len(bare[at]) for at in inside) < COVERED * sum(
        len(bare[at]) for at in left
    ):
        return set()
    first, last = inside[0], inside[-1]
    lead = {at for at in left if at < first and len(bare[at]) >= _LEAD and _is_sentence(bare[at])}
    return {at for at in left if not first <= at <= last} - lead


def _is_sentence(line: str) -> bool:
    return bool(_SENTENCE_END.search(line))


def _loose_ends(lines: Sequence[str], bare: Sequence[str], gone: set[int]) -> set[int]:
    """Return the few words above the first paragraph and below the last: section, name, place."""
    left = [at for at in range(len(bare)) if at not in gone]
    loose = {at for at in range(len(bare)) if _is_loose(lines[at], bare[at])}
    above = [at for at in takewhile(loose.__contains__, left) if len(bare[at]) < _KICKER]
    below = list(takewhile(loose.__contains__, reversed(left)))
    return {at for end in (above, below) if len(end) <= _MOST_LOOSE for at in end}


def _is_loose(line: str, bare: str) -> bool:
    listed = line.lstrip().startswith(("- ", "|"))
    return len(bare) < _LEAD and not listed and not _is_sentence(bare)

"""Takes out of an article's text what news pages leave in: prompts, teasers, credits, bylines.

A line goes for what it says (`bot.articles.phrases`), or for what the page shows it to be: nothing
but a link, a picture's caption, the headline once more, or no part of the article's body as the
publisher writes it for search engines. What is not known as such stays: a line too many does less
harm than a lost paragraph. Where hardly anything would be left, nothing is taken out.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml import etree

from bot.articles import phrases

LEAST_LEFT = 0.4
"""A text that would lose more than the rest is no article with additions."""
COVERED = 0.75
"""The share of a text that a body must contain to be the body of this article."""
_LINK = 20
"""A link of fewer characters may be a name or a word that is a paragraph of its own."""
_PARAGRAPH = 200
_LEAD = 60
_CAPTION = 12
_MOST_LINKS, _MOST_CAPTIONS, _MOST_LINES, _LONGEST_BODY = 3_000, 300, 2_000, 400_000
"""So much of a page is looked at; no page that is an article comes near."""
_SENTENCE_END = re.compile(r"[.!?…:]['\"”“»«’)\]]*$")
_BULLET = re.compile(r"^[-–—•·*▶►➤>»→⇒➜]+\s+")
_RULER = re.compile(r"[\W_]*")
_NO_WORD = re.compile(r"[\W_]+")
_CAPTIONS = etree.XPath(
    "//figcaption|//*[@class][contains(@class,'aption') or contains(@class,'credit')"
    " or contains(@class,'bildunterschrift')]"
)
_INLINE = frozenset({"a", "b", "em", "font", "i", "span", "strong", "u"})


@dataclass(frozen=True, slots=True)
class Marks:
    """What a page itself tells about its lines."""

    title: str = ""
    links: frozenset[str] = frozenset()
    """Blocks that are one link."""
    captions: tuple[str, ...] = ()
    body: str = ""
    """The letters of the longest `articleBody` in its JSON-LD."""


def marks(tree: Any, text: str, title: str, blocks: Iterable[str] = ()) -> Marks:  # noqa: ANN401
    """Read off a page what tells its lines apart; the tree stays as it is.

    Args:
        tree: the page, as lxml has it.
        text: what was extracted from it; nothing else is looked for.
        title: its title.
        blocks: its JSON-LD, as written.
    """
    lines = {bare for line in text.splitlines() if len(bare := _bare(line)) >= _LINK}
    links = ((_written(link), link) for link in islice(tree.iter("a"), _MOST_LINKS))
    captions = map(_written, _CAPTIONS(tree)[:_MOST_CAPTIONS])
    return Marks(
        _words(title),
        frozenset(text for text, link in links if text in lines and _leads_away(link)),
        tuple({caption for caption in captions if len(caption) >= _CAPTION}),
        max((_letters(body) for block in blocks for body in _bodies(block)), key=len, default=""),
    )


def cleaned(text: str, page: Marks) -> str:
    """Return the text without the lines that are not the article's own.

    Args:
        text: a paragraph a line, as extracted.
        page: what its page tells about the lines.
    """
    lines = [line for line in text.splitlines() if not _RULER.fullmatch(line)]
    bare = [_bare(line) for line in lines]
    gone = {at for at, line in enumerate(bare) if _goes(line, at, page)}
    gone |= _teased(lines, bare, gone)
    gone |= _outside(bare, gone, page.body)
    kept = [line for at, line in enumerate(lines) if at not in gone]
    if sum(map(len, kept)) < LEAST_LEFT * sum(map(len, lines)):
        kept = lines
    return "\n".join(kept)


def _bare(line: str) -> str:
    return _BULLET.sub("", _words(line))


def _written(node: Any) -> str:  # noqa: ANN401 - lxml has no types
    return _words("".join(node.itertext()) if len(node) else node.text or "")


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


def _leads_away(link: Any) -> bool:  # noqa: ANN401 - lxml has no types
    """Tell whether a link fills the block it is in, and leads to another page."""
    target = link.get("href") or "#"
    return not target.startswith("#") and _is_alone(link)


def _is_alone(node: Any) -> bool:  # noqa: ANN401 - lxml has no types
    while True:
        parent, before, after = node.getparent(), node.getprevious(), node.getnext()
        if parent is None or (node.tail or "").strip():
            return parent is None
        said = parent.text if before is None else before.tail
        if (said or "").strip() or any(
            beside is not None and beside.tag in _INLINE and (beside.text or "").strip()
            for beside in (before, after)
        ):
            return False
        if parent.tag not in _INLINE:
            return True
        node = parent


def _goes(line: str, at: int, page: Marks) -> bool:
    if (at < 3 and line == page.title) or line in page.links:
        return True
    if len(line) >= _CAPTION and any(
        caption.startswith(line) or caption.endswith(line) or line.startswith(caption)
        for caption in page.captions
    ):
        return True
    return phrases.is_addition(line)


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

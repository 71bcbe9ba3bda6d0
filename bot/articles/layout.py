"""Where on its page a line of an article stands: in the article's body, or in a box beside it.

A page is read once, into its blocks: runs of text that only inline elements interrupt. The lines of
an extracted text are found among them by their letters. So the page tells of a line what the text
does not: what it is in, what that is called, and how much of it is links.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from bot.articles.dom import Element

_MOST_EVENTS, _MOST_LINES, _DEEPEST = 150_000, 2_000, 60
"""So much of a page is looked at; no page that is an article comes near."""
_HELD = 0.75
"""The share of a text that its body holds at least; with less, it ends within the article."""
_LINES = 2
"""So many lines a body has at least: one long paragraph is none."""
_AROUND = 3
"""So many elements up another piece of a body is looked for."""
_FOUND = 0.5
"""The share of a text that must be found on its page to tell what its body is."""
_ANCHOR = 40
"""A line of fewer characters may stand in several places of a page."""
_LISTED, _LIST, _LINK = 0.9, 60, 200
"""The share of links in a list of them, its least characters, and the most of them a link. A link
that was never closed has a whole article in it."""
_PARAGRAPH, _PROSE = 80, 0.4
"""The least characters of a paragraph, and the most of it that is links."""
_BREAKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "button", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "label", "li", "main", "nav", "ol", "option", "p", "picture", "pre",
    "section", "select", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    "video", "audio",
})  # fmt: skip
_LISTS = frozenset({"div", "dl", "header", "ol", "section", "table", "ul"})
_SILENT = frozenset({"head", "noscript", "script", "style", "svg", "template"})
_NO_WORD = re.compile(r"[\W_]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NAME = re.compile(r"(?<![a-z0-9])[a-z]+(?![a-z0-9])")
_LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text on a page."""

    text: str
    node: Element
    linked: int
    """How many characters of it lead to other pages."""
    letters: str

    @property
    def share(self) -> float:
        """How much of it leads to other pages."""
        return self.linked / len(self.text)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page is made of."""

    blocks: Sequence[Block] = ()
    lists: Sequence[Element] = ()
    """Elements that are hardly more than links to other pages, none of them in another."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A page's blocks, and which of them are the lines of an extracted text."""

    page: Sequence[Block]
    at: Sequence[int | None]
    """For each line the number of its block, if it was found."""
    held: Mapping[Element, int]
    """How many characters of the text each element holds."""
    total: int
    body: Element
    """The innermost element that holds most of the text; None where too little of it was found."""
    inside: frozenset[int]
    """The numbers of the lines' blocks that are in the body."""


def read(tree: Element) -> Page:
    """Read a page; its tree stays as it is."""
    reader = _Reader(tree)
    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in islice(walk, _MOST_EVENTS):
        if event == "start":
            reader.start(element)
        elif event == "end":
            reader.end(element)
        else:
            reader.say(element.tail)
    return Page(reader.blocks, reader.lists)


def layout(page: Sequence[Block], lines: Sequence[str]) -> Layout:
    """Find the lines of a text among its page's blocks."""
    at = _places(page, lines[:_MOST_LINES])
    found = [number for number in at if number is not None]
    above = {node: tuple(ancestors(node)) for node in {page[number].node for number in found}}
    held: Counter[Element] = Counter()
    lines_in: Counter[Element] = Counter()
    for number in found:
        for node in above[page[number].node]:
            held[node] += len(page[number].text)
            lines_in[node] += 1
    total = sum(len(page[number].text) for number in found)
    if total < _FOUND * sum(map(len, lines)):
        return Layout(page, at, held, total, None, frozenset())
    # Those that hold enough are one line of ancestors: the longest is the innermost's.
    body = max(
        (
            node
            for node, characters in held.items()
            if characters >= _HELD * total and lines_in[node] >= min(len(found), _LINES)
        ),
        key=lambda node: sum(1 for _ in ancestors(node)),
        default=None,
    )
    body = _with_others_alike(body, held)
    inside = frozenset(number for number in found if body in above[page[number].node])
    return Layout(page, at, held, total, body, inside)


def left_out(page: Sequence[Block], text: str) -> int:
    """Return how many characters the longest row of paragraphs has that a text lacks."""
    known = letters(text)
    rows: dict[Element, int] = {}
    for block in page:
        if len(block.text) < _PARAGRAPH or block.share > _PROSE or block.letters in known:
            continue
        row = block.node.getparent() if block.node.tag in {"li", "p"} else block.node
        rows[row] = rows.get(row, 0) + len(block.text)
    return max(rows.values(), default=0)


def letters(text: str) -> str:
    """Return what a text is recognised by, however its markup was read."""
    return _NO_WORD.sub("", text)


def ancestors(node: Element, until: Element = None) -> Iterator[Element]:
    """Go up from an element to another, which is left out, or to the page's own."""
    for _ in range(_DEEPEST):
        if node is None or node is until:
            return
        yield node
        node = node.getparent()


def names(node: Element) -> frozenset[str]:
    """Return the words of an element's class, id and role: "mediaInfo" is media and info."""
    written = f"{node.get('class') or ''} {node.get('id') or ''} {node.get('role') or ''}"
    return frozenset(_NAME.findall(_HUMP.sub("-", written[:_LONGEST_NAME]).lower()))


def _places(page: Sequence[Block], lines: Sequence[str]) -> list[int | None]:
    """Find each line; of several places, as with a table of contents, the last above the next's."""
    where: dict[str, list[int]] = {}
    for at, block in enumerate(page):
        where.setdefault(block.letters, []).append(at)
    found: list[int | None] = []
    following = len(page)
    for line in reversed(lines):
        known = where.get(letters(line))
        if not known:
            found.append(None)
            continue
        at = known[max(0, bisect_left(known, following) - 1)]
        found.append(at)
        if len(line) >= _ANCHOR:
            following = at
    return found[::-1]


def _with_others_alike(body: Element, held: Mapping[Element, int]) -> Element:
    """Return the element around a body that stands in several pieces, as between advertisements."""
    for node in list(islice(ancestors(body), _AROUND)):
        parent = node.getparent()
        if parent is not None and any(
            other is not node
            and held.get(other, 0) >= _PARAGRAPH
            and other.tag == node.tag
            and other.get("class", "") == node.get("class")
            for other in parent
        ):
            body = parent
    return body


class _Reader:
    """Puts a page's text together, as its elements begin and end."""

    def __init__(self, tree: Element) -> None:
        self.blocks: list[Block] = []
        self.lists: list[Element] = []
        self._node = tree
        self._pieces: list[str] = []
        self._text = self._linked = self._linked_before = 0
        self._links = self._silent = 0
        self._anchors = 0
        self._open: list[tuple[int, int, int, int]] = []

    def start(self, element: Element) -> None:
        tag = element.tag
        if tag in _BREAKS:
            self._break(element.getparent() if tag == "br" else element)
            if tag in _LISTS:
                self._open.append((self._text, self._linked, self._anchors, len(self.lists)))
        elif tag == "a":
            self._links += _leads_away(element)
            self._anchors += 1
        elif tag in _SILENT:
            self._silent += 1
        self.say(element.text)

    def end(self, element: Element) -> None:
        tag = element.tag
        if tag in _BREAKS:
            self._break(element.getparent())
            if tag in _LISTS and self._open:
                text, linked, anchors, lists = self._open.pop()
                text = self._text - text
                if (
                    _LIST <= text <= _LINK * (self._anchors - anchors)
                    and self._linked - linked >= _LISTED * text
                ):
                    self.lists[lists:] = [element]
        elif tag == "a":
            self._links -= _leads_away(element)
        elif tag in _SILENT:
            self._silent -= 1
        self.say(element.tail)

    def say(self, said: str | None) -> None:
        if not said or self._silent:
            return
        if said.isspace():  # most of what stands between elements
            if self._pieces:
                self._pieces.append(" ")
            return
        self._pieces.append(said)
        length = len(said.strip())
        self._text += length
        if self._links:
            self._linked += length

    def _break(self, node: Element) -> None:
        if self._pieces:
            text = " ".join("".join(self._pieces).split())
            linked = min(len(text), self._linked - self._linked_before)
            self.blocks.append(Block(text, self._node, linked, letters(text)))
            self._pieces.clear()
            self._linked_before = self._linked
        self._node = node


def _leads_away(link: Element) -> bool:
    return not (link.get("href") or "#").startswith("#")

"""Which lines of an extracted text stand in a box beside the article.

The article's body is the element that holds most of the text. What stands elsewhere, in an element
that is named as a box, or is little more than links, is not the article's. A box is small: no
element with much of the text is one, whatever its name.
"""

import re
from collections.abc import Sequence
from itertools import islice

from bot.articles.layout import Block, Layout, ancestors, names

_MOST_OF_ONE, _MOST_OF_ALL = 0.5, 0.5
"""The shares of a text from which an element is no box, and all that are named so are none."""
_LEAD, _LINK, _HEADING, _PARAGRAPH, _PICTURE, _CAPTION = 40, 20, 80, 60, 200, 300
_ONLY_LINKS, _MOSTLY_LINKS, _LIST = 0.95, 0.75, 0.6
_BELOW = 30
"""So many blocks below a heading tell what it is the heading of."""
_SENTENCE_END = re.compile(r"[.!?…:]['\"”“»«’)\]]*$")
_TAGS = frozenset({"aside", "button", "figcaption", "figure", "footer", "form", "nav"})
_BOXES = frozenset({
    "ads", "advert", "advertisement", "advertorial", "anzeige", "author", "authors", "autor",
    "autoren", "autorin", "bio", "biography", "breadcrumb", "breadcrumbs", "byline", "comment",
    "comments", "disclaimer", "disqus", "donate", "donation", "embed", "embedded", "empfehlung",
    "empfehlungen", "factbox", "infobox", "infokasten", "keywords", "kommentar", "kommentare",
    "linklist", "login", "menu", "navigation", "newsletter", "options", "outbrain", "pager",
    "pagination", "poll", "promo", "promobox", "recommendation", "recommendations", "recommended",
    "register", "related", "share", "shariff", "sharing", "sidebar", "signup", "spende",
    "spenden", "sponsored", "subscribe", "subscription", "taboola", "taglist", "tags",
    "teaserlist", "umfrage", "useroptions", "vote", "voting", "werbung",
})  # fmt: skip
_TEASERS = frozenset({"teaser", "teasers"})
"""Boxes after the first paragraph; before it, the lead is called so, too."""
_CAPTIONS = frozenset({"bildunterschrift", "caption", "captions", "copyright", "credit", "credits"})
_PICTURES = frozenset({
    "audio", "bild", "figure", "foto", "galerie", "gallery", "image", "images", "img", "media",
    "photo", "picture", "player", "slideshow", "video",
})  # fmt: skip
_TEXTS = frozenset({"body", "content", "copy", "paragraph", "richtext", "text", "wysiwyg"})


def beside(found: Layout, lines: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the lines that are not in the article.

    Args:
        found: where on the page the lines are.
        lines: the same lines.
    """
    if not found.inside:
        return frozenset()
    inside = [number in found.inside for number in found.at]
    first = inside.index(True)
    gone: set[int] = set()
    boxed: set[int] = set()
    boxes = _BOXES
    for at, number in enumerate(found.at):
        if number is None:
            continue
        block = found.page[number]
        if _is_link(block) or (not inside[at] and (at > first or not _may_be_lead(block))):
            gone.add(at)
        elif inside[at] and _in_box(block, found, boxes):
            boxed.add(at)
        elif inside[at] and len(block.text) >= _PARAGRAPH:
            boxes = _BOXES | _TEASERS
    if sum(len(lines[at]) for at in boxed) <= _MOST_OF_ALL * sum(map(len, lines)):
        gone |= boxed
    return frozenset(gone | _headings_of_links(found, gone))


def _may_be_lead(block: Block) -> bool:
    return (
        len(block.text) >= _LEAD
        and bool(_SENTENCE_END.search(block.text))
        and not any(
            node.tag == "figure" or names(node) & {"bildunterschrift", "caption"}
            for node in islice(ancestors(block.node), 3)
        )
    )


def _is_link(block: Block) -> bool:
    return _LINK <= len(block.text) <= _CAPTION and (
        block.share >= _ONLY_LINKS
        or (block.share >= _MOSTLY_LINKS and not _SENTENCE_END.search(block.text))
    )


def _in_box(block: Block, found: Layout, boxes: frozenset[str]) -> bool:
    called: set[str] = set()
    for node in ancestors(block.node, found.body):
        if found.held.get(node, 0) > _MOST_OF_ONE * found.total:
            break
        named = names(node)
        if node.tag in _TAGS or named & boxes:
            return True
        called |= named
    if called & _CAPTIONS:
        return len(block.text) <= _CAPTION
    return len(block.text) <= _PICTURE and bool(called & _PICTURES) and not called & _TEXTS


def _headings_of_links(found: Layout, gone: set[int]) -> set[int]:
    """Return the headings under which the page has links, and the text nothing."""
    headings: set[int] = set()
    last = len(found.page)
    for at in range(len(found.at) - 1, -1, -1):
        number = found.at[at]
        if number is None or at in gone:
            continue
        below = found.page[number + 1 : min(last, number + 1 + _BELOW)]
        linked = sum(block.linked for block in below)
        if (
            linked
            and _is_heading(found.page[number])
            and linked >= _LIST * sum(len(block.text) for block in below)
        ):
            headings.add(at)
        else:
            last = number
    return headings


def _is_heading(block: Block) -> bool:
    if len(block.text) > _HEADING:
        return False
    return block.text.endswith(":") or block.node.tag in {"h2", "h3", "h4", "h5", "h6"}

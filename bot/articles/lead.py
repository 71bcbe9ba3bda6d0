"""The lead of an article, where the extracted text lacks it.

Many pages have it above their body, in a header with the headline, the date and the author. It is
known by what it is called, or by being what the page says of itself.
"""

import re
from itertools import islice

from lxml import etree

from bot.articles.dom import Element
from bot.articles.layout import Block, Layout, ancestors, letters, names
from bot.articles.phrases import is_addition

_LEAST, _PARAGRAPH, _SAME = 50, 60, 40
_ABOVE = 80
"""So many blocks above the first paragraph are looked at."""
_MOST = 2
_LINKED = 0.3
"""The share of links that a lead may have."""
_SENTENCE_END = re.compile(r"[.!?…:]['\"”“»«’)\]]*$")
_DESCRIPTIONS = etree.XPath(
    '//meta[@property="og:description" or @name="description" or @name="twitter:description"]'
    "/@content"
)
_LEADS = frozenset({
    "abstr", "abstract", "anleser", "anriss", "chapo", "deck", "dek", "description", "einleitung",
    "excerpt", "intro", "introduction", "introtext", "lead", "leadin", "leadtext", "lede",
    "opener", "preamble", "preview", "standfirst", "subhead", "subheadline", "subline",
    "subtitle", "summary", "teaser", "teasertext", "vorspann",
})  # fmt: skip
_OTHERS = frozenset({
    "author", "autor", "autoren", "bildunterschrift", "caption", "captions", "comment",
    "comments", "copyright", "credit", "figure", "image", "menu", "nav", "newsletter", "related",
    "share", "sidebar",
})  # fmt: skip
_TAGS = frozenset({"a", "aside", "figcaption", "figure", "footer", "form", "h1", "nav"})


def missing_lead(tree: Element, found: Layout, text: str) -> str:
    """Return the lead that stands above a text on its page; "" where it has one, or none is known.

    Args:
        tree: the page.
        found: where on it the text's lines are.
        text: what was extracted.
    """
    paragraphs = (at for at in found.inside if len(found.page[at].text) >= _PARAGRAPH)
    first = min(paragraphs, default=0)
    if not first:
        return ""
    known = letters(text)
    said = [letters(description[:200])[:_SAME] for description in _DESCRIPTIONS(tree)[:5]]
    said = [start for start in said if len(start) == _SAME]
    leads: list[str] = []
    below_headline = False
    for block in found.page[max(0, first - _ABOVE) : first]:
        below_headline = below_headline or _is_headline(block)
        if len(block.text) < _LEAST or block.share > _LINKED or block.letters in known:
            continue
        if block.letters.startswith(tuple(said)) or (below_headline and _is_called_lead(block)):
            leads.append(block.text)
    leads = [lead for lead in dict.fromkeys(leads) if not is_addition(lead)]
    return "\n".join(leads[:_MOST])


def _is_headline(block: Block) -> bool:
    return any(node.tag == "h1" for node in islice(ancestors(block.node), 4))


def _is_called_lead(block: Block) -> bool:
    above = list(islice(ancestors(block.node), 4))
    called = [names(node) for node in above]
    return (
        bool(_SENTENCE_END.search(block.text))
        and any(words & _LEADS for words in called)
        and not any(words & _OTHERS for words in called[:3])
        and not any(node.tag in _TAGS for node in above)
    )

"""A page's article: title and text without what surrounds them. The only door to trafilatura.

Fast mode: after our own cleaning it is as good as the others (tests/bench/extraction.py). Standard
mode where the page has more to read than came out, since fast mode sometimes misses the whole
article, such as one that only a script shows. No metadata, which would double the time; no
`deduplicate`, which remembers other pages and empties some. trafilatura crashes in threads and has
no timeout, so it runs in a worker.
"""

import re
from dataclasses import dataclass

from bot.articles import layout
from bot.articles.charset import decoded
from bot.articles.clean import cleaned, marks
from bot.articles.dom import Element
from bot.articles.paywall import paywalled
from bot.articles.reserved import page_reserves
from bot.articles.walls import is_gone, is_wall_text
from bot.errors import NotAnArticle
from bot.feeds.plain import MAX_TEXT, MAX_TITLE, clean

_TITLES = (
    '//meta[@property="og:title" or @name="og:title"]/@content',
    "//h1",
    "//title",
)
# What trafilatura copies several times only to leave it out: without it the same text comes in four
# fifths of the time. And what an AMP page asks its reader.
_UNREAD = (
    "amp-consent",
    "button",
    "dialog",
    "footer",
    "iframe",
    "nav",
    "script",
    "select",
    "style",
    "svg",
    "template",
)
_FILMS = re.compile(r'"(?:Video|Audio)Object"|"(?:Podcast|Radio|TV)Episode"')
_ARTICLES = re.compile(r'"(?:\w{0,40}Article|\w{0,40}BlogPosting|Report)"')
_FILM_TEXT = 800
"""Characters from which a page with a film on top is an article all the same."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a page says."""

    title: str
    """May be empty."""
    text: str
    """A paragraph a line."""
    language: str | None
    """As the page declares it, such as "de"."""
    paywalled: bool
    """The publisher says that the text is not free; there may be a beginning of it."""


def warm_up() -> None:
    """Load trafilatura; see `bot.workers`."""
    import trafilatura  # noqa: F401 - being loaded is all


def extract_page(
    html: bytes, url: str | None = None, content_type: str = "", reservation: str = ""
) -> Extracted:
    """Read the article on a page.

    Args:
        html: the page as received, decompressed.
        url: where it was found, if it is known.
        content_type: the HTTP header as it came, for its charset; may be "".
        reservation: the HTTP header `tdm-reservation`; may be "".

    Raises:
        NotAnArticle: there is no article's text, or none that may be read by robots.
    """
    import trafilatura

    if html[:1024].lstrip().startswith(b"%PDF"):
        raise NotAnArticle("this is a PDF")
    tree = trafilatura.load_html(decoded(html, content_type))
    if tree is None:
        raise NotAnArticle("this is no HTML page")
    if page_reserves(tree, reservation):
        raise NotAnArticle("the publisher reserves it from text and data mining")
    linked = _linked_data(tree)
    for unread in _unread(tree):
        unread.drop_tree()
    title, language = _title(tree), _language(tree)
    page = layout.read(tree)
    for links in page.lists:
        links.drop_tree()
    text = _text(tree, page, url)[:MAX_TEXT]
    text = cleaned(text, marks(tree, page.blocks, text, title, linked))
    if reason := _no_article(tree, title, text, linked):
        raise NotAnArticle(reason)
    return Extracted(title, text, language, paywalled(linked))


def _unread(tree: Element) -> list[Element]:
    return [
        element
        for element in tree.iter(*_UNREAD)
        if element.tag != "footer" or next(element.iterancestors("article"), None) is None
    ]


def _text(tree: Element, page: layout.Page, url: str | None) -> str:
    import trafilatura

    def extract(*, fast: bool) -> str:
        return trafilatura.extract(tree, url=url, fast=fast, include_comments=False) or ""

    text = extract(fast=True)
    lacking = layout.left_out(page.blocks, text)
    if not text or lacking > len(text):
        other = extract(fast=False)
        if not text or layout.left_out(page.blocks, other) < lacking:
            return other
    return text


def _no_article(tree: Element, title: str, text: str, linked: list[str]) -> str:
    """Say what the page is in place of an article; "" where it is one."""
    if not text:
        return "the page has no article's text"
    if is_wall_text(text):
        return "the page is a consent wall or a check for robots"
    if is_gone(title, text):
        return "the page says that it does not exist"
    if len(text) < _FILM_TEXT and _is_film(tree, linked):
        return "the page is a video or audio"
    return ""


def _is_film(tree: Element, linked: list[str]) -> bool:
    kind = next(iter(tree.xpath('//meta[@property="og:type"]/@content')), "").strip().lower()
    if kind.startswith(("video", "music", "audio")):
        return True
    blocks = "\n".join(linked)
    return bool(_FILMS.search(blocks)) and kind != "article" and not _ARTICLES.search(blocks)


def _title(tree: Element) -> str:
    for path in _TITLES:
        for found in tree.xpath(path)[:3]:
            title = clean(found if isinstance(found, str) else found.text_content())
            if title:
                return title[:MAX_TITLE]
    return ""


def _language(tree: Element) -> str | None:
    declared = next(iter(tree.xpath("/html/@lang | /html/@xml:lang")), "")
    found = re.match(r"[A-Za-z]{2}(?![A-Za-z])", declared.strip())
    return found[0].lower() if found else None


def _linked_data(tree: Element) -> list[str]:
    return [script.text or "" for script in tree.xpath('//script[@type="application/ld+json"]')]

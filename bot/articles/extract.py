"""A page's article: title and text without what surrounds them. The only door to trafilatura.

Standard mode, since it is best on mixed pages (F1 .926 on 990); no metadata, which would double
the time; no `deduplicate`, which remembers other pages and empties some. trafilatura crashes in
threads and has no timeout: it runs in a worker.
"""

import re
from dataclasses import dataclass
from typing import Any

from bot.articles.paywall import paywalled
from bot.errors import NotAnArticle
from bot.feeds.plain import MAX_TEXT, MAX_TITLE, clean

_CHARSET = r"""charset\s*=\s*["']?\s*([\w.:-]{2,40})"""
_HEADER = re.compile(_CHARSET, re.IGNORECASE | re.ASCII)
_META = re.compile(rf"<meta[^>]{{0,200}}?{_CHARSET}", re.IGNORECASE | re.ASCII)
_HEAD = 4_096
"""Bytes in which a page has to name its charset; browsers look at 1,024."""
_TITLES = (
    '//meta[@property="og:title" or @name="og:title"]/@content',
    "//h1",
    "//title",
)


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


def extract_page(html: bytes, url: str | None = None, content_type: str = "") -> Extracted:
    """Read the article on a page.

    Args:
        html: the page as received, decompressed.
        url: where it was found, if it is known.
        content_type: the HTTP header as it came, for its charset; may be "".

    Raises:
        NotAnArticle: there is no article's text.
    """
    import trafilatura

    if html[:1024].lstrip().startswith(b"%PDF"):
        raise NotAnArticle("this is a PDF")
    tree = trafilatura.load_html(_decoded(html, content_type))
    if tree is None:
        raise NotAnArticle("this is no HTML page")
    title, language, closed = _title(tree), _language(tree), paywalled(_linked_data(tree))
    text = trafilatura.extract(tree, url=url, include_comments=False, include_tables=True)
    if not text:
        raise NotAnArticle("the page has no article's text")
    return Extracted(title, text[:MAX_TEXT], language, closed)


def _decoded(html: bytes, content_type: str) -> bytes | str:
    """Decode by what server and page say, unless the page is UTF-8; else leave it to guessing."""
    try:
        return html.decode("utf-8")
    except UnicodeDecodeError:
        pass
    head = html[:_HEAD].decode("latin-1")
    for named in (_HEADER.search(content_type), _META.search(head)):
        try:
            if named:
                return _decoded_as(named[1].lower(), html)
        except (LookupError, ValueError):  # no such charset, or not this one
            continue
    return html


def _decoded_as(charset: str, html: bytes) -> str:
    if charset in {"utf-8", "utf8"}:
        return html.decode("utf-8", "replace")  # a few broken bytes make it no other charset
    # browsers read Latin-1 as Windows-1252 (WHATWG Encoding, section 4.2)
    latin = charset in {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii"}
    return html.decode("cp1252" if latin else charset)


def _title(tree: Any) -> str:  # noqa: ANN401 - lxml has no types
    for path in _TITLES:
        for found in tree.xpath(path)[:3]:
            title = clean(found if isinstance(found, str) else found.text_content())
            if title:
                return title[:MAX_TITLE]
    return ""


def _language(tree: Any) -> str | None:  # noqa: ANN401 - lxml has no types
    declared = next(iter(tree.xpath("/html/@lang | /html/@xml:lang")), "")
    found = re.match(r"[A-Za-z]{2}(?![A-Za-z])", declared.strip())
    return found[0].lower() if found else None


def _linked_data(tree: Any) -> list[str]:  # noqa: ANN401 - lxml has no types
    return [script.text or "" for script in tree.xpath('//script[@type="application/ld+json"]')]

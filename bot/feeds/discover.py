"""A site's page to the addresses at which its feeds may be. Nothing here fetches."""

import codecs
import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import etree

from bot.feeds.plain import MAX_TITLE, clean
from bot.feeds.urls import canonical, http_url

WELL_KNOWN = (
    "/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/index.rdf",
    "/feeds", "/feed.json",
)  # fmt: skip
"""Where a site without a link to its feed most often has it; the likely ones first."""
TYPES = frozenset({
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
    "application/xml", "application/rss", "application/atom", "text/rss+xml", "text/xml",
})  # fmt: skip
"""Of `<link rel=alternate>`. Not application/json, which is WordPress's API on most pages."""
MOST = 100
"""Links taken of one page; a list of all sections of a large paper has 60."""

_ENDING = re.compile(r"(?:^|[/._-])(?:rss|feeds?|atom|xml|rdf|rss2)/?\Z", re.IGNORECASE)
_HOST = re.compile(r"(?:feeds?|newsfeed|rss)\d*\.", re.IGNORECASE)
_QUERY = re.compile(r"(?:^|[?&=])(?:rss2?|atom|feed)(?:[&=]|\Z)", re.IGNORECASE)
_NONE = re.compile(
    r"sitemap|opensearch|/comments/|comments-|/kommentare/|/xmlrpc"
    r"|//(?:www\.facebook|add\.my\.yahoo|my\.msn|www\.blogger)\.com/",
    re.IGNORECASE,
)
"""What looks like a feed and is none: one of readers' comments, a button to share."""
_SAYS_SO = re.compile(r"\b(?:rss|atom|web)?-?(?:feeds?|rss)\b", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address at which a feed may be."""

    url: str
    title: str
    """As the page names it; may be empty."""
    declared: bool
    """The page itself says that it is one (`<link rel=alternate>`)."""


def feed_links(body: bytes, content_type: str, url: str) -> tuple[Candidate, ...]:
    """Return the links of a page that may be feeds: the declared ones, then the likely ones.

    Args:
        body: an HTML page, decompressed.
        content_type: the HTTP header as it came; may be "".
        url: where it was found, after redirects.
    """
    page = _Page()
    parser = etree.HTMLParser(
        target=page, encoding=_charset(content_type), huge_tree=True, no_network=True
    )
    try:
        parser.feed(body)
        parser.close()
    except (etree.XMLSyntaxError, AssertionError):  # an empty page; what was read stands
        pass
    base = http_url(page.base, url) or url
    usable: dict[str, Candidate] = {}
    site = _site(url)
    likely = sorted(page.likely, key=lambda link: _site(http_url(link[0], base) or "") != site)
    for declared, links in ((True, page.declared), (False, likely)):
        for href, title in links:
            address = http_url(clean(href), base)
            if address and not _NONE.search(address) and canonical(address) != canonical(url):
                candidate = Candidate(address, clean(title)[:MAX_TITLE], declared)
                usable.setdefault(canonical(address), candidate)
    return tuple(usable.values())[:MOST]


def well_known(url: str) -> tuple[Candidate, ...]:
    """Return the addresses at which sites have their feeds by custom."""
    return tuple(Candidate(urljoin(url, path), "", declared=False) for path in WELL_KNOWN)


def home(url: str) -> str:
    """Return the address of a site's front page."""
    return urljoin(url, "/")


def _site(url: str) -> list[str]:
    """Return the last two parts of the host's name; links to other sites are tried last."""
    try:
        return (urlsplit(url).hostname or "").split(".")[-2:]
    except ValueError:
        return []


def _charset(content_type: str) -> str | None:
    """Return the charset of the header; without one the parser looks into the page."""
    found = _CHARSET.search(content_type)
    try:
        return codecs.lookup(found[1]).name if found else None
    except LookupError:
        return None


def _is_likely(href: str, text: str) -> bool:
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return False
    if parts.scheme not in ("", "http", "https"):
        return False
    return bool(
        _ENDING.search(parts.path)
        or _HOST.match(parts.netloc)
        or _QUERY.search(parts.query)
        or (len(text) < 40 and _SAYS_SO.search(text))
    )


class _Page:
    """Collects the links of an HTML parser's events."""

    def __init__(self) -> None:
        self.base = ""
        self.declared: list[tuple[str, str]] = []
        self.likely: list[tuple[str, str]] = []
        self._href: str | None = None
        self._text: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        href = attributes.get("href", "")
        if tag == "base":
            self.base = self.base or href
        elif tag == "link" and href and self._declares(attributes):
            self.declared.append((href, attributes.get("title", "")))
        elif tag == "a":
            self._end_of_link()
            self._href = href
        elif tag == "img":
            self._text.append(attributes.get("alt", ""))

    def end(self, tag: str) -> None:
        if tag == "a":
            self._end_of_link()

    def data(self, text: str) -> None:
        if self._href is not None:
            self._text.append(text)

    def close(self) -> None:
        self._end_of_link()

    def _declares(self, attributes: dict[str, str]) -> bool:
        rel = attributes.get("rel", "").lower().split()
        kind = attributes.get("type", "").partition(";")[0].strip().lower()
        return ("alternate" in rel and kind in TYPES) or "feed" in rel

    def _end_of_link(self) -> None:
        text = clean(" ".join(self._text))
        if self._href and _is_likely(self._href, text):
            self.likely.append((self._href, text))
        self._href, self._text = None, []

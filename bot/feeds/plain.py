"""Markup to plain text, in one pass and without a tree, so that no input is slow."""

import html
import re

from lxml import etree

MAX_TITLE = 1_000
MAX_TEXT = 200_000
"""Code points. A long read has 60,000; what is beyond a cap is cut."""

_BLOCK_TAGS = (
    "address article aside blockquote br caption dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr img li main nav ol option p pre section summary "
    "table tbody td tfoot th thead tr ul video"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_SILENT = frozenset({"script", "style", "template"})
_UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]")
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,6}|#x[0-9A-Fa-f]{2,5});")
_LEFT_TAG = re.compile(r"</(?:a|b|div|em|h[1-6]|i|li|p|span|strong|ul)>|<br ?/?>", re.IGNORECASE)


def clean(text: str) -> str:
    """Collapse white space; drop control characters and halves of pairs, which no store takes."""
    return " ".join(_UNSTORABLE.sub("", text).split())


def plain(markup: str) -> str:
    """Return the text that a reader of the markup sees, on one line.

    Tags of blocks separate words. What the publisher escaped twice is decoded once more.
    """
    text = _UNSTORABLE.sub("", markup)
    if "<" in text or "&" in text:
        text = _text_of(text)
        if _LEFT_TAG.search(text):
            text = _text_of(text)
        elif _ENTITY.search(text):
            text = html.unescape(text)
    return clean(text)


def _text_of(markup: str) -> str:
    target = _Text()
    parser = etree.HTMLParser(target=target, huge_tree=True, no_network=True)
    try:
        parser.feed(f"<div>{markup}</div>")
        parser.close()
    except etree.XMLSyntaxError:  # what was read until then stands
        pass
    return "".join(target.pieces)


class _Text:
    """Collects the text of an HTML parser's events."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._silent = 0

    def start(self, tag: str, _attributes: object) -> None:
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self.pieces.append(" ")

    def end(self, tag: str) -> None:
        self._silent -= tag in _SILENT
        if tag in _BLOCKS:
            self.pieces.append(" ")

    def data(self, text: str) -> None:
        if not self._silent:
            self.pieces.append(text)

    def close(self) -> None:
        """Nothing to build: the pieces are what is wanted."""

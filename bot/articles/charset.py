"""A page's characters, by what its bytes show before what its server and its author say."""

import codecs
import re

_CHARSET = r"""charset\s*=\s*["']?\s*([\w.:-]{2,40})"""
_HEADER = re.compile(_CHARSET, re.IGNORECASE | re.ASCII)
_META = re.compile(rf"<(?:meta|\?xml)[^>]{{0,200}}?(?:en)?{_CHARSET}", re.IGNORECASE | re.ASCII)
_HEAD = 4_096
"""Bytes in which a page has to name its charset; browsers look at 1,024."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FOREIGN = re.compile("[\x80-\ufffc\U00010000-\U0010ffff]")
# Browsers read Latin-1 as Windows-1252 (WHATWG Encoding, section 4.2).
_LATIN = frozenset({"iso8859-1", "ascii", "cp1252"})
# Codecs of Python that are no charsets of the web, some of them slow on purpose-made input.
_NEVER = frozenset(
    {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}
)
_GERMAN = frozenset("äöüÄÖÜß„“”‚‘’–—…€»«§°·©é\xa0\xad")
"""What German text in Windows-1252 has besides ASCII."""


def decoded(html: bytes, content_type: str = "") -> str | bytes:
    """Return a page's text.

    In this order: a byte order mark; UTF-16 by its zeros; UTF-8 if that is what the bytes are, bar
    a few broken ones; what the header says, then what the page says; Windows-1252 where nothing
    but UTF-8 is named and it cannot be that, or where the text is German in it.

    Args:
        html: as received.
        content_type: the HTTP header as it came; may be "".

    Returns:
        The text; the bytes as they are where nothing is known, to be guessed at.
    """
    for mark, charset in _MARKS:
        if html.startswith(mark):
            return html[len(mark) :].decode(charset, "replace")
    if wide := _wide(html[:_HEAD]):
        return html.decode(wide, "replace")
    try:
        return html.decode("utf-8")
    except UnicodeDecodeError:
        return _not_quite_utf8(html, content_type)


def _wide(head: bytes) -> str | None:
    """Recognise UTF-16 without a mark: every other byte of markup is zero."""
    half = len(head) // 2
    if half < 8:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > half * 0.4 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.1:
        return "utf-16-be"
    return None


def _not_quite_utf8(html: bytes, content_type: str) -> str | bytes:
    repaired = html.decode("utf-8", "replace")
    # By accident a text in another charset has hardly a sequence that is right in UTF-8.
    if len(_FOREIGN.findall(repaired)) > 2 * repaired.count("\ufffd"):
        return repaired
    named = _named(html, content_type)
    for charset in named:
        if charset in _LATIN:
            return html.decode("cp1252", "replace")
        try:
            if charset != "utf-8":
                return html.decode(charset)
        except ValueError:  # not this one
            continue
    if named or set(_FOREIGN.findall(html.decode("cp1252", "replace"))) <= _GERMAN:
        return html.decode("cp1252", "replace")
    return html


def _named(html: bytes, content_type: str) -> list[str]:
    head = html[:_HEAD].decode("latin-1")
    found = []
    for written in (_HEADER.search(content_type), _META.search(head)):
        try:
            name = codecs.lookup(written[1]).name if written else ""
        except (LookupError, ValueError):  # no such charset
            continue
        if name and name.replace("_", "-") not in _NEVER:
            found.append(name)
    return found

"""Bytes to entries. The only door to feedparser.

feedparser's sanitising and its resolving of addresses in texts are off: 2.4 times less work for
the same id, link, title and date, and texts become plain here anyway. On hostile input it can be
slow (1.5 s for an author of 16 KB): it is meant to run in a worker.
"""

import io
import re
from dataclasses import replace
from datetime import datetime
from functools import cache
from time import struct_time
from types import ModuleType
from typing import Any

from bot.errors import NotAFeed
from bot.feeds.dates import from_parsed, is_day, read_date
from bot.feeds.hints import read_hints
from bot.feeds.jsonfeed import read_json_feed
from bot.feeds.raw import RawEntry, RawFeed, finish
from bot.model import ParsedFeed

_REFERENCE = re.compile(rb"&#(?:x([0-9A-Fa-f]+)|([0-9]+));?")
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_NUMBERED = re.compile(
    rb"""\s(?:srsName|srsDimension)\s*=\s*(?:"[^"<]*"|'[^'<]*')""", re.IGNORECASE
)
_ENDS = re.compile(rb"</(?:[\w.-]+:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)
_TAIL = 4_096
"""Bytes in which the end is looked for: caches write comments behind it."""
_UTF_16 = (
    (re.compile(rb"\xff\xfe|[<{\s]\0"), "utf-16-le"),
    (re.compile(rb"\xfe\xff|\0[<{\s]"), "utf-16-be"),
)
_DECLARED = re.compile(r"""\A(\s*<\?xml\b[^>]*?)\s+encoding\s*=\s*(?:"[^"]*"|'[^']*')""")
_LOOKS = (
    (re.compile(rb"\s*\Z"), "the body is empty"),
    (re.compile(rb"%PDF"), "this is a PDF"),
    (re.compile(rb"\x1f\x8b|PK\x03\x04"), "this is a compressed file"),
    (re.compile(rb"\s*[{\[]"), "this is JSON, but no JSON Feed"),
    (
        re.compile(rb".*?<(?:!doctype\s+html|html|body)\b", re.IGNORECASE | re.DOTALL),
        "this is an HTML page, not a feed",
    ),
    (re.compile(rb"\s*<"), "this is XML or HTML, but neither RSS nor Atom"),
)


def warm_up() -> None:
    """Load feedparser; see `bot.workers`."""
    _feedparser()


def parse_feed(body: bytes, content_type: str, url: str) -> ParsedFeed:
    """Read an RSS, Atom or JSON feed, however ill-formed, as long as it yields entries.

    Args:
        body: as received, decompressed.
        content_type: the HTTP header as it came, with its charset; may be "".
        url: where it was found; relative links are relative to it.

    Raises:
        NotAFeed: with what the body looks like instead.
    """
    body = _as_utf8(body)
    raw = _read(body, content_type)
    if raw is None:
        raise NotAFeed(_looks_like(body))
    return replace(finish(raw, url), hints=read_hints(body))


def _read(body: bytes, content_type: str) -> RawFeed | None:
    if body[:100].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return read_json_feed(body)
    # Where the feed was found is not told: feedparser would join every address with it, for a
    # quarter of the time, and those of entries are joined here anyway.
    headers = {"content-type": content_type.partition(";")[0] if _is_utf8(body) else content_type}
    for prepared in (bytes, _scrubbed):
        try:
            return _read_xml(prepared(body), headers)
        except Exception:  # noqa: BLE001, S112 - feedparser raises whatever it met
            continue
    return None


def _as_utf8(body: bytes) -> bytes:
    """Return a body in UTF-16 in UTF-8: feedparser knows it by its mark or its declaration only."""
    codec = next((codec for start, codec in _UTF_16 if start.match(body)), None)
    if codec is None:
        return body
    text = _DECLARED.sub(r"\1", body.decode(codec, "replace").lstrip("\ufeff"), count=1)
    return text.encode("utf-8", "replace")


def _is_utf8(body: bytes) -> bool:
    """Tell whether the body can be nothing else, so that a server's other word is wrong."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _read_xml(body: bytes, headers: dict[str, str]) -> RawFeed | None:
    # A bytes argument would be tried as the name of a file: it must be a stream.
    parsed = _feedparser().parse(
        io.BytesIO(body),
        response_headers={name: value for name, value in headers.items() if value},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not parsed.entries and not parsed.get("version"):
        return None
    title, entries = _string(parsed.feed.get("title")), tuple(map(_entry, parsed.entries))
    return RawFeed(title, entries, complete=bool(_ENDS.search(body[-_TAIL:])))


def _entry(entry: Any) -> RawEntry:  # noqa: ANN401 - feedparser has no types
    contents = [_string(content.get("value")) for content in entry.get("content", ())]
    published, written = _date(entry)
    return RawEntry(
        id=_string(entry.get("id")),
        link=_string(entry.get("link")),
        title=_string(entry.get("title")),
        texts=(*contents, _string(entry.get("summary"))),
        published=published,
        whole_day=published is not None and is_day(written),
    )


def _date(entry: Any) -> tuple[datetime | None, str]:  # noqa: ANN401 - feedparser has no types
    """Return the first date that is one, and how it was written."""
    for kind in ("published", "updated", "created"):
        # dict.get: feedparser's own warns when it finds one kind of date in place of another
        date = from_parsed(dict.get(entry, f"{kind}_parsed"))
        if date:
            return date, _string(dict.get(entry, kind))
    return None, ""


def _string(value: object) -> str:
    """Return a text; elements unknown to feedparser come as dictionaries."""
    return value if isinstance(value, str) else ""


@cache
def _feedparser() -> ModuleType:
    import feedparser

    feedparser.registerDateHandler(_date_handler)
    feedparser.api.PREFERRED_XML_PARSERS = ["bot.feeds.expat"]  # names for xml.sax.make_parser
    return feedparser  # type: ignore[no-any-return]  # it has no types


def _date_handler(written: str) -> struct_time | None:
    date = read_date(written)
    return date.utctimetuple() if date else None


def _scrubbed(body: bytes) -> bytes:
    """Drop what feedparser stumbles over: impossible references, declarations, names as numbers."""
    without = _DOCTYPE.sub(b"", _REFERENCE.sub(_possible, body), count=1)
    return _NUMBERED.sub(b"", without)


def _possible(reference: re.Match[bytes]) -> bytes:
    hexadecimal, decimal = reference.groups()
    digits = (hexadecimal or decimal).lstrip(b"0")
    code = int(digits or b"0", 16 if hexadecimal else 10) if len(digits) <= 7 else -1
    possible = code in range(0x20, 0xD800) or code in range(0xE000, 0x110000) or code in (9, 10, 13)
    return reference[0] if possible else b""


def _looks_like(body: bytes) -> str:
    start = body[:2_000]
    return next((what for look, what in _LOOKS if look.match(start)), "this is no feed")

"""Bytes to entries. The only door to feedparser.

feedparser's sanitising and its resolving of addresses in texts are off: 2.4 times less work for
the same id, link, title and date, and texts become plain here anyway. On hostile input it can be
slow (1.5 s for an author of 16 KB): it is meant to run in a worker.
"""

import io
import re
from functools import cache
from time import struct_time
from types import ModuleType
from typing import Any

from bot.errors import NotAFeed
from bot.feeds.dates import from_parsed, read_date
from bot.feeds.jsonfeed import read_json_feed
from bot.feeds.raw import RawEntry, RawFeed, finish
from bot.feeds.urls import http_url
from bot.model import ParsedFeed

_REFERENCE = re.compile(rb"&#(?:x([0-9A-Fa-f]+)|([0-9]+));?")
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
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
    raw = _read(body, content_type, url)
    if raw is None:
        raise NotAFeed(_looks_like(body))
    return finish(raw, url)


def _read(body: bytes, content_type: str, url: str) -> RawFeed | None:
    if body[:100].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return read_json_feed(body)
    kind = content_type.partition(";")[0] if _is_utf8(body) else content_type
    headers = {"content-type": kind, "content-location": http_url(url) or ""}
    for prepared in (bytes, _scrubbed):
        try:
            return _read_xml(prepared(body), headers)
        except Exception:  # noqa: BLE001, S112 - feedparser raises whatever it met
            continue
    return None


def _is_utf8(body: bytes) -> bool:
    """Tell whether the body can be nothing else, so that a server's other word is wrong."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in body[:4]  # where UTF-16 without umlauts has one


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
    return RawFeed(_string(parsed.feed.get("title")), tuple(map(_entry, parsed.entries)))


def _entry(entry: Any) -> RawEntry:  # noqa: ANN401 - feedparser has no types
    contents = [_string(content.get("value")) for content in entry.get("content", ())]
    # dict.get: feedparser's own warns when it finds one kind of date in place of another
    dates = (dict.get(entry, f"{kind}_parsed") for kind in ("published", "updated", "created"))
    return RawEntry(
        id=_string(entry.get("id")),
        link=_string(entry.get("link")),
        title=_string(entry.get("title")),
        texts=(*contents, _string(entry.get("summary"))),
        published=next(filter(None, map(from_parsed, dates)), None),
    )


def _string(value: object) -> str:
    """Return a text; elements unknown to feedparser come as dictionaries."""
    return value if isinstance(value, str) else ""


@cache
def _feedparser() -> ModuleType:
    import feedparser

    feedparser.registerDateHandler(_date_handler)
    return feedparser  # type: ignore[no-any-return]  # it has no types


def _date_handler(written: str) -> struct_time | None:
    date = read_date(written)
    return date.utctimetuple() if date else None


def _scrubbed(body: bytes) -> bytes:
    """Drop what feedparser is known to stumble over: impossible references, declarations."""
    return _DOCTYPE.sub(b"", _REFERENCE.sub(_possible, body), count=1)


def _possible(reference: re.Match[bytes]) -> bytes:
    hexadecimal, decimal = reference.groups()
    digits = (hexadecimal or decimal).lstrip(b"0")
    code = int(digits or b"0", 16 if hexadecimal else 10) if len(digits) <= 7 else -1
    possible = code in range(0x20, 0xD800) or code in range(0xE000, 0x110000) or code in (9, 10, 13)
    return reference[0] if possible else b""


def _looks_like(body: bytes) -> str:
    start = body[:2_000]
    return next((what for look, what in _LOOKS if look.match(start)), "this is no feed")

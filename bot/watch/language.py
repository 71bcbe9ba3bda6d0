"""Reads watchlist files: bytes to text, text to a watchlist, or all that is wrong with it."""

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.errors import Fault, WatchlistError
from bot.text.fold import DASHES, INVISIBLE
from bot.watch.places import Spot, fault
from bot.watch.query import Node
from bot.watch.settings import SettingsReader
from bot.watch.syntax import read_query
from bot.watch.watchlist import Query, Watchlist

LONGEST_LINE = 10_000
"""Code points, comment and all."""

_LINE_END = re.compile(r"\r\n|\r|\n")
# Also within quotes: a quote that somebody forgot to close must not make a comment part of a query.
_COMMENT = re.compile(r"(?<!\S)#(?!\S)")
_MOST_FAULTS = 10_000  # somebody's table was put into the folder: more would help nobody
_REMEMBERED_LINES = 200_000
_REMEMBERED_LENGTH = 200  # longer lines are rare, and a memory must not be a way to fill the memory
_LEADING = re.compile(rf"\A[\s{INVISIBLE}]+")
_LONE_DASH = re.compile(rf"[{DASHES}](?:[{DASHES}\s]|$)")
_DASH = re.compile(f"[{DASHES}]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(content: bytes) -> str:
    """Return the text of a file, however an editor wrote it.

    By its byte order mark UTF-8 or UTF-16; else UTF-8 if it is that; else Windows-1252.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("windows-1252", errors="replace")


def with_line(content: bytes, line: str) -> bytes:
    """Return a watchlist's file with one more line, in its encoding and with its line ends.

    A line that this encoding lacks letters for turns the file into UTF-8.
    """
    text = decode(content)
    end = "\r\n" if "\r\n" in text else "\n"
    gap = "" if not text or text.endswith(("\n", "\r")) else end
    more = f"{gap}{line}{end}"
    try:
        return content + more.encode(_encoding(content))
    except UnicodeEncodeError:
        return (text + more).encode()


def rewritten(content: bytes, text: str) -> bytes:
    """Return a file with another text, in its encoding; in UTF-8 where that lacks letters.

    Args:
        content: the file.
        text: as `decode` would give it.
    """
    mark = next((mark for mark, _ in _BOMS if content.startswith(mark)), b"")
    try:
        return mark + text.encode(_encoding(content))
    except UnicodeEncodeError:
        return text.encode()


def comment_of(line: str) -> int:
    """Return where the comment of a line begins: at its end where it has none."""
    found = _COMMENT.search(line)
    return found.start() if found else len(line)


def _encoding(content: bytes) -> str:
    """Return in which encoding a file goes on."""
    if content.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    if content.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


def parse(text: str, where: str, name: str) -> Watchlist:
    """Read a watchlist.

    Args:
        text: The file's text.
        where: What faults call it: the file's name.
        name: The watchlist's name: the file's stem.

    Raises:
        WatchlistError: with every fault of the file, up to 20 of a line and 10,000 altogether.
    """
    queries: list[Query] = []
    exclusions: list[Query] = []
    faults: list[Fault] = []
    settings = SettingsReader()
    for number, whole in enumerate(lines(text), start=1):
        read = _remembered if len(whole) <= _REMEMBERED_LENGTH else _read
        line = read(whole)
        if line.node is not None:
            query = line.query
            if query is None or query.line != number:
                query = line.query = Query(line.text, number, line.node)
            (exclusions if line.is_exclusion else queries).append(query)
        elif line.text:
            spots = line.spots or settings.read(line.text, line.text.index("@"))
            faults += [fault(where, number, whole, spot) for spot in spots]
            if len(faults) >= _MOST_FAULTS:
                break
    if faults:
        raise WatchlistError(*faults)
    return Watchlist(name, tuple(queries), tuple(exclusions), settings.settings(), text)


def parse_query(text: str, where: str = "query") -> Watchlist:
    """Read a query that stands alone, as a watchlist without a name.

    Args:
        text: One line.
        where: What faults call it.

    Raises:
        WatchlistError: if it is no query, or more than one.
    """
    watchlist = parse(text.strip(), where, "")
    if len(watchlist.queries) != 1 or _LINE_END.search(text.strip()):
        raise WatchlistError(Fault(where, "this is not one query", "write one line: A & B"))
    return watchlist


def lines(text: str) -> list[str]:
    """Return the lines of a file, whatever system wrote it."""
    text = text.removeprefix("\ufeff")
    return _LINE_END.split(text) if "\r" in text else text.split("\n")


@dataclass(slots=True)
class _Line:
    """What a line says. A setting has neither node nor spots: it is read with its neighbours."""

    text: str
    """Without its comment; of queries also without the space around. Empty: nothing is said."""
    node: Node | None = None
    is_exclusion: bool = False
    spots: Sequence[Spot] = ()
    query: Query | None = None
    """As it was last put into a list: in a file that is read again most lines have not moved."""


def _read(whole: str) -> _Line:
    comment = _COMMENT.search(whole) if "#" in whole else None
    line = whole[: comment.start()] if comment else whole
    start = len(line) - len(_LEADING.sub("", line, count=1))
    if start == len(line):
        return _Line("")
    spots = _unreadable(whole)
    if spots or line[start] == "@":
        return _Line(line, spots=spots)
    is_exclusion = _DASH.match(line, start) is not None
    if is_exclusion and _LONE_DASH.match(line, start):
        spot = Spot(start, "a dash stands alone", "write -Word to exclude, Word to watch")
        return _Line(line, spots=(spot,))
    node, found = read_query(line, start + is_exclusion, is_exclusion=is_exclusion)
    return _Line(line.strip(), node, is_exclusion, tuple(found))


_remembered = lru_cache(maxsize=_REMEMBERED_LINES)(_read)


def _unreadable(whole: str) -> tuple[Spot, ...]:
    if "\0" in whole:
        return (Spot(whole.index("\0"), "this is no text", "save the file as UTF-8 text"),)
    if len(whole) > LONGEST_LINE:
        what = f"this line has more than {LONGEST_LINE:,} characters"
        return (Spot(LONGEST_LINE, what, "write several lines: any of them is enough"),)
    return ()

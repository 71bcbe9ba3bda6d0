"""Reads watchlist files: bytes to text, text to a watchlist, or all that is wrong with it."""

import codecs
import re

from bot.errors import Fault, WatchlistError
from bot.text.fold import DASHES
from bot.watch.places import Spot, fault
from bot.watch.settings import SettingsReader
from bot.watch.syntax import read_query
from bot.watch.watchlist import Query, Watchlist

_LINE_END = re.compile(r"\r\n|\r|\n")
_COMMENT = re.compile(r"(?<!\S)#(?!\S)")
_LONGEST_LINE = 1000
_MOST_FAULTS = 200  # somebody's table was put into the folder: more would help nobody
_DASH = re.compile(f"[{DASHES}]")
_LONE_DASH = re.compile(rf"[{DASHES}](?:[{DASHES}\s]|$)")
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


def parse(text: str, where: str, name: str) -> Watchlist:
    """Read a watchlist.

    Args:
        text: The file's text.
        where: What faults call it: the file's name.
        name: The watchlist's name: the file's stem.

    Raises:
        WatchlistError: with every fault of the file, or the first 200 of one that is no watchlist.
    """
    reader = _Reader(where)
    for number, line in enumerate(_LINE_END.split(text.removeprefix("\ufeff")), start=1):
        reader.read(number, line)
        if len(reader.faults) > _MOST_FAULTS:
            break
    if reader.faults:
        raise WatchlistError(*reader.faults)
    settings = reader.settings.settings()
    return Watchlist(name, tuple(reader.queries), tuple(reader.exclusions), settings, text)


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
        raise WatchlistError(Fault(where, "this is not one query", "write one word or phrase"))
    return watchlist


class _Reader:
    """Takes a file in line by line."""

    def __init__(self, where: str) -> None:
        self.queries: list[Query] = []
        self.exclusions: list[Query] = []
        self.settings = SettingsReader()
        self.faults: list[Fault] = []
        self._where = where

    def read(self, number: int, whole: str) -> None:
        comment = _COMMENT.search(whole)
        line = whole[: comment.start()] if comment else whole
        spots = self._read(number, line) if line.strip() else []
        self.faults += [fault(self._where, number, whole, spot) for spot in spots]

    def _read(self, number: int, line: str) -> list[Spot]:
        start = len(line) - len(line.lstrip())
        if "\0" in line:
            return [Spot(line.index("\0"), "this is no text", "save the file as UTF-8 text")]
        if len(line) > _LONGEST_LINE:
            what = f"this line has more than {_LONGEST_LINE} characters"
            return [Spot(_LONGEST_LINE, what, "write one word or phrase per line")]
        if line[start] == "@":
            return self.settings.read(line, start)
        if not _DASH.match(line, start):
            query, spots = read_query(line, number, start)
            self.queries += [query] if query else []
            return spots
        if _LONE_DASH.match(line, start):
            remedy = "write -Word to exclude, Word to watch"
            return [Spot(start, "a dash stands alone", remedy)]
        query, spots = read_query(line, number, start + 1)
        self.exclusions += [query] if query else []
        return spots

"""The search of the page: what was read and matches, event by event, in bounded time."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.alerts.html import one_line, pieces, sentence, shorten, undirected
from bot.errors import Fault, WatchlistError
from bot.pages.values import FaultRow, Found, FoundRow, Part
from bot.pipeline import archive
from bot.pipeline.archive import Event
from bot.store import Store
from bot.watch.language import parse_query
from bot.web.passage import passage
from bot.web.reader import DAYS, MOST_DAYS, Reader

PAGE, MOST_PAGES = 20, 25
PATIENCE = 10.0
"""Seconds for one page."""
AT_ONCE = 2
"""Searches; who comes later is asked to come back, so that alerts need not wait for searches."""
LONGEST, QUERY, TITLE, EXCERPT, OUTLET, OUTLETS = 500, 80, 300, 160, 50, 3


class Search:
    """Searches for whoever looks at the page."""

    def __init__(self, store: Store, patience: float = PATIENCE, at_once: int = AT_ONCE) -> None:
        self._store = store
        self._patience = patience
        self._turns = asyncio.Semaphore(at_once)

    async def page(self, asked: Mapping[str, str], reader: Reader) -> tuple[Found, int]:
        """Return the page of what an address asks for, and the status it is answered with."""
        query, days = asked.get("q", "").strip(), _number(asked.get("days", ""), DAYS, MOST_DAYS)
        number = _number(asked.get("page", ""), 1, MOST_PAGES)
        words, frame = reader.words.page, reader.frame(query[:LONGEST], days)
        if len(query) > LONGEST:
            return Found(frame, words.too_long.format(most=LONGEST)), 400
        try:
            wanted = parse_query(query)
        except WatchlistError as error:
            return Found(frame, words.fault, faults=list(_faults(error.faults, reader))), 400
        if self._turns.locked():
            return Found(frame, words.busy), 503
        try:
            async with self._turns, asyncio.timeout(self._patience):
                since = reader.now - timedelta(days=days)
                found = await archive.latest(self._store, wanted, since, number * PAGE + 1)
        except TimeoutError:
            return Found(frame, words.slow), 503
        except archive.Damaged:
            return Found(frame, words.damaged), 503
        shown = Found(frame, _title(query, days, reader, is_any=bool(found)))
        return _with_events(shown, found, number, reader), 200


def _with_events(page: Found, found: Sequence[Event], number: int, reader: Reader) -> Found:
    """Add one page of events, and the ways to the next ones."""
    ends = number * PAGE
    asked = {"q": page.frame.asked, "days": str(page.frame.days)}
    return replace(
        page,
        found=[_row(each, reader) for each in found[ends - PAGE : ends]],
        newer=reader.way(**asked, page=str(number - 1)) if number > 1 else "",
        older=reader.way(**asked, page=str(number + 1))
        if len(found) > ends and number < MOST_PAGES
        else "",
    )


def _title(query: str, days: int, reader: Reader, *, is_any: bool) -> str:
    words = reader.words.page
    said = words.found(days) if is_any else words.nothing_found(days)
    return said.format(query=shorten(one_line(query), QUERY))


def _number(written: str, default: int, most: int) -> int:
    """Return a number from 1 to `most`; the default where none is written."""
    if not (written.isascii() and written.isdecimal() and len(written) < 9):
        return default
    return min(max(int(written), 1), most)


def _faults(found: Sequence[Fault], reader: Reader) -> Iterator[FaultRow]:
    for each in found:
        fault = reader.words.watch.fault(each)
        said = " ".join(sentence(part) for part in (fault.what, fault.remedy) if part)
        yield FaultRow("\n".join(line[:EXCERPT] for line in fault.excerpt.split("\n")), said)


def _row(event: Event, reader: Reader) -> FoundRow:
    newest, article = event.articles[0], event.articles[0].article
    places = [s for match in newest.matches for s in match.spans if s.field == "title"]
    cut = pieces(article.title, 0, min(len(article.title), TITLE), places)
    title = [Part(undirected(piece.text), piece.bold) for piece in cut]
    names = list(dict.fromkeys(each.outlet for each in event.articles))
    outlets = ", ".join(shorten(one_line(name), OUTLET) for name in names[:OUTLETS])
    if more := len(names) - OUTLETS:
        outlets += f" {reader.words.page.also(more)}" if more > 0 else ""
    return FoundRow(
        title=title or [Part(newest.link or "–")],
        link=newest.link,
        outlets=outlets,
        at=reader.at(newest.published),
        passage=list(passage(newest)),
    )


def is_search(asked: Mapping[str, str]) -> bool:
    """Tell whether an address asks for a search."""
    return bool(asked.get("q", "").strip())

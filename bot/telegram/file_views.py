"""What is answered to a watchlist that was sent as a file. Pure: texts and buttons."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from bot.alerts.compose import Button, Message
from bot.alerts.html import escape, one_line, shorten
from bot.errors import Fault, WatchlistError
from bot.telegram import readings
from bot.watch.among import Around
from bot.watch.difference import difference
from bot.watch.files import ENDING
from bot.watch.language import decode, parse
from bot.watch.watchlist import Watchlist
from bot.wording import Sentences

NAME, BUTTON, SETTING = 60, 40, 80
MOST_LINES, MOST_FAULTS, MOST_SURPRISES = 20, 10, 5
# Code points of each; together with what is around them below Telegram's 4,096.
LINES, FAULTS, SURPRISES = 1_500, 3_300, 1_000


class Reading(NamedTuple):
    """How a file was read."""

    html: str
    watchlist: Watchlist | None = None
    """None: it cannot be saved."""


def read(name: str, content: bytes, around: Around, words: Sentences) -> Reading:
    """Read a list that was sent. A large one takes seconds.

    Args:
        name: what it is to be called.
        content: the file's.
        around: what there is beside it; also the list of that name, if one is in force.
        words: the reader's.
    """
    text, files, shown = decode(content), words.files, escape(shorten(one_line(name), NAME))
    if "\0" in text:
        return Reading(files.no_text)
    try:
        watchlist = parse(text, f"{name}{ENDING}", name)
    except WatchlistError as error:
        return Reading(_refused(shown, error.faults, words))
    if not watchlist.queries:
        return Reading(files.nothing_in_it.format(name=shown))
    present = next((each for each in around.lists if each.name == name), None)
    said = [line for line, _ in zip(_lines(watchlist, words), range(MOST_LINES), strict=False)]
    count = max(len(said), len(difference(None, watchlist).added))
    surprises = list(readings.surprises(watchlist, words, around, numbered=True))
    first = surprises[:MOST_SURPRISES]
    hints = readings.some(first, SURPRISES, len(surprises), files.more_surprises)
    parts = [
        files.read(count).format(name=shown),
        *readings.some(said, LINES, count, files.more_lines),
        *(f"\n{each}" for each in hints),
        f"\n{_effect(present, watchlist, words)}",
    ]
    return Reading("\n".join(parts), watchlist)


def offered(reading: Reading, name: str, words: Sentences, draft: int) -> Message:
    """Show how a file was read, with the choice what becomes of it."""
    save = words.files.button_save.format(name=shorten(one_line(name), BUTTON))
    return Message(
        reading.html,
        (
            (Button(save, f"save:{draft}"),),
            (Button(words.files.button_discard, f"discard:{draft}"),),
        ),
    )


def _lines(watchlist: Watchlist, words: Sentences) -> Iterator[str]:
    settings = islice(difference(None, watchlist).added, MOST_LINES)
    for line in settings:
        if line.query is None:
            yield f"<code>{escape(shorten(line.text, SETTING))}</code>"
    yield from readings.read(watchlist, words)


def _refused(shown: str, faults: Sequence[Fault], words: Sentences) -> str:
    said = [readings.faults([each], words, numbered=True) for each in faults[:MOST_FAULTS]]
    files = words.files
    title = files.faulty(len(faults)).format(name=shown)
    return "\n\n".join([title, *readings.some(said, FAULTS, len(faults), files.more_faults)])


def _effect(present: Watchlist | None, new: Watchlist, words: Sentences) -> str:
    """Say what saving does."""
    if present is None:
        return words.files.is_new
    came, went = difference(present, new)
    if not came and not went:
        return words.files.same
    return words.files.replaces.format(added=len(came), removed=len(went))

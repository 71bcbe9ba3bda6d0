"""How lines of a watchlist were read, what is wrong with them, and what will surprise, as HTML."""

from collections.abc import Iterable, Iterator, Sequence

from bot.alerts.html import escape, one_line, plain, sentence, shorten
from bot.errors import Fault
from bot.model import Span
from bot.text.fold import fold
from bot.text.german.lexicon import german
from bot.watch.among import ALONE, Around
from bot.watch.check import warnings
from bot.watch.printing import describe, describe_exclusion
from bot.watch.watchlist import Watchlist
from bot.wording import Sentences
from bot.wording.kinds import Counted

LINE, SAID, EXCERPT = 80, 200, 160
MOST_FAULTS = 5
"""In one answer: more would not fit into a message, and nobody mends more at once."""


def read(watchlist: Watchlist, words: Sentences) -> Iterator[str]:
    """Yield for each line of a list what it says, queries first."""
    for query in watchlist.queries:
        yield _line(query.text, describe(query, words.reading))
    for query in watchlist.exclusions:
        yield _line(query.text, describe_exclusion(query, words.reading))


def some(lines: Iterable[str], most: int, of: int, more: Counted) -> Iterator[str]:
    """Yield as many lines as there is room for, and how many more there are."""
    left = of
    for line in lines:
        most -= len(plain(line)) + 2
        if most < 0:
            break
        left -= 1
        yield line
    if left:
        yield more(left)


def _line(written: str, said: str) -> str:
    return f"<code>{escape(shorten(written, LINE))}</code>\n  {escape(shorten(said, SAID))}"


def faults(found: Sequence[Fault], words: Sentences, *, numbered: bool = False) -> str:
    """Return what is wrong first, each with its place marked, and what to write instead.

    Those of a file are `numbered` by its lines.
    """
    return "\n".join(_fault(fault, words, "❗️", numbered=numbered) for fault in found[:MOST_FAULTS])


def surprises(
    watchlist: Watchlist, words: Sentences, around: Around = ALONE, *, numbered: bool = False
) -> Iterator[str]:
    """Yield what is in order but will do something else than it seems."""
    for fault in warnings([watchlist], is_noun, around):
        yield _fault(fault, words, "⚠️", numbered=numbered)


def told(found: Fault, words: Sentences) -> str:
    """Return what is wrong in a file, and below it the place, as plain text."""
    place = f"{plain(words.files.line.format(line=found.line))}: " if found.line else ""
    return f"{place}{_sentences(found, words)}\n{found.excerpt}".rstrip("\n")


def place(span: Span, words: Sentences) -> str:
    """Return why a place counts: the words themselves, and their rule."""
    return escape(words.watch.place(shorten(one_line(span.text), LINE), span.rule))


def _fault(found: Fault, words: Sentences, sign: str, *, numbered: bool) -> str:
    excerpt = f"<pre>{escape(_cut(found.excerpt))}</pre>\n" if found.excerpt else ""
    place = f"{words.files.line.format(line=found.line)}: " if numbered and found.line else ""
    return f"{excerpt}{sign} {place}{escape(_sentences(found, words))}"


def _sentences(found: Fault, words: Sentences) -> str:
    fault = words.watch.fault(found)
    return " ".join(sentence(part) for part in (fault.what, fault.remedy) if part)


def _cut(excerpt: str) -> str:
    """Cut a line and the marks below it at the same place."""
    return "\n".join(line[:EXCERPT] for line in excerpt.split("\n"))


def is_noun(word: str) -> bool:
    """Whether this is an ordinary noun: names are in the dictionary, but end no compounds."""
    return bool(german().costs(fold(word)).head)

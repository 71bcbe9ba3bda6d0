"""A press review as a file: as a page that opens offline and prints, or as a table."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from urllib.parse import quote

from bot.pages.environment import is_web, render
from bot.pages.values import Part
from bot.wording.reports import ReportWords

BOM = "\ufeff"
_FORMULA = tuple("=+-@＝＋－＠")
"""Excel takes the wide ones of East Asia, too."""
_MAY_BEGIN = re.compile(rf'[,;|\t\r\n][\s"]*(?=[{re.escape("".join(_FORMULA))}])')
"""What ends a cell for a spreadsheet that takes another separator than the file's: to it, no cell
is quoted, so that even a line's end within one is a row's."""


@dataclass(frozen=True, slots=True)
class Source:
    """One article."""

    outlet: str
    title: str
    link: str | None
    published: datetime
    """In the reader's zone."""
    passage: Sequence[Part] = ()

    @property
    def address(self) -> str | None:
        """The link, where it is one to the web and nothing else."""
        return self.link if is_web(self.link) else None


@dataclass(frozen=True, slots=True)
class Story:
    """What one event was, and who reported it: who was first comes first."""

    sources: Sequence[Source]
    agency: str = ""
    """Whose text it is, where it is an agency's."""

    @property
    def first(self) -> Source:
        """The article that was there first."""
        return self.sources[0]


@dataclass(frozen=True, slots=True)
class Review:
    """What came of one list."""

    label: str
    since: datetime
    until: datetime
    stories: Sequence[Story]
    """The largest first."""
    left_out: int = 0
    """So many more there are."""

    @property
    def articles(self) -> int:
        """How many there are."""
        return sum(len(story.sources) for story in self.stories)


def page(review: Review, words: ReportWords, language: str) -> str:
    """Return a press review as an HTML page.

    Args:
        review: what came.
        words: the sentences in the reader's language.
        language: its code.
    """
    times = {"since": words.time(review.since), "until": words.time(review.until)}
    values: Mapping[str, object] = {
        "language": language,
        "title": words.paper_title.format(label=review.label),
        "period": words.paper_period.format(**times),
        "totals": f"{words.stories(len(review.stories))}, {words.articles(review.articles)}",
        "review": review,
        "words": words,
    }
    return render("review.html", values)


def table(review: Review, words: ReportWords) -> bytes:
    """Return a press review as CSV (RFC 4180), a row for each article.

    With a byte order mark, without which Excel takes UTF-8 for Windows-1252, and with the
    separator that spreadsheets of the language expect. What would be a formula is none, also where
    the spreadsheet takes another separator, that of its machine: it gets an apostrophe.
    """
    written = StringIO(newline="")
    writer = csv.writer(written, delimiter=words.paper_separator, lineterminator="\r\n")
    writer.writerow(words.paper_columns.values())
    for row in _rows(review, words):
        writer.writerow(row)
    return (BOM + written.getvalue()).encode()


def _rows(review: Review, words: ReportWords) -> Iterator[Sequence[str]]:
    for number, story in enumerate(review.stories, 1):
        for each in story.sources:
            passage = "".join(part.text for part in each.passage)
            yield (
                str(number),
                _harmless(story.first.title),
                _harmless(each.title),
                _harmless(each.outlet),
                f"{each.published:%Y-%m-%d}",
                f"{each.published:%H:%M}",
                words.paper_yes if each is story.first else "",
                _harmless(" ".join(passage.split())),
                _harmless_address(each.address or ""),
            )


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet calculates, wherever it begins one."""
    is_formula = cell.lstrip().startswith(_FORMULA) or cell[:1] in {"\t", "\r", "\n"}
    within = _MAY_BEGIN.sub(r"\g<0>'", cell)
    return f"'{within}" if is_formula else within


def _harmless_address(address: str) -> str:
    """Return the same of an address, which an apostrophe would spoil."""
    return _MAY_BEGIN.sub(lambda found: quote(found[0], safe=""), address)

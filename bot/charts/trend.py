"""A course as a picture for a phone: a bar for each day, its peaks numbered and named below."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import pairwise
from typing import NamedTuple

from PIL import Image, ImageDraw
from PIL.ImageFont import FreeTypeFont

from bot.charts.fonts import drawable, fitted, font
from bot.wording.reports import ReportWords

WIDTH, HEIGHT = 1080, 810
FINE = 2
"""It is drawn so many times as large, and made smaller: that smooths every edge."""
LEFT, RIGHT, TOP, BOTTOM = 92, 1040, 172, 560
NAMES, ROW = 672, 48
"""Where the names of peaks begin, and how far they are apart."""
LEAST = 2
"""How high a bar is at least."""
MOST_PEAKS = 3
MARK = 17
"""Radius of a peak's number; two of them never touch."""
STEPS = (1, 2, 5)

PAPER, INK, QUIET, GRID = "#fbfdfc", "#17211f", "#566563", "#dfe6e4"
WEEKEND, ARTICLES, STORIES, PEAK = "#eef2f1", "#a9d3cb", "#0b6e63", "#a4442a"


class _Ink(NamedTuple):
    """How a text is written."""

    size: int
    colour: str
    bold: bool = False

    @property
    def font(self) -> FreeTypeFont:
        return font(self.size * FINE, bold=self.bold)


_TITLE, _TOTALS = _Ink(44, INK, bold=True), _Ink(30, QUIET)
_NAME, _WHEN, _NUMBER = _Ink(28, INK), _Ink(28, QUIET), _Ink(24, PAPER, bold=True)
_SCALE, _DATE = _Ink(26, QUIET), _Ink(26, INK)


@dataclass(frozen=True, slots=True)
class Day:
    """What came on one day."""

    date: date
    stories: int
    articles: int
    top: str = ""
    """The title of what most articles were about."""


@dataclass(frozen=True, slots=True)
class Trend:
    """What is drawn."""

    title: str
    totals: str
    days: Sequence[Day]
    """Without a gap, the oldest first."""


def peaks(days: Sequence[Day]) -> list[int]:
    """Return the places of the days with most articles, the highest first.

    They are so far apart that their numbers do not touch, and stand out of the days between.
    """
    apart = 1 + int(2.4 * MARK * len(days) / (RIGHT - LEFT))
    found: list[int] = []
    for at in sorted(range(len(days)), key=lambda at: (-days[at].articles, at)):
        if len(found) == MOST_PEAKS or not days[at].articles:
            break
        if all(abs(at - other) >= apart and _dips(days, at, other) for other in found):
            found.append(at)
    return found


def _dips(days: Sequence[Day], one: int, other: int) -> bool:
    between = days[min(one, other) + 1 : max(one, other)]
    lower = min(days[one].articles, days[other].articles)
    return any(day.articles < lower for day in between)


def png(trend: Trend, words: ReportWords) -> bytes:
    """Draw it.

    Args:
        trend: at least one day.
        words: the language of its labels.
    """
    return _Picture(trend, words).png()


class _Picture:
    """The canvas, with lengths as they are in the end."""

    def __init__(self, trend: Trend, words: ReportWords) -> None:
        self._trend, self._words = trend, words
        self._days = trend.days
        self._image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), PAPER)
        self._pen = ImageDraw.Draw(self._image)
        self._step = (RIGHT - LEFT) / len(self._days)
        self._unit, self._most = _scale(max(day.articles for day in self._days))

    def png(self) -> bytes:
        self._heading()
        self._ground()
        self._bars()
        self._dates()
        self._peaks()
        small = self._image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        written = BytesIO()
        small.quantize(64).save(written, "PNG", optimize=True)
        return written.getvalue()

    def _heading(self) -> None:
        title = fitted(drawable(self._trend.title), _TITLE.font, 1000 * FINE)
        self._text((40, 54), title, _TITLE)
        self._text((40, 108), self._trend.totals, _TOTALS)
        at = RIGHT + 0.0
        legend = (
            (self._words.legend_articles, ARTICLES),
            (self._words.legend_stories, STORIES),
        )
        for said, colour in legend:
            at -= _NAME.font.getlength(said) / FINE
            self._text((at, 108), said, _NAME)
            self._box(at - 36, 96, at - 12, 120, colour)
            at -= 64

    def _ground(self) -> None:
        """Draw what the bars stand on: the weekends, and lines with their numbers."""
        for at, day in enumerate(self._days):
            if day.date.weekday() >= 5:
                self._box(self._x(at), TOP, self._x(at + 1), BOTTOM, WEEKEND)
        for value in range(0, self._most + 1, self._unit):
            y = self._y(value)
            self._box(LEFT, y - 0.75, RIGHT, y + 0.75, GRID if value else QUIET)
            self._text((LEFT - 14, y), self._words.number(value), _SCALE, "rm")

    def _bars(self) -> None:
        wide = min(self._step * 0.8, 90)
        for at, day in enumerate(self._days):
            middle = self._x(at + 0.5)
            left, right = middle - wide / 2, middle + wide / 2
            for value, colour in ((day.articles, ARTICLES), (day.stories, STORIES)):
                if value:  # one beside thousands is still seen
                    self._box(left, min(self._y(value), BOTTOM - LEAST), right, BOTTOM, colour)

    def _dates(self) -> None:
        """Name as many days as have room: each, or Mondays."""
        shown = self._named_days()
        for at in shown:
            day, middle = self._days[at].date, self._x(at + 0.5)
            ink = _SCALE if day.weekday() >= 5 else _DATE
            self._box(middle - 1, BOTTOM, middle + 1, BOTTOM + 8, QUIET)
            weekday = self._words.weekdays[day.weekday()]
            number = f"{day.day}." if len(self._days) <= 14 else ""
            month = f"{day.day}. {self._words.months[day.month]}"
            self._text((middle, BOTTOM + 28), weekday, ink, "mm")
            self._text((middle, BOTTOM + 60), number or month, ink, "mm")

    def _named_days(self) -> list[int]:
        everywhere = list(range(len(self._days)))
        if len(self._days) <= 14:
            return everywhere
        mondays = [at for at in everywhere if not self._days[at].date.weekday()]
        inside = [at for at in mondays if LEFT + 20 < self._x(at + 0.5) < RIGHT - 20]
        widest = 130
        every = next(n for n in range(1, 99) if n * 7 * self._step >= widest)
        return inside[::every]

    def _peaks(self) -> None:
        """Number the peaks, and name them below, where a title has room."""
        row = NAMES
        for number, at in enumerate(peaks(self._days), 1):
            day, middle = self._days[at], self._x(at + 0.5)
            self._mark(middle, self._y(day.articles) - MARK - 6, number)
            self._mark(40 + MARK, row, number)
            date_said = self._words.day(day.date)
            self._text((90, row), date_said, _WHEN)
            taken = 90 + _NAME.font.getlength(date_said) / FINE + 16
            title = fitted(drawable(day.top), _NAME.font, (RIGHT - taken) * FINE)
            self._text((taken, row), title, _NAME)
            row += ROW

    def _mark(self, x: float, y: float, number: int) -> None:
        around = (x - MARK, y - MARK, x + MARK, y + MARK)
        self._pen.ellipse([value * FINE for value in around], fill=PEAK)
        self._text((x, y - 0.5), str(number), _NUMBER, "mm")

    def _text(self, place: tuple[float, float], said: str, ink: "_Ink", anchor: str = "lm") -> None:
        x, y = place
        self._pen.text((x * FINE, y * FINE), said, ink.colour, ink.font, anchor)

    def _box(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        sides = [round(value * FINE) for value in (left, top, right, bottom)]
        self._pen.rectangle([sides[0], sides[1], sides[2] - 1, sides[3] - 1], fill=colour)

    def _x(self, at: float) -> float:
        return LEFT + at * self._step

    def _y(self, value: float) -> float:
        # Above the highest bar there is room for its number.
        return BOTTOM - value / self._most * (BOTTOM - TOP - 2 * MARK - 12)


def _scale(highest: int) -> tuple[int, int]:
    """Return how far the lines are apart, and the number that the highest stands for."""
    units = [step * 10**power for power in range(9) for step in STEPS]
    unit = next(unit for unit, _ in pairwise(units) if highest <= 5 * unit)
    return unit, max(1, -(-highest // unit)) * unit

"""Compares a new article with those that come into question: copies, the same event, vetoes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bot.stories.facts import conflicts, weak
from bot.stories.likeness import Likeness
from bot.stories.terms import Terms, number
from bot.stories.tuning import Tuning
from bot.stories.window import Level, Row
from bot.stories.wire import Copies
from bot.text.stems import stem

_FEW_RUNS = 12
"""Below so many sampled runs a copy has to share telling words, too."""

_FEW_TO_TELL = 60
"""Below so many sampled runs, in short texts, it has to be in the same town."""

_FEW_SHARED = 2

_KICKER = 3
"""A title of fewer telling words, and without a text, is a kicker: "Krieg in der Ukraine"."""

_ALONE = frozenset({"live", "column"})
_LEAST_SHARED = {Level.HEADLINE: 2, Level.TEASER: 3, Level.TEXT: 3}


@dataclass(slots=True)
class Members:
    """A story, as far as its members are in the window: their numbers, in order of arrival."""

    id: str
    rows: list[Row]
    opened: float
    latest: float

    def is_open(self, time: float, tuning: Tuning) -> bool:
        """Return whether an article of that time, in hours, may still join."""
        quiet = time - self.latest > tuning.silence.total_seconds() / 3600
        return not quiet and time - self.opened <= tuning.longest.total_seconds() / 3600


Story = Callable[[str], Members]


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest article of a story, and what speaks for and against joining it."""

    row: Row
    score: float
    threshold: float
    shared: Mapping[str, float]
    lacks: tuple[str, ...]
    """What is missing: then the two have too little in common even to be related."""
    vetoes: tuple[str, ...]
    is_open: bool
    is_wire: bool = False

    @property
    def mass(self) -> float:
        """How telling the shared words are together."""
        return sum(self.shared.values())

    @property
    def joins(self) -> bool:
        """Whether nothing but the story's end may keep the new article out of it."""
        return self.score >= self.threshold and not self.lacks and not self.vetoes


class Judge:
    """One new article, before the others."""

    def __init__(self, row: Row, terms: Terms, likeness: Likeness, tuning: Tuning) -> None:
        """Take the article, its terms with their words, and how alike others are."""
        self._row, self._terms, self._likeness, self._tuning = row, terms, likeness, tuning
        self._copies = Copies(row.sketch)
        self._thresholds = {level: likeness.threshold(level) for level in Level}
        self.candidates = likeness.candidates()

    def ranked(self, story: Story) -> list[Nearest]:
        """Return the stories that are related at least, each by its nearest article.

        A copy of the text goes before all others, then what the article may join, then what it may
        not, the most alike first.
        """
        wire = self._wire(story)
        if wire is None or not wire.joins:
            return self._alike(story)
        # What else is in the copy's story makes no difference any more.
        return [wire, *self._alike(story, but=wire.row.story)]

    def is_alike(self, row: Row) -> bool:
        """Return whether a row alone, without its story, is near enough."""
        return self._likeness.of(row) >= self._threshold(row)

    def _wire(self, story: Story) -> Nearest | None:
        if not self._row.sketch.all:
            return None
        copied = {
            row.number: self._copied(row)
            for row in self.candidates
            if row.sketch.all and row.kind not in _ALONE
        }
        row = max(self.candidates, key=lambda each: copied.get(each.number, 0.0), default=None)
        if row is None or not (share := copied.get(row.number, 0.0)):
            return None
        return Nearest(
            row,
            share,
            self._tuning.wire,
            self._likeness.shared(row, self._terms),
            (),
            self._not_copied(row),
            story(row.story).is_open(self._row.time, self._tuning),
            is_wire=True,
        )

    def _alike(self, story: Story, but: str = "") -> list[Nearest]:
        nearest: dict[str, tuple[float, Row]] = {}
        for row in self.candidates:
            if row.kind in _ALONE or row.story == but:
                continue
            least = self._threshold(row) * self._tuning.related
            score = self._likeness.of(row, least)
            if score >= least and score > nearest.get(row.story, (0.0, row))[0]:
                nearest[row.story] = score, row
        found = (self._judged(*each, story(each[1].story)) for each in nearest.values())
        near = [each for each in found if each.score >= each.threshold * self._tuning.related]
        return sorted(near, key=_rank)

    def _judged(self, best: float, row: Row, story: Members) -> Nearest:
        share = self._tuning.nearest
        latest = story.rows[-self._tuning.latest :]
        score = share * best + (1 - share) * self._likeness.mean(latest)
        shared = self._likeness.shared(row, self._terms)
        return Nearest(
            row,
            score,
            self._threshold(row),
            shared,
            tuple(self._lacks(row, shared)),
            tuple(self._vetoes(row)),
            story.is_open(self._row.time, self._tuning),
        )

    def _lacks(self, row: Row, shared: Mapping[str, float]) -> Iterator[str]:
        level = min(row.level, self._row.level)
        if len(shared) < _LEAST_SHARED[level]:
            yield f"only {len(shared)} shared words, need {_LEAST_SHARED[level]}"
        mass, needed = sum(shared.values()), self._likeness.needed_mass()
        if mass < needed:
            yield f"shared words tell too little: {mass:.1f}, need {needed:.1f}"
        if level == Level.HEADLINE and min(row.words, self._row.words) < _KICKER:
            yield "the title is a kicker"

    def _vetoes(self, row: Row) -> Iterator[str]:
        if row.kind != self._row.kind:
            yield "one of them is opinion"
        _, runs, leads, _ = self._copies.overlap(row.sketch)
        if runs >= self._tuning.wire_runs and leads < self._tuning.wire_leads:
            yield "one has a passage of the other, and begins with something else"
        yield from conflicts(self._row.facts, row.facts)
        yield from self._other_place(row)

    def _other_place(self, row: Row) -> tuple[str, ...]:
        differing = weak(self._row.facts, row.facts)
        apart = any(each.startswith("place") for each in differing)
        return differing if apart and not (_names(row, self._row) or _names(self._row, row)) else ()

    def _threshold(self, row: Row) -> float:
        return self._thresholds[min(row.level, self._row.level)]

    def _copied(self, row: Row) -> float:
        """Return which share of the shorter text is a copy; 0: too little to call it that."""
        tuning, found = self._tuning, self._copies.overlap(row.sketch)
        enough = found.share >= tuning.wire and found.runs >= tuning.wire_runs
        if not enough or found.leads < tuning.wire_leads:
            return 0.0
        if found.shorter < _FEW_RUNS:
            shared = len(self._likeness.shared(row, self._terms))
            return found.share if shared >= _FEW_SHARED else 0.0
        return found.share

    def _not_copied(self, row: Row) -> tuple[str, ...]:
        """Return why a text is none although it has the words: another year, or another town."""
        if self._row.correction or row.correction:
            return ()
        found = conflicts(self._row.facts, row.facts)
        # Reports of the police are alike, but for names; longer texts in another town are not.
        if min(len(self._row.sketch.all), len(row.sketch.all)) < _FEW_TO_TELL:
            found += self._other_place(row)
        return tuple(each for each in found if each.startswith(("year", "place")))


def _names(one: Row, other: Row) -> bool:
    """Return whether one says a town anywhere that the other one puts something into."""
    return any(number(stem(town, other.language)) in one.terms for town in other.facts.towns)


def _rank(each: Nearest) -> tuple[bool, bool, float, int]:
    joins = each.joins and each.is_open
    return not joins, bool(each.lacks), -each.score, -each.row.number

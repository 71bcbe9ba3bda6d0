"""How alike a new article and those of the window are: TF-IDF, with the window's frequencies."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import islice

from bot.stories.terms import MOST_OF_TITLE, Terms
from bot.stories.tuning import Tuning
from bot.stories.window import SCALE, Level, Row, Window
from bot.stories.wire import indexed

RAREST = 8
"""Candidates share one of so many of the new article's rarest terms."""

MOST_CANDIDATES, MOST_OF_STORY = 24, 4
"""So many candidates are compared term by term, and so many of one story."""

_LEAST_OF_MASS = 0.4  # of what is needed in the end has to come from the rarest terms
_FEW = 400  # articles: up to so many a window is small

# A term that comes often counts by the logarithm, as is usual; one of a compound less than a word.
_COUNTS = tuple(1 + math.log(n / SCALE) if n > SCALE else n / SCALE for n in range(256))


_logarithm = lru_cache(maxsize=100_000)(math.log)


class _Rarities(dict[int, float]):
    """How much each term tells: the logarithm of how many articles there are to one with it."""

    def __init__(self, window: Window, articles: float) -> None:
        self._frequency, self._articles = window.frequency, articles

    def __missing__(self, term: int) -> float:
        found = self[term] = max(0.0, self._articles - _logarithm(self._frequency(term) + 1))
        return found


class Likeness:
    """A new article against the window, as it was before the article."""

    def __init__(self, window: Window, row: Row, tuning: Tuning) -> None:
        """Weigh the terms of a new article, which is not in the window yet."""
        self._window, self._row, self._tuning = window, row, tuning
        self._all = math.log(len(window) + tuning.prior)
        self._grown = max(0.0, self._all - math.log(_FEW))
        self._rarities = _Rarities(window, self._all)
        self._whole = self._weighed(row, len(row.terms))
        short = len(row.terms) <= MOST_OF_TITLE
        self._short = self._whole if short else self._weighed(row, MOST_OF_TITLE)

    def candidates(self) -> list[Row]:
        """Return the rows that share most of the rare terms, the nearest first."""
        found: dict[int, float] = {}
        frequencies = {term: self._window.frequency(term) for term in self._row.terms}
        known = [term for term, articles in frequencies.items() if articles]
        rarest = sorted(known, key=frequencies.__getitem__)[:RAREST]
        for term in rarest:
            rarity = self._rarities[term]
            for number in self._window.having(term):
                found[number] = found.get(number, 0.0) + rarity
        for run in indexed(self._row.sketch):
            for number in self._window.having(run):
                found[number] = found.get(number, 0.0) + self._all
        least = _LEAST_OF_MASS * self.needed_mass()
        near = [number for number, mass in found.items() if mass >= least]
        near.sort(key=found.__getitem__, reverse=True)
        return list(islice(self._spread(near), MOST_CANDIDATES))

    def of(self, row: Row, least: float = 0.0) -> float:
        """Return how alike the new article and a row are, from 0 to 1, less with every hour.

        Of two articles the longer one counts with so much only as the shorter one has.

        Args:
            row: the row.
            least: what is of interest; 0 is returned for less, which is faster.
        """
        terms, (weights, length) = row.terms, self._whole
        if min(len(terms), len(self._row.terms)) <= MOST_OF_TITLE:
            terms, (weights, length) = terms[:MOST_OF_TITLE], self._short
        hours = self._tuning.half_life.total_seconds() / 3600
        decay = math.exp2(-abs(self._row.time - row.time) / hours) / length
        # No row with these terms in common can be more alike than this (Cauchy and Schwarz).
        most = math.sqrt(sum([weights[term] ** 2 for term in terms if term in weights]))
        if not most or most * decay < least:
            return 0.0
        rarities, both, norm = self._rarities, 0.0, 0.0
        for term, count in zip(terms, row.counts, strict=False):
            weight = _COUNTS[count] * rarities[term]
            norm += weight * weight
            if term in weights:
                both += weight * weights[term]
        return both / math.sqrt(norm) * decay if norm else 0.0

    def mean(self, rows: Iterable[Row]) -> float:
        """Return how alike the new article and several rows are on average."""
        found = [self.of(row) for row in rows]
        return sum(found) / len(found)

    def shared(self, row: Row, terms: Terms) -> Mapping[str, float]:
        """Return the words of the new article that a row has too, each with how rare it is.

        A compound of which only a part is shared counts once, as that part.
        """
        found: dict[str, float] = {}
        for term in row.terms:
            for word in terms.words.get(term, ()):
                found[word] = max(found.get(word, 0.0), self._rarities[term])
        return dict(sorted(found.items(), key=lambda each: -each[1]))

    def needed_mass(self) -> float:
        """Return what shared words must tell together; less while few articles are known."""
        tuning = self._tuning
        return self._all * min(tuning.mass + tuning.mass_growth * self._grown, tuning.most_mass)

    def threshold(self, level: Level) -> float:
        """Return how alike an article must be, if so much of both can be compared."""
        tuning = self._tuning
        if level == Level.TEXT:
            return tuning.with_text
        least = tuning.headlines.get(self._row.language, tuning.other_headlines)
        most = tuning.most_headlines if level == Level.HEADLINE else tuning.teasers
        return min(least + tuning.growth * self._grown, most)

    def _weighed(self, row: Row, most: int) -> tuple[Mapping[int, float], float]:
        weights = {
            term: _COUNTS[count] * self._rarities[term]
            for term, count in zip(row.terms[:most], row.counts, strict=False)
        }
        return weights, math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0

    def _spread(self, ranked: Iterable[int]) -> Iterable[Row]:
        """Yield rows, but few of each story: a large one would leave no room for others."""
        of_story: Counter[str] = Counter()
        for number in ranked:
            row = self._window.rows[number]
            of_story[row.story] += 1
            if of_story[row.story] <= MOST_OF_STORY:
                yield row

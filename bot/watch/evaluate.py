"""Evaluates queries: a function for each shape, which is given the terms of the query."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple

from bot.model import Field, Span
from bot.watch.chunk import Place
from bot.watch.reading import MOST_SPANS, FieldReading, Scope
from bot.watch.terms import Shape, leaves

Terms = Sequence[int]
Found = list[list[tuple[Span, ...]]]
"""Places by the fields of a scope: for each term that took part all, in order and each once."""


class Evaluation(NamedTuple):
    """How queries of one shape are evaluated."""

    holds: Callable[[Terms, Scope], bool]
    collect: Callable[[Terms, Scope, Found], None]
    """Adds the places that took part; for a query that holds."""


def spans(evaluation: Evaluation, terms: Terms, scope: Scope) -> tuple[Span, ...]:
    """Return the places of a query that holds: in order, title first."""
    found: Found = [[] for _ in scope.fields]
    evaluation.collect(terms, scope, found)
    told: tuple[Span, ...] = ()
    for each in found:
        if len(each) == 1:
            told += each[0]
        elif each:
            told += tuple(sorted(set(chain.from_iterable(each)))[:MOST_SPANS])
    return told


@lru_cache(maxsize=4096)
def evaluation(shape: Shape) -> Evaluation:
    """Return how queries of a shape are evaluated."""
    match shape:
        case ("t", at):
            made = _leaf(at)
        case ("&", parts):
            made = _all(parts)
        case ("|", parts):
            made = _any(tuple(map(evaluation, parts)))
        case ("!", part):
            made = _not(evaluation(part))
        case ("near", distance, left, right):
            made = _near(distance, tuple(leaves(left)), tuple(leaves(right)))
        case ("least", times, part):
            made = _at_least(times, evaluation(part), tuple(leaves(part)))
        case ("only", field, part):
            made = _only(field, evaluation(part))
        case _:
            raise AssertionError(shape)
    return made


def _leaf(at: int) -> Evaluation:
    def holds(terms: Terms, scope: Scope) -> bool:
        return terms[at] in scope.present

    def collect(terms: Terms, scope: Scope, found: Found) -> None:
        term = terms[at]
        for field, into in zip(scope.fields, found, strict=True):
            if term in field.present:
                into.append(field.spans(term))

    return Evaluation(holds, collect)


def _not(part: Evaluation) -> Evaluation:
    def holds(terms: Terms, scope: Scope) -> bool:
        return not part.holds(terms, scope)

    def collect(terms: Terms, scope: Scope, found: Found) -> None:
        """What is not there has no places."""

    return Evaluation(holds, collect)


def _all(parts: Sequence[Shape]) -> Evaluation:
    conditions = [evaluation(part).holds for part in parts]
    # What is not to be there has no places.
    collectors = [evaluation(part).collect for part in parts if any(True for _ in leaves(part))]

    def holds(terms: Terms, scope: Scope) -> bool:
        return all(condition(terms, scope) for condition in conditions)

    def collect(terms: Terms, scope: Scope, found: Found) -> None:
        for collector in collectors:
            collector(terms, scope, found)

    return Evaluation(holds, collect)


def _any(parts: Sequence[Evaluation]) -> Evaluation:
    def holds(terms: Terms, scope: Scope) -> bool:
        return any(part.holds(terms, scope) for part in parts)

    def collect(terms: Terms, scope: Scope, found: Found) -> None:
        for part in parts:
            if part.holds(terms, scope):
                part.collect(terms, scope, found)

    return Evaluation(holds, collect)


def _only(name: Field, part: Evaluation) -> Evaluation:
    def holds(terms: Terms, scope: Scope) -> bool:
        return part.holds(terms, scope.only(name))

    def collect(terms: Terms, scope: Scope, found: Found) -> None:
        inside = [
            into for field, into in zip(scope.fields, found, strict=True) if field.name == name
        ]
        part.collect(terms, scope.only(name), inside)

    return Evaluation(holds, collect)


def _at_least(times: int, part: Evaluation, terms_at: Sequence[int]) -> Evaluation:
    def holds(terms: Terms, scope: Scope) -> bool:
        counted = 0
        for field in scope.fields:
            counted += _most_apart(_places(field, terms, terms_at))
        return counted >= times

    return Evaluation(holds, part.collect)


def _near(distance: int, left: Sequence[int], right: Sequence[int]) -> Evaluation:
    def holds(terms: Terms, scope: Scope) -> bool:
        return any(
            True
            for field in scope.fields
            for _ in _close(_places(field, terms, left), _places(field, terms, right), distance)
        )

    def collect(terms: Terms, scope: Scope, found: Found) -> None:
        for field, into in zip(scope.fields, found, strict=True):
            a, b = _places(field, terms, left), _places(field, terms, right)
            for places in (_close(a, b, distance), _close(b, a, distance)):
                into.append(tuple([field.span(place) for place in islice(places, MOST_SPANS)]))

    return Evaluation(holds, collect)


def _places(field: FieldReading, terms: Terms, terms_at: Sequence[int]) -> Sequence[Place]:
    """Return the places of terms in a field, by their start."""
    if len(terms_at) == 1:
        return field.places(terms[terms_at[0]])
    return sorted(set(chain.from_iterable(field.places(terms[at]) for at in terms_at)))


def _most_apart(places: Sequence[Place]) -> int:
    """Return how many of the places, at most, lie beside each other without overlapping."""
    counted = end = 0
    for place in sorted(places, key=lambda each: each.end):
        if place.start >= end:
            counted += 1
            end = place.end
    return counted


def _close(places: Sequence[Place], others: Sequence[Place], distance: int) -> Iterator[Place]:
    """Yield the places that have one of the others at most so many words away.

    Both sorted by start. Places that overlap are no pair: for each place only the next one that
    begins after its end and the last one that ends before its start need a look.
    """
    if not places or not others:
        return
    starts = [other.start for other in others]
    by_end = sorted(others, key=lambda each: each.end)
    ends = [other.end for other in by_end]
    for place in places:
        after = bisect_left(starts, place.end)
        if after < len(others) and others[after].first - place.last <= distance:
            yield place
            continue
        before = bisect_right(ends, place.start) - 1
        if before >= 0 and place.first - by_end[before].last <= distance:
            yield place

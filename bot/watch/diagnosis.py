"""Judges a watchlist by what it brought in: what is idle, what is loud, what is not wanted.

Pure judgement: what is counted comes from outside (`bot.watch.tally`), and what could be changed is
another matter (`bot.watch.remedies`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot.text.german import relations
from bot.watch.implication import Lines
from bot.watch.tally import FormCount, LineCount, Tally, fewest_for
from bot.watch.watchlist import Query, Watchlist

NINE_TENTHS = 0.9
ENOUGH = 10
"""Events from which on it means something which lines bring most of them."""
SOME = 3
"""Events by a form alone that are worth a word even where it mostly comes with others."""
_SURPRISING = (
    *(relations.BEGINS, relations.ENDS, relations.CONTAINS),
    *(relations.DERIVED, relations.NAME),
)
"""Why words count that not everybody expects."""

How = Literal["twin", "cover", "veto"]


class Implied(NamedTuple):
    """A line that others make superfluous, or useless."""

    query: Query
    by: Query
    how: How
    """It says the same, it finds all of this, or it excludes all of this."""
    more: tuple[Query, ...] = ()
    """Lines that only together with the other one find or exclude all of this."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What there is to say of a list."""

    tally: Tally
    never: tuple[Query, ...]
    """Lines that nothing was found by."""
    idle: tuple[Query, ...]
    """Exclusions that kept nothing away."""
    loud: tuple[LineCount, ...]
    """Few lines, which bring nine tenths of the events; empty: it is not few, or says nothing."""
    unwanted: tuple[LineCount, ...]
    """The fewest lines that have nine tenths of the false alarms."""
    unwanted_forms: tuple[FormCount, ...]
    """Forms that brought false alarms, those of most first."""
    surprising: tuple[FormCount, ...]
    """Compounds, derivations and other names by which alone events were found."""
    implied: tuple[Implied, ...]

    @property
    def is_well(self) -> bool:
        """Whether there is nothing to say."""
        said = (self.never, self.idle, self.loud, self.unwanted, self.surprising, self.implied)
        return not any(said)


def diagnose(watchlist: Watchlist, counted: Tally, idle: tuple[Query, ...] = ()) -> Diagnosis:
    """Judge a list.

    Args:
        watchlist: the list.
        counted: what it brought in.
        idle: its exclusions that kept nothing away.
    """
    unwanted = fewest_for(NINE_TENTHS, ((each, each.unwanted) for each in counted.lines))
    forms = [each for each in counted.forms if each.unwanted]
    surprising = [each for each in counted.forms if is_surprising(each) and _is_alone(each)]
    return Diagnosis(
        counted,
        tuple(each.query for each in counted.lines if not each.events),
        idle,
        tuple(_loud(counted)),
        tuple(unwanted),
        tuple(sorted(forms, key=lambda each: (-each.unwanted, each.events))),
        tuple(sorted(surprising, key=lambda each: -each.alone * each.alone / each.events)),
        tuple(_implied(watchlist)),
    )


def is_surprising(form: FormCount) -> bool:
    """Tell whether a form counts by another rule than everybody expects."""
    # Where more than a keyword follows, somebody has asked for just these letters: Drohn*.
    rest = (form.rule.removeprefix(f"{each} ") for each in _SURPRISING)
    return any(each != form.rule and " " not in each for each in rest)


def _is_alone(form: FormCount) -> bool:
    """Whether events came by this form alone, and not just by chance."""
    return form.alone >= SOME or (form.alone > 0 and 2 * form.alone >= form.events)


def _loud(counted: Tally) -> list[LineCount]:
    if counted.events < ENOUGH or len(counted.lines) < 2:
        return []
    fewest = fewest_for(NINE_TENTHS, ((each, each.events) for each in counted.lines))
    return fewest if 2 * len(fewest) <= len(counted.lines) else []


def superfluous(watchlist: Watchlist, number: int) -> Implied | None:
    """Return what makes a line superfluous, or useless, in a list as it is now; None: nothing.

    Args:
        watchlist: the list.
        number: of the line, from 1.
    """
    query = next((each for each in watchlist.queries if each.line == number), None)
    if query is None:
        return None
    return _by(query, *_lines(watchlist))


def _implied(watchlist: Watchlist) -> Iterator[Implied]:
    """Yield the lines that may all go together: none of them is made superfluous by another."""
    lines, vetoes = _lines(watchlist)
    for query in watchlist.queries:
        if found := _by(query, lines, vetoes):
            lines.drop(query)
            yield found


def _lines(watchlist: Watchlist) -> tuple[Lines, Lines]:
    """Return what a list looks for, and what it excludes."""
    # What is said here lets lines go: the phrase "China Reis" finds reis in small letters, which
    # the noun does not, and forms that are ignored count in it.
    return Lines(watchlist.queries, strictly=True), Lines(watchlist.exclusions, strictly=True)


def _by(query: Query, lines: Lines, vetoes: Lines) -> Implied | None:
    if veto := vetoes.twin(query):
        return Implied(query, veto, "veto")
    if stopped := vetoes.covers(query):
        return Implied(query, stopped[0], "veto", stopped[1:])
    if twin := lines.twin(query):
        return Implied(query, twin, "twin")
    if covers := lines.covers(query):
        return Implied(query, covers[0], "cover", covers[1:])
    return None

"""What goes with a query: forms that it finds, and what comes along more often than elsewhere."""

from collections.abc import Sequence

import pytest

from bot.model import FoundArticle
from bot.watch.companions import (
    Companion,
    Elsewhere,
    companions,
    forms,
    likelihood_ratio,
    mentions,
)
from tests.lists_kit import a_list, matched

KOREA = a_list("Nordkorea")
NEWS = (
    ("Test", "Nordkorea feuerte eine Rakete ab. In Pjöngjang sprach Kim Jong-un vom Erfolg."),
    ("Reise", "Kim Jong-un verließ Nordkorea. Der Zug fuhr am Montag aus Pjöngjang ab."),
    (
        "Hilfe",
        "Der Regen traf nordkoreanische Felder. Kim Jong-un kam selbst, hieß es in Pjöngjang.",
    ),
    ("Musik", "Das Orchester spielte in Nordkorea. Kim Jong-un klatschte am Montag. Er lachte."),
)
ELSEWHERE = Elsewhere(100, {"montag": 50, "kim": 0, "jong-un": 0, "pjoengjang": 0})


def events(*texts: tuple[str, str]) -> list[list[FoundArticle]]:
    """Articles on North Korea, each an event of its own."""
    return [[each] for each in matched(KOREA, *texts)]


def named(found: Sequence[Sequence[FoundArticle]], elsewhere: Elsewhere = ELSEWHERE) -> list[str]:
    return [each.text for each in companions(mentions(found), elsewhere)]


def test_forms_are_counted_by_event_the_most_frequent_first() -> None:
    found = forms(events(*NEWS, ("Noch", "Nordkoreas Nachbarn: nordkoreanischen Angaben nach.")))

    assert [(form.text, form.events) for form in found] == [
        ("Nordkorea", 4),
        ("nordkoreanische", 2),
    ]
    assert found[1].rule == "adjective of Nordkorea"


def test_names_that_come_along_are_named_in_full_with_their_events() -> None:
    found = companions(mentions(events(*NEWS)), ELSEWHERE)

    assert [(each.text, each.events) for each in found] == [("Kim Jong-un", 4), ("Pjöngjang", 3)]


def test_a_word_that_is_as_frequent_elsewhere_is_not_named() -> None:
    often = [(title, f"{text} Am Montag stand es in Zeitungen.") for title, text in NEWS]

    assert "Montag" not in named(events(*often))


def test_copies_of_one_text_count_once() -> None:
    copies = [each for event in events(*[NEWS[0]] * 9) for each in event]

    assert named([copies]) == []


def test_a_word_of_two_events_may_be_chance() -> None:
    assert named(events(*NEWS[:2])) == []


def test_a_name_that_is_mostly_written_short_is_named_short() -> None:
    texts = [("", f"Nordkorea empfing {name}.") for name in ("Putin",) * 6]
    texts += [("", "Nordkorea empfing Wladimir Putin.")] * 3

    assert named(events(*texts), Elsewhere(100, {})) == ["Putin"]


def test_the_first_name_of_who_is_looked_for_does_not_go_with_them() -> None:
    found = matched(a_list("Merkel"), *[("", "Angela Merkel sprach.")] * 5)

    assert named([[each] for each in found], Elsewhere(100, {})) == []


def test_forms_of_a_word_are_one_word() -> None:
    texts = [
        ("A", "Nordkorea baut. Die Rede in Pjöngjang war lang."),
        ("B", "Nordkorea baut. Die Lage Pjöngjangs war schlecht."),
        ("C", "Nordkorea baut. Die Rede in Pjöngjang war kurz."),
    ]

    assert [each.events for each in companions(mentions(events(*texts)), ELSEWHERE)] == [3]


def test_nothing_to_compare_with_says_nothing() -> None:
    assert companions(mentions(events(*NEWS)), Elsewhere(0, {})) == []


# From outside: T. Dunning's statistic by the entropy of the table, worked out by hand.
@pytest.mark.parametrize(
    ("here", "of", "there", "of_others", "expected"),
    [(4, 4, 0, 100, 33.9), (10, 20, 10, 20, 0.0), (1, 20, 10, 20, 0.0), (3, 3, 0, 10, 14.0)],
)
def test_the_likelihood_ratio(
    here: int, of: int, there: int, of_others: int, expected: float
) -> None:
    assert likelihood_ratio(here, of, there, of_others) == pytest.approx(expected, abs=0.1)


def test_the_surest_is_named_first() -> None:
    found = companions(mentions(events(*NEWS)), ELSEWHERE)

    assert found == sorted(found, key=lambda each: -each.surprise)
    assert isinstance(found[0], Companion)

"""What the watch says has German words: every sentence of it, read off its source."""

import re

import pytest

from bot.alerts.html import escape
from bot.sandbox.html import parse_html
from bot.text.german import relations
from bot.wording import LANGUAGES, Sentences
from bot.wording.en import ENGLISH
from tests.watch_sentences import BY_OTHERS, SAID, Kind, Said, german, names, pairs, values

KINDS: tuple[Kind, ...] = ("faults", "reasons", "rules")
ENGLISH_WORDS = re.compile(
    r"\b(?:the|this|these|is|are|it|its|of|or|and|not|no|with|for|write|leave|there|has|have|"
    r"cannot|word|words|letters|line|lines|quotes|missing|invalid|without)\b"
)
# What of a remedy is to be written as it stands there.
SAMPLE = re.compile(r"\S*[&|!*=/@#]\S*|(?:title|text):|NEAR\S*|(?<!\S)-\S+")

EVERY = [pytest.param(each, id=each.text) for each in (*SAID, *BY_OTHERS)]


@pytest.mark.parametrize("said", EVERY)
def test_whatever_the_watch_says_has_german_words(said: Said) -> None:
    taken = values(said.kind, said.text)

    assert taken is not None, f"{said.where}: add a pair to the German {said.kind}: {said.text}"
    if said in SAID:
        assert not re.search("[a-z]", taken), f"{said.where}: more of this is German than a value"


@pytest.mark.parametrize("said", EVERY)
def test_german_words_have_no_english_ones_among_them(said: Said) -> None:
    assert not ENGLISH_WORDS.search(german(said.kind)(said.text))


@pytest.mark.parametrize("said", EVERY)
def test_values_are_the_same_in_german(said: Said) -> None:
    numbers = re.compile("‹[0-9]+›")

    told = german(said.kind)(said.text)

    assert sorted(numbers.findall(told)) == sorted(numbers.findall(said.text))


@pytest.mark.parametrize("words", LANGUAGES.values(), ids=LANGUAGES)
@pytest.mark.parametrize("said", EVERY)
def test_what_is_said_is_html_that_telegram_takes(said: Said, words: Sentences) -> None:
    told = getattr(words.watch, said.kind)(said.text.replace("‹", "<b>").replace("›", "&"))

    assert parse_html(escape(told)) == (told, [])


@pytest.mark.parametrize("kind", KINDS)
def test_no_german_words_are_for_something_that_is_never_said(kind: Kind) -> None:
    used: set[str] = set()
    for each in (*SAID, *BY_OTHERS):
        used |= pairs(each.kind, each.text) if each.kind == kind else set()

    assert set(german(kind).table) - used == set()
    assert set(getattr(ENGLISH.watch, kind).table) <= used


@pytest.mark.parametrize("words", LANGUAGES.values(), ids=LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_pair_has_the_same_placeholders_on_both_sides(kind: Kind, words: Sentences) -> None:
    unlike = [
        said
        for said, told in getattr(words.watch, kind).table.items()
        if sorted(names(said)) != sorted(names(told))
    ]

    assert unlike == []


@pytest.mark.parametrize("said", BY_OTHERS, ids=lambda said: said.text)
def test_what_others_say_is_not_just_quoted(said: Said) -> None:
    assert not pairs("faults", said.text) & {
        "RE2 refuses this: {reason}",
        "cannot be read ({reason})",
    }


def test_every_relation_of_words_is_among_the_rules() -> None:
    said = {each.text for each in SAID if each.kind == "rules"}

    assert {f"{relation} ‹0›" for relation in relations.ALL} <= said


@pytest.mark.parametrize("kind", ["faults", "reasons"])
def test_english_stays_as_the_watch_says_it(kind: Kind) -> None:
    said = [each.text for each in SAID if each.kind == kind]

    assert [getattr(ENGLISH.watch, kind)(each) for each in said] == said


@pytest.mark.parametrize("said", [each for each in SAID if each.text.startswith("write ")])
def test_what_is_to_be_written_is_the_same_in_german(said: Said) -> None:
    written = said.text.replace("Word", "Wort").replace("/expression/", "/Ausdruck/")
    told = german("faults")(said.text)

    assert all(sample.strip(",;:") in told for sample in SAMPLE.findall(written))

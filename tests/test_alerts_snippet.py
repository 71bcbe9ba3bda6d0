"""The passages of an article that show why it matched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.snippet import BOLD, PASSAGES, snippet
from bot.model import Article, Match, Span
from bot.sandbox.html import parse_html

FILLER = "Hier steht ein ganz gewöhnlicher Satz über das Wetter. " * 20


def match(text: str, *words: str, watchlist: str = "liste") -> Match:
    """A match at the first place of each word."""
    found = [(text.index(word), word) for word in words]
    spans = tuple(Span("text", start, start + len(word), word, "") for start, word in found)
    return Match(watchlist, words[0], 1, spans)


def shown(text: str, *matches: Match) -> str:
    return parse_html(snippet(Article("Titel", text, "page"), matches))[0]


def bold(text: str, *matches: Match) -> list[str]:
    plain, entities = parse_html(snippet(Article("Titel", text, "page"), matches))
    raw = plain.encode("utf-16-le")
    return [raw[2 * e.offset : 2 * e.end].decode("utf-16-le") for e in entities]


def test_a_short_text_is_shown_whole_with_its_words_in_bold() -> None:
    text = "Soldaten aus Nordkorea marschieren."

    assert snippet(Article("T", text, "page"), [match(text, "Nordkorea")]) == (
        "Soldaten aus <b>Nordkorea</b> marschieren."
    )


def test_a_long_text_is_shown_around_the_place_from_sentence_to_sentence() -> None:
    text = f"{FILLER}Soldaten aus Nordkorea marschieren. {FILLER}"

    passage = shown(text, match(text, "Nordkorea"))

    assert passage.startswith("… Hier steht")
    assert "Wetter. Soldaten aus Nordkorea marschieren. Hier" in passage
    assert passage.endswith(". …")
    assert len(passage) < 350


def test_words_are_not_cut_in_the_middle() -> None:
    text = f"{'Wortreihe ' * 60}Nordkorea {'Wortreihe ' * 60}"

    words = set(shown(text, match(text, "Nordkorea")).split())

    assert words == {"…", "Wortreihe", "Nordkorea"}


def test_every_list_is_shown_by_its_first_place() -> None:
    text = f"Nordkorea. {FILLER} Siegesparade. {FILLER} Nordkorea noch einmal."
    first = match(text, "Nordkorea", watchlist="a")
    second = match(text, "Siegesparade", watchlist="b")

    assert bold(text, second, first) == ["Nordkorea", "Siegesparade"]
    assert " … " in shown(text, first, second)


def test_places_that_are_near_each_other_share_a_passage() -> None:
    text = f"{FILLER} Nordkorea schickt Soldaten zur Siegesparade. {FILLER}"
    matches = [match(text, "Nordkorea", watchlist="a"), match(text, "Siegesparade", watchlist="b")]

    assert shown(text, *matches).count("Nordkorea schickt") == 1
    assert shown(text, *matches).count(" … ") == 0


def test_other_places_inside_a_passage_are_bold_as_well() -> None:
    text = f"{FILLER} Nordkorea und nochmals Korea. {FILLER}"

    assert bold(text, match(text, "Nordkorea"), match(text, "nochmals")) == [
        *("Nordkorea", "nochmals"),
    ]


def test_at_most_three_passages_are_shown() -> None:
    words = ["Eins", "Zwei", "Drei", "Vier", "Fünf"]
    text = FILLER.join(words)
    matches = [match(text, word, watchlist=word) for word in words]

    assert bold(text, *matches) == words[:PASSAGES]


def test_a_match_in_the_title_alone_shows_how_the_text_begins() -> None:
    in_title = Match("liste", "Nordkorea", 1, (Span("title", 0, 9, "Nordkorea", ""),))

    passage = snippet(Article("Nordkorea", FILLER, "page"), [in_title])

    assert passage.startswith("Hier steht")
    assert passage.endswith(".…")
    assert len(passage) < 250


@pytest.mark.parametrize("text", ["", " \n ", "\u202e"])
def test_without_a_text_there_is_no_passage(text: str) -> None:
    assert snippet(Article("Nordkorea", text, "title"), []) == ""


def test_paragraphs_and_headings_have_a_line_each() -> None:
    text = "Erster Absatz.\n\nEin Titel\nNordkorea  kommt.\t Ende."

    assert shown(text, match(text, "Nordkorea")) == (
        "Erster Absatz.\nEin Titel\nNordkorea kommt. Ende."
    )


def test_hostile_text_is_shown_as_it_is() -> None:
    text = '</b><a href="https://evil.example">Nordkorea</a> & "Co" &lt;'

    assert shown(text, match(text, "Nordkorea")) == text
    assert bold(text, match(text, "Nordkorea")) == ["Nordkorea"]


def test_a_place_of_any_length_leaves_a_passage_of_a_few_lines() -> None:
    text = f"{FILLER}Kim{' .' * 5000} Jong{' .' * 5000} Un"
    endless = Match("liste", "Kim Jong Un", 1, (Span("text", len(FILLER), len(text), "", ""),))

    assert len(shown(text, endless)) < 350


def test_a_text_that_is_nothing_but_places_has_few_of_them_in_bold() -> None:
    text = "a " * 5000
    spans = tuple(Span("text", n, n + 1, "a", "") for n in range(0, len(text), 2))

    assert len(bold(text, Match("liste", "a", 1, spans))) <= BOLD


@given(
    st.text(min_size=1, max_size=2000),
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 2000), st.sampled_from("abcd"))),
)
def test_whatever_matched_the_passages_are_few_short_and_well_formed(
    text: str, places: list[tuple[int, int, str]]
) -> None:
    matches = [Match(name, "x", 1, (Span("text", a, a + b, "", ""),)) for a, b, name in places]

    plain, entities = parse_html(snippet(Article("T", text, "page"), matches))

    assert len(plain) <= 1000
    assert len(entities) <= PASSAGES * BOLD
    assert {entity.kind for entity in entities} <= {"bold"}

"""Copies of an agency's text: under other headlines, cut, longer, reordered, edited."""

import itertools

import pytest

from bot.stories.agency import agency, agency_id
from bot.stories.engine import Stories
from tests.stories_kit import HOUR, LOCAL, MISSILE, WIRE, decided, document, joined, sentences

ORIGINAL = document("dpa", "Nordkoreas Soldaten bei Siegesparade erwartet", WIRE, outlet="welt.de")


def copy(text: str, title: str = "Pjöngjang schickt Truppen nach Moskau") -> str:
    first, second = decided(ORIGINAL, document("b", title, text, HOUR, outlet="zeit.de"))
    assert (second.story == first.story) == (second.verdict in {"wire", "same"})
    return second.verdict


def test_case_1_the_same_body_under_another_headline_is_a_wire_copy() -> None:
    assert copy(WIRE) == "wire"


def test_case_2_a_copy_cut_to_two_fifths_is_a_wire_copy() -> None:
    assert copy(joined(sentences(WIRE)[:5])) == "wire"


def test_case_3_a_copy_with_three_local_sentences_is_a_wire_copy() -> None:
    assert copy(f"{WIRE} {LOCAL}") == "wire"


def test_case_4_a_copy_in_another_order_and_with_other_words_is_a_wire_copy() -> None:
    first, *others = sentences(WIRE)
    edited = joined([first, *reversed(others)])
    for ours, theirs in (("rund", "etwa"), ("teilte", "gab"), ("hieß es", "verlautete")):
        edited = edited.replace(ours, theirs)
    assert copy(edited) == "wire"


def test_a_longer_version_after_a_short_one_is_a_wire_copy() -> None:
    short = document("short", "Eil: Nordkorea bei Parade", joined(sentences(WIRE)[:5]))
    first, second = decided(short, document("long", "Siegesparade", WIRE, HOUR))
    assert (second.verdict, second.story) == ("wire", first.story)


def test_a_text_with_a_passage_of_another_is_no_copy_of_it() -> None:
    pasted = joined([*sentences(MISSILE), *sentences(WIRE)[2:5]])
    verdict = copy(pasted, "Nordkorea testet Rakete")
    assert verdict in {"new", "related"}


def test_case_19_twenty_copies_in_any_order_are_one_story_also_after_a_restart() -> None:
    heads = itertools.cycle([sentences(WIRE)[0], "Überblick: Truppen auf dem Roten Platz."])
    copies = [
        document(
            str(n), f"Titel {n} des Hauses", joined([next(heads), *sentences(WIRE)[1 : 13 - n % 5]])
        )
        for n in range(20)
    ]
    for order in (copies, copies[::-1], copies[7:] + copies[:7]):
        whole, before, after = Stories(), Stories(), Stories()
        expected = [whole.add(each) for each in order]
        for each in order[:7]:
            after.remember(each, before.add(each).story)
        assert [after.add(each) for each in order[7:]] == expected[7:]
        assert {each.story for each in expected} == {order[0].id}


@pytest.mark.parametrize(
    ("text", "url", "name"),
    [
        ("Berlin (dpa/bb) - Der Regen bleibt.", "", "dpa"),
        ("WASHINGTON (Reuters) - Rain stays.", "", "Reuters"),
        ("Der Regen bleibt. (APA, 12. 3. 2026)", "", "APA"),
        ("Der Regen bleibt. © dpa-infocom, dpa:260504-99-123456/2", "", "dpa"),
        ("Der Regen bleibt. Quelle: KNA", "", "KNA"),
        ("Der Regen bleibt, sagt die Behörde. epd lob rks", "", "epd"),
        ("FRANKFURT (dpa-AFX) - Der Dax steigt.", "", "dpa-AFX"),
        (
            "Der Regen bleibt.",
            "https://z.example/regen-dpa.urn-newsml-dpa-com-20090101-260504-99-1234",
            "dpa",
        ),
        ("Der Regen bleibt, sagte ein Apotheker.", "https://z.example/regen", ""),
        ("", "", ""),
    ],
)
def test_the_agency_is_named_by_byline_credit_or_address(text: str, url: str, name: str) -> None:
    assert agency(text, url) == name


def test_the_agencys_id_is_read_from_an_address() -> None:
    url = "https://z.example/regen-dpa.urn-newsml-dpa-com-20090101-260504-99-872260"
    assert agency_id(url) == "dpa:260504-99-872260"
    assert agency_id("https://z.example/regen") == ""

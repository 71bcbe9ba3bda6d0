"""German word forms by rule."""

import pytest

from bot.text.forms import compound_rule, is_form, region_stems, stems


@pytest.mark.parametrize(
    ("keyword", "word"),
    [
        ("nordkorea", "nordkoreas"),
        ("nordkorea", "nordkorea's"),
        ("siegestag", "siegestages"),
        ("parade", "paraden"),
        ("soldat", "soldatinnen"),
        ("soldaten", "soldat"),
        ("wahlen", "wahl"),
        ("kriege", "krieg"),
        ("russen", "russe"),
        ("deutscher", "deutschen"),
    ],
)
def test_inflection_is_seen_on_either_side(keyword: str, word: str) -> None:
    assert is_form(keyword, word)
    assert set(stems(keyword)) & set(stems(word))


@pytest.mark.parametrize(
    ("keyword", "word"),
    [
        ("reise", "reis"),
        ("hamas", "hama"),
        ("berliner", "berlin"),
        ("bayern", "bayer"),
        ("kanzlerin", "kanzler"),
        ("gas", "gasse"),
    ],
)
def test_what_only_looks_inflected_is_another_word(keyword: str, word: str) -> None:
    assert not is_form(keyword, word)


@pytest.mark.parametrize(
    ("country", "stem"),
    [
        ("nordkorea", "nordkoreanisch"),
        ("nordkorea", "nordkoreaner"),
        ("russland", "russisch"),
        ("russland", "russe"),
        ("deutschland", "deutsch"),
        ("griechenland", "griechisch"),
        ("syrien", "syrer"),
        ("italien", "italiener"),
        ("tuerkei", "tuerkisch"),
        ("ukraine", "ukrainer"),
        ("china", "chinese"),
        ("israel", "israeli"),
        ("mexiko", "mexikanisch"),
        ("iran", "iranisch"),
        ("schweden", "schwede"),
    ],
)
def test_a_country_has_an_adjective_and_inhabitants(country: str, stem: str) -> None:
    assert stem in set(region_stems(country))


@pytest.mark.parametrize(
    ("name", "other"),
    [("kartei", "karte"), ("neuland", "neue"), ("hafen", "hafer"), ("aktien", "akte")],
)
def test_an_ordinary_word_is_not_taken_for_a_country(name: str, other: str) -> None:
    assert other not in set(region_stems(name))


@pytest.mark.parametrize(
    ("word", "keyword", "rule"),
    [
        ("nordkoreakonflikt", "nordkorea", "begins with"),
        ("militaerparaden", "parade", "ends with"),
        ("buergerkriegsfluechtlinge", "krieg", "contains"),
        ("steuerung", "steuer", None),
        ("steuerten", "steuer", None),
        ("weniger", "niger", None),
        ("nigerianer", "niger", None),
        ("weissrussland", "russland", None),
        ("nordkoreas", "nordkorea", None),
    ],
)
def test_a_compound_holds_a_keyword_as_a_meaningful_part(
    word: str, keyword: str, rule: str | None
) -> None:
    assert compound_rule(word, keyword, word.index(keyword)) == rule

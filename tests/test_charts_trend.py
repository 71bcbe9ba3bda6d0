"""The picture of a course: how large it is, what is marked, and that any title can be drawn."""

import itertools
from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.charts.fonts import drawable, fitted, font
from bot.charts.trend import ARTICLES, HEIGHT, STORIES, WIDTH, Day, Trend, peaks, png
from bot.wording import LANGUAGES
from bot.wording.de import GERMAN

FIRST = date(2026, 11, 2)


def days(*articles: int, title: str = "Größe") -> list[Day]:
    """Days in a row with so many articles, of two to a story."""
    return [
        Day(FIRST + timedelta(days=at), -(-count // 2), count, title)
        for at, count in enumerate(articles)
    ]


def drawn(shown: Sequence[Day], title: str = "Weizen") -> Image.Image:
    content = png(Trend(title, "2 Artikel", shown), GERMAN.reports)
    return Image.open(BytesIO(content)).convert("RGB")


def amount(picture: Image.Image, colour: str) -> int:
    """How many pixels have a colour, more or less."""
    wanted = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    found = picture.getcolors(WIDTH * HEIGHT)
    assert found
    return sum(
        number
        for number, seen in found
        if isinstance(seen, tuple)
        and all(abs(a - b) < 12 for a, b in zip(seen, wanted, strict=True))
    )


def test_it_keeps_telegrams_limits_for_photos() -> None:
    content = png(Trend("Weizen", "2 Artikel", days(*range(90))), GERMAN.reports)

    assert len(content) < 200_000
    assert Image.open(BytesIO(content)).size == (WIDTH, HEIGHT)
    assert WIDTH + HEIGHT <= 10_000


def test_more_articles_make_a_larger_bar_behind_that_of_the_stories() -> None:
    few, many = drawn(days(10, 2, 2)), drawn(days(10, 9, 9))

    assert amount(many, ARTICLES) > amount(few, ARTICLES) > 0
    assert amount(many, STORIES) > amount(few, STORIES) > 0


@pytest.mark.parametrize("most", [1_000, 1_500, 20_000])
def test_one_article_beside_thousands_is_still_a_bar(most: int) -> None:
    seldom, never = drawn(days(most, 1, 1, 1)), drawn(days(most, 0, 0, 0))

    assert amount(seldom, STORIES) > amount(never, STORIES)


def test_days_without_anything_have_no_bar() -> None:
    assert amount(drawn(days(0, 0, 0)), STORIES) < amount(drawn(days(0, 1, 0)), STORIES)


@pytest.mark.parametrize("count", [1, 2, 7, 14, 15, 30, 90, 365])
@pytest.mark.parametrize("words", LANGUAGES.values(), ids=LANGUAGES)
def test_any_number_of_days_can_be_drawn_in_any_language(count: int, words: object) -> None:
    assert isinstance(words, type(GERMAN))

    assert png(Trend("Weizen", "", days(*[3] * count)), words.reports)


def test_the_highest_days_are_peaks_and_at_most_three() -> None:
    assert peaks(days(1, 9, 1, 5, 1, 7, 1, 3)) == [1, 5, 3]


def test_days_beside_a_peak_that_are_as_high_are_the_same_peak() -> None:
    assert peaks(days(5, 9, 8, 9, 1, 4)) == [1, 3, 5]
    assert peaks(days(5, 9, 9, 9, 1)) == [1]


def test_where_nothing_came_there_is_no_peak() -> None:
    assert peaks(days(0, 0)) == []


@given(st.lists(st.integers(0, 2_000), min_size=1, max_size=90))
def test_the_numbers_of_peaks_never_touch(articles: list[int]) -> None:
    found = sorted(peaks(days(*articles)))

    step = 948 / len(articles)
    assert all((b - a) * step >= 34 for a, b in itertools.pairwise(found))


def test_umlauts_are_letters_and_no_boxes() -> None:
    of = font(40)

    shapes = {bytes(of.getmask(char)) for char in "äöüßÄÖÜẞéčłЖ…–„“€"}
    assert len(shapes) == len("äöüßÄÖÜẞéčłЖ…–„“€")


def test_what_the_font_has_not_is_left_out() -> None:
    assert drawable("Nordkorea 北朝鮮 feiert 🎉\nlaut\u202e") == "Nordkorea feiert laut"


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200), st.integers(40, 900))
def test_a_title_is_cut_to_the_room_it_has(title: str, width: int) -> None:
    of = font(30)

    assert of.getlength(fitted(drawable(title), of, width)) <= width


@settings(max_examples=5, deadline=None)
@given(st.text(max_size=300))
def test_any_title_can_be_drawn(title: str) -> None:
    assert png(Trend(title, title[:40], days(1, 2, title=title)), GERMAN.reports)


def test_a_title_without_end_can_be_drawn() -> None:
    drawn(days(3), "Weizen " * 200_000)

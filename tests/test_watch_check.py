"""What `ausguck check` warns of: lines that are in order but will surprise."""

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from bot.errors import Fault, WatchlistError
from bot.watch.check import warnings
from bot.watch.language import parse

NOUNS = {"Wahl", "Betrug", "Soldat"}


def warned(text: str, name: str = "liste") -> list[Fault]:
    return warnings([parse(text, f"{name}.txt", name)], NOUNS.__contains__)


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("EU", 1, "write =EU"),
        ("Nordkorea & (US | Kim)", 1, "write =US"),
        ("Wahl Betrug", 1, "both anywhere: Wahl & Betrug"),
        ("Kim und Putin", 1, "write Kim & Putin"),
        ("Kim oder Putin", 1, "write Kim | Putin"),
        ("Kim & !Kim", 1, "can never match"),
        ("Kim & !(Kim | Xi)", 1, "can never match"),
        ("=Kim & !Kim", 1, "can never match"),
        ('Xin & "Kim Jong" & !Kim', 1, "can never match"),
        ("title:(Kim & text:Xi)", 1, "can never match"),
        ("Kim\nXin\nKim", 3, "line 1 again"),
        ("Kim & Xin\nXin & Kim", 2, "line 1 again"),
        ("Kim | Putin\nKim", 2, "line 1 (Kim | Putin) finds all"),
        ("Nordkorea & Kim\nNordkorea", 1, "line 2 (Nordkorea) finds all"),
        ("Kim Jong\nKim", 1, "line 2 (Kim) finds all"),
        ("title:Kim\nKim", 1, "line 2 (Kim) finds all"),
        ("Kim NEAR/3 Putin\nKim & Putin & !Xin\nPutin & Kim", 1, "line 3 (Putin & Kim) finds all"),
        ("(Kim & Putin) | (Kim & Trump)\nKim", 1, "line 2 (Kim) finds all"),
        ("(Kim & Xi) | Putin\nKim\nPutin & !Xin\nPutin", 1, "lines 2, 4 together find all"),
        ("ATLEAST/3 Kim\nKim", 1, "line 2 (Kim) finds all"),
        ("Kim\n-Kim", 1, "line 2 (-Kim) excludes all"),
        ("Kim | Putin\n-Kim\n-Putin", 1, "lines 2, 3 together exclude all"),
        ("Kim & Putin\n-Putin", 1, "line 2 (-Putin) excludes all"),
        ("Kim\n-Spiel\n-Spiel", 3, "line 2 again"),
        ("@ignore Kim\nKim", 2, "@ignore"),
    ],
)
def test_a_line_that_will_surprise_is_warned_of(text: str, line: int, told: str) -> None:
    found = warned(text)

    assert (found[0].where, found[0].line) == ("liste.txt", line)
    assert told in str(found[0])
    assert found[0].remedy
    assert found[0].excerpt.endswith("^")


@pytest.mark.parametrize(
    "text",
    [
        "Nordkorea",
        "=EU",
        "中国",
        "Angela Merkel",
        '"Wahl Betrug"',
        '"Kim und Putin"',
        "Recht und Ordnung in Kiel",
        "Kim & !Putin\nKim & Putin",
        "title:(Kim & !Putin)\nKim & !Putin",
        "Kim & !title:Kim",
        "Kim\nKimchi",
        "Kim | Putin\nPutin | Trump\n-Spiel",
        "Kim\n-(Kim & Spiel)",
        "title:Kim\ntext:Kim",
    ],
)
def test_a_line_that_does_what_it_seems_to_is_not_warned_of(text: str) -> None:
    assert not warned(text)


def test_a_warning_shows_its_place() -> None:
    (warning,) = warned("Nordkorea\nPutin & EU  # beide\n")

    assert (warning.line, warning.column) == (2, 9)
    assert warning.excerpt == "Putin & EU  # beide\n        ^"


@pytest.mark.parametrize(
    "name",
    [
        "nord - Kopie",
        "nord - Kopie (2)",
        "nord-Kopie",
        "nord (1)",
        "Kopie von nord",
        "Copy of nord",
        "nord copy",
        "nord - Copy (3)",
        "nord.txt",
        "nord (conflicted copy 2026-05-09)",
        "nord (Annas in Konflikt stehende Kopie)",
        "nord.sync-conflict-20260509-120000-ABCDEFG",
    ],
)
def test_a_file_that_is_a_copy_by_its_name_is_warned_of(name: str) -> None:
    (warning,) = warned("Nordkorea", name)

    assert warning.where == f"{name}.txt"
    assert "nord.txt" in warning.remedy


@pytest.mark.parametrize("name", ["nord", "Ukraine-Konflikt", "G 7", "Kopien", "Copyright"])
def test_a_file_with_a_name_of_its_own_is_not_warned_of(name: str) -> None:
    assert not warned("Nordkorea", name)


def test_lists_are_not_compared_with_each_other() -> None:
    lists = [parse("Nordkorea", f"{name}.txt", name) for name in ("a", "b")]

    assert not warnings(lists, NOUNS.__contains__)


def test_a_list_of_lines_that_share_a_word_is_compared_in_linear_time() -> None:
    # Comparing each with each would need minutes; no clock is needed to see that.
    text = "\n".join(f"Nordkorea & Wort{number}" for number in range(5_000))

    assert not warned(text)


EXPRESSIONS = st.lists(
    st.sampled_from(["A", "B", "=A", " & ", " | ", "!", "(", ")", "title:", "\n", "\n-", "A B"]),
    max_size=16,
).map("".join)


@given(EXPRESSIONS)
def test_any_list_can_be_checked(text: str) -> None:
    try:
        watchlist = parse(text, "liste.txt", "liste")
    except WatchlistError:
        reject()
    found = warnings([watchlist], lambda _: True)

    assert all(each.what and each.remedy and each.line for each in found)

"""A watchlist's text is changed by a line, and everything else in it stays."""

import pytest

from bot.watch.edits import Add, Edit, Ignore, Replace, applied, shown
from bot.watch.language import decode, rewritten

SOURCE = "@label Banken\n\nBank   # das Haus\nSparkasse\n"


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (Add("-Fußball"), f"{SOURCE}-Fußball\n"),
        (Replace(3, "Bank", "title:Bank"), SOURCE.replace("Bank   #", "title:Bank   #")),
        (Replace(4, "Sparkasse", ""), "@label Banken\n\nBank   # das Haus\n"),
        (Ignore("Sandbank"), f"{SOURCE}@ignore Sandbank\n"),
    ],
)
def test_a_line_is_added_changed_or_taken_out(edit: Edit, expected: str) -> None:
    assert applied(SOURCE, edit) == expected


def test_a_form_to_ignore_goes_to_those_that_are_ignored() -> None:
    assert applied("Bank\n@ignore Parkbank # im Park\n", Ignore("Sandbank")) == (
        "Bank\n@ignore Parkbank Sandbank # im Park\n"
    )


def test_a_file_from_windows_keeps_its_line_ends() -> None:
    assert applied("Bank\r\nGas", Add("-Sand")) == "Bank\r\nGas\r\n-Sand\r\n"
    assert applied("Bank\r\nGas\r\n", Replace(1, "Bank", "")) == "Gas\r\n"


@pytest.mark.parametrize("number", [0, 1, 4, 99])
def test_a_line_that_is_not_there_any_more_is_not_changed(number: int) -> None:
    assert applied(SOURCE, Replace(number, "Bank", "title:Bank")) is None


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (Add("-Fußball"), "-Fußball"),
        (Replace(3, "Bank", "title:Bank"), "title:Bank"),
        (Replace(3, "Bank", ""), "Bank"),
        (Ignore("Sandbank"), "@ignore Sandbank"),
    ],
)
def test_a_change_is_shown_as_it_would_be_written(edit: Edit, expected: str) -> None:
    assert shown(edit) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_a_file_is_rewritten_in_its_encoding(encoding: str) -> None:
    content = "Fußball\n".encode(encoding)

    assert rewritten(content, "Straße\n") == "Straße\n".encode(encoding)


def test_a_file_whose_encoding_lacks_letters_becomes_utf_8() -> None:
    assert decode(rewritten("Fußball".encode("windows-1252"), "Київ")) == "Київ"

"""What the files of a press review are called: names that every system takes."""

from datetime import UTC, datetime

import pytest

from bot.pipeline.review import file_name
from bot.wording import sentences

DAY = datetime(2026, 11, 26, tzinfo=UTC)


@pytest.mark.parametrize(
    "label", ["../../etc/passwd", "a\\b:c", "CON", "..", "\u202egpj", "\0", ""]
)
def test_nothing_but_letters_and_digits_of_a_label_is_in_it(label: str) -> None:
    name = file_name(label, DAY, "csv", sentences("de"))

    assert name.startswith("Pressespiegel-")
    assert name.endswith("2026-11-26.csv")
    assert all(char.isalnum() or char in "-." for char in name)
    assert name.count(".") == 1


@pytest.mark.parametrize("letter", ["x", "字", "𠀀"])
def test_the_longest_label_leaves_room_for_the_day(letter: str) -> None:
    name = file_name(letter * 250, DAY, "html", sentences("de"))

    assert name.endswith("2026-11-26.html")
    assert len(name.encode()) <= 255

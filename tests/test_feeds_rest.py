"""Digests, dates and OPML files."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.dates import read_date
from bot.feeds.identity import body_digest, entry_digest
from bot.model import Entry

NOW = datetime(2025, 5, 7, 12, tzinfo=UTC)


def test_only_the_same_body_has_the_same_digest() -> None:
    assert body_digest(b"a") == body_digest(b"a") != body_digest(b"b")


def test_an_entry_changes_with_its_title_text_or_link() -> None:
    entry = Entry("1", "https://z.example/1", "Titel", "Text", NOW)
    changed = [
        Entry("1", "https://z.example/1", "Titel!", "Text", NOW),
        Entry("1", "https://z.example/1", "Titel", "Text!", NOW),
        Entry("1", "https://z.example/2", "Titel", "Text", NOW),
        Entry("1", None, "Titel", "Text", NOW),
        Entry("1", "https://z.example/1", "TitelText", "", NOW),
    ]

    assert entry_digest(entry) not in map(entry_digest, changed)


def test_a_new_date_or_tracking_parameter_does_not_change_an_entry() -> None:
    entry = Entry("1", "https://z.example/1", "Titel", "Text", NOW)
    dated = Entry("1", "https://z.example/1?utm_source=rss", "Titel", "Text", None)

    assert entry_digest(entry) == entry_digest(dated)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Mi., 7. Mai 2025 14:00:00 MESZ", NOW),
        ("07 Mär 2025 13:00 MEZ", datetime(2025, 3, 7, 12, tzinfo=UTC)),
        ("7 Dezember 2025 12:00 GMT", datetime(2025, 12, 7, 12, tzinfo=UTC)),
        ("2025-05-07 14:00:00.123 CEST", NOW),
        ("2025-05-07T08:00:00-04:00", NOW),
        ("2025-05-07T12:00:00 XYZ", None),
        ("7 Foo 2025 12:00 GMT", None),
        ("Wed, 07 May 2025 25:00:00 CEST", None),
        ("Wed, 07 May 1970 12:00:00 CEST", None),
        ("2025-05-07T12:00:00+99:00", None),
    ],
)
def test_dates_as_german_publishers_write_them(written: str, expected: datetime | None) -> None:
    assert read_date(written) == expected


@given(st.text(alphabet="0123456789-+:T ,.MaiCESZ") | st.text())
def test_no_date_raises(written: str) -> None:
    date = read_date(written)

    assert date is None or date.tzinfo is UTC

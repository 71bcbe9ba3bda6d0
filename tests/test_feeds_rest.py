"""Digests, due times and OPML files."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import UserError
from bot.feeds.dates import read_date
from bot.feeds.identity import body_digest, entry_digest
from bot.feeds.opml import OutlineFeed, read_opml, write_opml
from bot.feeds.pacing import next_due
from bot.model import Entry

NOW = datetime(2025, 5, 7, 12, tzinfo=UTC)
TEN = timedelta(minutes=10)


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
    ("errors", "spread", "wait"),
    [
        (0, 0, TEN),
        (0, 1, timedelta(minutes=11)),
        (0, -1, timedelta(minutes=9)),
        (1, 0, timedelta(minutes=20)),
        (3, 0, timedelta(minutes=80)),
        (8, 0, timedelta(hours=24)),
        (1_000_000, 0, timedelta(hours=24)),
    ],
)
def test_each_error_doubles_the_wait_up_to_a_day(
    errors: int, spread: float, wait: timedelta
) -> None:
    assert next_due(NOW, TEN, errors, spread) == NOW + wait


def test_an_interval_longer_than_a_day_is_kept() -> None:
    assert next_due(NOW, timedelta(days=7), 5, 0) == NOW + timedelta(days=7)


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


def opml(body: str) -> bytes:
    return f'<?xml version="1.0"?>\n<opml version="2.0"><body>\n{body}\n</body></opml>'.encode()


def test_an_opml_file_is_read_with_its_folders_and_categories_as_tags() -> None:
    body = opml(
        '<outline text="Welt"><outline title="Die Zeitung" text="Z" category="/Politik,Welt"'
        ' xmlUrl="https://z.example/feed"/></outline>'
        '<outline xmlUrl="https://y.example/feed"/><outline text="nur ein Ordner"/>'
    )

    assert read_opml(body) == (
        OutlineFeed("https://z.example/feed", "Die Zeitung", ("Welt", "Politik")),
        OutlineFeed("https://y.example/feed", "", ()),
    )


def test_a_feed_that_is_listed_twice_is_read_once() -> None:
    outline = '<outline text="Z" xmlUrl="https://z.example/feed"/>'

    assert len(read_opml(opml(outline * 2))) == 1


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b"", r"^a\.opml:1:1: no valid XML"),
        (b"\xff\xfe\x00", r"^a\.opml:1:1: no valid XML"),
        (opml("<outline"), r"^a\.opml:4:\d+: no valid XML"),
        (b"<html/>", r"^a\.opml:1: this is no OPML: it begins with <html>"),
        (opml(""), r"^a\.opml: there is no feed in it"),
        (opml('<outline xmlUrl="file:///x"/>'), r"^a\.opml:3: file:///x is no http or https"),
    ],
)
def test_a_mistake_in_an_opml_file_is_told_with_its_line(body: bytes, fault: str) -> None:
    with pytest.raises(UserError, match=fault):
        read_opml(body, "a.opml")


def test_every_unusable_address_is_told_at_once() -> None:
    with pytest.raises(UserError) as caught:
        read_opml(opml('<outline xmlUrl="ftp://a"/>\n<outline xmlUrl="x"/>'))

    assert [fault.line for fault in caught.value.faults] == [3, 4]


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY x "https://z.example/feed">',
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        '<!ENTITY a "'
        + "a" * 1_000
        + '"><!ENTITY b "'
        + "&a;" * 1_000
        + '"><!ENTITY x "'
        + "&b;" * 1_000
        + '">',
    ],
)
def test_entities_in_an_opml_file_are_refused(declared: str) -> None:
    body = f'<!DOCTYPE opml [{declared}]><opml><body><outline xmlUrl="&x;"/></body></opml>'

    with pytest.raises(UserError):
        read_opml(body.encode())


WORDS = st.text(alphabet="abcÄß&<\"'", min_size=1, max_size=8)
OUTLINES = st.lists(
    st.builds(
        OutlineFeed,
        st.from_regex(r"\Ahttps://[a-z]{1,8}\.example/[a-z?&=<\"]{0,8}\Z"),
        WORDS,
        st.lists(WORDS, max_size=3, unique=True).map(tuple),
    ),
    min_size=1,
    unique_by=lambda feed: feed.url,
)


@settings(max_examples=25)
@given(OUTLINES)
def test_what_is_written_is_read_again(feeds: list[OutlineFeed]) -> None:
    assert set(read_opml(write_opml(feeds))) == set(feeds)

"""What tells entries apart, when they were published, and whether their feed is all there."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.feeds.dates import is_day, published_at
from bot.feeds.parse import parse_feed
from bot.model import Entry, ParsedFeed

SEEN = datetime(2025, 5, 9, 8, tzinfo=UTC)
DAY = timedelta(days=1)


def parse(*items: str, head: str = "") -> ParsedFeed:
    body = "".join(f"<item>{item}</item>" for item in items)
    text = f"{head}<rss version='2.0'><channel><title>Z</title>{body}</channel></rss>"
    return parse_feed(text.encode(), "", "https://z.example/feed")


def item(number: int, id_: str = "", link: str = "") -> str:
    return f"<guid isPermaLink='false'>{id_}</guid><link>{link}</link><title>{number}</title>"


def titles(feed: ParsedFeed) -> list[str]:
    return [entry.title for entry in feed.entries]


def keys(feed: ParsedFeed) -> list[str]:
    return [entry.key for entry in feed.entries]


def test_an_id_on_different_links_is_none() -> None:
    feed = parse(item(1, "x", "/1"), item(2, "x", "/2"), item(3, "y", "/3"))

    assert keys(feed) == ["https://z.example/1", "https://z.example/2", "y"]


def test_an_id_on_the_same_link_is_one_entry_listed_twice() -> None:
    feed = parse(item(1, "x", "/1?utm_source=a"), item(2, "x", "/1"), item(3, "y", "/1"))

    assert (keys(feed), titles(feed)) == (["x", "y"], ["1", "3"])


def test_an_id_on_all_of_three_entries_is_none() -> None:
    feed = parse(*(item(n, "x", "/") for n in range(3)))

    assert titles(feed) == ["0", "1", "2"]


def test_a_link_without_an_id_under_different_titles_is_none() -> None:
    feed = parse(item(1, "", "/ticker"), item(2, "", "/ticker"), item(1, "", "/ticker"))

    assert titles(feed) == ["1", "2"]


def test_keys_do_not_depend_on_the_order() -> None:
    items = [item(n, "x", f"/{n}") for n in range(3)] + [item(9, "", "/t"), item(8, "", "/t")]

    assert set(keys(parse(*items))) == set(keys(parse(*reversed(items))))


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("2025-05-07", True),
        ("7. Mai 2025", True),
        ("2025-05-07T00:00:00Z", True),
        ("2025-05-07T00:00:00.000+02:00", True),
        ("Wed, 07 May 2025 00:00:00 GMT", True),
        ("Mi, 07 Mai 2025 00:00 Uhr", True),
        ("2025-05-07T00:00:01Z", False),
        ("2025-05-07T12:00:00Z", False),
        ("Wed, 07 May 2025 10:00:00 +0000", False),
        ("Wed, 07 May 2025 12:00 MESZ", False),
        ("20250507T120000Z", False),
        ("2025-05-07T21:54:34+00:00", False),
        ("2025-05-07T21:54:34-00:00", False),
    ],
)
def test_a_date_without_a_time_is_a_day(*, written: str, whole: bool) -> None:
    assert is_day(written) is whole


@pytest.mark.parametrize(
    ("written", "whole_day", "expected"),
    [
        (None, False, SEEN),
        (SEEN + timedelta(minutes=1), False, SEEN),
        (SEEN - timedelta(minutes=1), False, SEEN - timedelta(minutes=1)),
        (SEEN.replace(hour=0), True, SEEN),
        (SEEN.replace(hour=0) - DAY, True, SEEN.replace(hour=0) - timedelta(seconds=1)),
        (SEEN.replace(hour=0) + DAY, True, SEEN),
    ],
)
def test_when_an_entry_was_published(
    *, written: datetime | None, whole_day: bool, expected: datetime
) -> None:
    assert published_at(written, SEEN, whole_day=whole_day) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Mittwoch, 7. Mai 2025, 14:00 Uhr", datetime(2025, 5, 7, 14, tzinfo=UTC)),
        ("7. Mai 2025 14:00 Uhr MESZ", datetime(2025, 5, 7, 12, tzinfo=UTC)),
        ("Sonnabend, 1. März 2025 14:00 CET", datetime(2025, 3, 1, 13, tzinfo=UTC)),
        ("07.05.2025 14:00 CEST", datetime(2025, 5, 7, 12, tzinfo=UTC)),
        ("Mi, 07.05.2025, um 14:00 Uhr", datetime(2025, 5, 7, 14, tzinfo=UTC)),
        ("31.13.2025 14:00", None),
    ],
)
def test_dates_as_german_feeds_have_them(written: str, expected: datetime | None) -> None:
    [entry] = parse(f"<guid>1</guid><pubDate>{written}</pubDate>").entries

    assert entry.published == expected


def test_the_day_of_an_entry_is_noted() -> None:
    day, moment = parse(
        "<guid>1</guid><pubDate>Wed, 07 May 2025 00:00:00 GMT</pubDate>",
        "<guid>2</guid><pubDate>Wed, 07 May 2025 12:00:00 GMT</pubDate>",
    ).entries

    assert (day.whole_day, moment.whole_day) == (True, False)


def test_a_feed_that_breaks_off_is_not_complete() -> None:
    body = b"<rss version='2.0'><channel><item><title>a</title></item></channel></rss>"

    def complete(part: bytes) -> bool:
        return parse_feed(part, "", "").complete

    assert complete(body)
    assert complete(body + b"<!-- cached -->\n")
    assert not complete(body[:-20])
    assert not complete(body[:50])


def test_what_is_left_out_of_a_large_feed_is_counted() -> None:
    feed = parse(*(f"<title>{n}</title>" for n in range(520)))

    assert (len(feed.entries), feed.left_out) == (500, 20)


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declared", ["", "<?xml version='1.0' encoding='utf-8'?>"])
def test_utf_16_is_read_without_its_mark_and_whatever_is_declared(
    codec: str, declared: str
) -> None:
    text = (
        f"{declared}<rss version='2.0'><channel><item><title>Größe</title></item></channel></rss>"
    )

    feed = parse_feed(text.encode(codec), "text/xml; charset=iso-8859-1", "")

    assert titles(feed) == ["Größe"]


def test_a_name_where_feedparser_wants_a_number_costs_no_entry() -> None:
    point = '<gml:Point srsName="EPSG:abc" xmlns:gml="http://www.opengis.net/gml"/>'

    assert titles(parse(f"<title>a</title>{point}", "<title>b</title>")) == ["a", "b"]


def test_a_text_in_many_pieces_is_whole() -> None:
    text = "ä&amp;\n" * 50_000  # more than the XML parser's buffer

    [entry] = parse(f"<guid>1</guid><description>{text}</description>").entries

    assert entry.text == " ".join(["ä&"] * 50_000)[:200_000].strip()


def test_the_change_of_a_json_feeds_entry_stands_in_for_its_date() -> None:
    body = (
        b'{"version": "https://jsonfeed.org/version/1", "items":'
        b' [{"id": "1", "date_modified": "2025-05-07"}]}'
    )

    [entry] = parse_feed(body, "", "").entries

    assert entry == Entry("1", None, "", "", datetime(2025, 5, 7, tzinfo=UTC), whole_day=True)

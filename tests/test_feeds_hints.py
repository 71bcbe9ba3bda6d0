"""What a feed says about its own pace is read, and nothing that makes no sense."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.hints import read_hints, skips
from bot.feeds.parse import parse_feed
from bot.model import Hints

WEDNESDAY = datetime(2025, 5, 7, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (b"<ttl>90</ttl>", Hints(90 * MINUTE)),
        (b"<ttl> 5 </ttl>", Hints(5 * MINUTE)),
        (b"<sy:updatePeriod>\n hourly </sy:updatePeriod>", Hints(HOUR)),
        (
            b"<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            Hints(6 * HOUR),
        ),
        (
            b"<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
            Hints(DAY),
        ),
        (
            b"<skipHours><hour>0</hour><hour>23</hour><hour>24</hour></skipHours>",
            Hints(None, (0, 23)),
        ),
        (b"<skipDays><day>Sunday</day><day>monday</day></skipDays>", Hints(None, (), (0, 6))),
        (b"<ttl>-1</ttl><hour>25</hour><day>Funday</day>", Hints()),
        (b"<ttl>0</ttl>", Hints()),
        (b"<ttl>viel</ttl><sy:updatePeriod>often</sy:updatePeriod>", Hints()),
        (b"<item><ttl>5</ttl></item>", Hints()),
        (b"", Hints()),
    ],
)
def test_what_a_feed_says_of_its_pace_is_read(written: bytes, expected: Hints) -> None:
    assert read_hints(b"<rss><channel>" + written + b"</channel></rss>") == expected


def test_an_hour_or_a_day_is_skipped() -> None:
    assert skips(Hints(None, (12,)), WEDNESDAY)
    assert skips(Hints(None, (), (2,)), WEDNESDAY)
    assert not skips(Hints(None, (11, 13), (1, 3)), WEDNESDAY)


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reading_of_hints_raise(body: bytes) -> None:
    assert isinstance(read_hints(body), Hints)


def test_hints_come_with_the_parsed_feed() -> None:
    body = "<rss version='2.0'><channel><title>Ä</title><ttl>7</ttl></channel></rss>"

    for encoded in (body.encode(), body.encode("utf-16")):
        assert parse_feed(encoded, "", "https://z.example/").hints == Hints(7 * MINUTE)

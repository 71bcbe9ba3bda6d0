"""What servers say about when and where to ask next: freshness, moves, and being left alone."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.errors import Held, Refused, Unreachable
from bot.net import FEED, PAGE, Fetcher, Overrun
from tests.publisher_kit import Answer, Site, publisher

DATE = {"Date": "Wed, 07 May 2025 10:00:00 GMT"}
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher(allow=["127.0.0.0/8"], per_host_gap=timedelta(0)) as fetcher:
        yield fetcher


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with publisher() as site:
        yield site


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Cache-Control": "max-age=600"}, 10 * MINUTE),
        ({"Cache-Control": 'public, MAX-AGE = "600", stale-if-error=9'}, 10 * MINUTE),
        ({"Cache-Control": "max-age=600", "Age": "480"}, 2 * MINUTE),
        ({"Cache-Control": "max-age=600", "Age": "900"}, None),
        ({"Cache-Control": "max-age=0"}, None),
        ({"Cache-Control": "max-age=-5"}, None),
        ({"Cache-Control": "s-maxage=600"}, None),
        ({"Cache-Control": "no-cache, max-age=600"}, None),
        ({"Cache-Control": "no-store", "Expires": "Wed, 07 May 2025 10:05:00 GMT"}, None),
        ({"Expires": "Wed, 07 May 2025 10:05:00 GMT"}, 5 * MINUTE),
        ({"Expires": "Wed, 07 May 2025 09:00:00 GMT"}, None),
        ({"Expires": "0"}, None),
        ({"Expires": "Wed, 07 May 2025 10:05:00 GMT", "Cache-Control": "max-age=60"}, MINUTE),
        ({}, None),
    ],
)
async def test_an_answer_says_how_long_it_stays_fresh(
    fetcher: Fetcher, site: Site, headers: dict[str, str], expected: timedelta | None
) -> None:
    site.answers["/feed"] = Answer(b"x", headers={**DATE, **headers})

    assert (await fetcher.get(f"{site.base}/feed", limits=FEED)).fresh_for == expected


@pytest.mark.parametrize(
    ("statuses", "moved_to"),
    [
        ([301], "/1"),
        ([308], "/1"),
        ([302], None),
        ([307], None),
        ([301, 308], "/2"),
        ([301, 302], "/1"),
        ([302, 301], None),
        ([], None),
    ],
)
async def test_what_has_moved_for_good_says_where_to(
    fetcher: Fetcher, site: Site, statuses: list[int], moved_to: str | None
) -> None:
    for number, status in enumerate(statuses):
        target = {"Location": f"/{number + 1}#part"}
        site.answers[f"/{number}"] = Answer(status=status, headers=target)
    site.answers[f"/{len(statuses)}"] = Answer(b"x")

    fetched = await fetcher.get(f"{site.base}/0", limits=FEED)

    assert fetched.moved_to == (moved_to and site.base + moved_to)


@pytest.mark.parametrize("status", [429, 503])
async def test_a_host_that_asks_for_it_is_left_alone_with_all_its_feeds_and_pages(
    fetcher: Fetcher, site: Site, status: int
) -> None:
    site.answers["/feed"] = Answer(status=status, headers={"Retry-After": "3600"})
    site.answers["/page"] = Answer(b"x")
    with pytest.raises(Overrun, match=str(status)) as caught:
        await fetcher.get(f"{site.base}/feed", limits=FEED)
    assert (caught.value.hold, caught.value.passing) == (60 * MINUTE, True)

    with pytest.raises(Held, match=r"127\.0\.0\.1 asked to be left alone; 60 min") as held:
        await fetcher.get(f"{site.base}/page", limits=PAGE)

    assert held.value.passing
    assert 59 * MINUTE < held.value.left <= 60 * MINUTE
    assert site.asked["/page"] == 0


async def test_another_host_is_not_held(fetcher: Fetcher, site: Site) -> None:
    site.answers["/feed"] = Answer(status=429, headers={"Retry-After": "3600"})
    async with publisher() as other:
        other.answers["/feed"] = Answer(b"x")
        with pytest.raises(Overrun):
            await fetcher.get(f"{site.base}/feed", limits=FEED)

        assert (await fetcher.get(f"{other.base}/feed", limits=FEED)).body == b"x"


async def test_too_many_requests_without_a_time_hold_the_host_for_a_minute(
    fetcher: Fetcher, site: Site
) -> None:
    site.answers["/feed"] = Answer(status=429, headers={"Retry-After": "soon"})

    with pytest.raises(Overrun) as caught:
        await fetcher.get(f"{site.base}/feed", limits=FEED)

    assert (caught.value.retry_after, caught.value.hold) == (None, MINUTE)
    with pytest.raises(Unreachable):
        await fetcher.get(f"{site.base}/page", limits=PAGE)


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "0"}, {"Retry-After": "-1"}])
async def test_a_page_that_is_unavailable_without_a_time_holds_nobody(
    fetcher: Fetcher, site: Site, headers: dict[str, str]
) -> None:
    site.answers["/page"] = Answer(status=503, headers=headers)
    site.answers["/feed"] = Answer(b"x")
    with pytest.raises(Refused):
        await fetcher.get(f"{site.base}/page", limits=PAGE)

    assert (await fetcher.get(f"{site.base}/feed", limits=FEED)).status == 200


async def test_of_a_chain_of_redirects_the_host_that_asks_is_held(
    fetcher: Fetcher, site: Site
) -> None:
    async with publisher() as target:
        target.answers["/feed"] = Answer(status=429, headers={"Retry-After": "60"})
        site.answers["/old"] = Answer(status=301, headers={"Location": f"{target.base}/feed"})
        site.answers["/other"] = Answer(b"x")

        with pytest.raises(Overrun) as caught:
            await fetcher.get(f"{site.base}/old", limits=FEED)

        assert caught.value.host == ("127.0.0.1", int(target.base.rpartition(":")[2]))
        assert (await fetcher.get(f"{site.base}/other", limits=FEED)).status == 200

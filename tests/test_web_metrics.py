"""/metrics: what is counted and what the database knows, as Prometheus reads it."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import httpx
import pytest

from bot.counts import Counts
from bot.store.figures import Figures, Kept, Waits
from bot.web.health import Vitals
from bot.web.metrics import CONTENT_TYPE, FRESH, Metrics, Seen, exposition
from tests.metrics_kit import by, samples
from tests.web_kit import EVERYWHERE, NOW, serving

WELL = Vitals(NOW - timedelta(hours=1), NOW, database=True)
NONE = Figures(Kept({}, {}), {}, 0, {}, 0)


def shown(
    counts: Counts | None = None, figures: Figures | None = NONE, vitals: Vitals = WELL
) -> str:
    return exposition(Seen(counts or Counts(), vitals, figures, NOW)).decode()


def a_full_one() -> Counts:
    counts = Counts()
    counts.polls.update(["ok", "ok", "unchanged", "error"])
    counts.pages.update(["article", "walled", "refused"])
    counts.matched(["nordkorea"])
    counts.worked("extract_page", "ok", 0.2)
    counts.worked("parse_feed", "ok", 0.02)
    counts.discovery.add(timedelta(minutes=4))
    counts.told.add(timedelta(minutes=5))
    counts.told.add(timedelta(days=1))
    return counts


FIGURES = Figures(
    Kept(
        letters={("alert", "sent"): 7, ("alert", "pending"): 2, ("notice", "sent"): 1},
        matches={"nordkorea": 4, 'with "quotes"\n': 1},
    ),
    waiting={
        "alert": Waits(2, NOW - timedelta(seconds=90)),
        "digest": Waits(1, NOW + timedelta(hours=3)),
    },
    deepest=2,
    feeds={"active": 3, "failing": 1},
    unread=5,
)


def test_what_was_counted_is_shown_by_outcome() -> None:
    text = shown(a_full_one())

    assert by(text, "ausguck_polls_total") == {"ok": 2, "unchanged": 1, "error": 1}
    assert by(text, "ausguck_pages_total") == {"article": 1, "walled": 1, "refused": 1}
    assert by(text, "ausguck_matches_total") == {"nordkorea": 1}
    assert by(text, "ausguck_extractions_total") == {"ok": 1}
    assert by(text, "ausguck_parsings_total") == {"ok": 1}
    assert by(text, "ausguck_extraction_seconds_sum") == {"": 0.2}


def test_a_histogram_counts_up_to_each_bound_and_all_of_them() -> None:
    text = shown(a_full_one())

    buckets = by(text, "ausguck_alert_delay_seconds_bucket")
    assert (buckets["120"], buckets["300"], buckets["21600"], buckets["+Inf"]) == (0, 1, 1, 2)
    assert by(text, "ausguck_alert_delay_seconds_count") == {"": 2}
    assert by(text, "ausguck_alert_delay_seconds_sum") == {"": 86_700}
    assert by(text, "ausguck_discovery_seconds_count") == {"": 1}


def test_what_the_database_knows_is_shown() -> None:
    text = shown(figures=FIGURES)

    assert by(text, "ausguck_alerts") == {"sent": 7, "pending": 2}
    assert by(text, "ausguck_letters")["notice,sent"] == 1
    assert by(text, "ausguck_outbox_waiting") == {"alert": 2, "digest": 1}
    assert by(text, "ausguck_outbox_oldest_seconds") == {"alert": 90, "digest": 0}
    assert by(text, "ausguck_lane_depth") == {"": 2}
    assert by(text, "ausguck_matches_kept") == {"nordkorea": 4, 'with "quotes"\n': 1}
    assert by(text, "ausguck_feeds") == {"active": 3, "failing": 1}
    assert by(text, "ausguck_entries_waiting") == {"": 5}


def test_without_the_database_the_rest_is_shown() -> None:
    text = shown(a_full_one(), figures=None)

    assert by(text, "ausguck_polls_total")
    assert not by(text, "ausguck_lane_depth")


def test_it_says_whether_all_is_well_and_what_moved_when() -> None:
    canary = Vitals(NOW, NOW, database=True, canary=NOW, canary_took=timedelta(seconds=2))

    assert by(shown(), "ausguck_healthy") == {"": 1}
    assert by(shown(vitals=Vitals(NOW, NOW, database=False)), "ausguck_healthy") == {"": 0}
    assert by(shown(), "ausguck_seconds_since") == {"start": 3_600, "tick": 0}
    assert by(shown(vitals=canary), "ausguck_canary_seconds") == {"": 2}


def test_every_metric_is_named_as_ours_or_the_processs_and_explained() -> None:
    text = shown(a_full_one(), FIGURES)

    names = samples(text)
    assert len(names) > 25
    assert all(name.startswith(("ausguck_", "process_")) for name in names)
    assert text.count("# HELP ") == text.count("# TYPE ")


@pytest.mark.parametrize(("token", "status"), [("right", 200), ("wrong", 401)])
async def test_beyond_loopback_it_needs_the_token(token: str, status: int) -> None:
    async def look() -> Seen:
        return Seen(a_full_one(), WELL, FIGURES, NOW)

    routes = [Metrics(look, lambda: NOW).route]
    async with serving(EVERYWHERE, "right", routes) as client:
        answer = await client.get("/metrics", headers={"Authorization": f"Bearer {token}"})

        assert answer.status_code == status
        if status == 200:
            assert answer.headers["Content-Type"] == CONTENT_TYPE
            assert by(answer.text, "ausguck_entries_waiting") == {"": 5}


async def answers(client: httpx.AsyncClient, times: int) -> Sequence[httpx.Response]:
    return await asyncio.gather(*(client.get("/metrics") for _ in range(times)))


async def test_who_asks_again_at_once_costs_no_second_look() -> None:
    looks: list[datetime] = []
    moments = [NOW]

    async def look() -> Seen:
        looks.append(moments[-1])
        return Seen(Counts(), WELL, NONE, NOW)

    async with serving(routes=[Metrics(look, lambda: moments[-1]).route]) as client:
        await answers(client, 3)
        moments.append(NOW + FRESH)
        await answers(client, 2)
        moments.append(NOW - timedelta(days=1))  # the clock was set back
        await answers(client, 1)

    assert looks == [NOW, NOW + FRESH, NOW - timedelta(days=1)]

"""Hostile feeds, by the numbers of the research: over HTTP, through the whole intake."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from bot.alerts.compose import alert
from bot.alerts.telling import Reader, Telling
from bot.config import Config
from bot.config.sections import ArticlesSection
from bot.pipeline import poll
from bot.sandbox.html import parse_html
from bot.wording import sentences
from bot.workers import Workers
from tests.hostile_kit import HEADLINE, SOON, Assault, an_assault, peak, raw_rss
from tests.publisher_kit import Item
from tests.store_kit import HOUR, MINUTE, NOW

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZONE = ZoneInfo("Europe/Berlin")
TOLD = f"<title>{HEADLINE}</title>"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def workers() -> AsyncIterator[Workers]:
    workers = Workers(limit=1)
    yield workers
    await workers.close()


@pytest_asyncio.fixture(loop_scope="module")
async def assault(tmp_path: Path, workers: Workers) -> AsyncIterator[Assault]:
    async with an_assault(tmp_path, workers) as assault:
        await assault.follow()
        yield assault


async def arrives_beside(assault: Assault, item: str, head: str = "") -> None:
    """Everything else in the feed arrives."""
    polled = await assault.poll(raw_rss(item, TOLD, "<title>Wetter</title>", head=head))

    assert (polled.status, polled.new) == ("ok", 3)
    assert await assault.world.titles() == [HEADLINE]


async def test_hostile_01_a_reference_beyond_unicode(assault: Assault) -> None:
    await arrives_beside(assault, "<title>a&#x110000;b</title>")


async def test_hostile_02_a_reference_to_half_a_pair(assault: Assault) -> None:
    await arrives_beside(assault, "<title>a&#xD800;b</title>")


async def test_hostile_03_a_reference_beyond_all_numbers(assault: Assault) -> None:
    await arrives_beside(assault, "<title>a&#xFFFFFFFF;b</title>")


async def test_hostile_04_a_declaration_with_a_backslash(assault: Assault) -> None:
    head = r'<!DOCTYPE rss [<!ENTITY a "C:\data">]>'

    await arrives_beside(assault, "<title>&a;</title>", head)


async def test_hostile_05_a_reference_system_that_is_no_number(assault: Assault) -> None:
    point = "<gml:Point srsName='EPSG:abc'><gml:pos>45.2 -71.9</gml:pos></gml:Point>"

    await arrives_beside(assault, f"<title>a</title>{point}")


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", "the body is empty"),
        (bytes(1_000), "this is no feed"),
        (b"<!doctype html><title>Nordkorea</title>", "this is an HTML page, not a feed"),
    ],
    ids=["empty", "NUL", "page"],
)
async def test_hostile_06_what_is_no_feed(assault: Assault, body: bytes, error: str) -> None:
    polled = await assault.poll(body)

    state = await assault.world.feed()
    assert (polled.status, polled.error, state.error) == ("error", error, error)
    assert state.next_due > assault.world.now + 5 * MINUTE
    assert await assault.world.titles() == []


async def test_hostile_07_an_author_that_takes_minutes(
    assault: Assault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(poll, "PARSE_DEADLINE", timedelta(seconds=0.5))
    await assault.follow("well")
    assault.evil.serve("/well.xml", raw_rss(TOLD))

    body = raw_rss(f"<title>x</title><author>{'a.' * 20_000}@</author>")
    polled, well = await asyncio.gather(assault.poll(body), assault.world.poll("well"))

    assert (polled.status, polled.error) == ("error", "reading it took too long")
    assert (well.status, well.new) == ("ok", 1)
    assert await assault.world.titles() == [HEADLINE]


async def test_hostile_08_fifty_thousand_comments_that_do_not_end(assault: Assault) -> None:
    comments = "<!--" * 50_000

    await arrives_beside(
        assault, f"<title>x</title><description><![CDATA[{comments}]]></description>"
    )


async def test_hostile_09_entities_that_multiply_and_reach_out(
    assault: Assault, workers: Workers, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("hush")
    ten = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = (
        f'<!DOCTYPE rss [<!ENTITY l0 "ha">{ten}<!ENTITY f SYSTEM "file://{tmp_path}/secret">'
        f'<!ENTITY h SYSTEM "{assault.evil.base}/fetched">'
        f'<!ENTITY % p SYSTEM "{assault.evil.base}/fetched">%p;]>'
    )
    await workers.run(peak, deadline=SOON)
    before = await workers.run(peak, deadline=SOON)

    body = raw_rss("<title>Nordkorea &l9; &f; &h;</title>", TOLD, head=head)
    polled = await assault.poll(body)

    assert (polled.status, polled.new) == ("ok", 2)
    assert max(len(title) for title in await assault.world.titles()) < 100
    assert "hush" not in str(await assault.world.titles())
    assert assault.evil.asked["/fetched"] == 0
    assert await workers.run(peak, deadline=SOON) - before < 100_000_000


async def test_hostile_10_thirty_thousand_entries(assault: Assault) -> None:
    body = raw_rss(*(f"<title>{n}</title>" for n in range(30_000)))

    with capture_logs() as logs:
        polled = await assault.poll(body)

    assert (polled.status, polled.new) == ("ok", 500)
    assert [log["left_out"] for log in logs if log["event"] == "poll.cut"] == [29_500]


@pytest.mark.parametrize(
    ("charset", "declared", "header"),
    [
        ("iso-8859-1", "utf-8", "text/xml; charset=utf-8"),
        ("windows-1252", "iso-8859-1", "text/xml"),
        ("windows-1252", "utf-8", "text/xml"),
        ("utf-8", "iso-8859-1", "text/xml; charset=us-ascii"),
        ("utf-16-le", "utf-16", "text/xml"),
        ("utf-16-be", "utf-8", "text/xml; charset=utf-8"),
        ("utf-16", "utf-16", "text/xml; charset=iso-8859-1"),
    ],
)
async def test_hostile_14_a_charset_that_lies(
    assault: Assault, charset: str, declared: str, header: str
) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>'
    body = raw_rss(TOLD, head=head).decode().encode(charset)

    await assault.poll(body, kind=header)

    assert await assault.world.titles() == [HEADLINE]


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("Fri, 09 May 2025 08:30:00 MESZ", datetime(2025, 5, 9, 6, 30, tzinfo=UTC)),
        ("Fri, 09 May 2025 08:30:00 CEST", datetime(2025, 5, 9, 6, 30, tzinfo=UTC)),
        ("Fr, 09 Mai 2025 07:30 MEZ", datetime(2025, 5, 9, 6, 30, tzinfo=UTC)),
        ("Donnerstag, 8. Mai 2025, 20:15 Uhr", datetime(2025, 5, 8, 20, 15, tzinfo=UTC)),
        ("09.05.2025 08:30 CEST", datetime(2025, 5, 9, 6, 30, tzinfo=UTC)),
        ("Thu, 08 May 2025 00:00:00 GMT", datetime(2025, 5, 8, 23, 59, 59, tzinfo=UTC)),
        ("2025-05-08", datetime(2025, 5, 8, 23, 59, 59, tzinfo=UTC)),
        ("2025-05-09", None),
        ("Wed, 31 Feb 0000 12:00:00 GMT", None),
        ("9999999-01-01T00:00:00Z", None),
        ("Fri, 09 May 2036 08:00:00 GMT", None),
        ("Fri, 09 May 2025 09:00:00 GMT", None),
    ],
)
async def test_hostile_15_dates_in_german_and_beyond_reason(
    assault: Assault, written: str, published: datetime | None
) -> None:
    item = f"<guid>1</guid>{TOLD}<pubDate>{written}</pubDate>"

    await assault.poll(raw_rss(item))
    seen = assault.world.now
    for n in range(3):  # the feed changes, the entry does not
        await assault.poll(raw_rss(item, f"<title>{n}</title>"))

    [found] = await assault.world.matched()
    assert found.published == (published or seen)
    assert await assault.world.titles() == [HEADLINE]


CHANGING = count()
IDS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "one for all": lambda _: "<guid isPermaLink='false'>id</guid>",
    "new each time": lambda _: f"<guid isPermaLink='false'>{next(CHANGING)}</guid>",
}


@pytest.mark.parametrize("page", ["/{}", "/ticker"], ids=["a page each", "one page"])
@pytest.mark.parametrize("guid", IDS.values(), ids=IDS)
async def test_hostile_16_ids_that_are_none(
    assault: Assault, guid: Callable[[int], str], page: str
) -> None:
    for shown in (1, 3, 3, 2):
        await assault.poll(
            raw_rss(
                *(
                    f"{guid(n)}<title>{HEADLINE} {n}</title><link>{page.format(n)}</link>"
                    for n in (*range(shown), 7, 8)
                )
            )
        )

    assert sorted(await assault.world.titles()) == [f"{HEADLINE} {n}" for n in (0, 1, 2, 7, 8)]


async def test_hostile_17_a_feed_that_is_dated_anew_and_turned_over(assault: Assault) -> None:
    items = [Item(str(n), f"{HEADLINE} {n}", dated=NOW) for n in range(3)]
    await assault.poll_items(*items)

    for hours in (1, 2):
        redated = [Item(i.key, i.title, dated=NOW + hours * HOUR) for i in reversed(items)]
        assault.world.now += hours * HOUR
        polled = await assault.poll_items(*redated)
        assert (polled.status, polled.new, polled.entry_ids) == ("ok", 0, ())

    assert len(await assault.world.titles()) == 3


async def test_hostile_18_a_new_feed_with_three_hundred_entries(assault: Assault) -> None:
    assault.world.configure(Config(articles=ArticlesSection(fetch="never")))
    items = [f"<title>{HEADLINE} {n}</title>" for n in range(300)]
    assault.evil.serve("/full.xml", raw_rss(*items))
    await assault.world.add_feed("full")

    polled = await assault.world.poll("full")

    assert (polled.status, polled.new) == ("ok", 300)
    assert await assault.world.titles() == []


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("&lt;b&gt;Nord&lt;/b&gt;korea", "Nordkorea"),
        ("&amp;amp;lt;Nordkorea&amp;amp;gt;", "<Nordkorea>"),
        ("*Nordkorea* _x_ [y](http://z)", "*Nordkorea* _x_ [y](http://z)"),
        ("&lt;/b&gt;&lt;a href='tg://x'&gt;Nordkorea&lt;script&gt;x&lt;/script&gt;", "Nordkorea"),
        ("\u202eNord\u200bkorea\u2069 \u200fx", "Nord\u200bkorea x"),
        ("Nord&amp;shy;korea", "Nord\xadkorea"),
    ],
)
async def test_hostile_19_markup_and_marks_in_a_title(
    assault: Assault, written: str, shown: str
) -> None:
    await assault.poll(raw_rss(f"<title>{written}</title><link>/a</link>"))

    [[told]] = await assault.world.told()
    message = alert(Telling(told.found, ["nordkorea"]), Reader(sentences("de"), ZONE, {}))
    text, entities = parse_html(message.html)
    assert text.splitlines()[1] == shown
    assert {entity.kind for entity in entities} <= {"bold", "italic", "text_link", "blockquote"}


@pytest.mark.parametrize(
    ("link", "sent"),
    [
        ("javascript:alert(1)", None),
        ("JAVASCRIPT:alert(1)", None),
        ("file:///etc/passwd", None),
        ("data:text/html,Nordkorea", None),
        ("", None),
        ("  /relative  ", "/relative"),
    ],
)
async def test_hostile_20_links_that_are_none(
    assault: Assault, link: str, sent: str | None
) -> None:
    await assault.poll(raw_rss(f"{TOLD}<link>{link}</link>"))

    [[told]] = await assault.world.told()
    assert told.found.link == (assault.evil.base + sent if sent else None)
    pages = {path for path in assault.evil.asked if not path.startswith(("/robots", "/.well-"))}
    assert pages - {"/feed.xml"} == ({sent} if sent else set())

"""A watchlist's stories as an Atom feed, as a feed reader gets them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import httpx
import pytest

from bot.model import Article
from bot.store import Store, Transaction, atom, entries, stories
from bot.store import alerts as kept
from bot.web.atom import Atom, new_secret, path
from bot.wording.de import GERMAN
from tests.page_kit import newsroom, watchlists, well
from tests.store_kit import HOUR, MINUTE, NOW, a_match, an_entry, opened
from tests.web_kit import serving

SECRET = "s" * 43
WHERE = f"/feeds/nordkorea/{SECRET}.atom"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(tmp_path) as store:
        async with store.write() as tx:
            await atom.put_secret(tx, "nordkorea", SECRET)
        yield store


@asynccontextmanager
async def reading(store: Store, host: str = "127.0.0.1") -> AsyncIterator[httpx.AsyncClient]:
    """A feed reader, which has no token."""
    feeds = Atom(store, watchlists, GERMAN)
    async with serving(host, "a-token", feeds.routes) as client:
        yield client


async def an_article(tx: Transaction, key: str, title: str, ago: timedelta, story: int = 0) -> int:
    """An article that the list matched; it joins a story, or opens one."""
    feed = await well(tx, f"Blatt {key}")
    entry = await an_entry(tx, feed, key, title=title, published=NOW - ago)
    article = Article(title, "Der ganze Text.", "page", "de")
    await entries.keep_articles(tx, [(entry, article)], NOW)
    await kept.keep_matches(tx, {entry: [a_match("nordkorea")]}, NOW)
    await stories.keep(tx, entry, {"story": story or entry, "verdict": "same"}, NOW)
    return entry


async def test_a_feed_reader_reads_it_without_complaint(store: Store) -> None:
    await newsroom(store)

    async with reading(store) as client:
        answer = await client.get(WHERE)

    feed = feedparser.parse(answer.content, response_headers=dict(answer.headers))
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.title == "Ausguck: Nordkorea"
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    assert all(each.id.startswith("urn:uuid:") for each in (feed.feed, *feed.entries))
    ordered = [entry.updated for entry in feed.entries]
    assert ordered == sorted(ordered, reverse=True)


async def test_a_story_is_one_entry_with_its_newest_article_and_who_else_reports_it(
    store: Store,
) -> None:
    async with store.write() as tx:
        opened_by = await an_article(tx, "a", "Parade beginnt", 3 * HOUR)
        await an_article(tx, "b", "Parade endet", HOUR, opened_by)

    async with reading(store) as client:
        [entry] = feedparser.parse((await client.get(WHERE)).content).entries

    assert entry.title == "Parade endet"
    assert entry.link == "https://depesche.example/b"
    assert entry.author == "Blatt b"
    assert "Auch bei: Blatt a" in entry.content[0].value
    assert "Der ganze <b>Text</b>." in entry.content[0].value
    assert entry.published == "2025-05-09T05:00:00Z"
    assert entry.updated == "2025-05-09T07:00:00Z"


async def test_a_story_keeps_its_id_however_it_grows(store: Store) -> None:
    async with store.write() as tx:
        opened_by = await an_article(tx, "a", "Parade beginnt", 3 * HOUR)
    async with reading(store) as client:
        before = feedparser.parse((await client.get(WHERE)).content).entries
        async with store.write() as tx:
            await an_article(tx, "b", "Parade endet", HOUR, opened_by)
            await atom.put_secret(tx, "nordkorea", SECRET)
        after = feedparser.parse((await client.get(WHERE)).content).entries

    assert [entry.id for entry in before] == [entry.id for entry in after]
    assert before[0].updated < after[0].updated


async def test_what_is_known_is_not_sent_again(store: Store) -> None:
    await newsroom(store)
    async with reading(store) as client:
        first = await client.get(WHERE)
        tag, changed = first.headers["etag"], first.headers["last-modified"]
        known = [
            await client.get(WHERE, headers={"If-None-Match": f'"other", W/{tag}'}),
            await client.get(WHERE, headers={"If-Modified-Since": changed}),
        ]
        changed_since = [
            await client.get(WHERE, headers={"If-None-Match": '"other"'}),
            await client.get(WHERE, headers={"If-None-Match": '"x"', "If-Modified-Since": changed}),
            await client.get(WHERE, headers={"If-Modified-Since": "nonsense"}),
            await client.get(WHERE, headers={"If-Modified-Since": "Thu, 01 May 2025 00:00:00 GMT"}),
        ]

    assert [(each.status_code, each.content, each.headers["etag"]) for each in known] == [
        (304, b"", tag),
        (304, b"", tag),
    ]
    assert [each.status_code for each in changed_since] == [200] * 4


@pytest.mark.parametrize("zone", ["+99999999999999", "+2400", "-9999", "+" + 5_000 * "9", "\xb2"])
async def test_a_date_that_is_none_counts_as_not_said(store: Store, zone: str) -> None:
    await newsroom(store)
    async with reading(store) as client:
        said = {b"If-Modified-Since": f"Mon, 01 Jan 2024 00:00:00 {zone}".encode("latin-1")}
        answer = await client.get(WHERE, headers=said)

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "where",
    [
        f"/feeds/nordkorea/{SECRET}x.atom",
        "/feeds/nordkorea/.atom",
        "/feeds/nordkorea/%00%C3%A4.atom",
        f"/feeds/energie/{SECRET}.atom",
        f"/feeds/unbekannt/{SECRET}.atom",
    ],
)
async def test_without_the_lists_own_secret_there_is_nothing(store: Store, where: str) -> None:
    async with reading(store) as client:
        assert (await client.get(where)).status_code == 404


async def test_from_elsewhere_it_needs_its_secret_alone_and_the_page_needs_the_token(
    store: Store,
) -> None:
    async with reading(store, "0.0.0.0") as client:
        assert (await client.get(WHERE)).status_code == 200
        for where in (
            "/",
            "/feeds/nordkorea",
            f"/feeds/x/{SECRET}.atom/../../..",
            "/feeds//x.atom",
        ):
            assert (await client.get(where)).status_code in {401, 404}, where
        assert (await client.get("/")).status_code == 401


async def test_a_new_secret_ends_the_old_address(store: Store) -> None:
    fresh = new_secret()
    async with reading(store) as client:
        async with store.write() as tx:
            await atom.put_secret(tx, "nordkorea", fresh)
        assert (await client.get(WHERE)).status_code == 404
        assert (await client.get(path("nordkorea", fresh))).status_code == 200
        async with store.write() as tx:
            await atom.drop_secret(tx, "nordkorea")
        assert (await client.get(path("nordkorea", fresh))).status_code == 404


async def test_an_empty_feed_is_a_feed(store: Store) -> None:
    async with reading(store) as client:
        feed = feedparser.parse((await client.get(WHERE)).content)

    assert not feed.bozo
    assert feed.entries == []
    assert feed.feed.updated == "2000-01-01T00:00:00Z"


async def test_hostile_titles_and_links_make_no_broken_xml(store: Store) -> None:
    async with store.write() as tx:
        await an_article(tx, "a", "\x00\x08]]> <b>&\x1b \ufffe\u202e„Titel“", MINUTE)
        feed = await well(tx, "Böse & <Co>\x07")
        key = {"title": "Skript", "link": "javascript:alert(1)", "subject": "js"}
        entry = await an_entry(tx, feed, "b", **key)
        await entries.keep_articles(tx, [(entry, Article("Skript", "x\x0cy", "page", "de"))], NOW)
        await kept.keep_matches(tx, {entry: [a_match("nordkorea")]}, NOW)

    async with reading(store) as client:
        content = (await client.get(WHERE)).content

    assert ET.fromstring(content).tag.endswith("feed")
    assert not feedparser.parse(content).bozo
    assert content.count(b'rel="alternate"') == 1
    assert b"javascript" not in content
    assert "\u202e" not in content.decode()


async def test_only_the_latest_fifty_stories_are_in_it(store: Store) -> None:
    async with store.write() as tx:
        for n in range(60):
            await an_article(tx, f"k{n}", f"Titel {n}", (n + 1) * MINUTE)

    async with reading(store) as client:
        found = feedparser.parse((await client.get(WHERE)).content).entries

    assert [entry.title for entry in found] == [f"Titel {n}" for n in range(50)]


async def test_a_date_in_the_future_does_not_keep_a_story_on_top(store: Store) -> None:
    async with store.write() as tx:
        await an_article(tx, "a", "Von übermorgen", -48 * HOUR)

    async with reading(store) as client:
        [entry] = feedparser.parse((await client.get(WHERE)).content).entries

    assert entry.updated == "2025-05-09T08:00:00Z"
    assert entry.published == entry.updated

"""The canary: an article of our own goes through the whole chain every hour, and to nobody.

What it proves: a worker parses a feed, and another extracts a page; the watchlists that are in
force, with one of its own among them, are matched; entry, article, match, decision and letter are
written in transactions; the delivery's composing makes a message of them; and the real database
takes the note that it arrived. All of it is the code that the news goes through.

What it does not prove: that publishers and Telegram can be reached, for nothing leaves the process
(feeds' own successes and the line to Telegram show that), and that what was decided is committed to
the real database, for its entries are in one beside it: nobody is to find them in a search, in
figures or in an export.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import structlog

from bot.alerts.telling import Reader
from bot.alerts.timing import Burst
from bot.config import Config
from bot.errors import Refused
from bot.model import Rank, Validators
from bot.net import Fetched, Fetcher
from bot.net.answers import UNCONDITIONAL, Limits
from bot.pipeline import Pipeline, Tools
from bot.store import Store, canary, chats, entries, feeds, outbox
from bot.store.canary import Arrival
from bot.store.scratch import scratch
from bot.telegram.line import Line
from bot.telegram.post import Post
from bot.watch.language import parse
from bot.watch.matcher import Matcher
from bot.wording import sentences

log = structlog.get_logger()

EVERY, FIRST = timedelta(hours=1), timedelta(minutes=5)
"""How often it sets out, and how long after the start for the first time."""
WITHIN, LEASE = timedelta(minutes=5), timedelta(minutes=10)
NULL_CHAT, NAME = 1, "canary"
SITE = "https://canary.invalid"
"""A name that resolves nowhere (RFC 6761); nothing asks for it."""
FEED, PAGE = f"{SITE}/feed.xml", f"{SITE}/article"
PARAGRAPH = (
    "Dieser Artikel ist erfunden. Er läuft jede Stunde durch die ganze Kette, damit auffällt, wenn "
    "sie an irgendeiner Stelle reißt, und er kommt bei niemandem an. Gesucht wird darin das Wort "
    "{word}, das es sonst nirgends gibt und das beim nächsten Mal ein anderes ist. "
)


class Lost(Exception):
    """The canary did not come through; the text says where it was last seen."""


class Canary:
    """Sends the canary out, and remembers when it arrived."""

    def __init__(self, tools: Tools, config: Callable[[], Config]) -> None:
        """Send nothing yet.

        Args:
            tools: those that the news goes through.
            config: returns the configuration in force.
        """
        self._tools = tools
        self._config = config
        self._due = tools.now() + FIRST
        self._flying = asyncio.Lock()

    async def fly_if_due(self) -> None:
        """Send it out where it is time; what happens to it is logged, and raises nothing."""
        if self._flying.locked() or self._tools.now() < self._due:
            return
        async with self._flying:
            self._due = self._tools.now() + EVERY
            try:
                async with asyncio.timeout(WITHIN.total_seconds()):
                    await self.fly()
            except Exception as error:  # noqa: BLE001 - whatever it is, it is what the canary is for
                log.warning("canary.lost", error=str(error) or type(error).__name__)

    async def fly(self) -> Arrival:
        """Send it through the chain.

        Raises:
            Lost: a step brought nothing forth.
            Exception: a step failed.
        """
        began, word = self._tools.now(), f"Kanarienvogel{secrets.token_hex(8)}"
        live = await self._tools.matcher()
        watched = parse(f"{word}\n", NAME, NAME)
        matcher = await asyncio.to_thread(live.updated, (*live.watchlists, watched))
        config = self._config()
        async with scratch() as store:
            tools = replace(
                self._tools,
                store=store,
                fetcher=_Site(word, began, in_teaser=config.articles.fetch == "never"),
                matcher=_always(matcher),
            )
            await _arrange(store, began)
            await _read(tools, config)
            await _hand_over(store, config, self._tools.now)
        arrival = Arrival(self._tools.now(), self._tools.now() - began)
        async with self._tools.store.write() as tx:
            await canary.note(tx, arrival)
        log.debug("canary.arrived", seconds=arrival.took.total_seconds())
        return arrival


class _Site(Fetcher):
    """A publisher in this process: one feed with one entry, and its page."""

    def __init__(self, word: str, now: datetime, *, in_teaser: bool) -> None:
        super().__init__()
        teaser = PARAGRAPH.format(word=word) if in_teaser else ""
        item = (
            f"<item><guid>{word[-8:]}</guid><link>{PAGE}</link><title>Probelauf</title>"
            f"<pubDate>{format_datetime(now)}</pubDate><description>{teaser}</description></item>"
        )
        text = "".join(f"<p>{PARAGRAPH.format(word=word)}</p>" for _ in range(4))
        page = f"<html lang=de><title>Probelauf</title><article><h1>Probelauf</h1>{text}</article>"
        self._answers = {
            FEED: (
                f"<rss version='2.0'><channel><title>C</title>{item}</channel></rss>",
                "text/xml",
            ),
            PAGE: (page, "text/html; charset=utf-8"),
        }

    async def get(
        self,
        url: str,
        *,
        limits: Limits,
        validators: Validators = UNCONDITIONAL,
        rank: Rank = Rank.FEED,
    ) -> Fetched:
        if url not in self._answers:
            raise Refused(404)  # robots.txt
        body, kind = self._answers[url]
        return Fetched(200, url, body.encode(), kind, UNCONDITIONAL)


def _always(matcher: Matcher) -> Callable[[], Awaitable[Matcher]]:
    async def in_force() -> Matcher:
        return matcher

    return in_force


async def _arrange(store: Store, now: datetime) -> None:
    """Have one chat that is nobody's want the canary's list."""
    async with store.write() as tx:
        await feeds.add(tx, feeds.Source(FEED, NAME), now - LEASE)
        await chats.put(tx, chats.Chat(NULL_CHAT, "private", "de", "active", admin=False), now)
        await chats.subscribe(tx, NULL_CHAT, NAME, now)


async def _read(tools: Tools, config: Config) -> None:
    """Poll its feed and read its page, as the schedule has it done."""
    pipeline, now = Pipeline(tools, config), tools.now()
    async with tools.store.write() as tx:
        [feed] = await feeds.claim_all(tx, now, LEASE, FEED)
    polled = await pipeline.poll(feed)
    await pipeline.finish()
    if not polled.new:
        raise Lost(f"its feed brought no entry: {polled.error or polled.status}")
    async with tools.store.write() as tx:
        ids = await entries.claim_waiting(tx, tools.now(), LEASE, 1)
    for batch in await pipeline.batches(ids):
        await pipeline.read(batch)


async def _hand_over(store: Store, config: Config, now: Callable[[], datetime]) -> None:
    """Take its letter from the outbox and deliver it to nobody."""
    zone = ZoneInfo(config.alerts.timezone)
    post = Post(
        lambda chat: Reader(sentences(chat.language), zone, {NAME: NAME}),
        Burst(config.alerts.burst, config.alerts.burst_window),
        Line(now()),
        now,
    )
    async with store.write() as tx:
        letters = await outbox.all_due(tx, now(), (), 1)
        if not letters:
            raise Lost("its page was read, and no alert was posted")
        chat = await chats.get(tx, NULL_CHAT)
        ready = await post.compose(tx, letters[0], chat) if chat else None
        if ready is None:
            raise Lost("its alert was not composed")
        await outbox.begin(tx, letters[0], now())
    async with store.write() as tx:
        await outbox.sent(tx, letters[0].id, None, now())

"""Looks after the feeds: tells an admin once what is wrong, and blames no feed for our network."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import structlog

from bot.feeds.discover import home
from bot.feeds.health import is_ill, is_silent
from bot.feeds.outage import Outcome, evidence, is_outage
from bot.feeds.urls import canonical
from bot.model import Feed
from bot.pipeline.search import find_feeds
from bot.pipeline.tools import Tools
from bot.store import Transaction, chats, health, notices
from bot.store.health import Standing

log = structlog.get_logger()

PROBE = timedelta(minutes=1)
"""While our network fails, a feed that was not reached is asked again after so long."""
STEP, LONGEST = timedelta(seconds=0.5), timedelta(minutes=5)
"""How far feeds are put apart when it is back, and within which time all of them are asked."""
SEARCHES = 3
"""Silent feeds whose sites are searched at a time; the others follow with the next look."""
SUCCESSORS = 3


class Health:
    """Watches how polls go."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._outcomes: dict[str, Outcome] = {}
        self._failed: dict[int, tuple[datetime, Feed]] = {}
        self._lost: set[str] = set()
        self._down_since: datetime | None = None

    @property
    def network_is_down(self) -> bool:
        """Whether most hosts fail at once: then a few feeds are asked, to see when it is back."""
        return self._down_since is not None

    async def start(self) -> None:
        """Recall what was known before the process ended."""
        async with self._tools.store.read() as connection:
            self._down_since = await health.network_down_since(connection)

    async def polled(self, feed: Feed, *, worked: bool, reached: bool) -> None:
        """Note how a poll went.

        Args:
            feed: as it was claimed, before the poll.
            worked: whether it was read, or is unchanged.
            reached: whether its host answered at all, be it with an error.
        """
        now = self._tools.now()
        host = (urlsplit(feed.url).hostname or "").lower()
        if reached:
            self._failed.pop(feed.id, None)
        else:
            self._failed.setdefault(feed.id, (now, feed))
        if not feed.errors:
            # What was dead before says nothing of our network.
            self._outcomes[host] = Outcome(host, now, reached)
        if self._down_since is not None:
            await self._polled_while_down(feed, host, now, reached=reached)
        elif not reached and is_outage(self._outcomes.values(), now):
            await self._network_fails(now)
        if self._down_since is None and (feed.errors or not worked):
            await self._tell_if_ill(feed.id, now)

    async def look_for_silent(self) -> None:
        """Tell of feeds that answer and have brought nothing new for too long."""
        if self._down_since is not None:
            return
        now = self._tools.now()
        async with self._tools.store.read() as connection:
            found = await health.maybe_silent(connection, now)
            admins = await chats.admins(connection)
        for each in found:
            if each.told and not is_silent(each.known, now):
                async with self._tools.store.write() as tx:
                    await health.tell(tx, each.id, None)
        untold = [each for each in found if not each.told and is_silent(each.known, now)]
        for each in untold[: SEARCHES if admins else 0]:
            await self._tell_silence(each, now)

    async def _polled_while_down(
        self, feed: Feed, host: str, now: datetime, *, reached: bool
    ) -> None:
        async with self._tools.store.write() as tx:
            if not reached:
                self._lost.add(host)
                await health.forgive(tx, [feed], now + PROBE)
                return
            if self._lost and host not in self._lost:
                return  # a neighbour in our own network, which was there all the time
            log.info("network.back", down_since=str(self._down_since))
            self._down_since = None
            self._forget()
            await health.network_is_down(tx, None)
            await health.spread(tx, now, PROBE, STEP, LONGEST)

    async def _network_fails(self, now: datetime) -> None:
        counted = evidence(self._outcomes.values(), now)
        failed = [outcome for outcome in counted if not outcome.reached]
        since = min(outcome.at for outcome in failed)
        charged = [feed for at, feed in self._failed.values() if at >= since]
        log.warning("network.down", hosts=len(counted), failed=len(failed))
        params = {"failed": str(len(failed)), "hosts": str(len(counted))}
        # Before anything is awaited: other polls end meanwhile.
        self._forget()
        self._lost = {outcome.host for outcome in failed}
        self._down_since = since
        async with self._tools.store.write() as tx:
            await health.network_is_down(tx, since)
            await health.forgive(tx, charged, now + PROBE)
            await _post(tx, "network_down", params, now)

    def _forget(self) -> None:
        self._outcomes.clear()
        self._failed.clear()
        self._lost.clear()

    async def _tell_if_ill(self, feed_id: int, now: datetime) -> None:
        async with self._tools.store.write() as tx:
            feed = await health.standing(tx, feed_id)
            if feed is None or feed.known.state != "active":
                return
            if is_ill(feed.known, now) and feed.told != "ill":
                params = {"errors": str(feed.known.errors), "error": feed.error or "–"}
                key = "feed_ill" if feed.known.last_success else "feed_never_read"
                if await _post(tx, key, {**_named(feed), **params}, now):
                    await health.tell(tx, feed_id, "ill")
            elif not feed.known.errors and feed.told == "ill":
                await _post(tx, "feed_well", _named(feed), now)
                await health.tell(tx, feed_id, None)

    async def _tell_silence(self, feed: Standing, now: datetime) -> None:
        since = now - (feed.known.last_new or feed.known.added)
        found = await self._successors(feed)
        log.info("feed.silent", feed=feed.url, days=since.days, successors=found)
        params = {**_named(feed), "days": str(since.days)}
        key = "feed_silent"
        if found:
            key, params["found"] = "feed_silent_successor", "\n".join(found)
        async with self._tools.store.write() as tx:
            if await _post(tx, key, params, now):
                await health.tell(tx, feed.id, "silent")

    async def _successors(self, feed: Standing) -> list[str]:
        """Return the feeds of its site that have brought something since."""
        async with self._tools.store.read() as connection:
            link = await health.newest_link(connection, feed.id)
        since = feed.known.last_new or feed.known.added
        tools = self._tools
        search = await find_feeds(tools.fetcher, tools.workers, home(link or feed.url))
        return [
            found.url
            for found in search.feeds
            if canonical(found.url) != canonical(feed.url)
            and any(entry.published and entry.published > since for entry in found.feed.entries)
        ][:SUCCESSORS]


def _named(feed: Standing) -> dict[str, str]:
    return {"name": feed.name or feed.url, "url": feed.url}


async def _post(tx: Transaction, key: str, params: Mapping[str, str], now: datetime) -> bool:
    """Tell the admins; False where there is none yet."""
    admins = [chat.id for chat in await chats.admins(tx)]
    await notices.post(tx, admins, key, params, now)
    return bool(admins)

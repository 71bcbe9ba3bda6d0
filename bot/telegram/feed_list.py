"""The feeds in the chat: which there are, how they are, and what is done about one of them."""

from collections.abc import Sequence

from bot.store import feeds, health
from bot.store.feeds import FeedState
from bot.telegram import feed_views
from bot.telegram.desk import Desk
from bot.telegram.feed_views import Shown
from bot.telegram.talk import Button, Command, Part, Press, Talk
from bot.telegram.views import handle


class FeedList(Part):
    """One method for each command and button."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def commands(self) -> Sequence[Command]:
        """Return what can be typed."""
        return (Command(("feeds", "quellen"), self.feeds, "admin"),)

    def buttons(self) -> Sequence[Button]:
        """Return what can be pressed."""
        return (Button("feeds", self.turn, "admin"), Button("feed", self.pressed, "admin"))

    async def feeds(self, talk: Talk) -> None:
        """Show the feeds, the worst first."""
        page = feed_views.page(talk.words, await self._shown(), 0, self._desk.now())
        # Feeds are everybody's, also where another chat is managed from this one.
        await talk.own.answer(page)

    async def turn(self, press: Press) -> None:
        """Show another page."""
        if not feed_views.is_number(press.data):
            await press.stale()
            return
        await press.answer()
        shown = await self._shown()
        await press.replace(feed_views.page(press.words, shown, int(press.data), self._desk.now()))

    async def pressed(self, press: Press) -> None:
        """Show one feed, or do with it what the button says: `VERB:HANDLE:PAGE`."""
        verb, _, rest = press.data.partition(":")
        which, _, page = rest.partition(":")
        feed = await self._find(which)
        if feed is None or not feed_views.is_number(page):
            await press.stale()
            return
        is_ours = feed_views.is_ours(feed)
        if verb == "show":
            await press.answer()
            await self._show(press, feed, int(page))
        elif is_ours and verb in {"pause", "resume"}:
            await self._set(press, feed, verb, int(page))
        elif is_ours and verb == "remove":
            await press.answer()
            await press.replace(feed_views.removal(press.words, feed, int(page)))
        elif is_ours and verb == "drop":
            await self._drop(press, feed, int(page))
        else:
            await press.stale()

    async def _show(self, press: Press, feed: FeedState, page: int) -> None:
        shown = await self._shown()
        one = next((each for each in shown if each.feed.url == feed.url), None)
        if one is not None:
            await press.replace(feed_views.card(press.words, one, page, self._desk.now()))

    async def _set(self, press: Press, feed: FeedState, verb: str, page: int) -> None:
        said = press.words.sources
        state, text = {
            "pause": ("paused", said.answer_paused),
            "resume": ("active", said.answer_resumed),
        }[verb]
        async with self._desk.store.write() as tx:
            await feeds.set_state(tx, feed.url, state)
        await press.answer(text.format(name=feed_views.named(feed)))
        await self._show(press, feed, page)

    async def _drop(self, press: Press, feed: FeedState, page: int) -> None:
        async with self._desk.store.write() as tx:
            await feeds.remove(tx, feed.url)
        text = press.words.sources.answer_removed
        await press.answer(text.format(name=feed_views.named(feed)))
        shown = await self._shown()
        await press.replace(feed_views.page(press.words, shown, page, self._desk.now()))

    async def _shown(self) -> list[Shown]:
        async with self._desk.store.read() as connection:
            listed = await feeds.listed(connection)
            doing = await health.overview(connection, self._desk.now())
        return feed_views.ordered([Shown(feed, doing[feed.url]) for feed in listed])

    async def _find(self, which: str) -> FeedState | None:
        async with self._desk.store.read() as connection:
            listed = await feeds.listed(connection)
        return next((feed for feed in listed if handle(feed.url) == which), None)

"""The feeds in the chat: which there are, how they are, and what is done about one of them."""

from collections.abc import Sequence

from bot.alerts.compose import Message
from bot.store import feeds, health
from bot.telegram import feed_views
from bot.telegram.desk import Desk
from bot.telegram.feed_views import Shown
from bot.telegram.talk import Button, Command, Part, Press, Talk
from bot.telegram.views import handle

NAMED = 100  # of a name in an answer, which has at most 200 characters


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

    async def feeds(self, talk: Talk) -> Message:
        """Show the feeds, the worst first."""
        return feed_views.page(talk.words, await self._shown(), 0, self._desk.now())

    async def turn(self, press: Press) -> None:
        """Show another page."""
        if not _is_number(press.data):
            await press.stale()
            return
        await press.answer()
        shown = await self._shown()
        await press.replace(feed_views.page(press.words, shown, int(press.data), self._desk.now()))

    async def pressed(self, press: Press) -> None:
        """Show one feed, or do with it what the button says."""
        verb, _, rest = press.data.partition(":")
        which, _, written = rest.partition(":")
        feed = await self._find(which)
        if feed is None or not _is_number(written):
            await press.stale()
            return
        number = int(written)
        if verb == "show":
            await self._show(press, feed, number)
        elif feed.is_ours and verb in {"pause", "resume"}:
            await self._set(press, feed, verb, number)
        elif feed.is_ours and verb == "remove":
            await press.answer()
            await press.replace(feed_views.removal(press.words, feed, number))
        elif feed.is_ours and verb == "drop":
            await self._drop(press, feed, number)
        else:
            await press.stale()

    async def _show(self, press: Press, feed: Shown, number: int, said: str = "") -> None:
        await press.answer(said)
        await press.replace(feed_views.card(press.words, feed, number, self._desk.now()))

    async def _set(self, press: Press, feed: Shown, verb: str, number: int) -> None:
        said = press.words.sources
        state, text = {
            "pause": ("paused", said.answer_paused),
            "resume": ("active", said.answer_resumed),
        }[verb]
        async with self._desk.store.write() as tx:
            await feeds.set_state(tx, feed.feed.url, state)
        changed = await self._find(handle(feed.feed.url))
        await self._show(press, changed or feed, number, text.format(name=feed.name[:NAMED]))

    async def _drop(self, press: Press, feed: Shown, number: int) -> None:
        async with self._desk.store.write() as tx:
            await feeds.remove(tx, feed.feed.url)
        await press.answer(press.words.sources.answer_removed.format(name=feed.name[:NAMED]))
        shown = await self._shown()
        await press.replace(feed_views.page(press.words, shown, number, self._desk.now()))

    async def _shown(self) -> list[Shown]:
        async with self._desk.store.read() as connection:
            listed = await feeds.listed(connection)
            doing = await health.overview(connection, self._desk.now())
        return feed_views.ordered([Shown(feed, doing[feed.url]) for feed in listed])

    async def _find(self, which: str) -> Shown | None:
        shown = await self._shown()
        return next((each for each in shown if handle(each.feed.url) == which), None)


def _is_number(written: str) -> bool:
    return written.isascii() and written.isdecimal() and len(written) < 6

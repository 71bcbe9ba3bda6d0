"""Watchlists in the chat: the greeting with those that there are, and switching them on and off."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.alerts import collected
from bot.alerts.compose import Message
from bot.alerts.html import escape, shorten
from bot.model import FoundArticle
from bot.store import Transaction, alerts, chats, people, stories
from bot.store.chats import Chat
from bot.telegram import views
from bot.telegram.access import OWN
from bot.telegram.desk import Desk
from bot.telegram.talk import Button, Command, Part, Press, Talk

LOOK_BACK = timedelta(hours=24)
Accept = Callable[[Talk], Awaitable[Message | None]]
ANSWER = 190  # Telegram shows at most 200 characters


class Lists(Part):
    """One method for each command and button."""

    def __init__(self, desk: Desk, accept: Accept) -> None:
        """Nothing is shown yet; `accept` does what a link by which somebody comes is good for."""
        self._desk = desk
        self._accept = accept

    def commands(self) -> Sequence[Command]:
        """Return what can be typed."""
        return (
            Command(("start",), self.start),
            Command(("lists", "listen"), self.lists),
            Command(("help", "hilfe"), self.help),
        )

    def buttons(self) -> Sequence[Button]:
        """Return what can be pressed."""
        return (
            Button("on", self.switch_on),
            Button("off", self.switch_off),
            Button("lists", self.show, "asks"),
        )

    async def start(self, talk: Talk) -> Message | None:
        """Greet, with the watchlists to choose from; a link may name the one that is wanted."""
        may = await talk.may_settle()
        was_away = may and talk.chat.state != "active"
        if was_away:
            async with self._desk.store.write() as tx:
                await people.resume(tx, talk.chat.id)
        if (taken := await self._accept(talk)) is not None:
            return taken
        words = talk.words
        name = views.wanted(talk.written, self._desk.labels(talk.chat))
        if name is not None and may:
            found = await self._subscribe(talk.chat, name)
            label = escape(shorten(self._desk.labels(talk.chat)[name], ANSWER))
            await talk.answer(await self._lists(talk.chat, words.welcome_list.format(label=label)))
            return found
        greeting = words.welcome_back if was_away else words.welcome
        return await self._lists(talk.chat, words.welcome_owner if talk.opened == OWN else greeting)

    async def lists(self, talk: Talk) -> Message:
        """Show the watchlists with their switches."""
        words = talk.words
        text = words.lists if talk.home.type == "private" else words.lists_group
        if talk.chat.state == "paused":
            text = f"{words.subs_paused}\n\n{text}"
        return await self._lists(talk.chat, text)

    async def help(self, talk: Talk) -> Message:
        """Say what there is."""
        return views.help_(talk.words, is_admin=talk.is_admin)

    async def show(self, press: Press) -> None:
        """Send the lists anew."""
        await press.answer()
        await press.talk.answer(await self.lists(press.talk))

    async def switch_on(self, press: Press) -> None:
        """Switch a list on, and show what it found of late."""
        labels = self._desk.labels(press.chat)
        name = views.named(press.data, labels)
        if name is None:
            await press.stale()
            return
        found = await self._subscribe(press.chat, name)
        await press.answer(press.words.list_on.format(name=shorten(labels[name], ANSWER - 40)))
        await press.redraw(await self.lists(press.talk))
        if found is not None:
            await press.talk.answer(found)

    async def switch_off(self, press: Press) -> None:
        """Switch a list off."""
        labels = self._desk.labels(press.chat)
        name = views.named(press.data, labels)
        if name is None:
            await press.stale()
            return
        async with self._desk.store.write() as tx:
            await chats.unsubscribe(tx, press.chat.id, name)
        await press.answer(press.words.list_off.format(name=shorten(labels[name], ANSWER - 40)))
        await press.redraw(await self.lists(press.talk))

    async def _subscribe(self, chat: Chat, name: str) -> Message | None:
        """Switch a list on; return what it found of late, None where it was on before."""
        now = self._desk.now()
        async with self._desk.store.write() as tx:
            if name in await chats.subscribed(tx, chat.id):
                return None
            await chats.subscribe(tx, chat.id, name, now)
            found = await alerts.recent(tx, name, now - LOOK_BACK)
            told = collected.events(found, await self._stories(tx, name, found))
            shown = [a for t in told[: collected.RECENT_ITEMS] for a in (t.found, *t.also)]
            await note_shown(tx, chat.id, name, shown, now)
        return collected.recent(name, told, self._desk.reader(chat))

    async def _stories(
        self, tx: Transaction, name: str, found: Sequence[FoundArticle]
    ) -> Mapping[int, int]:
        """Return the stories of articles, where their list wants each event told once."""
        lists = {each.name: each for each in self._desk.library.watchlists}
        if name not in lists or lists[name].settings.stories not in {None, "story"}:
            return {}
        return await stories.stories_of(tx, [each.entry_id for each in found])

    async def _lists(self, chat: Chat, text: str) -> Message:
        labels = self._desk.labels(chat)
        if not labels:
            text = f"{text}\n\n{self._desk.reader(chat).words.no_lists}"
        async with self._desk.store.read() as connection:
            on = await chats.subscribed(connection, chat.id)
        return views.lists(text, labels, on)


async def note_shown(
    tx: Transaction, chat_id: int, name: str, shown: Sequence[FoundArticle], now: datetime
) -> None:
    """What is about to be shown is told: neither a second feed nor a change rings again."""
    told = alerts.Told(chat_id, (name,), "silent", "shown when the list was switched on")
    for article in shown:
        await alerts.open_alert(tx, article.entry_id, told, None, now)

"""The buttons under an alert: mute its lists, set how they are told, take care of it."""

from collections.abc import Sequence
from datetime import timedelta

from bot.alerts.compose import Button as Key
from bot.alerts.compose import Message
from bot.alerts.html import bold, shorten
from bot.store import Transaction, changes, chats, claims, digests, subscriptions
from bot.store.chats import Chat
from bot.store.claims import Claim, Held
from bot.telegram import views
from bot.telegram.desk import Desk
from bot.telegram.talk import Button, Part, Press, Talk
from bot.watch.personal import is_own
from bot.watch.watchlist import ALERT_MODES, AlertMode

DAY = timedelta(days=1)
MUTES = {"0": timedelta(0), "1": DAY, "7": 7 * DAY}
"""Days, as a button says them; none is no more."""
LABEL = 60
MOST_LISTS = 5
MODES: tuple[AlertMode, ...] = ("now", "quiet", "digest", "urgent")
"""In the order of their buttons."""


class Handling(Part):
    """One method for each button."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def buttons(self) -> Sequence[Button]:
        """Return what can be pressed."""
        return (
            Button("mu", self.mute),
            Button("cf", self.settings),
            Button("cl", self.claim, "asks"),
            Button("uc", self.release, "asks"),
            Button("md", self.set_mode),
            Button("ml", self.mute_list),
            Button("lo", self.switch_off),
        )

    async def mute(self, press: Press) -> None:
        """Hear nothing more for a day of the lists that an alert was told for."""
        now, chat_id = self._desk.now(), press.talk.home.id
        async with self._desk.store.write() as tx:
            held = await held_by(tx, press.talk.home, press.data)
            muted = await chats.muted_lists(tx, chat_id, now)
            names = held.alert.watchlists if held else ()
            # What is muted for longer already stays so.
            ends = {name: max(now + DAY, muted.get(name, now)) for name in names}
            for name, until in ends.items():
                await chats.mute_list(tx, chat_id, name, until)
        if not ends:
            await press.stale()
            return
        time = self._desk.reader(press.talk.home).until(min(ends.values()))
        await press.answer(press.words.own.answer_muted.format(time=time))

    async def claim(self, press: Press) -> None:
        """Write into an alert who takes care of it."""
        home, user_id, now = press.talk.home, press.talk.user_id, self._desk.now()
        held, is_first = None, False
        if user_id is not None and home.type != "private":
            async with self._desk.store.write() as tx:
                held = await held_by(tx, home, press.data)
                is_first = held is not None and await claims.claim(
                    tx, held.alert.id, Claim(user_id, now)
                )
                if is_first:
                    await changes.post_edit(tx, home.id, int(press.data), now)
        if held is None:
            await press.stale()
            return
        await press.answer("" if is_first else press.words.own.answer_claimed_before)

    async def release(self, press: Press) -> None:
        """Take it out of an alert that somebody takes care of it: only they can."""
        home, user_id = press.talk.home, press.talk.user_id
        held, was_theirs = None, False
        async with self._desk.store.write() as tx:
            held = await held_by(tx, home, press.data)
            if held is not None and user_id is not None:
                was_theirs = await claims.release(tx, int(press.data), user_id)
            if was_theirs:
                await changes.post_edit(tx, home.id, int(press.data), self._desk.now())
        if held is None:
            await press.stale()
            return
        is_anothers = held.claim is not None and not was_theirs
        await press.answer(press.words.own.answer_claim_of_another if is_anothers else "")

    async def settings(self, press: Press) -> None:
        """Show how the lists of an alert are told, with buttons to change that."""
        async with self._desk.store.read() as connection:
            held = await held_by(connection, press.talk.home, press.data)
            on = await chats.subscribed(connection, press.talk.home.id)
        if held is None:
            await press.stale()
            return
        await press.answer()
        for name in [name for name in held.alert.watchlists if name in on][:MOST_LISTS]:
            await press.reply(await self._settings(press.talk, name))

    async def set_mode(self, press: Press) -> None:
        """Set how a list is told in this chat."""
        handle, _, wanted = press.data.partition(":")
        name = await self._named(press.talk, handle)
        mode = next((mode for mode in ALERT_MODES if mode == wanted), None)
        if name is None or mode is None:
            await press.stale()
            return
        async with self._desk.store.write() as tx:
            await subscriptions.set_mode(tx, press.talk.home.id, name, mode)
        await self._changed(press, name)

    async def mute_list(self, press: Press) -> None:
        """Hear nothing more of a list for a while."""
        handle, _, days = press.data.partition(":")
        name, length = await self._named(press.talk, handle), MUTES.get(days)
        if name is None or length is None:
            await press.stale()
            return
        until = self._desk.now() + length
        async with self._desk.store.write() as tx:
            await chats.mute_list(tx, press.talk.home.id, name, until if length else None)
            await digests.end_list_mute(tx, press.talk.home.id, until)
        await self._changed(press, name)

    async def switch_off(self, press: Press) -> None:
        """Switch a list off."""
        name = await self._named(press.talk, press.data)
        if name is None:
            await press.stale()
            return
        async with self._desk.store.write() as tx:
            await chats.unsubscribe(tx, press.talk.home.id, name)
        label = shorten(self._desk.reader(press.talk.home).label(name), LABEL)
        await press.answer(press.words.list_off.format(name=label))

    async def _changed(self, press: Press, name: str) -> None:
        said = await self._settings(press.talk, name)
        await press.answer()
        await press.replace(said)

    async def _settings(self, talk: Talk, name: str) -> Message:
        reader, words, handle = self._desk.reader(talk.home), talk.words.own, views.handle(name)
        async with self._desk.store.read() as connection:
            chosen = await subscriptions.modes(connection, talk.home.id)
            muted = await chats.muted_lists(connection, talk.home.id, self._desk.now())
        mode = chosen.get(name) or reader.modes.get(name, "now")
        label = shorten(reader.label(name), LABEL)
        text = words.list_settings.format(label=bold(label), mode=words.modes[mode])
        if name in muted:
            until = bold(reader.until(muted[name]))
            text = f"{text}\n{words.list_muted.format(time=until)}"
        keys = [
            Key(views.marked(words.modes[each], is_on=each == mode), f"md:{handle}:{each}")
            for each in MODES
        ]
        return Message(
            text,
            (
                tuple(keys[:2]),
                (keys[2],),
                (keys[3],),
                *(((Key(talk.words.button_unmute, f"ml:{handle}:0"),),) if name in muted else ()),
                (
                    Key(words.button_mute_day, f"ml:{handle}:1"),
                    Key(words.button_mute_week, f"ml:{handle}:7"),
                ),
                # One's own queries are ended one by one: /remove.
                *(() if is_own(name) else ((Key(words.button_off, f"lo:{handle}"),),)),
            ),
        )

    async def _named(self, talk: Talk, handle: str) -> str | None:
        """Return the list that a button means, if the chat has it on."""
        async with self._desk.store.read() as connection:
            on = await chats.subscribed(connection, talk.home.id)
        return views.named(handle, dict.fromkeys(on, ""))


async def held_by(tx: Transaction, chat: Chat, letter: str) -> Held | None:
    """Return the alert that a button is under, if it is one of this chat."""
    return await claims.held(tx, chat.id, int(letter)) if views.is_number(letter) else None

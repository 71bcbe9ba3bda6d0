"""Leaving: a pause, or everything erased."""

from collections.abc import Sequence

from bot.alerts.compose import Message
from bot.store import chats
from bot.telegram import views
from bot.telegram.desk import Desk
from bot.telegram.talk import Button, Command, Part, Press, Talk


class Leave(Part):
    """One method for each command and button."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def commands(self) -> Sequence[Command]:
        """Return what can be typed."""
        return (Command(("stop", "ende"), self.stop),)

    def buttons(self) -> Sequence[Button]:
        """Return what can be pressed."""
        return (Button("stop", self.stopped),)

    async def stop(self, talk: Talk) -> Message:
        """Ask: pause, or erase."""
        return views.stop(talk.words)

    async def stopped(self, press: Press) -> None:
        """Do what was chosen."""
        words, data = press.words, press.data
        async with self._desk.store.write() as tx:
            if data == "pause":
                await chats.set_state(tx, press.chat.id, "paused")
            elif data == "erase":
                await chats.erase(tx, press.chat.id)
        await press.answer()
        text = {"pause": words.paused, "erase": words.erased}.get(data, words.kept)
        await press.replace(Message(text))

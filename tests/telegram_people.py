"""What people do with a bot in the sandbox's Telegram, and what they see there."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox import membership, people
from bot.sandbox.faults import Fault
from bot.sandbox.server import Sandbox
from bot.sandbox.transcript import breaches
from bot.sandbox.world import BOT, GROUP, PERSON, Callback
from tests.harness import until
from tests.telegram_records import PATIENCE


@dataclass(kw_only=True)
class People:
    """The people and the chats of a sandbox."""

    sandbox: Sandbox

    def say(
        self, text: str, chat: int = PERSON, sender: int | None = None, reply_to: int | None = None
    ) -> int:
        """A person writes, perhaps in answer to a message; return the number of theirs."""
        world = self.sandbox.world
        answering = people.answering(world.chats[chat], reply_to) if reply_to else {}
        said = people.say(world, world.chats[chat], {"text": text} | answering, sender=sender)
        return int(said["message_id"])

    async def ask(
        self, text: str, chat: int = PERSON, sender: int | None = None, reply_to: int | None = None
    ) -> dict[str, Any]:
        """A person writes; return the bot's next message in that chat."""
        before = len(self.messages(chat))
        self.say(text, chat, sender, reply_to)
        return await self.message(before, chat)

    async def message(self, number: int, chat: int = PERSON) -> dict[str, Any]:
        """Wait for the bot's message with this number in the chat, from 0."""
        await until(lambda: len(self.messages(chat)) > number, f"message {number}", PATIENCE)
        return self.messages(chat)[number]

    async def add(self, query: str, chat: int = PERSON) -> dict[str, Any]:
        """A person adds a query and saves it; return what the bot says to that."""
        at = len(self.messages(chat))
        asked = await self.ask(f"/add {query}", chat)
        await self.press("💾 ", chat)
        await until(lambda: self.messages(chat)[at] != asked, "what was saved", PATIENCE)
        return self.messages(chat)[at]

    async def press(self, label: str, chat: int = PERSON, sender: int | None = None) -> str:
        """Press the newest button whose text contains `label`; return the answer."""
        world = self.sandbox.world
        found = await until(lambda: self._button(label, chat), f"button {label}", PATIENCE)
        assert found is not None
        number, data = found
        return await self.answered(people.press(world, world.chats[chat], number, data, sender))

    async def forge(self, data: str, chat: int = PERSON, *, sender: int = 0, date: int = 1) -> str:
        """Send what no button of the bot would; return the answer.

        Args:
            data: what the button says.
            chat: where its message stands.
            sender: who presses; by default the person of the private chat.
            date: the message's; 0 is Telegram's sign that the bot cannot reach it any more.
        """
        world = self.sandbox.world
        callback = Callback(f"forged-{len(world.callbacks)}", world.now())
        world.callbacks[callback.id] = callback
        shown = {"message_id": 1, "chat": world.chat_object(world.chats[chat]), "date": date}
        presser = world.users[sender or chat].api()
        body = {"id": callback.id, "from": presser, "chat_instance": "1", "data": data}
        self.update({"callback_query": {**body, "message": {**shown, "text": "x"}}})
        return await self.answered(callback)

    async def answered(self, callback: Callback) -> str:
        """Wait until a press is answered; return the words."""
        await until(lambda: callback.answer is not None, "the answer to a button", PATIENCE)
        return str(callback.answer)

    def update(self, body: dict[str, Any]) -> int:
        """Have Telegram send any update."""
        number = self.sandbox.world.updates.push_raw(body)
        self.sandbox.world.on_change()
        return number

    def person(self, number: int, language: str | None = "de") -> int:
        """A new person; the bot may write to them."""
        membership.add_chat(self.sandbox.world, number, "private", language).opened = True
        return number

    def group(self, number: int) -> int:
        """A group that the bot has long been in.

        Unlike a person it may get many messages at once: tests need not wait.
        """
        chat = self.sandbox.world.add_chat(number, "group", f"Chat {number}")
        chat.members = {PERSON: "creator", BOT: "member"}
        return number

    def forum(self, number: int, *topics: str) -> list[int]:
        """A group with topics that the bot has long been in; returns their numbers."""
        world = self.sandbox.world
        chat = world.add_chat(number, "supergroup", "Forum")
        chat.members = {PERSON: "creator", BOT: "member"}
        return [membership.add_topic(world, chat, name) for name in topics]

    def member(self, number: int, chat: int = GROUP) -> None:
        """Somebody is a member of a group, and no administrator."""
        membership.set_member(self.sandbox.world, self.sandbox.world.chats[chat], number, "member")

    def fault(
        self, name: str, chat: int | None = None, times: int = 1, method: str = "sendMessage"
    ) -> None:
        """Let the next calls suffer; a 429 asks for 60 s."""
        self.sandbox.faults.order(Fault(method, name, chat, times, retry_after=60))

    # What people see.

    def messages(self, chat: int = PERSON) -> list[dict[str, Any]]:
        """Return what the bot wrote into a chat, as it looks now."""
        found = self.sandbox.world.chats[chat].messages.values()
        return [message for message in found if message.get("from", {}).get("is_bot")]

    def texts(self, chat: int = PERSON) -> list[str]:
        """Return the words of it, of a file those beside it."""
        return [message.get("text", message.get("caption", "")) for message in self.messages(chat)]

    def titles(self, chat: int = PERSON) -> list[str]:
        """Return the titles of the alerts in a chat, in their order."""
        return [text.split("\n")[1] for text in self.texts(chat) if text.startswith("🔔")]

    def buttons(self, message: dict[str, Any]) -> list[str]:
        """Return the texts of a message's buttons."""
        return [text for text, _ in _keyboard(message)]

    def _button(self, label: str, chat: int) -> tuple[int, str] | None:
        for message in reversed(self.messages(chat)):
            for text, data in _keyboard(message):
                if label in text and data:
                    return message["message_id"], data
        return None

    def calls(self, method: str, chat: int | None = None) -> list[dict[str, Any]]:
        """Return the calls of a method so far."""
        made = self.sandbox.world.transcript.after(0)
        calls = [call for call in made if call["method"].lower() == method.lower()]
        return [call for call in calls if chat in (None, call["params"].get("chat_id"))]

    def breaches(self) -> list[str]:
        """Return what a bot must never do and did."""
        return breaches(self.sandbox.world.transcript.after(0))


def _keyboard(message: dict[str, Any]) -> list[tuple[str, str]]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [(button["text"], button.get("callback_data", "")) for row in rows for button in row]

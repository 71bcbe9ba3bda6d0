"""The world behind the Bot API: people, chats, messages, updates. Pure: its clock is injected."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.chats import Chat, Kind, User
from bot.sandbox.errors import bad_request, forbidden, migrated, too_many
from bot.sandbox.limits import Limits
from bot.sandbox.transcript import Transcript
from bot.sandbox.updates import Updates

BOT = 7_000_000_001
PERSON = 1001
GROUP = -1002
ANSWER_WINDOW = timedelta(seconds=15)
"""How long a callback query can be answered; users of Bot API libraries report about 15 s."""

_PLACES = {"group": "group chat", "supergroup": "supergroup chat", "channel": "channel chat"}


@dataclass(slots=True)
class Callback:
    """A button that was pressed.

    Attributes:
        id: of the callback query.
        pressed: when.
        answer: the bot's text (empty for none); None until it answers.
    """

    id: str
    pressed: datetime
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A file that somebody sent."""

    id: str
    name: str
    content: bytes
    content_type: str

    @property
    def unique_id(self) -> str:
        """The Bot API's `file_unique_id`."""
        return self.id.removeprefix("sandbox-")

    @property
    def path(self) -> str:
        """The Bot API's `file_path`, below `/file/bot<token>/`."""
        return f"documents/{self.unique_id}"


class World:
    """Everything that the sandbox knows.

    It starts with the private chat 1001, whose person speaks German and has opened the bot before
    (so that a bot may write to it at once), and the group -1002, where 1001 is administrator and
    the bot a member.

    Attributes:
        now: the clock: aware UTC.
        on_change: called after anything that somebody may wait for.
        settings: what the bot said of itself: commands and descriptions by scope and language.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.on_change: Callable[[], None] = lambda: None
        self.updates = Updates(now)
        self.transcript = Transcript(now)
        self.reset()

    def reset(self) -> None:
        """Makes the world as new; only the numbers of updates go on."""
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.callbacks: dict[str, Callback] = {}
        self.files: dict[str, File] = {}
        self.settings: dict[tuple[str, ...], Any] = {}
        self.limits = Limits()
        self.updates.reset()
        self.transcript.reset()
        self.bot = self._person(BOT, "Ausguck", None, "ausguck_sandbox_bot")
        self.bot.is_bot = True
        self._person(PERSON, "Marlene", "de", "marlene_sandbox")
        private = self.add_chat(PERSON, "private")
        private.opened = True
        group = self.add_chat(GROUP, "group", "Redaktion")
        group.members = {PERSON: "administrator", BOT: "member"}
        self.on_change()

    def _person(
        self, number: int, name: str, language: str | None, username: str | None = None
    ) -> User:
        self.users[number] = User(number, name, language, username)
        return self.users[number]

    def person(self, number: int, language: str | None = None) -> User:
        """Returns a person, who is made up at the first mention."""
        return self.users.get(number) or self._person(number, f"Person {number}", language)

    def add_chat(self, number: int, kind: Kind, title: str = "") -> Chat:
        """Adds an empty chat; of a private one, its person must be known."""
        chat = Chat(number, kind, title, instance=f"{abs(number) * 7919 % 10**18:018d}")
        if kind == "private":
            chat.members = {number: "member", BOT: "member"}
        self.chats[number] = chat
        return chat

    def chat_object(self, chat: Chat) -> dict[str, Any]:
        """Returns the Bot API Chat."""
        return chat.api(self.users[chat.id] if chat.is_private else None)

    def user_object(self, number: int) -> dict[str, Any] | None:
        """Returns the Bot API User, or None for somebody unknown."""
        user = self.users.get(number)
        return user.api() if user else None

    def timestamp(self) -> int:
        """Returns the present in whole seconds since 1970, as the Bot API dates things."""
        return int(self.now().timestamp())

    # Rules that hold for every message of the bot.

    def reach(self, number: int | str | None) -> Chat:
        """Returns the chat that the bot names.

        Raises:
            ApiError: there is none that the bot could know.
        """
        if number is None or number == "":
            raise bad_request("chat_id is empty")
        chat = self.chats.get(number) if isinstance(number, int) else None
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def may_read(self, chat: Chat) -> None:
        """Checks that the bot sees the chat.

        Raises:
            ApiError: it is gone, or the bot is.
        """
        if chat.moved_to is not None:
            raise migrated(chat.moved_to)
        if chat.state == "deleted":
            raise forbidden("the group chat was deleted")
        if chat.is_private:
            return
        if chat.status(BOT) == "kicked":
            raise forbidden(f"bot was kicked from the {_PLACES[chat.kind]}")
        if chat.status(BOT) == "left":
            raise forbidden(f"bot is not a member of the {_PLACES[chat.kind]}")

    def may_write(self, chat: Chat) -> None:
        """Checks that the bot may send to the chat.

        Raises:
            ApiError: it may not, in Telegram's words.
        """
        self.may_read(chat)
        if chat.state == "deactivated":
            raise forbidden("user is deactivated")
        if chat.is_private:
            if not chat.opened:
                raise forbidden("bot can't initiate conversation with a user")
            if chat.status(BOT) == "kicked":
                raise forbidden("bot was blocked by the user")
        elif chat.status(BOT) == "restricted":
            raise bad_request("not enough rights to send text messages to the chat")
        elif chat.kind == "channel" and chat.status(BOT) != "administrator":
            raise bad_request("need administrator rights in the channel chat")

    def pace(self, chat: Chat, messages: int = 1) -> None:
        """Counts messages against the limits.

        Raises:
            ApiError: 429, too fast.
        """
        wait = self.limits.take(chat.id, chat.kind, self.now(), messages)
        if wait:
            raise too_many(wait)

    # Messages.

    def post(
        self, chat: Chat, sender: User | None, body: dict[str, Any], thread: int | None = None
    ) -> dict[str, Any]:
        """Stores a message and returns it.

        Args:
            chat: where.
            sender: a person or the bot; in channels it is not shown.
            body: the Message's own fields: text, entities, document and so on.
            thread: the topic; it must exist.
        """
        number = chat.next_message()
        message: dict[str, Any] = {"message_id": number}
        if chat.kind == "channel":
            message["sender_chat"] = self.chat_object(chat)
        elif sender is not None:
            message["from"] = sender.api()
        message |= {"chat": self.chat_object(chat), "date": self.timestamp()}
        if thread is not None:
            message |= {"message_thread_id": thread, "is_topic_message": True}
        message |= body
        chat.messages[number] = message
        self.on_change()
        return message

    def replace(self, chat: Chat, number: int, body: dict[str, Any]) -> dict[str, Any]:
        """Puts an edited message in the old one's place; a None removes a field."""
        changed = {**chat.messages[number], "edit_date": self.timestamp(), **body}
        changed = {key: value for key, value in changed.items() if value is not None}
        chat.messages[number] = changed
        self.on_change()
        return changed

    def keep_file(self, name: str, content: bytes, content_type: str) -> File:
        """Stores a file under a new id."""
        file = File(f"sandbox-{len(self.files) + 1:06d}", name, content, content_type)
        self.files[file.id] = file
        return file

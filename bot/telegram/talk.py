"""What a person says or presses, as the commands and buttons are given it, and what those are.

A `Part` of the bot's presence names its commands and buttons; `bot.telegram.front` hears them,
checks who may, and sends what they return.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

import structlog
from telegram import CallbackQuery
from telegram import Message as Posted
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from bot.alerts.compose import Message
from bot.model import Address
from bot.store.chats import Chat
from bot.telegram import acting
from bot.telegram.messages import keyboard, preview, send
from bot.telegram.rights import may_settle
from bot.wording import Sentences, sentences

log = structlog.get_logger()

Right = Literal["asks", "settles", "admin"]
"""Who may: whoever is let in; in groups and channels their administrators; admins of the bot."""


@dataclass(frozen=True, slots=True)
class Talk:
    """Somebody says something to the bot in a chat that is let in."""

    bot: ExtBot[Any]
    home: Chat
    """Where it was said, as it was before that woke it."""
    chat: Chat
    """Whose settings are meant: the same chat, or another one that is managed from there."""
    user_id: int | None
    written: str = ""
    """What follows the command."""
    said: Posted | None = None
    """The message in which it was said; None: a button was pressed."""
    is_admin: bool = False
    """Whether who says it is an admin of the bot."""
    opened: str = ""
    """What the code in a link was good for that the person came by."""
    title: str = ""
    """What the chat is called whose settings are meant, where that is another one."""

    @property
    def words(self) -> Sentences:
        """The chat's language."""
        return sentences(self.chat.language)

    @property
    def here(self) -> Address:
        """Where the answers go."""
        return self.home.address

    @property
    def replies_to(self) -> int | None:
        """The message that it was said in answer to."""
        answered = self.said.reply_to_message if self.said else None
        return answered.message_id if answered else None

    @property
    def acts(self) -> bool:
        """Whether another chat is meant than the one in which it was said."""
        return self.chat.id != self.home.id

    @property
    def own(self) -> "Talk":
        """The same, said for the chat itself."""
        return replace(self, chat=self.home, title="")

    async def may_settle(self) -> bool:
        """Tell whether who says it may change how the chat that is meant is served."""
        sender = self.said.sender_chat if self.said else None
        # Administrators who stay anonymous write as the group itself.
        is_group = sender is not None and sender.id == self.chat.address.chat_id
        return self.is_admin or is_group or await may_settle(self.bot, self.chat, self.user_id)

    def shown(self, message: Message) -> Message:
        """Return a message as it is sent: where another chat is meant, it says which one."""
        if not self.acts:
            return message
        buttons = acting.marked(message.buttons, self.chat.id)
        return acting.headed(replace(message, buttons=buttons), self.title)

    async def answer(self, message: Message, *, quotes: bool = False) -> Posted:
        """Send a message where it was said.

        With `quotes` it is marked as an answer: what names articles that were told before is no
        news. Raises telegram.error.TelegramError.
        """
        answers = self.said.message_id if quotes and self.said else None
        return await send(self.bot, self.here, self.shown(message), answers=answers)


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed by somebody who may."""

    talk: Talk
    query: CallbackQuery
    kind: str
    """What stands before the colon."""
    data: str
    """What stands behind it."""

    @property
    def chat(self) -> Chat:
        """Whose settings are meant."""
        return self.talk.chat

    @property
    def words(self) -> Sentences:
        """The chat's language."""
        return self.talk.words

    @property
    def message_id(self) -> int:
        """The message that the button is under."""
        return self.query.message.message_id if self.query.message else 0

    async def answer(self, text: str = "") -> None:
        """Let the button stop spinning; `text` is shown for a moment."""
        await answer(self.query, text)

    async def stale(self) -> None:
        """Say that the button is old, or was never ours."""
        await self.answer(self.words.stale_button)

    async def reply(self, message: Message) -> None:
        """Send a message that answers the one with the button."""
        talk = self.talk
        await send(talk.bot, talk.here, talk.shown(message), answers=self.message_id)

    async def replace(self, message: Message) -> None:
        """Put the answer where the question was, so that its buttons are gone."""
        shown = self.talk.shown(message)
        try:
            await self.talk.bot.edit_message_text(
                shown.html,
                self.talk.here.chat_id,
                self.message_id,
                parse_mode="HTML",
                reply_markup=keyboard(shown.buttons),
                link_preview_options=preview(shown),
            )
        except BadRequest as error:
            if "not modified" not in error.message:
                await self.talk.answer(message)

    async def redraw(self, message: Message) -> None:
        """Show the buttons as they are now; the words stay."""
        rows = self.talk.shown(message).buttons
        try:
            await self.talk.bot.edit_message_reply_markup(
                self.talk.here.chat_id, self.message_id, reply_markup=keyboard(rows)
            )
        except TelegramError as error:
            # "message is not modified": pressed twice. What was asked for is done all the same.
            log.debug("button.not_redrawn", error=error.message)


async def answer(query: CallbackQuery, text: str) -> None:
    """Answer a press, if it can still be answered."""
    try:
        await query.answer(text)
    except TelegramError as error:
        # Such as: too old to be answered.
        log.debug("button.not_answered", error=error.message)


class Command(NamedTuple):
    """Something that can be typed."""

    names: tuple[str, ...]
    """The first is the one in English."""
    call: Callable[[Talk], Awaitable[Message | None]]
    """Returns what is answered; None: it has answered itself."""
    right: Right = "asks"
    quotes: bool = False
    """Whether the answer is marked as one: see `Talk.answer`."""


class Button(NamedTuple):
    """A kind of buttons."""

    kind: str
    call: Callable[[Press], Awaitable[None]]
    """Answers the press, as soon as it is done."""
    right: Right = "settles"


class Upload(NamedTuple):
    """A kind of files that can be sent to the bot, in a private chat."""

    endings: tuple[str, ...]
    """Such as ".txt", in small letters."""
    call: Callable[[Talk, str, bytes], Awaitable[Message | None]]
    """Given the file's name and content; `Talk.written` is what was written with it."""
    right: Right = "admin"


class Part:
    """Commands, buttons and files that belong together; by default there are none."""

    def commands(self) -> Sequence[Command]:
        """Return what can be typed."""
        return ()

    def buttons(self) -> Sequence[Button]:
        """Return what can be pressed."""
        return ()

    def uploads(self) -> Sequence[Upload]:
        """Return what can be sent as a file."""
        return ()

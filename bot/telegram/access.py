"""Who is let in: the owner by a link, others by invitation, or everybody."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal

import telegram

from bot.config import Config
from bot.store import Store, Transaction, chats, memory
from bot.store.chats import Chat
from bot.store.memory import Code

OWN, INVITE = "own", "invite"
LINK_LIFE, INVITATION_LIFE = timedelta(hours=1), timedelta(days=7)

WayBack = Literal["start", "invited", "admitted", "owner"]
"""How a chat that was erased is served again: at once, by a new invitation, as an admin of the bot
adds it, or, as it was the last admin's, by a new owner's link."""


async def owner_link(tx: Transaction, username: str, now: datetime) -> str:
    """Make a link that makes its first opener the admin: single use, one hour."""
    return await make_link(tx, username, Code(OWN, now + LINK_LIFE))


async def make_link(tx: Transaction, username: str, code: Code) -> str:
    """Make a link to the bot with a secret code in it, which is good for as much as is said."""
    secret = secrets.token_urlsafe(24)
    await memory.put_code(tx, digest(secret), code)
    return f"https://t.me/{username}?start={code.purpose}_{secret}"


def digest(code: str) -> str:
    """Return how a code is kept: what lies in the database must not be enough to use it."""
    return sha256(code.encode()).hexdigest()


def is_entry(payload: str) -> bool:
    """Tell whether a link looks like one that lets somebody in, be it good or not."""
    return payload.partition("_")[0] in {OWN, INVITE}


class Access:
    """Finds the chat that a person writes in, and says whether it may be served."""

    def __init__(self, store: Store, config: Config, now: Callable[[], datetime]) -> None:
        self._store = store
        self._config = config
        self._now = now

    async def enter(
        self, chat: telegram.Chat, user: telegram.User | None, thread: int | None = None
    ) -> Chat | None:
        """Return the chat, or its topic, as it is served; None where it is not let in.

        A chat that is let in by the configuration is written down. A person's own language
        decides in a private chat, and is followed when it changes.
        """
        async with self._store.read() as connection:
            # Where nothing is new, nothing is written: /status answers also when nothing can be.
            known, entered = await self._as_served(connection, chat, user)
            if entered is None:
                return None
            if entered == known:
                topic = await chats.topic(connection, chat.id, thread) if thread else entered
                if topic is not None:
                    return topic
        now = self._now()
        async with self._store.write() as tx:
            known, entered = await self._as_served(tx, chat, user)
            if entered is None:
                return None
            if entered != known:
                await chats.put(tx, entered, now)
            if thread is None:
                return entered
            topic = await chats.topic(tx, chat.id, thread)
            return topic or await chats.open_topic(tx, entered, thread, now)

    async def _as_served(
        self, tx: Transaction, chat: telegram.Chat, user: telegram.User | None
    ) -> tuple[Chat | None, Chat | None]:
        """Return the chat as it is known, and as it is to be; None where it is not let in."""
        known = await chats.get(tx, chat.id)
        if not await self._let_in(tx, known, user):
            return known, None
        language = (known.spoken if known else "") or self._language(chat, user)
        entered = replace(
            known or Chat(chat.id, chat.type, language, "active", admin=False),
            type=chat.type,
            language=language,
        )
        if entered.state == "asked":
            entered = replace(entered, state="active")
        if chat.id in self._config.telegram.admins:
            entered = replace(entered, admin=True)
        return known, entered

    async def wake(self, chat: Chat) -> None:
        """Wake a chat that was asleep: whoever writes can be written to."""
        if chat.state == "asleep":
            async with self._store.write() as tx:
                await chats.wake(tx, chat.address.chat_id)

    async def _let_in(
        self, tx: Transaction, known: Chat | None, user: telegram.User | None
    ) -> bool:
        if self._config.telegram.access == "open" or (known and known.state != "asked"):
            return True
        if user is None:
            return False
        own = await chats.get(tx, user.id)
        return user.id in self._config.telegram.admins or bool(own and own.admin)

    def _language(self, chat: telegram.Chat, user: telegram.User | None) -> str:
        if chat.type != "private" or user is None:
            return self._config.alerts.language
        spoken = (user.language_code or "en").lower()
        return "de" if spoken.startswith("de") else "en"

    async def open(self, payload: str, chat: telegram.Chat, user: telegram.User | None) -> str:
        """Do what the code in a link is good for; return that: own, invite, or nothing.

        The owner's code makes the chat the admin's, an invitation lets it in.
        """
        purpose, _, code = payload.partition("_")
        if not is_entry(payload) or not code or chat.type != "private":
            return ""
        now = self._now()
        async with self._store.write() as tx:
            known = await chats.get(tx, chat.id)
            if purpose == INVITE and known is not None and known.state != "asked":
                return ""  # whoever is in already takes nobody's place
            if purpose == OWN and any(each.admin for each in await chats.listed(tx)):
                return ""  # it has become somebody's since the link was made
            if await memory.use_code(tx, digest(code), purpose, now) is None:
                return ""
            if purpose == OWN:
                await memory.drop_codes(tx, OWN)
            language = self._language(chat, user)
            made = known or Chat(chat.id, chat.type, language, "active", admin=False)
            is_admin = made.admin or purpose == OWN
            await chats.put(tx, replace(made, state="active", admin=is_admin), now)
        return purpose

    async def ask(self, chat: telegram.Chat, user: telegram.User | None) -> list[Chat]:
        """Return the admins who are to be asked about this chat: all of them the first time."""
        if self._config.telegram.access != "invite":
            return []
        async with self._store.write() as tx:
            if await chats.get(tx, chat.id) is not None:
                return []
            admins = list(await chats.admins(tx))
            if admins:
                asking = Chat(chat.id, chat.type, self._language(chat, user), "asked", admin=False)
                await chats.put(tx, asking, self._now())
        return admins

    async def has_asked(self, chat_id: int) -> bool:
        """Tell whether admins were asked about a chat."""
        async with self._store.read() as connection:
            known = await chats.get(connection, chat_id)
        return known is not None and known.state == "asked"

    async def way_back(self, chat: Chat) -> WayBack:
        """Return how a chat that is served now is served again once it was erased."""
        if chat.thread is not None or chat.id in self._config.telegram.admins:
            return "start"
        if chat.admin and await self._is_last_admin(chat):
            return "owner"
        if self._config.telegram.access == "open":
            return "start"
        return "invited" if chat.type == "private" else "admitted"

    async def _is_last_admin(self, chat: Chat) -> bool:
        async with self._store.read() as connection:
            others = [each for each in await chats.listed(connection) if each.id != chat.id]
        return not (self._config.telegram.admins or any(each.admin for each in others))

    async def admit(self, chat_id: int) -> Chat | None:
        """Let a chat in that had asked; None where there is none any more."""
        async with self._store.write() as tx:
            chat = await chats.get(tx, chat_id)
            if chat is not None and chat.state == "asked":
                await chats.set_state(tx, chat_id, "active")
            return chat

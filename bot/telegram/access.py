"""Who is let in: the owner by a link, others by invitation, or everybody."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

import telegram

from bot.config import Config
from bot.store import Store, Transaction, chats, memory
from bot.store.chats import Chat

OWN = "own"
LINK_LIFE = timedelta(hours=1)


async def owner_link(tx: Transaction, username: str, now: datetime) -> str:
    """Make a link that makes its first opener the admin: single use, one hour."""
    code = secrets.token_urlsafe(24)
    await memory.put_code(tx, _digest(code), OWN, now + LINK_LIFE)
    return f"https://t.me/{username}?start={OWN}_{code}"


def _digest(code: str) -> str:
    # What lies in the database must not be enough to become the admin.
    return sha256(code.encode()).hexdigest()


class Access:
    """Finds the chat that a person writes in, and says whether it may be served."""

    def __init__(self, store: Store, config: Config, now: Callable[[], datetime]) -> None:
        self._store = store
        self._config = config
        self._now = now

    async def enter(self, chat: telegram.Chat, user: telegram.User | None) -> Chat | None:
        """Return the chat as it is served; None where it is not let in.

        A chat that is let in by the configuration is written down. A person's own language
        decides in a private chat, and is followed when it changes.
        """
        now = self._now()
        async with self._store.write() as tx:
            known = await chats.get(tx, chat.id)
            if not await self._let_in(tx, known, user):
                return None
            state = known.state if known and known.state != "asked" else "active"
            admin = chat.id in self._config.telegram.admins or bool(known and known.admin)
            spoken = known.spoken if known else ""
            language = spoken or self._language(chat, user)
            zone = known.zone if known else ""
            entered = Chat(chat.id, chat.type, language, state, admin, zone, spoken)
            if entered != known:
                await chats.put(tx, entered, now)
        return entered

    async def awake(self, chat: Chat | None) -> Chat | None:
        """Return the chat, woken where it was asleep: whoever writes can be written to."""
        if chat is None or chat.state != "asleep":
            return chat
        async with self._store.write() as tx:
            await chats.set_state(tx, chat.id, "active")
        return replace(chat, state="active")

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

    async def own(self, payload: str, chat: telegram.Chat, user: telegram.User | None) -> bool:
        """Make the chat the admin's if `payload` is an owner's code that is still good."""
        kind, _, code = payload.partition("_")
        if kind != OWN or not code or chat.type != "private":
            return False
        now = self._now()
        async with self._store.write() as tx:
            if not await memory.use_code(tx, _digest(code), OWN, now):
                return False
            await memory.drop_codes(tx, OWN)
            language = self._language(chat, user)
            await chats.put(tx, Chat(chat.id, chat.type, language, "active", admin=True), now)
        return True

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

    async def admit(self, chat_id: int) -> Chat | None:
        """Let a chat in that had asked; None where there is none any more."""
        async with self._store.write() as tx:
            chat = await chats.get(tx, chat_id)
            if chat is not None and chat.state == "asked":
                await chats.set_state(tx, chat_id, "active")
            return chat

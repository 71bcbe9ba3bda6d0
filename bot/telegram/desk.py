"""What commands and buttons work with: the store, the watchlists, who is let in, the time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.alerts.compose import Reader
from bot.store import Store
from bot.store.chats import Chat
from bot.telegram.access import Access
from bot.wording import sentences


@dataclass(frozen=True, slots=True)
class Desk:
    """The tools of everything that answers in Telegram."""

    store: Store
    access: Access
    labels: Callable[[], Mapping[str, str]]
    """The watchlists in force, asked anew each time: name -> label."""
    zone: ZoneInfo
    now: Callable[[], datetime]

    def reader(self, chat: Chat) -> Reader:
        """Return for whom a message to this chat is composed."""
        return Reader(sentences(chat.language), self.zone, self.labels())

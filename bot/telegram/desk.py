"""What commands and buttons work with: the store, the watchlists, who is let in, the time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.alerts.compose import Reader
from bot.store import Store
from bot.store.chats import Chat
from bot.telegram.access import Access
from bot.wording import sentences


class Lists(NamedTuple):
    """The watchlists in force, by their names."""

    labels: Mapping[str, str]
    """How they are shown."""
    modes: Mapping[str, str]
    """How they are told: urgent, now, quiet or digest."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The tools of everything that answers in Telegram."""

    store: Store
    access: Access
    lists: Callable[[], Lists]
    """The watchlists in force, asked anew each time."""
    zone: ZoneInfo
    now: Callable[[], datetime]

    def reader(self, chat: Chat) -> Reader:
        """Return for whom a message to this chat is composed."""
        labels, modes = self.lists()
        return Reader(sentences(chat.language), self.zone_of(chat), labels, modes)

    def zone_of(self, chat: Chat) -> ZoneInfo:
        """Return the time zone that a chat reads times in."""
        return ZoneInfo(chat.zone) if chat.zone else self.zone

    def labels(self) -> Mapping[str, str]:
        """Return the watchlists in force: name -> label."""
        return self.lists().labels

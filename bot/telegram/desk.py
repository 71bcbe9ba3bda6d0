"""What commands and buttons work with: the store, the watchlists, who is let in, the time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.alerts.rehearsal import Terms
from bot.alerts.telling import Reader
from bot.articles.read import ArticleReader
from bot.library import Library
from bot.pipeline import Tools
from bot.store import Store, Transaction, chats, own
from bot.store.chats import Chat
from bot.telegram.access import Access
from bot.telegram.steady import Waiting
from bot.watch.personal import is_own
from bot.watch.watchlist import Watchlist
from bot.wording import sentences


@dataclass(frozen=True, slots=True)
class Desk:
    """The tools of everything that answers in Telegram."""

    access: Access
    library: Library
    tools: Tools
    articles: ArticleReader
    zone: ZoneInfo
    language: str
    """That articles are in where nothing says which."""
    terms: Terms
    """How alerts are decided."""
    waiting: Waiting
    """The updates that wait for the database."""

    @property
    def store(self) -> Store:
        """The open store."""
        return self.tools.store

    @property
    def now(self) -> Callable[[], datetime]:
        """The clock."""
        return self.tools.now

    def reader(self, chat: Chat) -> Reader:
        """Return for whom a message to this chat is composed."""
        lists = self.lists(chat)
        labels = {name: each.label for name, each in lists.items()}
        modes = {name: each.settings.alert for name, each in lists.items()}
        hidden = frozenset(w.name for w in self.library.watchlists if w.name not in lists)
        return Reader(sentences(chat.language), self.zone_of(chat), labels, modes, hidden)

    def zone_of(self, chat: Chat) -> ZoneInfo:
        """Return the time zone that a chat reads times in."""
        return ZoneInfo(chat.zone) if chat.zone else self.zone

    def lists(self, chat: Chat) -> Mapping[str, Watchlist]:
        """Return the watchlists in force that this chat may know of, by their names."""
        return {each.name: each for each in self.library.watchlists if is_visible(each, chat)}

    def labels(self, chat: Chat) -> Mapping[str, str]:
        """Return the watchlists in force that this chat may know of: name -> label."""
        return {name: each.label for name, each in self.lists(chat).items()}

    async def subscribed(self, tx: Transaction, chat: Chat, written: str) -> str | None:
        """Find a list that is on in a chat by its name or its label, as somebody wrote it."""
        wanted, on, labels = (
            written.casefold(),
            await chats.subscribed(tx, chat.id),
            self.labels(chat),
        )
        known = {name: labels[name] for name in sorted(on) if name in labels}
        known |= {name: self.reader(chat).label(name) for name in on if is_own(name)}
        named = (n for n, label in known.items() if wanted in (n.casefold(), label.casefold()))
        return next(named, None)

    async def take_in_own(self) -> None:
        """Have the matcher know what chats look for themselves, as it is written down now."""

        async def stored() -> Mapping[str, str]:
            async with self.store.read() as connection:
                return await own.sources(connection)

        await self.library.take_in_stored(stored)


def is_visible(watchlist: Watchlist, chat: Chat) -> bool:
    """Tell whether a chat may know of a list: see `@visible`."""
    return watchlist.is_shown(chat.address.chat_id, admin=chat.admin)

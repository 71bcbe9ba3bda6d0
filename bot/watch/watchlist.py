"""What a watchlist file says, as values."""

from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from bot.watch.query import Node

StoryMode = Literal["story", "wire", "off"]
AlertMode = Literal["urgent", "now", "quiet", "digest"]
ALERT_MODES: tuple[AlertMode, ...] = get_args(AlertMode)


class Query(NamedTuple):
    """One line of a watchlist (a named tuple: a list may have a hundred thousand)."""

    text: str
    """The line as written, without its comment."""
    line: int
    """From 1."""
    node: Node
    """What it says."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The lines that begin with @, each with its default."""

    label: str = ""
    """The shown name; empty: the file's."""
    lang: str = ""
    """A language code; empty: the article's."""
    feeds: tuple[str, ...] = ()
    """Only these feeds; with `tags`, a feed or a tag is enough. Empty: all."""
    tags: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    """Word forms that do not count."""
    stories: StoryMode | None = None
    """None: as configured."""
    alert: AlertMode = "now"
    visible: tuple[str, ...] = ("all",)
    """"all", "admins", or chat ids."""


@dataclass(frozen=True, slots=True)
class Watchlist:
    """A named list of queries, as read from one file."""

    name: str
    """The file's stem; empty for a query given on its own."""
    queries: tuple[Query, ...]
    exclusions: tuple[Query, ...]
    settings: Settings
    source: str
    """The text that it was read from."""

    @property
    def label(self) -> str:
        """The name that people are shown."""
        return self.settings.label or self.name

    def is_shown(self, chat_id: int, *, admin: bool) -> bool:
        """Tell whether a chat may know of the list: see `@visible`."""
        visible = self.settings.visible
        return "all" in visible or ("admins" in visible and admin) or str(chat_id) in visible

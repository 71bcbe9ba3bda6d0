"""Which sentences there are. A language that lacks one does not type-check.

Placeholders in braces are filled with values that are escaped already; what else is in a sentence
is Telegram HTML.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """Everything that is said in one language."""

    months: tuple[str, ...]
    moment: Callable[[datetime, tuple[str, ...]], str]
    """A local time as people write it, given the months' names."""

    # Commands, as the menu shows them.
    menu_start: str
    menu_lists: str
    menu_help: str
    menu_stop: str

    # Answers.
    welcome: str
    welcome_back: str
    welcome_owner: str
    help: str
    lists: str
    no_lists: str
    list_on: str
    list_off: str
    button_lists: str
    stop_asked: str
    button_pause: str
    button_erase: str
    button_keep: str
    paused: str
    erased: str
    kept: str
    stale_button: str
    no_access: str
    access_asked: str
    button_let_in: str
    button_refuse: str
    let_in: str
    refused: str
    private_only: str

    # What a list matched before it was switched on.
    recent_title: Callable[[str, int], str]
    """Given the list's label, as HTML, and the number of articles; 0 is none."""
    recent_more: Callable[[int], str]

    # Alerts.
    from_feed: str
    from_title: str
    button_article: str
    catch_up_title: Callable[[int], str]
    digest_title: Callable[[int], str]
    digest_burst: str
    button_at_once: str
    button_hourly: str
    button_folded: str
    folding_at_once: str
    folding_hourly: str
    folding_left: str
    doubt: str
    doubt_title: str

    # Notices to admins, by their key in the outbox.
    notices: dict[str, str]

    def time(self, local: datetime) -> str:
        """Return a local time in words."""
        return self.moment(local, self.months)

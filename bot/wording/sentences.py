"""Which sentences there are. A language that lacks one does not type-check.

Placeholders in braces are filled with values that are escaped already; what else is in a sentence
is Telegram HTML.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.wording.doctor import DoctorWords
from bot.wording.files import FileWords
from bot.wording.kinds import Counted
from bot.wording.own import OwnWords
from bot.wording.page import PageWords
from bot.wording.people import PeopleWords
from bot.wording.reading import ReadingWords
from bot.wording.reports import ReportWords
from bot.wording.sources import SourceWords
from bot.wording.trials import TrialWords
from bot.wording.watch import WatchWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """Everything that is said in one language."""

    months: tuple[str, ...]
    moment: Callable[[datetime, tuple[str, ...]], str]
    """A local time as people write it, given the months' names."""

    # Commands, as the menu shows them.
    menu_lists: str
    menu_help: str
    menu_stop: str

    # Answers.
    welcome: str
    welcome_back: str
    welcome_owner: str
    help: str
    lists: str
    lists_group: str
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

    # How a chat is told, and what it has.
    menu_last: str
    menu_quiet: str
    menu_why: str
    only_administrators: str
    help_admin: str
    welcome_list: str
    quiet_now: Callable[[str, str], str]
    """Given the hours, or "" for none, and how: "silent" or "collect"; asks for others."""
    quiet_unread: str
    button_quiet_silent: str
    button_quiet_collect: str
    button_quiet_off: str
    through: str
    """The end of a day, as what something holds up to."""
    mute_off: str
    mute_some: str
    mute_list_asked: str
    mute_now: Callable[[str], str]
    """Given until when, or "" for not at all."""
    mute_unread: str
    mute_list: str
    mute_list_off: str
    mute_story: str
    mute_story_off: str
    mute_unknown_list: str
    button_mute: Callable[[int], str]
    """Given hours."""
    button_unmute: str
    digest_now: Callable[[Sequence[str]], str]
    """Given the times, as people write them."""
    digest_unread: str
    digest_sent_now: str
    digest_empty: str
    button_digest_off: str
    zone_now: str
    zone_unread: str
    zone_how: str
    language_now: str
    language_which: str
    language_unread: str
    subs_title: str
    subs_title_here: str
    subs_none: str
    subs_muted: str
    subs_paused: str
    subs_gone: str
    last_title: Callable[[int], str]
    return_title: Callable[[int], str]
    return_more: Callable[[int], str]

    # Why an article was told, or was not: by the steps of bot.alerts.why.
    why: dict[str, str]
    why_reason: Callable[[str], str]
    """Given a decision's reason as it is stored."""
    against: Callable[[str], str]
    """Given why an article is not of a story, as it is stored."""
    why_unread: str
    why_asked: str
    news: Callable[[str], str]
    """Given the reason of a decision that has news of a story: what is new."""

    # What a list matched before it was switched on.
    recent_title: Callable[[str, int], str]
    """Given the list's label, as HTML, and the number of articles; 0 is none."""
    recent_more: Callable[[int], str]

    # Alerts.
    from_feed: str
    from_title: str
    from_walled: str
    from_walled_title: str
    also: str
    also_agency: Counted
    """Given how many outlets have it."""
    also_more: Callable[[int], str]
    see_also: str
    button_article: str
    button_mute_day: str
    button_irrelevant: str
    button_settings: str
    button_claim: str
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

    # Notices, by their key in the outbox.
    notices: dict[str, str]

    # By subject.
    own: OwnWords
    page: PageWords
    reading: ReadingWords
    watch: WatchWords
    files: FileWords
    sources: SourceWords
    people: PeopleWords
    trials: TrialWords
    reports: ReportWords
    doctor: DoctorWords

    def time(self, local: datetime) -> str:
        """Return a local time in words."""
        return self.moment(local, self.months)

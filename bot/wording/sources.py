"""Which sentences there are. Feeds, and how the service is doing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from bot.wording.kinds import Counted


def either(one: str, many: str) -> Counted:
    """Say it of one or of any other number, which stands for the sign `#`."""
    return lambda count: one if count == 1 else many.replace("#", str(count))


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceWords:
    """Feeds, and how the service is doing."""

    # Lengths of time.
    seconds: Counted
    minutes: Counted
    hours: Counted
    days: Counted
    just_now: str
    minutes_ago: Counted
    hours_ago: Counted
    days_ago: Counted
    soon: str
    zone: str

    # What is wrong with a feed, by what the log says of it; the blanks are those of both.
    errors: Mapping[str, str]

    # Which feeds there are, and how they are.
    title: Counted
    none: str
    page: str
    health: Mapping[str, str]
    last_read: str
    never_read: str
    last_new: str
    never_new: str
    failures: Counted
    per_day: Counted
    """Given how many entries it brings a day; 0 is less than one."""
    in_config: str
    remove_asked: str
    button_earlier: str
    button_later: str
    button_all: str
    button_pause: str
    button_resume: str
    button_remove: str
    button_remove_now: str
    button_keep: str
    answer_paused: str
    answer_resumed: str
    answer_removed: str

    # A feed that is added.
    how_to_add: str
    no_address: str
    looking: str
    added: Counted
    """Given how many articles it lists."""
    added_old: str
    known: str
    added_unread: str
    no_host: str
    not_allowed: str
    nothing_found: str
    too_slow: str
    several: Counted
    may_be_more: str
    entries: Counted
    button_found: str
    button_taken: str
    answer_added: str
    answer_known: str

    # Many of them at once, and all of them.
    how_to_import: str
    unreadable: str
    unreadable_line: str
    too_many: str
    asking: Counted
    imported: str
    left_out: str
    not_answering: str
    unasked: Counted
    more: Counted
    exported: str
    exports_lists: str
    exported_own: str
    exports_admins: str
    only_private: str

    # How the service is doing.
    status: str
    chat_id: str
    channel_id: str
    topic: str
    states: Mapping[str, str]
    """Of a chat."""
    reading: Counted
    told: str
    not_told: str
    unread: Counted
    unsent: Counted
    status_admin: str
    entries_a_day: str
    discovery: str
    network_down: str
    canary: str
    database: Mapping[str, str]
    """Why nothing can be noted, since when: see bot.store.trouble."""
    chats: str
    letters: str
    letter_states: Mapping[str, str]
    told_most: str
    plain: str

    def length(self, length: timedelta) -> str:
        """Return a length of time as people say it."""
        unit, count = _parted(length)
        by_unit = {"days": self.days, "hours": self.hours, "minutes": self.minutes}
        return by_unit.get(unit, self.seconds)(count)

    def ago(self, length: timedelta) -> str:
        """Return how people say that something was so long ago."""
        unit, count = _parted(length)
        if unit == "seconds":
            return self.just_now
        by_unit = {"days": self.days_ago, "hours": self.hours_ago, "minutes": self.minutes_ago}
        return by_unit[unit](count)

    def error(self, said: str) -> str:
        """Return in this language what the log says of a feed, as plain text."""
        for known, sentence in self.errors.items():
            if found := _pattern(known).fullmatch(said):
                return sentence.format(**found.groupdict())
        return said


def _parted(length: timedelta) -> tuple[str, int]:
    seconds = max(0, round(length.total_seconds()))
    for unit, name in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= 2 * unit:
            return name, round(seconds / unit)
    return "seconds", seconds


@cache
def _pattern(known: str) -> re.Pattern[str]:
    """Return what finds the blanks of a sentence."""
    parts = re.split(r"\{(\w+)\}", known)
    blanks = [f"(?P<{name}>.+?)" for name in parts[1::2]]
    texts = map(re.escape, parts[::2])
    return re.compile("".join(a + b for a, b in zip(texts, [*blanks, ""], strict=True)), re.DOTALL)

"""Which words say what a query, a list or an exclusion would have done."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.wording.kinds import Counted


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialWords:
    """What would have been told."""

    would: str
    """With how many `{days}`, `{alerts}` and `{events}`, in the words below."""
    days: Counted
    alerts: Counted
    events: Counted
    """Of which the alerts are."""
    nothing: Counted
    """Given how many days back it is for."""
    old: Counted
    """Given how many articles were there already."""
    unread: str
    """Nothing has been read yet."""
    slow: str
    damaged: str
    narrower: str
    """The form `{form}`, written `{query}`, would bring `{alerts}`; `{title}` would be missing."""
    forms: Mapping[str, str]
    """By the kind of the form; as a button."""
    of_list: str
    """Before exclusions, each with what it would have done in so many `{days}`."""
    less: str
    """With the exclusion `{line}` there would be `{left}` of `{alerts}`; `{title}` would go."""
    less_nothing: str
    """The exclusion `{line}` would have changed nothing."""

    # Before a query is saved.
    asks: str
    button_save: str
    button_discard: str
    discarded: str

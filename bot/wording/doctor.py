"""Which sentences there are. What goes with a query, and what could be better in a list."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.wording.kinds import Counted


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorWords:
    """Suggestions, and the doctor for lists."""

    # /suggest.
    how_to_suggest: str
    suggest_title: Counted
    """Given how many days back it is for."""
    suggest_nothing: Counted
    """The same."""
    found: str
    found_cut: str
    forms: str
    beside: str
    suggestion: str
    elsewhere: Counted
    """Given in how many other events a suggestion is."""
    no_suggestion: str
    tap_to_add: str
    button_suggest: str
    answer_added: str
    answer_too_many: str
    slow: str

    # /doctor.
    how_to_doctor: str
    which_list: str
    unknown_list: str
    too_large: str
    title: Counted
    """Given how many days back it is for."""
    counted: str
    counted_unwanted: str
    cut: str
    anywhere: str
    well: str
    never: str
    idle: str
    loud: str
    unwanted: str
    unwanted_forms: str
    surprising: str
    implied: str
    implied_how: Mapping[str, str]
    """By how a line is implied."""
    share: str
    of_events: str
    more: str
    changes: str
    delete: str
    replace: str
    effect: str
    effect_unwanted: str
    effect_none: str
    why: Mapping[str, str]
    """By why a change is proposed."""
    left_out: str
    no_changes: str
    button_apply: str
    applied: str
    deleted: str
    answer_changed: str
    not_written: str

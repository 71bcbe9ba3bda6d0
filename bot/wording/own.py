"""Which sentences there are. What a chat looks for itself, and what it wants to hear nothing of."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.wording.kinds import Counted


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """What a chat looks for itself, and what it wants to hear nothing of."""

    label: str

    # Queries.
    how_to_add: str
    which_to_remove: str
    unknown_query: str
    unreadable: str
    added: str
    added_exclusion: str
    nothing_added: str
    found_already: str
    removed: str
    too_long: str
    too_many: str
    button_undo: str
    plain_text: str
    plain_link: str
    unknown_command: str
    too_much: str

    # /test.
    how_to_test: str
    test_title: str
    test_matches: str
    test_excluded: str
    test_nothing: str
    test_nearest: str
    test_unreadable: str

    # /search.
    how_to_search: str
    search_title: Counted
    """Given how many days back it is for."""
    search_nothing: Counted
    """The same."""
    search_best: Counted
    """The same, of what is sorted."""
    search_ranked: str
    search_many: str
    search_since: str
    search_empty: str
    search_slow: str
    search_damaged: str
    search_being_filled: str

    # Under an alert.
    text_gone: str
    claimed: str
    somebody: str
    answer_claimed_before: str
    answer_claim_of_another: str
    answer_muted: str
    answer_counted: Counted

    # Not relevant.
    which_to_exclude: str
    nothing_to_exclude: str
    button_exclude: str
    button_relevant: str
    kept: str
    excluded: str
    exclusion_dropped: str
    subs_exclusion: str

    # Stories.
    which_story: str
    story_title: Counted
    story_more: Counted
    which_split: str
    split: str
    split_first: str
    split_alone: str
    unknown_article: str

    # How one list is told.
    list_settings: str
    list_muted: str
    modes: Mapping[str, str]
    """How a list is told, by the mode; of the buttons for it."""
    button_mute_day: str
    button_mute_week: str
    button_off: str
    button_collect: str
    button_as_before: str

    # A proposal for a list's file.
    button_to_file: str
    in_file: str
    not_in_file: str

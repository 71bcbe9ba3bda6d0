"""Which sentences there are. People: invitations, handing over, privacy, channels, leaving."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.wording.kinds import Counted


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleWords:
    """People: invitations, handing over, privacy, channels, leaving."""

    menu_add: str

    only_admins: str
    invite_unread: str
    invited: Counted
    """Given how many it lets in."""
    no_access_yet: str
    dead_entry: str
    already_in: str

    # Leaving, and what is kept.
    stop_group: str
    stop_topic: str
    before_erasing: Mapping[str, str]
    """By how the chat comes back, where that takes more than /start."""
    way_back: Mapping[str, str]
    all_that_was_kept: str
    all_that_is_kept: str
    not_sent: str
    erased_unsent: str
    not_erased: str
    answer_erased_before: str
    privacy: str
    operator: str
    operator_unknown: str
    button_my_data: str

    # Sharing.
    share: str
    handover: str
    handover_in_private: str
    nothing_to_share: str
    own_link: str
    dead_link: str
    taken: str
    taken_nothing: str
    handed_nothing: str
    taken_more: Counted
    taken_queries: Counted
    taken_exclusions: Counted
    taken_quiet: str
    taken_digests: str
    left_out: Counted
    handed_over: str

    # Groups and channels.
    welcome_group: str
    channel_ready: str
    channel_mute: str
    channel_refused: str
    button_manage: str
    manage: str
    manage_none: str
    manage_in_private: str
    manages: str
    manages_own: str
    manages_no_more: str
    button_own_chat: str
    answer_not_yours: str

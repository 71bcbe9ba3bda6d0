"""Which sentences there are. People: invitations, handing over, privacy, channels, leaving."""

from dataclasses import dataclass

from bot.wording.kinds import Counted


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleWords:
    """People: invitations, handing over, privacy, channels, leaving."""

    only_admins: str
    invite_unread: str
    invited: Counted
    """Given how many it lets in."""

"""English. People: invitations, handing over, privacy, channels, leaving."""

from bot.wording.people import PeopleWords


def _invited(count: int) -> str:
    who = "one person" if count == 1 else f"{count} people"
    return f"🎟 This invitation is good for {who}, until {{until}}:"


PEOPLE = PeopleWords(
    only_admins="Only an administrator of this Ausguck can do that.",
    invite_unread="Write <code>/invite</code>, or <code>/invite 20</code> for 20 people.",
    invited=_invited,
)

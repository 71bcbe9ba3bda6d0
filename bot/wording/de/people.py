"""German. People: invitations, handing over, privacy, channels, leaving."""

from bot.wording.people import PeopleWords


def _invited(count: int) -> str:
    who = "eine Person" if count == 1 else f"{count} Personen"
    return f"🎟 Diese Einladung gilt für {who}, bis {{until}}:"


PEOPLE = PeopleWords(
    only_admins="Das kann nur, wer diesen Ausguck betreibt.",
    invite_unread=(
        "Schreiben Sie <code>/invite</code> oder <code>/invite 20</code> für 20 Personen."
    ),
    invited=_invited,
)

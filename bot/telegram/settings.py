"""What the settings of a chat look like. Pure: texts and buttons."""

from collections.abc import Sequence

from bot.alerts.compose import Button, Message
from bot.alerts.html import escape, one_line, shorten
from bot.alerts.spoken import clock
from bot.alerts.timing import Quiet
from bot.wording import LANGUAGES, Sentences

MUTES = (2, 8, 24, 7 * 24)
"""Hours that are offered."""
LABEL, MOST_EXCLUSIONS = 40, 20
NAMED = {"de": "Deutsch", "en": "English"}
"""Languages, as those call them who speak them."""
NIGHT = "22-7"
MORNING_AND_EVENING = "8 18"
OFFERED = {
    "quiet": frozenset({NIGHT, f"{NIGHT} collect", "off"}),
    "mute": frozenset({*(f"{hours}h" for hours in MUTES), "off"}),
    "digest": frozenset({MORNING_AND_EVENING, "off"}),
    "lang": frozenset(LANGUAGES),
}
"""What the buttons of a kind say, as somebody would write it."""


def quiet(words: Sentences, holds: Quiet | None) -> Message:
    """Show the quiet hours, with buttons for those of most people."""
    hours = f"{clock(holds.begins)}–{clock(holds.ends)}" if holds else ""
    how = "collect" if holds and holds.collect else "silent"
    buttons = (
        (
            Button(words.button_quiet_silent, f"quiet:{NIGHT}"),
            Button(words.button_quiet_collect, f"quiet:{NIGHT} collect"),
        ),
        (Button(words.button_quiet_off, "quiet:off"),),
    )
    return Message(words.quiet_now(hours, how), buttons)


def mute(words: Sentences, until: str, silent: Sequence[str] = ()) -> Message:
    """Show until when a chat is muted, "" for not at all, and what else is; the rows are HTML."""
    lengths = tuple(Button(words.button_mute(hours), f"mute:{hours}h") for hours in MUTES)
    unmute = ((Button(words.button_unmute, "mute:off"),),)
    if until:
        return Message(words.mute_now(until), unmute)
    if silent:
        rows = "\n".join(f"🔇 {each}" for each in silent)
        return Message(f"{words.mute_some}\n{rows}", (lengths[:2], lengths[2:], *unmute))
    return Message(words.mute_now(until), (lengths[:2], lengths[2:]))


def events(words: Sentences, muted: Sequence[tuple[str, str]]) -> list[str]:
    """Return events that are silent, by their titles, each with until when, as HTML."""
    return [
        words.subs_muted.format(label=f"„{escape(shorten(one_line(title), LABEL))}“", time=until)
        for title, until in muted[:MOST_EXCLUSIONS]
    ]


def digest(words: Sentences, holds: Sequence[int]) -> Message:
    """Show the digest times."""
    offered = Button(
        f"🗞 {MORNING_AND_EVENING.replace(' ', ' · ')}", f"digest:{MORNING_AND_EVENING}"
    )
    buttons = ((offered, Button(words.button_digest_off, "digest:off")),)
    return Message(words.digest_now([clock(each) for each in holds]), buttons)


def language(words: Sentences, holds: str) -> Message:
    """Show the language of a chat."""
    return Message(words.language_which.format(language=NAMED[holds]), _LANGUAGE_KEYS)


def unknown_language(words: Sentences) -> Message:
    """Say which languages there are."""
    return Message(words.language_unread, _LANGUAGE_KEYS)


_LANGUAGE_KEYS = (tuple(Button(name, f"lang:{code}") for code, name in NAMED.items()),)


def subscriptions(
    words: Sentences, title: str, lists: Sequence[str], rows: Sequence[str]
) -> Message:
    """Show what is on and how it is set; all of it is HTML."""
    shown = [f"✅ {each}" for each in lists] or [words.subs_none]
    return Message("\n".join([title, "", *shown, "", *rows]))


def with_exclusions(
    said: Message, words: Sentences, excluded: Sequence[tuple[int, str, str]]
) -> Message:
    """Add what is excluded, each with a button to take that back: number, list, line."""
    rows = [
        words.own.subs_exclusion.format(
            list=escape(shorten(label, LABEL)), line=escape(shorten(line, LABEL))
        )
        for _, label, line in excluded[:MOST_EXCLUSIONS]
    ]
    keys = [
        (Button(f"✖️ {words.own.button_exclude.format(line=shorten(line, LABEL))}", f"ux:{number}"),)
        for number, _, line in excluded[:MOST_EXCLUSIONS]
    ]
    if not rows:
        return said
    return Message("\n".join([said.html, "", *(f"🚫 {row}" for row in rows)]), tuple(keys))

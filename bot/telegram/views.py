"""What the commands answer with. Pure: texts and buttons.

A button carries all it needs in its data (at most 64 bytes) and says what is to be, not what is to
be changed: pressed twice, or after a restart, it does the same.
"""

from collections.abc import Mapping
from hashlib import blake2b

from bot.alerts.compose import Button, Message
from bot.alerts.html import escape, shorten
from bot.wording import Sentences

LABEL = 40
# Telegram takes 100 buttons and 10 kB of them; with more lists the rest is reached by none.
MOST_LISTS = 90


def handle(watchlist: str) -> str:
    """Return a short name for a watchlist that fits into a button, whatever its file is called."""
    return blake2b(watchlist.encode(), digest_size=8).hexdigest()


def named(handle_: str, labels: Mapping[str, str]) -> str | None:
    """Return the watchlist that `handle` made this of, if it is still there."""
    return next((name for name in labels if handle(name) == handle_), None)


def is_number(data: str) -> bool:
    """Tell whether a button's data is a number that a row may have."""
    return data.isascii() and data.isdecimal() and len(data) < 19


def wanted(payload: str, labels: Mapping[str, str]) -> str | None:
    """Return the watchlist that a link to the bot names: `https://t.me/BOT?start=w_HANDLE`."""
    return named(payload[2:], labels) if payload.startswith("w_") else None


def lists(text: str, labels: Mapping[str, str], on: frozenset[str]) -> Message:
    """One button for each watchlist, in the order of their labels."""
    rows = tuple(
        (_switch(name, label, is_on=name in on),)
        for name, label in sorted(labels.items(), key=lambda item: item[1].casefold())[:MOST_LISTS]
    )
    return Message(text, rows)


def marked(text: str, *, is_on: bool) -> str:
    """Return the text of a button that says what is chosen."""
    return f"{'✅' if is_on else '▫️'} {text}"


def _switch(name: str, label: str, *, is_on: bool) -> Button:
    text = marked(shorten(label, LABEL), is_on=is_on)
    return Button(text, f"{'off' if is_on else 'on'}:{handle(name)}")


def help_(words: Sentences, *, is_admin: bool) -> Message:
    """What there is, and a button to begin with."""
    text = f"{words.help}\n\n{words.help_admin}" if is_admin else words.help
    return Message(text, ((Button(words.button_lists, "lists"),),))


def suggest_key(line: str, words: Sentences) -> Button:
    """Return the button that asks what goes with a query of the chat's own."""
    return Button(words.doctor.button_suggest, f"sg:{handle(line)}")


def asked(words: Sentences, chat_id: int, name: str) -> Message:
    """Tell an admin that somebody wants in. The name is shown, and kept nowhere."""
    text = words.access_asked.format(name=escape(shorten(name, LABEL)), id=chat_id)
    return Message(
        text,
        (
            (
                Button(words.button_let_in, f"in:{chat_id}"),
                Button(words.button_refuse, f"out:{chat_id}"),
            ),
        ),
    )

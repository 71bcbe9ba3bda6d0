"""What admins are told of a watchlist that was saved: lines that came and went, how they were read.

The values are those of the notice `list_saved`, which `bot.daemon.saves` posts.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.alerts.html import capital, escape, one_line, plain, shorten
from bot.wording import Sentences, language_of

MOST_LINES = 10
NAME, LINE, SAID, SURPRISE = 60, 60, 120, 200
# Together below 2,100 code points: such a message can also name ten doubts.
ADDED, REMOVED, SURPRISES = 1_000, 400, 400


def saved(params: Mapping[str, Any], words: Sentences) -> str:
    """Return the message's HTML."""
    added = [_added(text, said.get(language_of(words), "")) for text, said in params["added"]]
    removed = [f"<code>{_short(text, LINE)}</code>" for text in params["removed"]]
    surprises = [_surprise(*each, words=words) for each in params["surprises"]]
    came, went = params["came"], params["went"]
    files = words.files
    lines = [_headline(params, words)]
    if came:
        lines += ["", files.lines_added(came), *_some(added, ADDED, came, words)]
    if went:
        lines += ["", files.lines_removed(went), *_some(removed, REMOVED, went, words)]
    if surprises:
        lines += ["", *_fitting(surprises, SURPRISES)]
    if not came and not went and params["what"] == "changed":
        lines.append(files.unchanged)
    return "\n".join(lines)


def _headline(params: Mapping[str, Any], words: Sentences) -> str:
    said = {
        "added": words.files.was_added,
        "back": words.files.is_back,
        "renamed": words.files.was_renamed,
        "changed": words.files.was_changed,
        "undone": words.files.was_undone,
    }
    name, old = _short(params["name"], NAME), _short(params["old"], NAME)
    return said[params["what"]].format(name=name, old=old)


def _added(text: str, said: str) -> str:
    line = f"<code>{_short(text, LINE)}</code>"
    return f"{line}\n  {_short(said, SAID)}" if said else line


def _surprise(line: int, what: str, remedy: str, *, words: Sentences) -> str:
    parts = [words.watch.faults(part) for part in (what, remedy) if part]
    said = ". ".join(map(capital, parts))
    said += "" if said.endswith(("?", "!", ".")) else "."
    place = f"{words.files.line.format(line=line)}: " if line else ""
    return f"⚠️ {place}{_short(said, SURPRISE)}"


def _some(lines: Sequence[str], most: int, of: int, words: Sentences) -> Sequence[str]:
    """Return as many lines as there is room for, and how many more there are."""
    shown = _fitting(lines[:MOST_LINES], most)
    more = of - len(shown)
    return [*shown, words.files.more_lines(more)] if more else shown


def _fitting(lines: Iterable[str], most: int) -> list[str]:
    shown: list[str] = []
    for line in lines:
        most -= len(plain(line)) + 1
        if most < 0:
            break
        shown.append(line)
    return shown


def _short(text: str, most: int) -> str:
    return escape(shorten(one_line(text), most))

"""Says what is new about a story that goes on, as it is stored and as `/why` and the alert show it.

What `growth` compares is folded and stemmed: here it is put back into the article's own words.
"""

import re
from collections.abc import Mapping

from bot.alerts.growth import Change, Growth
from bot.model import Article
from bot.text.fold import fold

STORED = "its story has news: "
"""What the reason of a decision begins with that has news."""
NEWS: Mapping[Change, str] = {
    "correction": "it corrects an earlier report",
    "number": "another number, {value}",
    "place": "another place, {value}",
    "day": "another day, {value}",
    "name": "a new name, {value}",
    "list": "another list matches it",
    "lull": "it is reported again after a while",
    "morning": "it is reported again in the morning",
    "step": "{value} outlets report it by now",
}
_WORD = re.compile(r"[^\W\d_][\w-]*")


def news(grown: Growth, article: Article) -> str:
    """Return what is new about an article, in words that can be stored; empty: nothing is."""
    if grown.change is None:
        return ""
    return NEWS[grown.change].format(value=_as_written(grown, f"{article.title}\n{article.text}"))


def _as_written(grown: Growth, text: str) -> str:
    match grown.change:
        case "number":
            number = grown.value.split()[0]
            found = re.search(rf"(?<![\w.,]){re.escape(number)}\s+{_WORD.pattern}", text)
            return " ".join(found[0].split()) if found else number
        case "name" | "place":
            forms = {grown.value, f"{grown.value}s"}
            found = next((each for each in _WORD.finditer(text) if fold(each[0]) in forms), None)
            written = found[0] if found else grown.value
            return written if fold(written) == grown.value else written.removesuffix("s")
        case _:
            return grown.value

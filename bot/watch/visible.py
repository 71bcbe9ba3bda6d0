"""Makes a line what it looks like, and knows where each character of it came from."""

import re
import unicodedata
from collections.abc import Sequence

from bot.text.fold import INVISIBLE

_CLUSTER = re.compile(rf"[{INVISIBLE}]|[^{INVISIBLE}][\u0300-\u036f{INVISIBLE}]*", re.DOTALL)
_INVISIBLE = re.compile(f"[{INVISIBLE}]")


def visible(line: str) -> tuple[str, Sequence[int]]:
    """Return a line in NFC without invisible characters.

    Returns:
        The text, and for each place in it (and for its end) the place in the line as given.
    """
    if line.isascii() or (unicodedata.is_normalized("NFC", line) and not _INVISIBLE.search(line)):
        return line, range(len(line) + 1)
    shown: list[str] = []
    places: list[int] = []
    for cluster in _CLUSTER.finditer(line):
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", cluster.group()))
        shown.append(text)
        places += [cluster.start()] * len(text)
    return "".join(shown), [*places, len(line)]

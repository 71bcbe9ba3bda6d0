"""The XML parser that feedparser is given: Python's own, but a text comes in one piece.

Without that a line's end, a reference or an umlaut begins a new piece, and each costs feedparser
what an element does. A module with a `create_parser` is what `xml.sax.make_parser` looks for.
"""

from typing import Any
from xml.sax.expatreader import ExpatParser


class WholeTexts(ExpatParser):
    """Reports a text only when it ends; texts longer than the buffer still come in parts."""

    def reset(self) -> None:
        """Begin anew, as before every document."""
        super().reset()
        expat: Any = vars(self)["_parser"]  # which the types do not know of
        expat.buffer_text = True
        expat.buffer_size = 65_536


def create_parser() -> WholeTexts:
    """Return a parser; see `xml.sax.make_parser`."""
    return WholeTexts()

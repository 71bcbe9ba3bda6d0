"""A German word as the rules see it."""

from typing import NamedTuple

from bot.text.fold import fold, plain


class Word(NamedTuple):
    """A word, or a piece of one."""

    folded: str
    """How it is compared: "weissrussland"."""
    is_small: bool = False
    """Whether it is written with a small letter, so that it is no noun: "kriegen"."""

    @classmethod
    def read(cls, written: str) -> "Word":
        """Take a word as it stands in a text; its first letter counts, not a soft hyphen."""
        return cls(fold(written), plain(written)[:1].islower())

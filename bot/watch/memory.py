"""Remembers what was found out about a word: an article's words have mostly been seen before."""

from collections.abc import Callable
from typing import Generic, TypeVar

from bot.text.tokens import Token

_V = TypeVar("_V")

_MOST_WORDS = 100_000
_LONGEST_WORD = 100  # longer ones come from no writer, and must not fill the memory


class Memory(Generic[_V]):
    """A function of a token's text that is computed once for each text."""

    def __init__(self, compute: Callable[[Token], _V]) -> None:
        self._compute = compute
        self._known: dict[str, _V] = {}

    def __call__(self, token: Token) -> _V:
        """Return what the function says, remembered or computed."""
        try:
            return self._known[token.text]
        except KeyError:
            return self._learn(token)

    def _learn(self, token: Token) -> _V:
        value = self._compute(token)
        if len(self._known) >= _MOST_WORDS:
            self._known.clear()
        if len(token.text) <= _LONGEST_WORD:
            self._known[token.text] = value
        return value

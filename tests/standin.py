"""Simple rules of a language in place of the real ones, which the matcher knows by protocol."""

from collections.abc import Iterable

from bot.text.fold import fold
from bot.text.tokens import as_token

_ENDINGS = ("", "s", "n", "en", "es", "er", "e")
_KEY_LETTERS = 3
_LONGEST = 100


class StandIn:
    """A word counts for a keyword that it begins with; hyphenated ones by their parts."""

    def keys(self, keyword: str) -> Iterable[str]:
        """See `bot.text.rules`, as for the rest."""
        return [fold(keyword)[:_KEY_LETTERS]]

    def probes(self, word: str) -> Iterable[str]:
        if len(word) > _LONGEST:
            return ()
        return {form[:n] for form in _forms(word) for n in range(1, _KEY_LETTERS + 1)}

    def relation(self, keyword: str, word: str) -> str | None:
        key, forms = fold(keyword), _forms(word)
        if key in (forms[0], fold(word)):
            return "the word"
        if any(form.startswith(key) for form in forms):
            return "begins with"
        return None

    def inflection(self, keyword: str, word: str) -> bool:
        token = as_token(word)
        if token is None or token.is_hyphenated:
            return fold(word) == fold(keyword)
        key = fold(keyword)
        return any(fold(form) in {key + end for end in _ENDINGS} for form in _singles(word))


def _singles(word: str) -> list[str]:
    token = as_token(word)
    return [word, *(part.text for part in token.parts)] if token else [word]


def _forms(word: str) -> list[str]:
    return [fold(form) for form in _singles(word)]

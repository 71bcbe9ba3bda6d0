"""What the matcher asks of a language: when a word of a text counts for a keyword.

Words come raw, as `bot.text.tokens` cuts them: in any case and normal form, perhaps hyphenated
("USA-Nordkorea-Gipfel"), with soft hyphens inside, or with a gender mark ("Soldat:innen").
Everything here may be asked from several threads at once.
"""

from collections.abc import Iterable
from typing import Protocol


class Rules(Protocol):
    """The rules of one language.

    A word is worth asking `relation` or `inflection` about only if one of its `probes` is among
    the keyword's `keys`: what has none in common is not related. That makes the search for the
    keywords of a word independent of their number.
    """

    def keys(self, keyword: str) -> Iterable[str]:
        """Return under what a keyword is to be found. Asked once, when a watchlist is prepared."""
        ...

    def probes(self, word: str) -> Iterable[str]:
        """Return under what the keywords of a word are to be found; all distinct.

        Bounded by a constant times the word's length, or empty for what is too long to be a word.
        """
        ...

    def relation(self, keyword: str, word: str) -> str | None:
        """Return why a word counts for a keyword, or None if it does not.

        Returns:
            English words that go before the keyword: "adjective of", "compound that ends with".
        """
        ...

    def inflection(self, keyword: str, word: str) -> bool:
        """Return whether a word is the keyword in some inflected form or spelling.

        For the words of a phrase ("Deutscher Bundestag": "des Deutschen Bundestages") and for
        `@ignore`: neither compounds nor derivations.
        """
        ...

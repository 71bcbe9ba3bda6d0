"""Pure: every sentence that a person reads in Telegram, one file per language."""

from bot.wording.de import GERMAN
from bot.wording.en import ENGLISH
from bot.wording.sentences import Sentences

LANGUAGES = {"de": GERMAN, "en": ENGLISH}


def sentences(language: str) -> Sentences:
    """Return the sentences of `language` (de or en; a region such as de-AT does not matter).

    Anything else is answered in English.
    """
    return LANGUAGES.get(language.partition("-")[0].lower(), ENGLISH)


def language_of(words: Sentences) -> str:
    """Return the code of the language that these sentences are in."""
    return next(code for code, each in LANGUAGES.items() if each is words)


__all__ = ["LANGUAGES", "Sentences", "language_of", "sentences"]

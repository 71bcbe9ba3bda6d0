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


__all__ = ["LANGUAGES", "Sentences", "sentences"]

"""Cuts endings off words: by Snowball, and for Ukrainian, which Snowball lacks, by a rule."""

import re
from threading import local

import Stemmer

_ALGORITHMS = {
    "ar": "arabic", "hy": "armenian", "eu": "basque", "ca": "catalan", "cs": "czech",
    "da": "danish", "nl": "dutch", "en": "english", "eo": "esperanto", "et": "estonian",
    "fi": "finnish", "fr": "french", "el": "greek", "hi": "hindi", "hu": "hungarian",
    "id": "indonesian", "ga": "irish", "it": "italian", "lt": "lithuanian", "ne": "nepali",
    "nb": "norwegian", "nn": "norwegian", "no": "norwegian", "fa": "persian", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "hr": "serbian",
    "bs": "serbian", "sh": "serbian", "st": "sesotho", "es": "spanish", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

# Longest first. Three letters must remain: of "Рада" too little would.
_UKRAINIAN_ENDINGS = (
    "ими", "ого", "ому", "ами", "ями", "ові", "еві", "єві", "ою", "ею", "єю", "ими", "их", "ій",
    "ий", "им", "ім", "ах", "ях", "ам", "ям", "ом", "ем", "єм", "ої", "ів", "їв", "а", "я", "у",
    "ю", "е", "є", "и", "і", "ї", "о", "й", "ь",
)  # fmt: skip
_SHORTEST_STEM = 3
_ALTERNATING = re.compile("[іїоеє]в$")  # Київ, Києва; Львів, Львова


class Stems:
    """The stemmer of one language. A Snowball stemmer is for one thread, so each has its own."""

    def __init__(self, language: str) -> None:
        """Take a language by its code; one that has no stemmer keeps its words whole."""
        self._language = language
        self._algorithm = _available(language)
        self._of_thread = local()

    def of(self, word: str) -> str:
        """Return the stem of a word in small letters, NFC."""
        if self._language == "uk":
            return _ukrainian(word)
        if not self._algorithm:
            return word
        if not hasattr(self._of_thread, "stemmer"):
            self._of_thread.stemmer = Stemmer.Stemmer(self._algorithm)
        return str(self._of_thread.stemmer.stemWord(word))


def _available(language: str) -> str:
    name = _ALGORITHMS.get(language, "")
    return name if name in Stemmer.algorithms() else ""


def _ukrainian(word: str) -> str:
    if word.endswith(("ів", "їв")) and len(word) > _SHORTEST_STEM:
        return _ALTERNATING.sub(
            "в", word
        )  # a nominative: Харків; the plurals are in the dictionary
    for ending in _UKRAINIAN_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return _ALTERNATING.sub("в", word.removesuffix(ending))
    return word

"""The rules of each language, by its code."""

import re
from functools import lru_cache

from bot.text.german.rules import GermanRules
from bot.text.other.rules import StemRules
from bot.text.rules import Rules

UNKNOWN = "de"
"""The language of what does not say, or says it wrongly."""

_CODE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{1,8})*", re.IGNORECASE)

# The codes of three letters that feeds and pages use, and dialects and old codes that are read as
# a language which has rules. Low German is near enough to German for nothing but its names.
_MEANT = {
    "deu": "de", "ger": "de", "gsw": "de", "bar": "de", "nds": "de", "eng": "en", "fra": "fr",
    "fre": "fr", "spa": "es", "ita": "it", "por": "pt", "nld": "nl", "dut": "nl", "rus": "ru",
    "ukr": "uk", "bel": "be", "pol": "pl", "ces": "cs", "cze": "cs", "slk": "sk", "slo": "sk",
    "slv": "sl", "hrv": "hr", "srp": "sr", "bos": "bs", "bul": "bg", "ron": "ro", "rum": "ro",
    "hun": "hu", "tur": "tr", "ara": "ar", "fas": "fa", "per": "fa", "heb": "he", "iw": "he",
    "ell": "el", "gre": "el", "swe": "sv", "dan": "da", "nor": "no", "nob": "nb", "nno": "nn",
    "fin": "fi", "est": "et", "lav": "lv", "lit": "lt", "cat": "ca", "zho": "zh", "chi": "zh",
    "jpn": "ja", "kor": "ko", "hin": "hi", "in": "id", "ind": "id", "und": UNKNOWN, "mul": UNKNOWN,
}  # fmt: skip


def code_of(language: str | None) -> str:
    """Return the code of a language as rules have it: "de" for "de-AT", "DEU" and what is none."""
    found = _CODE.fullmatch((language or "").strip())
    code = found[1].lower() if found else UNKNOWN
    return _MEANT.get(code, code)


def rules_for(language: str | None) -> Rules:
    """Return the rules of a language.

    Args:
        language: A code as feeds, pages and people write it: "de", "de-AT", "DE", "deu", "en_US".
            None, "" and what is no code means German.
    """
    return _rules(code_of(language))


@lru_cache(maxsize=64)
def _rules(code: str) -> Rules:
    return GermanRules() if code == "de" else StemRules(code)

"""Names that the German press spells in several ways: Selenskyj, Selenski, Zelensky.

Two means, both on folded words: `sound` gives transliterations of one Slavic name (and of names
written alike in German and English but for kh/ch, sh/sch, y/j, v/w) the same key; `variants` knows
from a table in `data/` the names that no such rule leads to (Peking and Beijing).
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from bot.text.fold import fold

_SHORTEST_KEY = 5  # shorter keys join Busch and Bush
_LONGEST_NAME = 40
_WORD = re.compile(r"\w+")
_LETTERS = re.compile("[a-z]+")

# What is written for one sound, in this order. S is ш and ж, which German both writes sch; X is ч
# and х, as ch is one in German and the other in English.
_SPELLINGS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("schtsch|shch|chtch", "SX"),
        ("schsch|zhzh", "S"),
        ("dsch|dzh|^dj|dj(?=[aiou])", "j"),
        ("tsch|tch", "X"),
        ("sch|sh|zh", "S"),
        ("ch|kh", "X"),
        ("x", "ks"),
        ("q(?!u)", "k"),
        ("w", "v"),
        ("ou|oo", "u"),
        ("ss|ts(?=[aeiouyjvnk])|z(?=[aeiouyjnmdlgbrvk])", "s"),
        ("[jy]?[eo](?:v|ff)$", "ov"),
        ("[jy]?[eo]va$", "ova"),
        ("sk(?:yj|ij|yy|iy|yi|ii|y|i)$", "ski"),
        ("(?:yj|ij|iy|yy|yi|ii)$", "y"),
        ("(?<=[aeou])[jy]$|(?<=[aeou])[jy](?=[^aeiouyj])", "i"),
        ("(?<=[^aeiou])y(?=[^aeiouyj])", "i"),
        ("(?<=[^y])[jy]e", "e"),
        ("(?<=[aeiou])[jy]i", "i"),
        ("(?<=[^aeiou])(?:ia|ija)$", "ja"),
        ("^y(?=[aeou])|y(?=[aou])", "j"),
        ("ii+", "i"),
    )
)

# Only a key that looks like such a name is one: Zander is not Sander, nor Meyer Meier.
_FOREIGN = re.compile(
    "[SX]|^j.{5}|....ja$"
    "|(?:ov|ova|ski|ska|skoi|sk|enko|enka|uk|ko|in|ina|ik|jan|se|iv|vka|byl|pol|grad|stok|imir|omir"
    "|[nrlt]y|sy|gei|ksei|stoi|jad|jah|jahu)$"
)


def sound(word: str) -> str:
    """Return a key that transliterations of one foreign name have in common.

    Args:
        word: One folded word.

    Returns:
        The key; empty if the word is too short, has other letters than a to z (after ä became
        ae), or does not look like a name from a foreign script. Equal keys say that two words may
        be one name only if neither is in the dictionary: that is for the caller to see to.
    """
    if len(word) > _LONGEST_NAME or not _LETTERS.fullmatch(word):
        return ""
    for pattern, replacement in _SPELLINGS:
        word = pattern.sub(replacement, word)
    return word if len(word) >= _SHORTEST_KEY and _FOREIGN.search(word) else ""


def variants(name: str) -> frozenset[str]:
    """Return the other spellings of a name by the table, without itself.

    Args:
        name: A folded word, or several joined by spaces or hyphens: "kim jong-un".

    Returns:
        Folded names; words of one name are joined by one space, whatever joined them in the table.
    """
    key = " ".join(_WORD.findall(name))
    return groups().get(key, frozenset()) - {key}


@lru_cache(maxsize=1)
def groups() -> Mapping[str, frozenset[str]]:
    """Return the table: each folded name with all names of its group. The file is read once."""
    text = resources.files("bot.text.data").joinpath("names.tsv").read_text(encoding="utf-8")
    found: dict[str, frozenset[str]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            group = frozenset(" ".join(_WORD.findall(fold(name))) for name in line.split("\t"))
            found |= dict.fromkeys(group, group)
    return found

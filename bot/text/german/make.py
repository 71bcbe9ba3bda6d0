"""Makes the lexicon's data from simplemma's German dictionary: `python -m bot.text.german.make`.

Run by hand when simplemma has a new dictionary, or a list of parts has changed; it takes half a
minute, and the same input gives the same bytes. Nothing at run time imports it. How parts behave in
compounds is learned from the dictionary's own compounds, by hard expectation maximisation over
their cheapest splits (as in a unigram model of subwords): a part is the cheaper, the more compounds
have it, in front (modifier) or at the end (head).
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import marisa_trie
from simplemma.strategies import DefaultDictionaryFactory

from bot.text.fold import fold
from bot.text.german import lexicon, parts, tables
from bot.text.german.lexicon import ABBREVIATION, ADJECTIVE, NOUN, SCALE, VERB, Entry
from bot.text.german.splitting import Modifiers, cheapest

_WORD = re.compile(r"[^\W\d_]+(-[^\W\d_]+)*")
_VERB = re.compile(r"(.+?)e?n \1(t|et|te|ete)")
_ROUNDS = 4
_LISTS = (parts.SHORT_MODIFIERS, parts.SHORT_HEADS, parts.NO_MODIFIERS, parts.NO_HEADS)
_MADE = (lexicon.WORDS, lexicon.SUFFIXES, lexicon.PARTS)

DIGESTS = "digests.txt"
"""The file that says what the data were made from."""

Forms = dict[str, set[Entry]]


def main() -> None:
    """Read the dictionary, learn, write the files into the package."""
    forms = _forms(DefaultDictionaryFactory().get_dictionary("de").items())
    folder = Path(__file__).parent / "data"
    folder.mkdir(exist_ok=True)
    _write_words(forms, folder)
    _write_parts(_learn(forms), folder)
    (folder / DIGESTS).write_text(digests(folder), encoding="utf-8")


def digests(folder: Path) -> str:
    """Return the SHA-256 of all that the data are made from, and of what is made.

    Args:
        folder: Where the data and the word lists are.
    """
    dictionary = files("simplemma.strategies.dictionaries") / "data" / "de.plzma"
    contents = {"simplemma's de.plzma": dictionary.read_bytes()}
    contents |= {name: (folder / name).read_bytes() for name in (*_LISTS, *_MADE)}
    return "".join(f"{sha256(each).hexdigest()} {name}\n" for name, each in contents.items())


def _forms(dictionary: Iterable[tuple[str, str]]) -> Forms:
    words = [(form, lemma) for form, lemma in dictionary if _WORD.fullmatch(form)]
    # "offen" ends as a verb does, but nobody offt.
    verbs = {lemma for form, lemma in words if _VERB.fullmatch(f"{lemma} {form}")}
    forms: Forms = {}
    for form, lemma in words:
        kind = VERB if lemma in verbs else ADJECTIVE
        if form[0].isupper():
            kind = ABBREVIATION if form.isupper() and len(form) > 1 else NOUN
        forms.setdefault(fold(form), set()).add(Entry(kind, fold(lemma)))
    return forms


def _learn(forms: Forms) -> dict[str, tuple[float, float]]:
    """Return for each part what it costs as modifier and as head; 0: never seen there."""
    modifiers, heads = _candidates(forms)
    lemmas = sorted(f for f, entries in forms.items() if Entry(NOUN, f) in entries)
    words = [word for word in lemmas if "-" not in word]
    front: dict[str, float] = dict.fromkeys(modifiers, 1.0)
    back: dict[str, float] = dict.fromkeys(heads, 1.0)
    counts: tuple[Counter[str], Counter[str]] = Counter(), Counter()
    for _ in range(_ROUNDS):
        counts = Counter(), Counter()
        for word in words:
            if split := cheapest(word, _beginnings(front), back.get):
                counts[0].update(split.parts[:-1])
                counts[1][split.parts[-1]] += 1
        unseen = math.log(sum(counts[0].values())) + 1.5
        front = dict.fromkeys(modifiers, unseen) | _costs(counts[0])
        back = dict.fromkeys(heads, unseen) | _costs(counts[1])
    seen_front, seen_back = _costs(counts[0]), _costs(counts[1])
    seen = seen_front.keys() | seen_back.keys()
    return {part: (seen_front.get(part, 0), seen_back.get(part, 0)) for part in seen}


def _beginnings(costs: dict[str, float]) -> Modifiers:
    """Return what gives the parts that a text begins with, of those that have a cost."""

    def beginnings(text: str) -> Iterator[tuple[str, float]]:
        for end in range(parts.SHORTEST, len(text) + 1):
            if cost := costs.get(text[:end]):
                yield text[:end], cost

    return beginnings


def _costs(counts: Counter[str]) -> dict[str, float]:
    total = sum(counts.values())
    return {part: math.log(total / count) for part, count in counts.items()}


def _candidates(forms: Forms) -> tuple[set[str], set[str]]:
    """Return what may stand before another part, and what may end a compound."""
    modifiers, heads = set(), set()
    for form, entries in forms.items():
        for kind, lemma in entries:
            if kind == NOUN:
                heads.add(form)
                modifiers.add(form)
                modifiers.update({lemma + "s", lemma.removesuffix("en"), lemma.removesuffix("e")})
            elif kind == ADJECTIVE:
                modifiers.add(lemma)
            elif kind == VERB:
                stem = re.sub("e?n$", "", lemma)
                modifiers.update({stem, stem + "e"})
    return (
        _allowed(modifiers - tables.words(parts.NO_MODIFIERS), parts.SHORT_MODIFIERS),
        _allowed(heads - tables.words(parts.NO_HEADS), parts.SHORT_HEADS),
    )


def _allowed(words: set[str], short: str) -> set[str]:
    return {w for w in words if len(w) > parts.SHORTEST or w in tables.words(short)}


def _write_words(forms: Forms, folder: Path) -> None:
    edits = Counter(_edit(form, e.lemma)[1] for form, entries in forms.items() for e in entries)
    suffixes = sorted(edits, key=lambda suffix: (-edits[suffix], suffix))
    numbers = {suffix: number for number, suffix in enumerate(suffixes)}
    records = []
    for form, entries in sorted(forms.items()):
        for kind, lemma in sorted(entries):
            strip, suffix = _edit(form, lemma)
            records.append((form, (kind, strip, numbers[suffix])))
    marisa_trie.RecordTrie(lexicon.WORD_FORMAT, records).save(str(folder / lexicon.WORDS))
    (folder / lexicon.SUFFIXES).write_text("\n".join(suffixes), encoding="utf-8")


def _edit(form: str, lemma: str) -> tuple[int, str]:
    """Return how many letters go from the end of a form, and what comes instead."""
    same = 0
    while same < min(len(form), len(lemma)) and form[same] == lemma[same]:
        same += 1
    return len(form) - same, lemma[same:]


def _write_parts(learned: dict[str, tuple[float, float]], folder: Path) -> None:
    def stored(cost: float) -> int:
        return max(1, round(cost * SCALE)) if cost else 0

    records = [(part, tuple(map(stored, costs))) for part, costs in sorted(learned.items())]
    marisa_trie.RecordTrie(lexicon.PART_FORMAT, records).save(str(folder / lexicon.PARTS))


if __name__ == "__main__":
    main()

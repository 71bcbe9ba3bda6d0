"""How well copies of agency texts are found after every house has edited them.

    .venv/bin/python -m tests.bench.wire [SEED]

There is no set of such copies, so they are made: a third of the articles of the corpus gets one to
six copies, each of another of the eight kinds below, and all are shuffled. The label is the
original.
"""

import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from bot.stories.engine import Stories
from bot.stories.values import Document
from tests.bench import corpus
from tests.bench.stories import figures

SEED = 7
START = datetime(2026, 3, 1, tzinfo=UTC)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ„\"])")
_SYNONYMS = [
    pair.split(" = ")
    for pair in """
sagte = erklärte
laut = nach Angaben von
Polizei = Ordnungshüter
Prozent = %
Milliarden = Mrd.
Millionen = Mio.
am Montag = zu Wochenbeginn
am Freitag = zum Wochenende
mehr als = über
etwa = rund
bereits = schon
allerdings = jedoch
auch = ebenfalls
derzeit = momentan
Unternehmen = Firma
USA = Vereinigten Staaten
jedoch = aber
nun = jetzt
gegenüber = im Gespräch mit""".strip().splitlines()
]


class Copy(NamedTuple):
    """A document of the set."""

    id: str
    original: str
    kind: str
    text: str


Sentences = list[str]
Edit = Callable[[random.Random, Sentences, Sentences], Sentences]


def main() -> None:
    """Print the figures of one set."""
    corpus.needed()
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else SEED
    copies = made(seed)
    print(f"{len(copies)} documents of {len({each.original for each in copies})}, seed {seed}")
    begun = time.process_time()
    found, verdicts = _stories(copies)
    spent = time.process_time() - begun
    human = {each.id: each.original for each in copies}
    print(f"  {figures(human, found)}   {len(copies) / spent:.0f} docs/CPU-s")
    print(f"  verdicts: {dict(Counter(verdicts.values()))}")
    print(f"  in the original's story: {_by_kind(copies, found)}")


def made(seed: int) -> Sequence[Copy]:
    """Return originals and copies, shuffled; the same for the same seed."""
    chance = random.Random(seed)
    articles = [
        (key, _SENTENCE.split(text)) for key, text in corpus.articles().items() if len(text) > 600
    ]
    articles = [(key, sentences) for key, sentences in articles if len(sentences) >= 6]
    copies = [Copy(key, key, "original", " ".join(sentences)) for key, sentences in articles]
    for key, sentences in chance.sample(articles, len(articles) // 3):
        for kind in chance.sample(list(EDITS), chance.randint(1, 6)):
            other = chance.choice(articles)[1]
            edited = EDITS[kind](chance, list(sentences), other)
            copies.append(Copy(f"{key}-{kind}", key, kind, " ".join(edited)))
    chance.shuffle(copies)
    return copies


def _stories(copies: Sequence[Copy]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    stories, found, verdicts = Stories(), {}, {}
    for at, each in enumerate(copies):
        # A day's worth: 2,000 documents within some hours.
        published = START + timedelta(seconds=20 * at)
        decision = stories.add(Document(each.id, "", each.text, published, language="de"))
        found[each.id], verdicts[each.id] = decision.story, decision.verdict
    return found, verdicts


def _by_kind(copies: Sequence[Copy], found: Mapping[str, str]) -> str:
    joined: dict[str, list[bool]] = defaultdict(list)
    for each in copies:
        if each.kind != "original":
            joined[each.kind].append(found[each.id] == found[each.original])
    return ", ".join(f"{kind} {sum(own) / len(own):.3f}" for kind, own in sorted(joined.items()))


def _same(_: random.Random, own: Sentences, __: Sentences) -> Sentences:
    return own


def _cut(chance: random.Random, own: Sentences, _: Sentences) -> Sentences:
    return own[: max(3, round(len(own) * chance.uniform(0.3, 0.6)))]


def _head(chance: random.Random, own: Sentences, _: Sentences) -> Sentences:
    before = chance.choice(["", "", "Eilmeldung: ", "Überblick: "])
    return [before + " ".join(own[0].split()[:6]), *own[1:]]


def _order(chance: random.Random, own: Sentences, _: Sentences) -> Sentences:
    rest = own[1:]
    chance.shuffle(rest)
    return [own[0], *rest]


def _house(chance: random.Random, own: Sentences, _: Sentences) -> Sentences:
    return [_with_synonyms(chance, sentence) for sentence in own]


def _with_synonyms(chance: random.Random, sentence: str) -> str:
    for one, other in _SYNONYMS:
        if chance.random() < 0.7:
            sentence = re.sub(rf"\b{one}\b", other, sentence)
    return sentence


def _addpara(chance: random.Random, own: Sentences, other: Sentences) -> Sentences:
    at = chance.randint(1, len(own))
    return [*own[:at], *other[1:4], *own[at:]]


def _corr(chance: random.Random, own: Sentences, _: Sentences) -> Sentences:
    def raised(number: re.Match[str]) -> str:
        return str(int(number[0]) + chance.randint(1, 9))

    text = re.sub(r"\d+", raised, " ".join(own), count=1)
    return [f"(Berichtigung) {text}"]


def _heavy(chance: random.Random, own: Sentences, other: Sentences) -> Sentences:
    kept = [own[0], *(each for each in own[1:] if chance.random() >= 0.45)]
    return [*_house(chance, kept, []), *other[1:4]]


EDITS: Mapping[str, Edit] = {
    "same": _same, "cut": _cut, "head": _head, "order": _order, "house": _house,
    "addpara": _addpara, "corr": _corr, "heavy": _heavy,
}  # fmt: skip


if __name__ == "__main__":
    main()

"""A day's news of many publishers, and their site: what each feed lists, hour by hour.

What an article is about is written down when it is made, so that nobody has to ask the bot. News
that is watched for has one sentence of `TOPICS`, by hand; all else is sentences of the sandbox's
newsroom, with nouns put together anew in them, so that words never seen before keep coming.
"""

import random
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sandbox.press_data import load_outlets

TOPICS: Sequence[tuple[str, frozenset[str]]] = (
    ("In Nordkorea regnet es seit Tagen.", frozenset({"nordkorea"})),
    ("Die Siegesparade beginnt am Morgen.", frozenset({"siegesparade"})),
    ("Im Nordkorea-Konflikt wird wieder verhandelt.", frozenset({"nordkorea"})),
    ("Auf den Siegesparaden war es still.", frozenset({"siegesparade"})),
    ("An Nordkoreas Küste liegt Nebel.", frozenset({"nordkorea"})),
    ("Nordkoreanische Soldaten sind dabei.", frozenset({"nordkorea"})),
    ("Nach dem Deichbruch steigt das Wasser.", frozenset({"deichbruch"})),
    ("Wegen mehrerer Deichbrüche ruht der Verkehr.", frozenset({"deichbruch"})),
    (
        "Wer in Nordkorea lebt, sieht die Siegesparade jedes Jahr.",
        frozenset({"nordkorea", "siegesparade"}),
    ),
)
"""What watched news says, and the lists that have to find it."""
WATCHED = re.compile("nordkor|kim|pjöngjang|sieges|parade|deich", re.IGNORECASE)
SENTENCES = 10
WHOLE = 800
"""Characters of a text that is the article, also where only the feed has it."""
SHARE = 0.015
"""Of the articles are watched for; the fifth of these is printed by a second publisher as well."""
COPIED = 0.2
_NOUN = re.compile(r"\b[A-ZÄÖÜ][a-zäöüß]{4,11}\b")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """An article."""

    number: int
    feed: int
    at: datetime
    title: str
    text: str
    lists: frozenset[str] = frozenset()
    copy_of: int | None = None


class Writer:
    """Writes articles; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        # Newspapers hyphenate, and a hyphen that nobody sees would hide what is watched for.
        texts = (
            each.body.replace("\u00ad", "")
            for outlet in load_outlets()
            for each in outlet.recordings
        )
        found = (each for text in texts for each in _SENTENCE.split(text.replace("\n", " ")))
        self._sentences = [
            each for each in found if 40 < len(each) < 300 and not WATCHED.search(each)
        ]
        self.nouns = sorted(set(_NOUN.findall(" ".join(self._sentences))))

    def title(self) -> str:
        """Return a headline that there was not before."""
        return f"{self._compound()} vor {self._compound()}: {self._random.choice(self.nouns)}"

    def text(self, topic: str = "") -> str:
        """Return an article that says so among other things."""
        chosen = [self._varied(each) for each in self._random.sample(self._sentences, SENTENCES)]
        if topic:
            chosen.insert(self._random.randrange(1, SENTENCES), topic)
        return " ".join(chosen)

    def _varied(self, sentence: str) -> str:
        """Put another noun, or a new one, in the place of every second."""
        return _NOUN.sub(
            lambda noun: noun[0] if self._random.random() < 0.5 else self._other(), sentence
        )

    def _other(self) -> str:
        return self._compound() if self._random.random() < 0.3 else self._random.choice(self.nouns)

    def _compound(self) -> str:
        first, second = self._random.sample(self.nouns, 2)
        return f"{first}{second.lower()}"


def edition(seed: int, begins: datetime, length: timedelta, size: tuple[int, int]) -> list[Piece]:
    """Return the articles of a day in the order in which they appear.

    Args:
        seed: the same for the same articles.
        begins: when the first may appear.
        length: within which all appear.
        size: how many articles and how many feeds there are.
    """
    articles, feeds = size
    writer, chance = Writer(seed), random.Random(seed)
    moments = sorted(begins + chance.random() * length for _ in range(articles))
    pieces: list[Piece] = []
    copies: deque[Piece] = deque()
    for number, at in enumerate(moments):
        feed = chance.randrange(feeds)
        original = copies.popleft() if copies and chance.random() < 0.03 else None
        if original is not None and original.feed != feed:
            pieces.append(
                Piece(number, feed, at, original.title, original.text, original.lists,
                      original.number)
            )  # fmt: skip
            continue
        topic, lists = chance.choice(TOPICS) if chance.random() < SHARE else ("", frozenset[str]())
        piece = Piece(number, feed, at, writer.title(), writer.text(topic), lists)
        if lists and chance.random() < COPIED:
            copies.append(piece)
        pieces.append(piece)
    return pieces


def ballast(number: int) -> Iterator[str]:
    """Yield queries that nothing asks for: words, phrases and expressions of made-up names."""
    chance = random.Random(7)
    syllables = ("ka", "ro", "men", "tul", "xi", "bra", "os", "wen", "qua", "dor", "fli", "gam")

    def name() -> str:
        return "".join(chance.choices(syllables, k=4)).capitalize()

    nouns = Writer(7).nouns
    for at in range(number):
        match at % 4:
            case 0 | 1:
                yield name()
            case 2:
                yield f"{name()} {name()}"
            case _:
                yield f"{chance.choice(nouns)} AND {name()}"

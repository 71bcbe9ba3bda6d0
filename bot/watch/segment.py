"""Lines of watchlists, prepared for matching. Never changed once made."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import chain
from threading import Lock
from typing import NamedTuple

from bot.text.rules import Rules
from bot.watch.candidates import Candidates, Line
from bot.watch.evaluate import Evaluation, evaluation
from bot.watch.index import WORDS, Finder, Hits, Keywords, Letters, Memory, Rows, owners_of
from bot.watch.patterns import Characters, Patterns
from bot.watch.query import Node, Term
from bot.watch.rows import Row, followers, row
from bot.watch.terms import SEQUENCES, Shape, Wanted, key_of, taken_apart, wanted
from bot.watch.watchlist import Settings

RulesFor = Callable[[str], Rules]
"""Returns the rules of a language by its code."""

_ONE_TERM: Shape = ("t", 0)


class Written(NamedTuple):
    """A line to be prepared."""

    owner: int
    """Which watchlist it belongs to."""
    node: Node
    settings: Settings
    excludes: bool


class Start(NamedTuple):
    """What lines and terms are numbered from, so that segments do not share numbers."""

    slot: int = 0
    number: int = 0


class Segment:
    """Some lines with all that is needed to find them. For several threads at once."""

    def __init__(self, lines: Iterable[Written], rules: RulesFor, start: Start) -> None:
        """Prepare lines.

        Args:
            lines: They get the slots from `start.slot` on.
            rules: Asked for a language when the first article in it is read.
            start: Where to begin counting.
        """
        self.start = start
        self.first = start.slot
        self.owners: list[int] = []
        self.excluding: set[int] = set()
        self.prepared: list[tuple[Evaluation, tuple[int, ...]] | None] = []
        """How to evaluate a line; None for one that is just a term."""
        self._rules = rules
        terms = _Terms(start.number)
        singles: dict[int, list[int]] = defaultdict(list)
        compound: list[Line] = []
        for slot, line in enumerate(lines, start=start.slot):
            self.owners.append(line.owner)
            if line.excludes:
                self.excluding.add(slot)
            shape, found = taken_apart(line.node)
            sought = tuple(terms.number(each, line.settings) for each in found)
            if shape == _ONE_TERM:
                singles[sought[0]].append(slot)
                self.prepared.append(None)
            else:
                compound.append(Line(slot, shape, sought))
                self.prepared.append((evaluation(shape), sought))
        self.singles = {term: tuple(slots) for term, slots in singles.items()}
        self.candidates = Candidates(compound, terms.letters())
        self._words, self._elements = terms.words, terms.elements
        self.has_elements = bool(terms.elements) or terms.has_letters
        self._rows = Rows(followers(terms.rows), terms.alone)
        self.has_rows = bool(terms.rows)
        self._letters = terms.letters_of_words()
        self.patterns = Patterns(terms.patterns)
        self.characters = Characters(terms.characters)
        self.next = Start(start.slot + len(self.owners), terms.count)
        self._lock = Lock()
        self._keywords: dict[tuple[str, str], Keywords] = {}
        self._hits: dict[str, Memory[Hits]] = {}

    def __len__(self) -> int:
        return len(self.owners)

    def terms(self, slot: int) -> tuple[int, ...]:
        """Return the terms of a line from left to right."""
        prepared = self.prepared[slot - self.first]
        if prepared is not None:
            return prepared[1]
        return (next(term for term, slots in self.singles.items() if slot in slots),)

    def hits(self, language: str) -> Memory[Hits]:
        """Return what a word counts for, in articles in a language; prepares it if need be."""
        with self._lock:
            if language not in self._hits:
                keywords = [
                    self._prepared_keywords(written, written or language)
                    for written in {*self._words, *self._elements}
                ]
                finder = Finder(keywords, self._letters, self._rows)
                self._hits[language] = Memory(finder.find, WORDS)
            return self._hits[language]

    def _prepared_keywords(self, written: str, language: str) -> Keywords:
        """Return the keywords of the lists with a @lang, or with none, by a language's rules."""
        if (written, language) not in self._keywords:
            owners = owners_of(self._words.get(written, ()), self._elements.get(written, {}))
            self._keywords[written, language] = Keywords(self._rules(language), owners)
        return self._keywords[written, language]


class _Terms:
    """Numbers what is looked for, each distinct thing once."""

    def __init__(self, first: int) -> None:
        self.count = first
        self.words: dict[str, list[tuple[str, tuple[str, ...], int]]] = defaultdict(list)
        """By the language written: keyword, word forms ignored, number."""
        self.elements: dict[str, dict[str, int]] = defaultdict(dict)
        """By the language written: words of phrases."""
        self.rows: list[Row] = []
        self.alone: dict[int, str] = {}
        """Words of `elements`, and quoted and exact ones, that are a term on their own, and why."""
        self.patterns: dict[str, int] = {}
        self.characters: dict[str, int] = {}
        self._literal: dict[tuple[str, str], int] = {}
        self._edges: dict[tuple[str, str], int] = {}
        self._known: dict[Wanted, int] = {}

    @property
    def has_letters(self) -> bool:
        """Whether there are quoted or exact terms."""
        return bool(self._literal)

    def number(self, term: Term, settings: Settings) -> int:
        """Return what stands for a term."""
        key = wanted(term, settings)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._new(key, term)
        return known

    def letters(self) -> dict[int, int]:
        """Return how long each term is."""
        words = ((n, len(word)) for word, _, n in chain.from_iterable(self.words.values()))
        elements = ((n, len(word)) for each in self.elements.values() for word, n in each.items())
        others = (
            (n, len(key)) for (_, key), n in chain(self._literal.items(), self._edges.items())
        )
        found = dict(chain(words, elements, others))
        found.update({each.number: sum(found[n] for n in each.elements) for each in self.rows})
        return found

    def letters_of_words(self) -> Letters:
        """Return the terms that no language is needed for."""
        made = Letters()
        for (kind, key), number in self._literal.items():
            made.add_word(kind, key, number)
        for (kind, letters), number in self._edges.items():
            made.add_edge(kind, letters, number)
        return made

    def _new(self, key: Wanted, term: Term) -> int:
        if key.kind in SEQUENCES:
            return self._row(key)
        number = self._next()
        if key.kind == "word":
            self.words[key.language].append((key.words[0], key.ignore, number))
        elif key.kind == "regex":
            self.patterns[key.words[0]] = number
        elif key.kind == "contains":
            self.characters[key.words[0]] = number
        else:
            self._edges[key.kind, term.words[0]] = number
        return number

    def _row(self, key: Wanted) -> int:
        elements = tuple(self._element(key, word) for word in key.words)
        rule = SEQUENCES[key.kind]
        if len(elements) == 1:
            self.alone[elements[0]] = rule
            return elements[0]
        number = self._next()
        if elements:
            self.rows.append(row(number, elements, key.words, rule))
        return number

    def _element(self, key: Wanted, word: str) -> int:
        if key.kind == "phrase":
            known = self.elements[key.language]
            if word not in known:
                known[word] = self._next()
            return known[word]
        literal = (key.kind, key_of(key.kind, word))
        if literal not in self._literal:
            self._literal[literal] = self._next()
        return self._literal[literal]

    def _next(self) -> int:
        self.count += 1
        return self.count - 1

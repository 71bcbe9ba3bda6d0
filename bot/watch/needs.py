"""Which words an article must have for a query to hold on it: what narrows a search of the archive.

Nothing that matches is left out, by construction: a word is looked up under the `keys` of the
keyword, as the matcher does, and every `probe` of a word stands somewhere in its `entry`. What else
is found besides, the matcher judges.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from bot.model import Article
from bot.text.fold import fold
from bot.text.rules import Rules
from bot.text.tokens import as_token, tokenise
from bot.watch.query import And, AtLeast, Near, Node, Not, Only, Or, Term, terms
from bot.watch.terms import wanted
from bot.watch.watchlist import Settings

LONGEST = 200
"""Code points of a word that is kept as one; no writer's is longer."""


@dataclass(frozen=True, slots=True)
class Word:
    """Any word whose entry has one of these pieces in it, and that fits."""

    keys: frozenset[str]
    sought: tuple[str, str]
    """What it is looked for as: how it counts, and the word itself."""
    counts: Callable[[str], bool] = field(compare=False)
    """Whether a single word, or a hyphenated one as a whole, counts."""

    def fits(self, word: str) -> bool:
        """Tell whether a word, as the vocabulary has it, or a part of it counts."""
        token = as_token(word)
        parts = (part.text for part in token.parts) if token else ()
        return not word or any(map(self.counts, (word, *parts)))


@dataclass(frozen=True, slots=True)
class AllOf:
    """Each of these."""

    parts: "tuple[Need, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of these."""

    parts: "tuple[Need, ...]"


Need = Word | AllOf | AnyOf


def need(node: Node, settings: Settings, rules: Rules) -> Need | None:
    """Return what an article in a language must have; None: nothing can be said.

    Args:
        node: the query.
        settings: of its watchlist.
        rules: of the language that its words are read in.
    """
    match node:
        case Term():
            return _of_term(node, settings, rules)
        case And(parts):
            return _all(need(part, settings, rules) for part in parts)
        case Or(parts):
            found = [need(part, settings, rules) for part in parts]
            known = tuple(each for each in found if each is not None)
            return AnyOf(known) if len(known) == len(found) else None
        case Near(_, left, right):
            return _all(need(part, settings, rules) for part in (left, right))
        case AtLeast(_, part) | Only(_, part):
            return need(part, settings, rules)
        case Not():
            return None


def in_titles(node: Node) -> Node | None:
    """Return what must hold in the title alone for a query to hold; None: nothing can be said."""
    match node:
        case Only("title"):
            return node
        case And(parts):
            known = tuple(part for each in parts if (part := in_titles(each)) is not None)
            return And(known) if len(known) > 1 else next(iter(known), None)
        case Or(parts):
            found = [in_titles(part) for part in parts]
            known = tuple(each for each in found if each is not None)
            return Or(known) if len(known) == len(found) else None
        case _:
            return None


def words_of(node: Node, settings: Settings, rules: Rules) -> Iterator[Word]:
    """Yield all words that a query looks for, those that must not be there as well."""
    for term in terms(node):
        match _of_term(term, settings, rules):
            case Word() as word:
                yield word
            case AllOf(parts):
                yield from (part for part in parts if isinstance(part, Word))


def vocabulary(article: Article) -> set[str]:
    """Return the words of an article, hyphenated ones as they are; "" for any that is too long."""
    found = {token.text for text in (article.title, article.text) for token in tokenise(text)}
    return {word if len(word) <= LONGEST else "" for word in found}


def entry(word: str, rules: Rules) -> str:
    """Return a text in which every probe of a word can be found."""
    kept = fold(word)
    for probe in sorted(rules.probes(word), key=len, reverse=True):
        if probe not in kept:
            kept = " ".join((kept, probe))
    return kept


def _of_term(term: Term, settings: Settings, rules: Rules) -> Need | None:
    sought = wanted(term, settings)
    match sought.kind:
        case "word":
            word = sought.words[0]
            keys = frozenset(rules.keys(word))
            return Word(keys, ("family", word), lambda each: rules.relation(word, each) is not None)
        case "phrase":
            return _all(_inflected(word, rules) for word in sought.words)
        case "quoted" | "exact":
            return _all(_literal(fold(word), str.__eq__) for word in sought.words)
        case "beginning":
            return _literal(fold(sought.words[0]), str.startswith)
        case "ending":
            return _literal(fold(sought.words[0]), str.endswith)
        case _:
            return None


def _inflected(word: str, rules: Rules) -> Word:
    counts = partial(rules.inflection, word)
    return Word(frozenset(rules.keys(word)), ("inflected", word), counts)


def _literal(letters: str, holds: Callable[[str, str], bool]) -> Word:
    def counts(each: str) -> bool:
        return holds(fold(each), letters)

    return Word(frozenset({letters}), (holds.__name__, letters), counts)


def _all(found: Iterable[Need | None]) -> Need | None:
    known = tuple(_known(found))
    return AllOf(known) if known else None


def _known(found: Iterable[Need | None]) -> Iterator[Need]:
    for each in found:
        if each is not None:
            yield each

"""What goes with a query: the forms that it finds, and the names and words that come along with it.

A word goes with a query where it stands in far more of the events that the query finds than in
others. An event counts once, however many copies of its text there are.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import NamedTuple

from bot.model import Article, FoundArticle, Span
from bot.text.fold import fold
from bot.text.german.lexicon import NOUN, SMALL, german
from bot.text.languages import code_of
from bot.text.stems import frequent, stem
from bot.text.tokens import Token, tokenise

FEWEST = 3
"""Events that a word must be in to be named: two may be chance."""
SURE = 10.8
"""The likelihood ratio (G²) that is asked for: by chance it is reached once in 1,000 words."""
LIFT = 3.0
"""So many times as often as elsewhere a word must be there."""
READ = 5_000
"""Code points of a text that count: news says what matters first."""
_SHORTEST, _LONGEST = 3, 40
_WORDS = 3
"""Of a name, at most."""
_HOLDS = 0.5
"""The share of the events of each of its words that a name of several words must have."""
_ABSORBS = 0.7
"""The share of the events of a word that a name must have to stand for it."""
_LANGUAGES = ("de", "en")
_GENITIVE = re.compile("....[aiouy]s$")

Key = tuple[str, ...]
"""The stems of a word, or of the words of a name."""


class Form(NamedTuple):
    """A form that a query finds."""

    text: str
    rule: str
    """Why it counts; see `Span.rule`."""
    events: int


@dataclass(frozen=True, slots=True)
class Mentions:
    """The names and nouns of the events that a query finds."""

    events: int
    counts: Mapping[Key, int]
    """In how many events each is, of those in enough."""
    shown: Mapping[Key, str]
    """As it is mostly written."""
    spellings: Mapping[str, Collection[str]]
    """Of each stem, the words as they are written there."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Events that the query does not find, to compare with."""

    events: int
    counts: Mapping[str, int]
    """In how many of them the words of each stem are."""


class Companion(NamedTuple):
    """A name or word that goes with a query."""

    text: str
    events: int
    """Of those that the query finds."""
    others: int
    """Of the events to compare with, at most."""
    surprise: float
    """How little of that is chance: the likelihood ratio, G²."""


def key_of_form(text: str) -> str:
    """Return what the forms of a word have in common, to count them as one."""
    return " ".join(_base(word, "de") for word in text.split())


@lru_cache(maxsize=20_000)
def _base(word: str, language: str) -> str:
    folded = fold(word)
    if language != "de":
        return stem(folded, language)
    kind = NOUN if word[:1].isupper() else SMALL
    known = german().entries(folded)
    lemmas = [entry.lemma for entry in known if entry.kind & kind]
    if lemmas:
        return stem(min(lemmas, key=lambda each: (len(each), each)), language)
    # What the dictionary has not, most names: the stemmer leaves Nordkoreas as it is.
    stemmed = stem(folded, language)
    return stemmed[:-1] if not known and _GENITIVE.search(stemmed) else stemmed


def forms(events: Sequence[Sequence[FoundArticle]]) -> list[Form]:
    """Return the forms by which articles were found, those of most events first."""
    counts: Counter[str] = Counter()
    written: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for event in events:
        spans = [span for each in event for match in each.matches for span in match.spans]
        for key in {key_of_form(span.text): None for span in spans}:
            counts[key] += 1
        for span in spans:
            written[key_of_form(span.text)][" ".join(span.text.split()), span.rule] += 1
    return [
        Form(*min(written[key].items(), key=_mostly)[0], counts[key])
        for key in sorted(counts, key=lambda key: (-counts[key], key))
    ]


def _mostly(item: tuple[tuple[str, str], int]) -> tuple[int, int, tuple[str, str]]:
    return -item[1], len(item[0][0]), item[0]


def mentions(events: Sequence[Sequence[FoundArticle]], fewest: int = FEWEST) -> Mentions:
    """Return the names and nouns of events; what the query itself finds is left out."""
    counts: Counter[Key] = Counter()
    shown: defaultdict[Key, Counter[str]] = defaultdict(Counter)
    spellings: defaultdict[str, set[str]] = defaultdict(set)
    for event in events:
        of_event: set[Key] = set()
        for each in event:
            for key, text in _of_article(each.article, _spans(each)):
                of_event.add(key)
                shown[key][text] += 1
                if len(key) == 1:
                    spellings[key[0]].add(text)
        counts.update(of_event)
    enough = {key: count for key, count in counts.items() if count >= fewest}
    return Mentions(
        len(events),
        enough,
        {key: min(shown[key].items(), key=lambda i: (-i[1], len(i[0]), i[0]))[0] for key in enough},
        {key[0]: spellings[key[0]] for key in enough if len(key) == 1},
    )


def _spans(found: FoundArticle) -> Sequence[Span]:
    return [span for match in found.matches for span in match.spans]


def _of_article(article: Article, without: Sequence[Span]) -> Iterator[tuple[Key, str]]:
    language = code_of(article.language)
    for field, text in (("title", article.title), ("text", article.text)):
        taken = [(span.start, span.end) for span in without if span.field == field]
        for run in _runs(text[:READ], taken, language):
            stems = [_base(token.text, language) for token in run]
            for size in range(1, _WORDS + 1):
                for at in range(len(run) - size + 1):
                    if size > 1 or len(run[at].text) >= _SHORTEST:
                        words = " ".join(token.text for token in run[at : at + size])
                        yield tuple(stems[at : at + size]), words


def _runs(text: str, taken: Sequence[tuple[int, int]], language: str) -> Iterator[list[Token]]:
    """Yield words with a capital that stand side by side, with nothing but a space between."""
    run: list[Token] = []
    tokens = tokenise(text)
    found = _found(tokens, taken)
    for at, token in enumerate(tokens):
        if run and not _is_beside(run[-1], token, text):
            yield run
            run = []
        if found[at] or _is_part(at, tokens, found, text) or not _is_telling(token.text, language):
            yield run
            run = []
        else:
            run.append(token)
    yield run


def _found(tokens: Sequence[Token], taken: Sequence[tuple[int, int]]) -> list[bool]:
    """Return which words the query finds itself."""
    places, at, found = sorted(taken), 0, []
    for token in tokens:
        while at < len(places) and places[at][1] <= token.start:
            at += 1
        found.append(at < len(places) and places[at][0] < token.end)
    return found


def _is_part(at: int, tokens: Sequence[Token], found: Sequence[bool], text: str) -> bool:
    """Whether a word seems to be of one name with what is found: Angela, where Merkel is."""
    for other in (at - 1, at + 1):
        if 0 <= other < len(tokens) and found[other] and tokens[other].text[0].isupper():
            one, two = sorted((tokens[at], tokens[other]))
            if _is_beside(one, two, text):
                return True
    return False


def _is_beside(one: Token, other: Token, text: str) -> bool:
    return other.start - one.end == 1 and text[one.end].isspace()


@lru_cache(maxsize=20_000)
def _is_telling(word: str, language: str) -> bool:
    """Whether a word may be a name or a noun, and says something."""
    if not word[0].isupper() or not 1 < len(word) <= _LONGEST:
        return False
    folded = fold(word)
    return not any(folded in frequent(code) for code in {*_LANGUAGES, language})


def companions(found: Mentions, elsewhere: Elsewhere, sure: float = SURE) -> list[Companion]:
    """Return what goes with a query, the surest first.

    Of a name of several words it is not known how often it is elsewhere: as often, at most, as the
    rarest of its words. Where a name is mostly written with all of its words, it stands for them;
    where one of them is mostly alone, that word stands for the name.
    """
    chosen = _without_parts(found.counts)
    told = []
    for key in chosen:
        other = min(elsewhere.counts.get(word, 0) for word in key)
        here = found.counts[key]
        surprise = likelihood_ratio(here, found.events, other, elsewhere.events)
        if surprise >= sure and _lift(here, found.events, other, elsewhere.events) >= LIFT:
            told.append(Companion(found.shown[key], here, other, surprise))
    return sorted(told, key=lambda each: (-each.surprise, each.text))


def _without_parts(counts: Mapping[Key, int]) -> list[Key]:
    """Return names and words without those that another one of them says better."""
    names = [key for key in counts if len(key) > 1 and _is_name(key, counts)]
    full = set(names) - _within(names, counts)
    said = {
        part
        for key in full
        for part in _parts(key)
        if counts[key] >= _ABSORBS * counts.get(part, 0)
    }
    said |= _first_names(counts)
    return [key for key in counts if key in full or (len(key) == 1 and key not in said)]


def _first_names(counts: Mapping[Key, int]) -> set[Key]:
    """Return words that mostly stand beside one that is more frequent: Wladimir, beside Putin."""
    return {
        (word,)
        for key, together in counts.items()
        for word in key
        if len(key) > 1
        and together >= _ABSORBS * counts.get((word,), 0)
        and any(counts.get((other,), 0) > counts.get((word,), 0) for other in key)
    }


def _is_name(key: Key, counts: Mapping[Key, int]) -> bool:
    return all(counts[key] >= _HOLDS * counts.get((word,), 0) for word in key)


def _within(names: Sequence[Key], counts: Mapping[Key, int]) -> set[Key]:
    """Return what a longer name says as well."""
    return {
        part
        for name in names
        for part in _parts(name)
        if counts[name] >= _ABSORBS * counts.get(part, 0)
    }


def _parts(key: Key) -> set[Key]:
    sizes = range(1, len(key))
    return {key[at : at + size] for size in sizes for at in range(len(key) - size + 1)}


def _lift(here: int, of: int, there: int, of_others: int) -> float:
    return (here / of) / ((there + 0.5) / (of_others + 1))


def likelihood_ratio(here: int, of: int, there: int, of_others: int) -> float:
    """Return Dunning's G² of a word in so many of some events, and so many of others.

    0 where it is no more frequent here than there.
    """
    if not of or not of_others or here / of <= there / of_others:
        return 0.0
    share = (here + there) / (of + of_others)
    cells = (
        (here, of * share),
        (there, of_others * share),
        (of - here, of * (1 - share)),
        (of_others - there, of_others * (1 - share)),
    )
    return 2 * sum(seen * log(seen / expected) for seen, expected in cells if seen)

"""Warns of what is in order but will surprise: never a reason to refuse a watchlist."""

import re
from collections.abc import Callable, Iterator, Sequence

from bot.errors import Fault
from bot.text.fold import fold
from bot.text.stems import frequent
from bot.watch.among import ALONE, Around, among
from bot.watch.implication import Lines, contradicts
from bot.watch.language import lines
from bot.watch.places import Spot, fault
from bot.watch.query import Term, terms
from bot.watch.watchlist import Query, Watchlist

_SHORT = 2  # letters: such a word is within many others' abbreviations
_LINKS = {"und": "&", "and": "&", "oder": "|", "or": "|"}
_MOST_NUMBERS = 5
_IDEOGRAPHIC = "\u2e80"  # from here on a character is a syllable or a word
# What Windows, macOS, browsers and sync programs append; "Ukraine-Konflikt" is a good name.
_CONFLICT = "conflicted copy|conflict|konfliktkopie|in konflikt stehende kopie"
_COPY = re.compile(
    r"(?i)(?P<name>.+?)(?: \(\d+\)|[ _-]+(?:kopie|copy)(?: ?\(?\d+\)?)?|\.(?:txt|bak)"
    rf"| ?\(.*(?:{_CONFLICT}).*\)|\.sync-conflict-.+)|(?:kopie von|copy of) (?P<of>.+)"
)

IsNoun = Callable[[str], bool]
"""Whether a word, as written, is an ordinary noun of the language: no name."""


def warnings(
    watchlists: Sequence[Watchlist], is_noun: IsNoun, around: Around = ALONE
) -> list[Fault]:
    """Return what will surprise in some watchlists, in their order.

    Args:
        watchlists: The lists, as read from NAME.txt.
        is_noun: Tells ordinary nouns from names: a phrase of nouns is probably no name.
        around: What there is beside each of them.

    Returns:
        Warnings in the form of faults, with file, line, column and what to write instead.
    """
    return [warning for each in watchlists for warning in _of_list(each, is_noun, around)]


def _of_list(watchlist: Watchlist, is_noun: IsNoun, around: Around) -> list[Fault]:
    where = f"{watchlist.name}.txt"
    found = _of_name(watchlist.name, where)
    told = list(among(watchlist, around))
    for query in watchlist.queries + watchlist.exclusions:
        told += [(query.line, spot) for spot in _of_query(query, is_noun)]
    told += _of_lines(watchlist)
    told += _ignored(watchlist)
    source = lines(watchlist.source) if told else []
    for line, spot in sorted(told):
        whole = Fault(where, spot.what, spot.remedy)
        found.append(fault(where, line, source[line - 1], spot) if line else whole)
    return found


def _of_name(name: str, where: str) -> list[Fault]:
    copy = _COPY.fullmatch(name)
    if not copy:
        return []
    what = "by its name this file is a copy, and it counts as a list of its own"
    original = copy["name"] or copy["of"]
    return [Fault(where, what, f"delete or rename it if {original}.txt is meant")]


def _of_query(query: Query, is_noun: IsNoun) -> Iterator[Spot]:
    for term in terms(query.node):
        yield from _of_term(term, is_noun)
    if contradicts(query.node):
        start = next(terms(query.node)).start
        yield Spot(start, "this can never match", "it asks for what it excludes, or for two fields")


def _of_term(term: Term, is_noun: IsNoun) -> Iterator[Spot]:
    words = term.words
    if term.kind == "word" and len(words[0]) <= _SHORT and words[0] < _IDEOGRAPHIC:
        what = f"a word of {len(words[0])} letters is often found by accident"
        if len(words[0]) == 1:
            what = "a single letter is often found by accident"
        yield Spot(term.start, what, f"write ={words[0]} for exactly this form")
    if term.kind == "word" and fold(words[0]) in frequent("de") | frequent("en"):
        what = "this word is in nearly every article"
        yield Spot(term.start, what, "write what the article is to be about")
    if term.kind != "phrase":
        return
    quoted = f'"{" ".join(words)}"'
    links = [word for word in words[1:-1] if word in _LINKS]
    if len(words) == 3 and links:
        meant = f"{words[0]} {_LINKS[words[1]]} {words[2]}"
        what = f"{words[1]} in small letters is a word of the phrase, not an operator"
        yield Spot(term.start, what, f"write {meant}, or {quoted} if the phrase is meant")
    elif all(word[0].isupper() and is_noun(word) for word in words):
        what = "these words are looked for in this order only"
        yield Spot(term.start, what, f"both anywhere: {' & '.join(words)}; the phrase: {quoted}")


def _of_lines(watchlist: Watchlist) -> Iterator[tuple[int, Spot]]:
    """Compare the lines of one list with each other."""
    strictly = bool(watchlist.settings.ignore)
    watched = Lines(watchlist.queries, strictly=strictly)
    excluded = Lines(watchlist.exclusions, strictly=strictly)
    for query in watchlist.queries:
        start = next(terms(query.node)).start
        if twin := watched.twin(query):
            yield query.line, Spot(start, f"this is line {twin.line} again", "delete one of them")
        elif covers := watched.covers(query):
            yield query.line, Spot(start, *_finding(covers))
            # Of lines that make each other superfluous one has to stay.
            watched.drop(query)
        if vetoes := _only(excluded.twin(query)) or excluded.covers(query):
            yield query.line, Spot(start, *_excluding(vetoes))
    for query in watchlist.exclusions:
        start = next(terms(query.node)).start
        if twin := excluded.twin(query):
            yield query.line, Spot(start, f"this is line {twin.line} again", "delete one of them")


def _only(query: Query | None) -> tuple[Query, ...]:
    return () if query is None else (query,)


def _finding(covers: Sequence[Query]) -> tuple[str, str]:
    """Return what is wrong with a line all of which others find, and what to do."""
    one, *more = covers
    if not more:
        what = f"line {one.line} ({_short(one)}) finds all that this finds"
        return what, "delete this line, or that one"
    return f"lines {_numbers(covers)} together find all that this finds", "delete this line"


def _excluding(vetoes: Sequence[Query]) -> tuple[str, str]:
    one, *more = vetoes
    if not more:
        what = f"line {one.line} ({_short(one)}) excludes all that this finds"
        return what, "delete one of them"
    return f"lines {_numbers(vetoes)} together exclude all that this finds", "delete this line"


def _numbers(queries: Sequence[Query]) -> str:
    shown = [str(query.line) for query in queries[:_MOST_NUMBERS]]
    return ", ".join(shown if len(queries) <= _MOST_NUMBERS else [*shown, "…"])


def _short(query: Query) -> str:
    return query.text if len(query.text) <= 40 else query.text[:39] + "…"


def _ignored(watchlist: Watchlist) -> Iterator[tuple[int, Spot]]:
    """Find queries whose own word is among those that do not count."""
    ignored = {word.casefold() for word in watchlist.settings.ignore}
    for query in watchlist.queries if ignored else ():
        node = query.node
        if isinstance(node, Term) and node.kind == "word" and node.words[0].casefold() in ignored:
            what = "@ignore says that this very word does not count"
            yield query.line, Spot(node.start, what, "delete one of them")

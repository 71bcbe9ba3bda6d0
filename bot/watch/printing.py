"""Says a query again: as it would be written, and in words."""

from functools import partial
from types import UnionType

from bot.watch.lexer import OPERATORS
from bot.watch.query import And, AtLeast, Near, Node, Not, Only, Or, Term
from bot.watch.watchlist import Query
from bot.wording.en.reading import READING
from bot.wording.reading import ReadingWords


def show(node: Node) -> str:
    """Return how a query is written, in one canonical way: reading it gives the same tree."""
    match node:
        case Term():
            text = _show_term(node)
        case Or(parts):
            text = " | ".join(map(show, parts))
        case And(parts):
            text = " & ".join(_enclosed(part, Or) for part in parts)
        case Near(distance, left, right):
            text = f"{_operand(left)} NEAR/{distance} {_operand(right)}"
        case Not(part):
            text = f"!{_operand(part)}"
        case Only(field, part):
            text = f"{field}:{_operand(part)}"
        case AtLeast(times, part):
            text = f"ATLEAST/{times} {_operand(part)}"
    return text


def describe(query: Query, words: ReadingWords = READING) -> str:
    """Return how a query was read, as a phrase: "the word Nordkorea and its family"."""
    return _say(query.node, words)


def describe_exclusion(query: Query, words: ReadingWords = READING) -> str:
    """Return how an exclusion was read: "excluded: the word Videospiel and its family"."""
    node = query.node
    ways = node.parts if isinstance(node, Or) else ()
    part = words.between.join(_within(way, words) for way in ways) or _say(node, words)
    return words.excludes.format(part=part)


def _operand(node: Node) -> str:
    return _enclosed(node, Or | And | Near)


def _enclosed(node: Node, weaker: type | UnionType) -> str:
    """Return how a part is written, in parentheses if it binds more weakly than what is around."""
    text = show(node)
    return f"({text})" if isinstance(node, weaker) else text


def _show_term(term: Term) -> str:
    words = " ".join(map(_as_word, term.words))
    match term.kind:
        case "quoted":
            text = f'"{" ".join(term.words)}"'
        case "exact":
            # After = even a capital OR is a word.
            text = "=" + " ".join([term.words[0], *map(_as_word, term.words[1:])])
        case "beginning":
            text = f"{term.words[0]}*"
        case "ending":
            text = f"*{term.words[0]}"
        case "regex":
            text = f"/{term.words[0]}/"
        case _:
            text = words
    return text


def _as_word(word: str) -> str:
    """Return a word as it can stand in a query: a full stop keeps AND from being an operator."""
    return f"{word}." if word in OPERATORS else word


def _within(part: Node, words: ReadingWords) -> str:
    said = _say(part, words)
    return f"({said})" if isinstance(part, Or | And | Near) else said


def _say(node: Node, words: ReadingWords) -> str:
    within = partial(_within, words=words)
    match node:
        case Term(kind, written):
            text = words.kinds[kind].format(words=" ".join(written))
        case Or(parts):
            text = words.either.format(part=words.between.join(map(within, parts)))
        case And(parts):
            text = words.both.join(map(within, parts))
        case Near(distance, left, right):
            how = words.beside if distance == 1 else words.near
            text = how.format(left=within(left), right=within(right), distance=distance)
        case Not(part):
            text = words.without.format(part=within(part))
        case Only(field, part):
            text = words.fields[field].format(part=within(part))
        case AtLeast(times, part):
            text = words.times(times).format(part=within(part))
    return text

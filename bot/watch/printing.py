"""Says a query again: as it would be written, and in English words."""

from types import UnionType

from bot.watch.lexer import OPERATORS
from bot.watch.query import And, AtLeast, Near, Node, Not, Only, Or, Term
from bot.watch.watchlist import Query

_FIELDS = {"title": "in the title", "text": "in the text"}


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


def describe(query: Query) -> str:
    """Return how a query was read, as an English phrase: "the word Nordkorea and its family"."""
    return _say(query.node)


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


def _say(node: Node) -> str:
    match node:
        case Term():
            text = _say_term(node)
        case Or(parts):
            text = "at least one of: " + ", or ".join(map(_say_within, parts))
        case And(parts):
            text = "; and ".join(map(_say_within, parts))
        case Near(distance, left, right):
            apart = "next to each other" if distance == 1 else f"at most {distance} words apart"
            text = f"{_say_within(left)}, and {_say_within(right)}, {apart}"
        case Not(part):
            text = f"not {_say_within(part)}"
        case Only(field, part):
            text = f"{_FIELDS[field]}: {_say_within(part)}"
        case AtLeast(times, part):
            text = f"at least {times} {'time' if times == 1 else 'times'}: {_say_within(part)}"
    return text


def _say_within(node: Node) -> str:
    return f"({_say(node)})" if isinstance(node, Or | And | Near) else _say(node)


def _say_term(term: Term) -> str:
    words = " ".join(term.words)
    match term.kind:
        case "word":
            text = f"the word {words} and its family"
        case "phrase":
            text = f"the words {words} in this order, in any form"
        case "quoted":
            text = f'exactly "{words}"'
        case "exact":
            text = f"exactly {words}, case included"
        case "beginning":
            text = f"words that begin with {words}"
        case "ending":
            text = f"words that end with {words}"
        case "regex":
            text = f"what fits the regular expression /{words}/"
    return text

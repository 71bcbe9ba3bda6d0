"""Says the same as a query, but less of it: what holds on fewer of the same articles."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from bot.watch.query import And, AtLeast, Near, Node, Not, Only, Or, Term
from bot.watch.watchlist import Query

OFTEN = 2
Kind = Literal["exact", "often", "title"]
"""In exactly this form; at so many places; in the title."""


class Form(NamedTuple):
    """A narrower form of a query."""

    kind: Kind
    text: str
    """As one would write it."""


def narrower(query: Query) -> tuple[Form, ...]:
    """Return narrower forms of a query, the mildest first.

    Each holds only on articles on which the query does. Where a query excludes something, or says
    itself where it is to stand, there may be none.
    """
    return tuple(_forms(query.node, query.text.strip()))


def _forms(node: Node, written: str) -> Iterator[Form]:
    match node:
        case Term(kind="word" | "phrase", words=words) if not any('"' in each for each in words):
            yield Form("exact", f'"{" ".join(words)}"')
            yield Form("often", f"ATLEAST/{OFTEN} {written}")
        case Term():
            yield Form("often", f"ATLEAST/{OFTEN} {written}")
    if not _says_where(node):
        text = f"title:{written}" if isinstance(node, Term) else f"title:({written})"
        yield Form("title", text)


def _says_where(node: Node) -> bool:
    """Whether a part is bound to a field, or excluded: only in the title it would exclude less."""
    match node:
        case Only() | Not():
            return True
        case And(parts) | Or(parts):
            return any(map(_says_where, parts))
        case Near(_, left, right):
            return _says_where(left) or _says_where(right)
        case AtLeast(_, part):
            return _says_where(part)
    return False

"""What a query says, as a tree of values. Pure data: reading and matching are elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from bot.model import Field

Kind = Literal["word", "phrase", "quoted", "exact", "beginning", "ending", "regex"]


@dataclass(frozen=True, slots=True)
class Term:
    """What is looked for: a leaf of the tree.

    `kind` says how `words` count:

    - `word`: one word, which may be hyphenated, and its family
    - `phrase`: these words in this order, each in any form
    - `quoted`: exactly these words; case and the spelling of umlauts do not matter
    - `exact`: exactly these words, case included
    - `beginning`, `ending`: words that begin or end with these letters (written without the *)
    - `regex`: the pattern between the slashes, as the only word
    """

    kind: Kind
    words: tuple[str, ...]
    """As written, in NFC without invisible characters."""
    start: int = field(default=0, compare=False)
    """Where it stands in its line: code points from 0; `end` is exclusive."""
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts, two or more."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the parts, two or more."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """An article in which the part does not hold."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class Near:
    """The two at most `distance` words apart in the same field, in either order.

    Each side is a term or an `Or` of terms. Neighbours are 1 word apart.
    """

    distance: int
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The part at so many places, title and text together: a term, or an `Or` of terms."""

    times: int
    part: "Node"


@dataclass(frozen=True, slots=True)
class Only:
    """The part holds within one field alone: title:A, text:A."""

    field: Field
    part: "Node"


Node = Term | And | Or | Not | Near | AtLeast | Only


def terms(node: Node) -> Iterator[Term]:
    """Yield the leaves of a tree in the order in which they are written."""
    match node:
        case Term():
            yield node
        case And(parts) | Or(parts):
            for part in parts:
                yield from terms(part)
        case Near(_, left, right):
            yield from terms(left)
            yield from terms(right)
        case Not(part) | Only(_, part) | AtLeast(_, part):
            yield from terms(part)

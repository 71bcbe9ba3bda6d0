"""The grammar of queries, and how a parse becomes a query's tree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedToken

from bot.model import Field
from bot.watch.lexer import Piece
from bot.watch.places import Spot
from bot.watch.query import And, AtLeast, Near, Node, Not, Only, Or, Term

# Binding: not, title: and ATLEAST/n before NEAR, then and, then or. `A -B` comes as `A & !B`.
_GRAMMAR = """
    ?either: both (_OR both)*
    ?both: near (_AND near)*
    ?near: operand (NEAR operand)*
    ?operand: TERM
        | _LPAR either _RPAR
        | NOT operand -> excluded
        | FIELD operand -> only
        | ATLEAST operand -> at_least
    %declare TERM NOT FIELD ATLEAST NEAR _AND _OR _LPAR _RPAR
"""
# Pieces that only give the tree its shape leave no trace in it.
_TERMINALS = {"AND": "_AND", "OR": "_OR", "LPAR": "_LPAR", "RPAR": "_RPAR"} | {
    name: name for name in ("NOT", "FIELD", "ATLEAST", "NEAR")
}
_FIELDS: dict[str, Field] = {"title": "title", "titel": "title", "text": "text"}


class _Part(NamedTuple):
    """A part of the query, where it begins, and whether it asks for something to be there."""

    node: Node
    start: int
    is_asking: bool = True


@dataclass(slots=True)
class Builder:
    """Makes the tree of one query out of its pieces."""

    text: str
    terms: Mapping[int, Term]
    """What was read of each term, by where it starts."""
    spots: list[Spot] = field(default_factory=list)
    """What is wrong although the pieces are in order: exclusions and NEAR of the wrong things."""

    def build(self, pieces: Sequence[Piece], *, is_exclusion: bool) -> Node | None:
        """Return the tree of pieces among which `bot.watch.structure` finds no fault."""
        parse = _parser().parse_interactive()
        token = Token("$END", "")
        try:
            for piece in pieces:
                token = Token(
                    _TERMINALS.get(piece.type, "TERM"),
                    self.text[piece.start : piece.end],
                    start_pos=piece.start,
                    end_pos=piece.end,
                )
                parse.feed_token(token)
            tree = parse.feed_token(Token.new_borrow_pos("$END", "", token))
        except UnexpectedToken:
            at = token.start_pos or 0
            self.spots.append(Spot(at, "this cannot stand here", "write A & B, A | B or A -B"))
            return None
        part = self._part(tree)
        if not part.is_asking:
            what = "this only excludes; nothing is looked for"
            remedy = "leave ! out" if is_exclusion else "write -Word on a line of its own"
            self.spots.append(Spot(part.start, what, remedy))
        return part.node

    def _part(self, tree: "Tree[Token] | Token") -> _Part:
        if isinstance(tree, Token):
            start = tree.start_pos or 0
            return _Part(self.terms[start], start)
        match tree.data:
            case "either":
                return self._either(self._parts(tree))
            case "both":
                return self._both(self._parts(tree))
            case "near":
                return self._near(tree)
            case _:
                return self._prefixed(tree)

    def _parts(self, tree: "Tree[Token]") -> list[_Part]:
        return [self._part(child) for child in tree.children]

    def _either(self, parts: list[_Part]) -> _Part:
        for part in parts:
            if not part.is_asking:
                what = "an exclusion beside | would fit nearly every article"
                remedy = "write A & !B, or -B on a line of its own"
                self.spots.append(Spot(part.start, what, remedy))
        nodes: list[Node] = []
        for part in parts:
            nodes += part.node.parts if isinstance(part.node, Or) else (part.node,)
        return _Part(Or(tuple(nodes)), parts[0].start)

    def _both(self, parts: list[_Part]) -> _Part:
        nodes: list[Node] = []
        for part in parts:
            nodes += part.node.parts if isinstance(part.node, And) else (part.node,)
        is_asking = any(part.is_asking for part in parts)
        return _Part(And(tuple(nodes)), parts[0].start, is_asking)

    def _near(self, tree: "Tree[Token]") -> _Part:
        left, right = self._part(tree.children[0]), self._part(tree.children[2])
        near = tree.children[1]
        for extra in tree.children[3::2]:
            what = "NEAR joins two terms, not three"
            remedy = "write A NEAR/5 B & B NEAR/5 C"
            at = extra.start_pos if isinstance(extra, Token) else None
            self.spots.append(Spot(at or 0, what, remedy))
        for side in (left, right):
            self._require_place(side, "NEAR", "A NEAR/5 B")
        return _Part(Near(_number(near), left.node, right.node), left.start)

    def _prefixed(self, tree: "Tree[Token]") -> _Part:
        prefix, part = tree.children[0], self._part(tree.children[1])
        start = (prefix.start_pos if isinstance(prefix, Token) else None) or 0
        if tree.data == "at_least":
            self._require_place(part, "ATLEAST", "ATLEAST/3 A")
            return _Part(AtLeast(_number(prefix), part.node), start)
        if tree.data == "only":
            if not part.is_asking:
                self.spots.append(Spot(part.start, "! stands after the prefix", "write !title:A"))
            return _Part(Only(_FIELDS[str(prefix)[:-1].lower()], part.node), start)
        if not part.is_asking:
            self.spots.append(Spot(part.start, "a double negation", "leave both out"))
        return _Part(Not(part.node), start, is_asking=False)

    def _require_place(self, part: _Part, operator: str, example: str) -> None:
        """Say it if an operator that counts places is given something that has none."""
        node = part.node
        if isinstance(node, Term) or (
            isinstance(node, Or) and all(isinstance(each, Term) for each in node.parts)
        ):
            return
        if isinstance(node, Not):
            what, remedy = f"{operator} of an exclusion", f"write !({example})"
        elif isinstance(node, Only):
            what, remedy = f"{operator} of title: or text:", f"write {node.field}:({example})"
        else:
            what = f"{operator} takes a word, a phrase or (A | B)"
            remedy = f"join several with &: {example} & C"
        self.spots.append(Spot(part.start, what, remedy))


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", start="either")


def _number(token: "Tree[Token] | Token") -> int:
    """Return the n of NEAR/n and ATLEAST/n, which the lexer has checked; 1 of a faulty one."""
    digits = str(token).partition("/")[2]
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 4 else 1

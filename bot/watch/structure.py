"""Checks how the pieces of a query stand to each other: every fault of it, not only the first."""

from collections.abc import Set
from dataclasses import dataclass, field

from bot.watch.lexer import Piece
from bot.watch.places import Spot

_DEEPEST = 50
_OPERATORS = frozenset({"AND", "OR", "NEAR"})
_PREFIXES = frozenset({"NOT", "FIELD", "ATLEAST"})
_BETWEEN = "write & (both) or | (either) between them"


@dataclass(slots=True)
class _Open:
    """A parenthesis that is not closed yet, and how many levels it opened with its prefixes."""

    piece: Piece
    levels: int


@dataclass(slots=True)
class Structure:
    """What was seen so far of a query."""

    text: str
    faulty: Set[int]
    """Where the terms begin that could not be read: what touches one belongs to it."""
    is_exclusion: bool = False
    pieces: list[Piece] = field(default_factory=list)
    """The pieces for the parser: `A -B` is `A & !B` here; nothing in them is without meaning."""
    spots: list[Spot] = field(default_factory=list)
    is_sound: bool = True
    """Whether the parser can read the pieces."""
    _open: list[_Open] = field(default_factory=list)
    _last: Piece | None = None
    _prefixes: int = 0
    _depth: int = 0
    _is_too_deep: bool = False

    def check(self, pieces: list[Piece]) -> None:
        """Take in all pieces of a query."""
        for piece in pieces:
            self._take(piece)
            self._last = piece
        if not pieces:
            return
        self._finish()

    def _take(self, piece: Piece) -> None:
        if piece.type == "MINUS":
            self._minus(piece)
        elif piece.type in _OPERATORS:
            self._operator(piece)
        elif piece.type == "RPAR":
            self._close(piece)
        elif piece.type == "NOTHING":
            self.is_sound = False
        else:
            self._begin(piece)

    def _needs_operand(self) -> bool:
        """Whether a term must come next."""
        last = self._last
        return last is None or last.type in _OPERATORS | _PREFIXES | {"MINUS", "LPAR"}

    def _minus(self, piece: Piece) -> None:
        """Take - as "not", and as "and not" after a term."""
        if not self._needs_operand() and self._last and self._last.type != "NOTHING":
            self._add_operator(piece._replace(type="AND"))
        self._prefix(piece._replace(type="NOT"))

    def _operator(self, piece: Piece) -> None:
        if self._needs_operand():
            self._lacks_side(piece)
        self._add_operator(piece)

    def _lacks_side(self, piece: Piece) -> None:
        last = self._last
        if last is None or last.type == "LPAR":
            what = f"{self._name(piece)} has nothing before it"
        else:
            what = f"there is nothing between {self._name(last)} and {self._name(piece)}"
        self._spot(piece, what, "write a word there, or leave the operator out")

    def _add_operator(self, piece: Piece) -> None:
        if self.is_exclusion and not self._open and piece.type != "NEAR":
            what = "it is not clear how far the - at the beginning reaches"
            self._spot(piece, what, "write -(A & B), or -A and -B on lines of their own")
            self.is_exclusion = False
        self._prefixes = 0
        self.pieces.append(piece)

    def _begin(self, piece: Piece) -> None:
        """Take what begins an operand: a term, a prefix, a parenthesis."""
        last = self._last
        if not self._needs_operand() and last and last.type != "NOTHING":
            self.is_sound = False
            touches = last.end == piece.start and last.start in self.faulty
            remedy = "write A & !B, or A -B" if piece.type == "NOT" else _BETWEEN
            if not touches and piece.start not in self.faulty:
                self._spot(piece, "an operator is missing before this", remedy)
        if piece.type in _PREFIXES:
            self._prefix(piece)
        elif piece.type == "LPAR":
            self._deepen(piece, 1)
            self._open.append(_Open(piece, self._prefixes + 1))
            self._depth += self._prefixes + 1
            self._prefixes = 0
            self.pieces.append(piece)
        else:
            self._prefixes = 0
            self.pieces.append(piece)

    def _prefix(self, piece: Piece) -> None:
        if piece.type == "NOT" and self._last and self._last.type in {"NOT", "MINUS"}:
            self._spot(piece, "a double negation", "leave both out")
        self._prefixes += 1
        self._deepen(piece, 0)
        self.pieces.append(piece)

    def _deepen(self, piece: Piece, more: int) -> None:
        if self._depth + self._prefixes + more > _DEEPEST and not self._is_too_deep:
            self._is_too_deep = True
            what = f"this is nested more than {_DEEPEST} levels deep"
            self._spot(piece, what, "write it as several lines")

    def _close(self, piece: Piece) -> None:
        last = self._last
        if not self._open:
            self._spot(piece, "the opening parenthesis is missing", "add it, or remove this one")
            return
        if last and last.type == "LPAR":
            self._spot(
                last, "there is nothing in these parentheses", "write a word, or leave them out"
            )
        elif last and self._needs_operand():
            self._lacks_end(last)
        self._depth -= self._open.pop().levels
        self._prefixes = 0
        self.pieces.append(piece)

    def _lacks_end(self, last: Piece) -> None:
        what = f"{self._name(last)} has nothing after it"
        self._spot(last, what, 'write a word there, or "quotes" around a name')

    def _finish(self) -> None:
        last = self._last
        if last and last.type != "LPAR" and self._needs_operand():
            self._lacks_end(last)
        # What an open quote or / has swallowed may have been meant to close a parenthesis.
        swallowed = self.text[last.start :].count(")") if last and last.type != "RPAR" else 0
        for each in self._open[: len(self._open) - swallowed]:
            self._spot(each.piece, "the closing parenthesis is missing", "add it where it belongs")

    def _name(self, piece: Piece) -> str:
        return self.text[piece.start : piece.end]

    def _spot(self, piece: Piece, what: str, remedy: str) -> None:
        self.is_sound = False
        self.spots.append(Spot(piece.start, what, remedy))

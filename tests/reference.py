"""A slow, obvious matcher, written from what the language means: what the real one must agree with.

Of the house it takes only how words are cut and folded.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.model import Article, Field, Match, Span
from bot.text.fold import fold, plain
from bot.text.rules import Rules
from bot.text.tokens import Token, tokenise, words
from bot.watch.query import And, AtLeast, Near, Node, Not, Only, Or, Term
from bot.watch.watchlist import Settings, Watchlist

BOTH: tuple[Field, ...] = ("title", "text")
RULES = {
    "phrase": "these words, inflected or not",
    "quoted": "exactly these words",
    "exact": "exactly this form",
}


class Place(NamedTuple):
    """Where a term stands, with the numbers of its first and last word."""

    span: Span
    first: int
    last: int


class Reference:
    """Evaluates one list's queries on one article, part by part."""

    def __init__(self, article: Article, rules: Rules, settings: Settings) -> None:
        self._texts: dict[Field, str] = {"title": article.title, "text": article.text}
        self._rules = rules
        self._ignore = settings.ignore

    def spans(self, node: Node, fields: tuple[Field, ...] = BOTH) -> list[Span] | None:
        """Return the places of a query, or None where it does not hold."""
        found: list[Span] | None = None
        match node:
            case Term():
                found = [p.span for field in fields for p in self._places(node, field)] or None
            case And(parts):
                every = [self.spans(part, fields) for part in parts]
                found = None if None in every else [s for spans in every for s in spans or ()]
            case Or(parts):
                every = [self.spans(part, fields) for part in parts]
                if any(spans is not None for spans in every):
                    found = [span for spans in every for span in spans or ()]
            case Not(part):
                found = [] if self.spans(part, fields) is None else None
            case Only(field, part):
                found = self.spans(part, tuple(f for f in fields if f == field))
            case Near(distance, left, right):
                near = (self._near(distance, left, right, field) for field in fields)
                found = [span for spans in near for span in spans] or None
            case AtLeast(times, part):
                places = [p.span for field in fields for p in self._places(part, field)]
                found = places if _most_apart(places) >= times else None
        return found

    def _near(self, distance: int, left: Node, right: Node, field: Field) -> Iterator[Span]:
        for one in self._places(left, field):
            for other in self._places(right, field):
                before, after = sorted((one, other), key=lambda place: place.span.start)
                is_apart = before.span.end <= after.span.start
                if is_apart and after.first - before.last <= distance:
                    yield from (one.span, other.span)

    def _places(self, node: Node, field: Field) -> list[Place]:
        if isinstance(node, Or):
            return [place for part in node.parts for place in self._places(part, field)]
        assert isinstance(node, Term)
        if node.kind in RULES:
            return list(self._in_a_row(node, field))
        return list(self._tokens(node, field))

    def _tokens(self, term: Term, field: Field) -> Iterator[Place]:
        number = 0
        for token in tokenise(self._texts[field]):
            count = len(token.parts) if token.is_hyphenated else 1
            if (why := self._why(term, token)) is not None:
                span = Span(field, token.start, token.end, token.text, why)
                yield Place(span, number, number + count - 1)
            number += count

    def _why(self, term: Term, token: Token) -> str | None:
        forms = [fold(form.text) for form in (token, *token.parts)]
        (wanted,) = term.words
        if term.kind == "beginning":
            found = any(form.startswith(fold(wanted)) for form in forms)
            return f"begins with the letters {wanted}" if found else None
        if term.kind == "ending":
            found = any(form.endswith(fold(wanted)) for form in forms)
            return f"ends with the letters {wanted}" if found else None
        relation = self._rules.relation(wanted, token.text)
        if relation is None or self._is_ignored(wanted, token):
            return None
        return f"{relation} {wanted}"

    def _is_ignored(self, keyword: str, token: Token) -> bool:
        if self._is_any_ignored(token.text):
            return True
        if not token.is_hyphenated:
            return False
        counting = [p for p in token.parts if self._rules.relation(keyword, p.text) is not None]
        return bool(counting) and all(self._is_any_ignored(part.text) for part in counting)

    def _is_any_ignored(self, word: str) -> bool:
        return any(self._rules.inflection(form, word) for form in self._ignore)

    def _in_a_row(self, term: Term, field: Field) -> Iterator[Place]:
        wanted = [w.text for written in term.words for w in words(tokenise(written))]
        text = self._texts[field]
        there = words(tokenise(text))
        for at in range(len(there) - len(wanted) + 1):
            row = there[at : at + len(wanted)]
            if row and all(map(self._is_same, [term.kind] * len(row), wanted, row)):
                start, end = row[0].start, row[-1].end
                span = Span(field, start, end, text[start:end], RULES[term.kind])
                yield Place(span, at, at + len(row) - 1)

    def _is_same(self, kind: str, wanted: str, word: Token) -> bool:
        if kind == "exact":
            return plain(wanted) == plain(word.text)
        if kind == "quoted":
            return fold(wanted) == fold(word.text)
        return self._rules.inflection(wanted, word.text)


def matches(watchlists: Sequence[Watchlist], article: Article, rules: Rules) -> tuple[Match, ...]:
    """Return what `Matcher.match` is to return."""
    found: list[Match] = []
    for each in watchlists:
        reference = Reference(article, rules, each.settings)
        if any(reference.spans(query.node) is not None for query in each.exclusions):
            continue
        for query in each.queries:
            spans = reference.spans(query.node)
            if spans is not None:
                ordered = sorted(set(spans), key=lambda s: (s.field == "text", *s))
                found.append(Match(each.name, query.text, query.line, tuple(ordered)))
    return tuple(found)


def _most_apart(spans: list[Span]) -> int:
    """Return the size of the largest set of places that do not overlap, trying them all."""
    ordered = sorted(set(spans), key=lambda span: (span.field, span.end, span.start))
    best: list[int] = []
    for at, span in enumerate(ordered):
        before = [
            best[other]
            for other in range(at)
            if (ordered[other].field != span.field) or ordered[other].end <= span.start
        ]
        best.append(1 + max(before, default=0))
    return max(best, default=0)


def is_in_order(found: Sequence[Match]) -> bool:
    """Return whether the spans of every match stand in order, the title's first."""
    return all(
        (a.field == "text", a.start, a.end) <= (b.field == "text", b.start, b.end)
        for match in found
        for a, b in pairwise(match.spans)
    )

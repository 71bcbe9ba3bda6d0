"""Says what an article lacks for a query: in words, for people who wonder why no alert came."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.model import Article, Field, Span
from bot.text.fold import fold
from bot.text.tokens import tokenise, words
from bot.watch.matcher import Matcher
from bot.watch.printing import show
from bot.watch.query import And, AtLeast, Near, Node, Not, Only, Or, Term
from bot.watch.segment import RulesFor
from bot.watch.watchlist import Query, Watchlist

_MOST_WORDS = 3
# The share of a keyword's letters, and their number, that a word must have to be mentioned.
_ALIKE, _FEWEST = 0.6, 4


# What goes between a word and its rule; before any other rule "is".
_VERBS = {
    "inflected form of": "is an",
    "adjective of": "is the",
    "inhabitant of": "is an",
    "begins with": "",
    "ends with": "",
    "contains": "",
    "matches": "",
}


def sentence(span: Span) -> str:
    """Return why a place counts, in English: 'nordkoreanische' is the adjective of Nordkorea."""
    verb = next((v for rule, v in _VERBS.items() if span.rule.startswith(rule)), "is")
    return " ".join(filter(None, (f"'{span.text}'", verb, span.rule)))


@dataclass(frozen=True, slots=True)
class Missing:
    """A line that does not hold, or that would hold but for another."""

    query: Query
    reasons: tuple[str, ...]
    """English sentences without a full stop."""
    is_near: bool = True
    """Something of it is there, or something like it."""


def why_not(watchlist: Watchlist, article: Article, rules: RulesFor) -> tuple[Missing, ...]:
    """Return for each line of a watchlist that does not alert what stands against it.

    Args:
        watchlist: One list, or a query of its own.
        article: The text in question.
        rules: Returns the rules of a language by its code.
    """
    asked = _Asked(watchlist, article, rules)
    vetoes = [
        f"line {each.line} ({each.text}) excludes it, for '{spans[0].text}'"
        for each in watchlist.exclusions
        if (spans := asked.spans(each.node))
    ]
    found = []
    for query in watchlist.queries:
        reasons = vetoes if asked.holds(query.node) else list(asked.reasons(query.node))
        if reasons:
            found.append(
                Missing(query, tuple(dict.fromkeys(reasons)), _is_near(query.node, reasons))
            )
    return tuple(found)


def _is_near(node: Node, reasons: Sequence[str]) -> bool:
    plain = [each for each in reasons if each.startswith("there is no ") and "; " not in each]
    return len(plain) < len(reasons) or len(plain) < _terms(node)


def _terms(node: Node) -> int:
    """Return how many words a query has."""
    match node:
        case And(parts) | Or(parts):
            return sum(map(_terms, parts))
        case Near():
            return _terms(node.left) + _terms(node.right)
        case AtLeast(_, part) | Only(_, part):
            return _terms(part)
        case Not():
            return 0
        case _:
            return 1


class _Asked:
    """An article that parts of queries are asked about, one at a time. Slow, and for one thread."""

    def __init__(self, watchlist: Watchlist, article: Article, rules: RulesFor) -> None:
        self._watchlist = watchlist
        self._article = article
        self._rules = rules
        self._texts = {"title": article.title, "text": article.text}
        self._tokens = {name: tokenise(text) for name, text in self._texts.items()}
        self._starts = {
            name: [word.start for word in words(tokens)] for name, tokens in self._tokens.items()
        }

    def holds(self, node: Node) -> bool:
        """Return whether a part of a query holds on its own."""
        if isinstance(node, Not):
            return not self.holds(node.part)
        return bool(self.spans(node))

    def spans(self, node: Node) -> Sequence[Span]:
        """Return the places of what is required, if it holds."""
        alone = Watchlist("", (Query("", 1, node),), (), self._watchlist.settings, "")
        matches = Matcher([alone], self._rules).match(self._article)
        return matches[0].spans if matches else ()

    def reasons(self, node: Node) -> Iterator[str]:
        """Yield what is missing for a part that does not hold."""
        match node:
            case Term():
                yield self._missing(node)
            case And(parts):
                for part in parts:
                    if not self.holds(part):
                        yield from self.reasons(part)
            case Or(parts):
                for part in parts:
                    yield from self.reasons(part)
            case Not(part):
                excluded = self.spans(part)[0].text
                yield f"there is '{excluded}', which {show(node)} excludes"
            case _:
                yield from self._of_a_place(node)

    def _of_a_place(self, node: Near | AtLeast | Only) -> Iterator[str]:
        """Yield what is missing where it matters where, or how often, something stands."""
        match node:
            case Near():
                yield from self._not_near(node)
            case AtLeast(times, part):
                yield from self._too_few(times, part)
            case Only(field, part):
                yield from self._not_in(field, part)

    def _not_in(self, field: Field, part: Node) -> Iterator[str]:
        other: Field = "title" if field == "text" else "text"
        if self.spans(Only(other, part)) and field == "title":
            yield f"{show(part)} is in the text, but the query wants it in the title"
        elif self.spans(Only(other, part)):
            yield f"{show(part)} is in the title, but the query wants it in the text"
        elif missing := list(self.reasons(part)):
            yield from missing
        elif field == "title":
            yield f"not all of {show(part)} is in the title"
        else:
            yield f"not all of {show(part)} is in the text"

    def _missing(self, term: Term) -> str:
        what = f"there is no {show(term)}"
        alike = self._alike(term)
        if not alike:
            return what
        if len(alike) == 1:
            return f"{what}; '{alike[0]}' is another word"
        return f"{what}; other words are {', '.join(alike)}"

    def _alike(self, term: Term) -> list[str]:
        """Return words that look like one of a term's, the most alike first."""
        if term.kind == "regex":
            return []
        looks: dict[str, int] = {}
        words = [fold(word) for word in term.words]
        # "und" is nothing like Kim Jong Un, though it has the last of these words in it.
        keywords = [word for word in words if len(word) >= _FEWEST] or words
        for token in [*self._tokens["title"], *self._tokens["text"]]:
            folded = fold(token.text)
            shared = max(_shared(keyword, folded) for keyword in keywords)
            if shared:
                looks.setdefault(token.text, shared)
        return sorted(looks, key=lambda word: -looks[word])[:_MOST_WORDS]

    def _not_near(self, node: Near) -> Iterator[str]:
        sides = (node.left, node.right)
        missing = [side for side in sides if not self.holds(side)]
        for side in missing:
            yield from self.reasons(side)
        if missing:
            return
        left, right = (show(side) for side in sides)
        wanted = f"{left} is wanted within {node.distance} words of {right}"
        if node.distance == 1:
            wanted = f"{left} is wanted next to {right}"
        nearest = self._nearest(self.spans(node.left), self.spans(node.right))
        if nearest is None:
            yield f"{wanted}; one is in the title, the other in the text"
        elif nearest < 1:
            yield f"{wanted}; both are the same word"
        else:
            yield f"{wanted}; the nearest was {nearest} words away"

    def _nearest(self, left: Sequence[Span], right: Sequence[Span]) -> int | None:
        apart = []
        for one in left:
            for other in right:
                if one.field == other.field:
                    (a, b), (c, d) = self._numbers(one), self._numbers(other)
                    apart.append(max(c - b, a - d))
        return min(apart, default=None)

    def _numbers(self, span: Span) -> tuple[int, int]:
        starts = self._starts[span.field]
        return bisect_right(starts, span.start) - 1, bisect_right(starts, span.end - 1) - 1

    def _too_few(self, times: int, part: Node) -> Iterator[str]:
        found = len(self.spans(part))
        if not found:
            yield from self.reasons(part)
        elif found == 1:
            yield f"{show(part)} is wanted {times} times; it is there once"
        elif found < times:  # otherwise enough are there, but not all in one field
            yield f"{show(part)} is wanted {times} times; it is there {found} times"


def _shared(keyword: str, word: str) -> int:
    """Return how many letters of a keyword stand in a row in a word; 0: too few to be alike."""
    most = 0
    for start in range(len(keyword)):
        while start + most < len(keyword) and keyword[start : start + most + 1] in word:
            most += 1
    return most if most >= max(_ALIKE * len(keyword), min(_FEWEST, len(keyword))) else 0

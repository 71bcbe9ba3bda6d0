"""Compares queries: which are the same, which hold whenever another does, which never hold.

Simple reasoning that never errs, but does not see everything.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Iterator, Mapping, Sequence

from bot.watch.query import And, AtLeast, Kind, Near, Node, Not, Only, Or, Term
from bot.watch.watchlist import Query

_OF_WORDS = frozenset[Kind]({"exact", "quoted", "phrase"})
_SURELY_OF_WORDS = frozenset[Kind]({"exact", "phrase"})
"""Quotes take words in small letters, too, where a noun is meant: "Reis" finds reis."""
Claim = Hashable
"""A query without regard to the order of its parts: equal claims mean the same."""


def claim(node: Node) -> Claim:
    """Return what a query claims."""
    match node:
        case And(parts) | Or(parts):
            return type(node), frozenset(map(claim, parts))
        case Near(distance, left, right):
            return Near, distance, frozenset({claim(left), claim(right)})
        case Not(part):
            return Not, claim(part)
        case Only(field, part):
            return Only, field, claim(part)
        case AtLeast(times, part):
            return AtLeast, times, claim(part)
    return node


def holds(node: Node, kinds: frozenset[Kind] = _OF_WORDS) -> set[Claim]:
    """Return claims that are true whenever a query holds, its own among them.

    Args:
        node: The query.
        kinds: Of the terms that are thought to hold only where their words do.
    """
    found = {claim(node)}
    match node:
        case Term():
            found |= _of_term(node, kinds)
        case And(parts):
            found.update(*(holds(part, kinds) for part in parts))
        case Or(parts):
            found |= set.intersection(*(holds(part, kinds) for part in parts))
        case Near(_, left, right):
            found |= holds(left, kinds) | holds(right, kinds)
        case AtLeast(_, part):
            found |= holds(part, kinds)
        case Only(field, part) if not _excludes(part):
            # What the title lacks, the text may have: that would be another claim.
            inner = holds(part, kinds)
            found |= inner | {(Only, field, each) for each in inner}
    return found


def contradicts(node: Node, field: str = "") -> bool:
    """Return whether a query can never hold.

    Args:
        node: The query.
        field: The field in which alone it is looked for; empty: any.
    """
    match node:
        case And(parts):
            wanted = [part for part in parts if not isinstance(part, Not)]
            asked = set[Claim]().union(*map(holds, wanted))
            denied = [part.part for part in parts if isinstance(part, Not)]
            return any(asked & _enough(part) for part in denied) or any(
                contradicts(part, field) for part in wanted
            )
        case Or(parts):
            return all(contradicts(part, field) for part in parts)
        case Near(_, left, right):
            return contradicts(left, field) or contradicts(right, field)
        case AtLeast(_, part):
            return contradicts(part, field)
        case Only(inner, part):
            return bool(field and field != inner) or contradicts(part, inner)
    return False


class Lines:
    """The queries of one list, to be found by what they claim."""

    def __init__(self, queries: Sequence[Query], *, strictly: bool = False) -> None:
        """Take the queries in, in time that grows with their number.

        Args:
            queries: Of the list.
            strictly: Whether no words are taken for granted where quotes or a phrase have them.
        """
        self._kinds = frozenset[Kind]() if strictly else _SURELY_OF_WORDS
        self._gone: set[int] = set()
        self._same: defaultdict[Claim, deque[Query]] = defaultdict(deque)
        self._single: defaultdict[Claim, deque[Query]] = defaultdict(deque)
        self._joint: defaultdict[Claim, list[tuple[frozenset[Claim], Query]]] = defaultdict(list)
        joint: list[tuple[frozenset[Claim], Query]] = []
        for query in queries:
            self._same[claim(query.node)].append(query)
            for way in _ways(query.node):
                self._single[claim(way)].append(query)
                if isinstance(way, And):
                    joint.append((frozenset(map(claim, way.parts)), query))
        numbers = Counter(each for claims, _ in joint for each in claims)
        for claims, query in joint:
            # By its rarest claim, so that no entry becomes long.
            self._joint[min(claims, key=lambda each: numbers[each])].append((claims, query))

    def drop(self, query: Query) -> None:
        """Go on as if the list had this line no more."""
        self._gone.add(query.line)

    def twin(self, query: Query) -> Query | None:
        """Return the first line that is the same, if that is another one."""
        first = next(self._there(self._same, claim(query.node)), None)
        return first if first and first.line != query.line else None

    def covers(self, query: Query) -> tuple[Query, ...]:
        """Return other lines, not the same, one of which holds whenever this one does.

        One alone may not be enough: `A | B` is covered by the lines `A` and `B` together, and by
        neither of them. Empty: there are no such lines.
        """
        found = [self._cover(holds(way, self._kinds), query) for way in _ways(query.node)]
        together = {each.line: each for each in found if each}
        return tuple(together.values()) if all(found) else ()

    def _cover(self, known: set[Claim], query: Query) -> Query | None:
        own = claim(query.node)

        def may(other: Query) -> bool:
            return other.line != query.line and claim(other.node) != own

        for each in known:
            if single := next(filter(may, self._there(self._single, each)), None):
                return single
            for claims, joint in self._joint.get(each, ()):
                if joint.line not in self._gone and claims <= known and may(joint):
                    return joint
        return None

    def _there(self, known: Mapping[Claim, deque[Query]], one: Claim) -> Iterator[Query]:
        """Yield the lines that have a claim, without those that were dropped."""
        lines = known.get(one, deque())
        # Once and for all: whoever drops many lines that claim the same must not pass them again.
        while lines and lines[0].line in self._gone:
            lines.popleft()
        return (each for each in lines if each.line not in self._gone)


def is_covered(query: Query, lines: Sequence[Query], *, strictly: bool = False) -> bool:
    """Return whether one of a list's lines holds whenever a query from elsewhere does.

    Args:
        query: From elsewhere.
        lines: Of the list.
        strictly: As of `Lines`.
    """
    elsewhere, known = query._replace(line=0), Lines(lines, strictly=strictly)
    return bool(known.twin(elsewhere) or known.covers(elsewhere))


def _ways(node: Node) -> tuple[Node, ...]:
    """Return the parts each of which is enough for a query to hold."""
    return node.parts if isinstance(node, Or) else (node,)


def _excludes(node: Node) -> bool:
    match node:
        case Not():
            return True
        case And(parts) | Or(parts):
            return any(map(_excludes, parts))
        case Only(_, part):
            return _excludes(part)
    return False


def _enough(node: Node) -> set[Claim]:
    """Return claims each of which is enough for a query to hold."""
    return {claim(node), *map(claim, _ways(node))}


def _of_term(term: Term, kinds: frozenset[Kind]) -> set[Claim]:
    """Exact words are quoted ones, these are a phrase or a word, a phrase has its words."""
    words, found = term.words, set[Claim]()
    if term.kind == "exact":
        found.add(Term("quoted", words))
    if term.kind in kinds:
        found.add(Term("word" if len(words) == 1 else "phrase", words))
        found.update(Term("word", (word,)) for word in words)
    return found

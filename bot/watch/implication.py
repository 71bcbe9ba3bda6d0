"""Compares queries: which are the same, which hold whenever another does, which never hold.

Simple reasoning that never errs, but does not see everything.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence

from bot.watch.query import And, AtLeast, Near, Node, Not, Only, Or, Term
from bot.watch.watchlist import Query

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


def holds(node: Node) -> set[Claim]:
    """Return claims that are true whenever a query holds, its own among them."""
    found = {claim(node)}
    match node:
        case Term():
            found |= _of_term(node)
        case And(parts):
            found.update(*map(holds, parts))
        case Or(parts):
            found |= set.intersection(*map(holds, parts))
        case Near(_, left, right):
            found |= holds(left) | holds(right)
        case AtLeast(_, part):
            found |= holds(part)
        case Only(field, part) if not _excludes(part):
            # What the title lacks, the text may have: that would be another claim.
            inner = holds(part)
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

    def __init__(self, queries: Sequence[Query]) -> None:
        """Take the queries in, in time that grows with their number."""
        self._first: dict[Claim, Query] = {}
        self._single: dict[Claim, Query] = {}
        self._joint: defaultdict[Claim, list[tuple[frozenset[Claim], Query]]] = defaultdict(list)
        joint: list[tuple[frozenset[Claim], Query]] = []
        for query in queries:
            self._first.setdefault(claim(query.node), query)
            for way in query.node.parts if isinstance(query.node, Or) else (query.node,):
                self._single.setdefault(claim(way), query)
                if isinstance(way, And):
                    joint.append((frozenset(map(claim, way.parts)), query))
        numbers = Counter(each for claims, _ in joint for each in claims)
        for claims, query in joint:
            # By its rarest claim, so that no entry becomes long.
            self._joint[min(claims, key=lambda each: numbers[each])].append((claims, query))

    def twin(self, query: Query) -> Query | None:
        """Return the first line that is the same, if that is another one."""
        first = self._first.get(claim(query.node))
        return first if first and first.line != query.line else None

    def cover(self, query: Query) -> Query | None:
        """Return another line, not the same, that holds whenever this one does."""
        ways = query.node.parts if isinstance(query.node, Or) else (query.node,)
        covers = [self._cover(holds(way), query) for way in ways]
        return covers[0] if all(covers) else None

    def _cover(self, known: set[Claim], query: Query) -> Query | None:
        own = claim(query.node)
        for each in known:
            single = self._single.get(each)
            if single and single.line != query.line and claim(single.node) != own:
                return single
            for claims, joint in self._joint.get(each, ()):
                if joint.line != query.line and claims <= known and claim(joint.node) != own:
                    return joint
        return None


def is_covered(query: Query, lines: Sequence[Query]) -> bool:
    """Return whether one of some lines holds whenever a query from elsewhere does."""
    elsewhere, known = query._replace(line=0), Lines(lines)
    return bool(known.twin(elsewhere) or known.cover(elsewhere))


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
    ways = node.parts if isinstance(node, Or) else ()
    return {claim(node), *map(claim, ways)}


def _of_term(term: Term) -> set[Claim]:
    """Exact words are quoted ones, these are a phrase or a word, a phrase has its words."""
    words, found = term.words, set[Claim]()
    if term.kind == "exact":
        found.add(Term("quoted", words))
    if term.kind in {"exact", "quoted"}:
        found.add(Term("word" if len(words) == 1 else "phrase", words))
    if term.kind in {"exact", "quoted", "phrase"}:
        found.update(Term("word", (word,)) for word in words)
    return found

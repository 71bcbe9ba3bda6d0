"""What could be changed in a watchlist, by what it brought in and what people say against it.

All that is proposed narrows: a changed list finds nothing that the list does not find. What each
change would do is tried elsewhere (`bot.watch.trial`).
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from bot.errors import WatchlistError
from bot.model import FoundArticle
from bot.text.fold import fold
from bot.text.german import relations
from bot.text.stems import frequent
from bot.text.tokens import Token, tokenise
from bot.watch.companions import Elsewhere, companions, mentions
from bot.watch.diagnosis import ENOUGH, Diagnosis
from bot.watch.edits import Add, Edit, Ignore, Replace, applied
from bot.watch.language import parse
from bot.watch.printing import show
from bot.watch.proposals import proposals
from bot.watch.query import And, Near, Term
from bot.watch.segment import RulesFor
from bot.watch.tally import FormCount, LineCount, Seen
from bot.watch.watchlist import Query, Watchlist

MOST, LARGE, FEW = 24, 1_000, 4
"""Changes that are tried; of a list of so many lines, which takes long to read, a few."""
FEWEST = 2
"""Events that a form must have brought alone, or a phrase must be in, to be proposed."""
HALF = 0.5
_FORMS, _WORDS, _ARTICLES = 4, 6, 5
_NEAR = 10
_PHRASE = 0.3
"""The share of a word's events that a phrase around it must have to be proposed."""
_FEWEST_UNWANTED, _UNWANTED_SURE = 2, 6.6
"""For a word of the false alarms: they are few, so that less must do."""

Why = Literal[
    "unwanted_form", "surprising_form", "unwanted_word", "excluded", "loud", "superfluous"
]


class Remedy(NamedTuple):
    """A change that may help."""

    edit: Edit
    why: Why


@dataclass(frozen=True, slots=True)
class Evidence:
    """What people have said against a list."""

    excluded: Sequence[str] = ()
    """Lines that chats exclude from it."""
    may_ignore: bool = True
    """Whether the list can have settings: a chat's own cannot."""


def remedies(
    watchlist: Watchlist,
    seen: Sequence[Seen],
    found: Diagnosis,
    evidence: Evidence,
    rules: RulesFor,
) -> list[Remedy]:
    """Return what is worth trying, what is surest to help first; all of it can be read.

    Args:
        watchlist: the list.
        seen: what it brought in.
        found: what there is to say of it.
        evidence: what people have said.
        rules: returns the rules of a language by its code.
    """
    wanted = [
        *(Remedy(Add(f"-{_operand(line)}"), "excluded") for line in evidence.excluded),
        *_forms(found, evidence),
        *_words(seen, rules),
        *(
            Remedy(Replace(each.query.line, each.query.text, ""), "superfluous")
            for each in found.implied
        ),
        *_lines(seen, found),
    ]
    tried = list(dict.fromkeys(wanted))[: MOST if len(watchlist.queries) <= LARGE else FEW]
    return [each for each in tried if changed(watchlist, each.edit) is not None]


def changed(watchlist: Watchlist, edit: Edit) -> Watchlist | None:
    """Return a list after a change; None: it cannot be made, or what comes of it is no list."""
    source = applied(watchlist.source, edit)
    if source is None or source == watchlist.source:
        return None
    try:
        made = parse(source, "", watchlist.name)
    except WatchlistError:
        return None
    return made if made.queries else None


def _operand(line: str) -> str:
    return line if len(line.split()) == 1 else f"({line})"


def _forms(found: Diagnosis, evidence: Evidence) -> Iterator[Remedy]:
    unwanted = [each for each in found.unwanted_forms if 2 * each.unwanted >= each.events]
    surprising = [each for each in found.surprising if each.alone >= FEWEST]
    queries = {each.query.line: each.query for each in found.tally.lines}
    both: tuple[tuple[Why, list[FormCount]], ...] = (
        ("unwanted_form", unwanted),
        ("surprising_form", surprising),
    )
    for why, chosen in both:
        for each in chosen[:_FORMS]:
            if not _is_own_word(each, queries):
                edit = Ignore(each.text) if evidence.may_ignore else Add(f'-"{each.text}"')
                yield Remedy(edit, why)


def _is_own_word(form: FormCount, queries: dict[int, Query]) -> bool:
    """Whether a line would find nothing more without this form: it is the word itself."""
    ordinary = form.rule.startswith((relations.ITSELF, relations.INFLECTED))
    return ordinary or " " in form.text or any(queries[n].text == form.text for n in form.lines)


def _words(seen: Sequence[Seen], rules: RulesFor) -> Iterator[Remedy]:
    """Yield exclusions of words that the false alarms have, and the others have not."""
    unwanted, others = _by_event(seen, unwanted=True), _by_event(seen, unwanted=False)
    if not unwanted:
        return
    ours, theirs = mentions(unwanted, _FEWEST_UNWANTED), mentions(others, 1)
    elsewhere = {key[0]: count for key, count in theirs.counts.items() if len(key) == 1}
    for each in companions(ours, Elsewhere(len(others), elsewhere), _UNWANTED_SURE)[:_WORDS]:
        yield Remedy(Add(f"-{_operand(each.text)}"), "unwanted_word")
    for event in unwanted[:_ARTICLES]:
        for line in proposals(event[0].article, event[0].matches, rules)[:2]:
            yield Remedy(Add(f"-{line}"), "unwanted_word")


def _by_event(seen: Sequence[Seen], *, unwanted: bool) -> list[list[FoundArticle]]:
    no_good = {each.event for each in seen if each.unwanted}
    events: defaultdict[Hashable, list[FoundArticle]] = defaultdict(list)
    for each in seen:
        if (each.event in no_good) == unwanted:
            events[each.event].append(each.found)
    return list(events.values())


def _lines(seen: Sequence[Seen], found: Diagnosis) -> Iterator[Remedy]:
    """Yield narrower ways to write the lines that bring the most, or much that is not wanted."""
    loud = [each for each in found.tally.lines if each.events >= ENOUGH]
    loud = [each for each in loud if each.events >= HALF * found.tally.events]
    # With a line that finds all of another one narrowed, that other one would not be superfluous.
    relied = {by.line for each in found.implied for by in (each.by, *each.more)}
    for each in dict.fromkeys((*found.unwanted[:2], *loud)):
        if each.query.line in relied:
            continue
        for line in _narrower(each, seen):
            query = each.query
            yield Remedy(Replace(query.line, query.text, line), "loud")


def _narrower(line: LineCount, seen: Sequence[Seen]) -> Iterator[str]:
    match line.query.node:
        case Term(kind, words) as term if kind in {"word", "phrase"}:
            if kind == "word" and (phrase := _phrase(line, seen)):
                yield phrase
            yield f"title:{show(term)}" if len(words) == 1 else f"title:({show(term)})"
            yield f"ATLEAST/2 {show(term)}"
        case And((Term() as one, Term() as other)):
            yield show(Near(_NEAR, one, other))


def _phrase(line: LineCount, seen: Sequence[Seen]) -> str:
    """Return the name of two words that a word is mostly part of; empty: there is no such."""
    events: defaultdict[tuple[str, str], set[Hashable]] = defaultdict(set)
    written: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for each in seen:
        for name in _names(each.found, line.query.line):
            key = (fold(name[0].text), fold(name[1].text))
            events[key].add(each.event)
            written[key][f"{name[0].text} {name[1].text}"] += 1
    best = max(events, key=lambda key: (len(events[key]), key), default=None)
    if best is None or len(events[best]) < max(FEWEST, _PHRASE * line.events):
        return ""
    return written[best].most_common(1)[0][0]


def _names(found: FoundArticle, line: int) -> Iterator[tuple[Token, Token]]:
    """Yield the places of a line's word with the name beside it."""
    spans = [span for match in found.matches if match.line == line for span in match.spans]
    for field_, text in (("title", found.article.title), ("text", found.article.text)):
        starts = {span.start for span in spans if span.field == field_}
        tokens = tokenise(text) if starts else []
        for one, other in pairwise(tokens):
            is_beside = other.start - one.end == 1 and text[one.end].isspace()
            if is_beside and {one.start, other.start} & starts and _may_join(one, other, starts):
                yield one, other


def _may_join(one: Token, other: Token, starts: set[int]) -> bool:
    beside = other if one.start in starts else one
    common = frequent("de") | frequent("en")
    return beside.text[0].isupper() and fold(beside.text) not in common

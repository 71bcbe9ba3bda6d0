"""What reading an entry came to, beside what had come of it before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.counts import Counts
from bot.model import Article, Match
from bot.store.entries import Before, Done, Waiting
from bot.watch.personal import is_exclusion


@dataclass(frozen=True, slots=True)
class Read:
    """An entry that was read, with what was found in it."""

    entry: Waiting
    article: Article
    matches: tuple[Match, ...]
    done: Done
    whole: tuple[Match, ...] = ()
    """Of a ticker that was read before, whose `matches` are of what is new: those of all of it."""
    grows: bool = False
    exclusions: frozenset[str] = frozenset()
    """What single chats exclude, and holds here: see `bot.watch.personal`."""


def set_apart(read: Read) -> Read:
    """Return a reading in which the exclusions of single chats are no longer among the matches."""
    names = lists_of((*read.matches, *read.whole))
    exclusions = frozenset(name for name in names if is_exclusion(name))
    if not exclusions:
        return read
    matches, whole = (
        tuple(match for match in each if match.watchlist not in exclusions)
        for each in (read.matches, read.whole)
    )
    return replace(read, matches=matches, whole=whole, exclusions=exclusions)


def lists_of(matches: Sequence[Match]) -> frozenset[str]:
    """Return the watchlists that match."""
    return frozenset(match.watchlist for match in matches)


def says_more(read: Read, before: Before | None) -> bool:
    """Tell whether the page was read now, and before only what the feed says of it."""
    teased = before is not None and before.text_from in {"feed", "title"}
    return teased and read.article.text_from == "page"


def is_worse(read: Read, before: Before | None, known: frozenset[str] | None) -> bool:
    """Tell whether the page was read once, and is now only a teaser without news in it."""
    if before is None or before.text_from != "page" or read.article.text_from == "page":
        return False
    read_again = read.done.again is not None or read.entry.attempts > 0
    return read_again and lists_of(read.matches) <= (known or frozenset())


def sees_less(read: Read, before: Before | None) -> bool:
    """Tell whether something of a page that was read is out of sight now, and not taken back.

    Of a ticker old paragraphs go as new ones come; or only a teaser is left of the page, whose text
    may be gone.
    """
    if before is None or before.text_from not in {"page", "gone"}:
        return False
    return read.grows or read.article.text_from != "page"


def all_matches(read: Read, known: frozenset[str], earlier: Sequence[Match]) -> tuple[Match, ...]:
    """Return the matches, with those of a ticker's earlier paragraphs that were found there.

    Args:
        read: what was read.
        known: the watchlists that matched before, or were decided on.
        earlier: the matches of a reading that saw more: where nothing of their list is found, they
            hold still, but there is no place to show for them.
    """
    left = known - lists_of(read.matches)
    found = (*read.matches, *(match for match in read.whole if match.watchlist in left))
    lists = lists_of(found)
    return (*found, *(m._replace(spans=()) for m in earlier if m.watchlist not in lists))


def count(counts: Counts, read: Sequence[Read], matched: Sequence[frozenset[str]]) -> None:
    """Count what was read and written down.

    Args:
        counts: what is counted so far.
        read: what was read; that its entry was found counts the first time.
        matched: of each article the lists that it had not matched before.
    """
    for entry in (each.entry for each in read):
        is_first = not entry.attempts and not entry.changes
        if is_first and not entry.old and entry.published < entry.seen:
            counts.discovery.add(entry.seen - entry.published)
    for lists in matched:
        counts.matched(lists)

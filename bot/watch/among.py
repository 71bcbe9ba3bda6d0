"""Warns of what will surprise in a watchlist beside what else there is: other lists, and feeds."""

import re
from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches
from typing import NamedTuple, Protocol

from bot.text.fold import INVISIBLE
from bot.watch.language import lines
from bot.watch.places import Spot
from bot.watch.watchlist import Watchlist

_MOST_NAMED = 10
_ANYBODY = {"all", "admins"}


class Outlet(Protocol):
    """A feed, as far as a list can keep to it."""

    @property
    def name(self) -> str:
        """What it is called; empty: nobody knows yet."""

    @property
    def tags(self) -> Sequence[str]:
        """What it is tagged with."""


class Around(NamedTuple):
    """What there is beside a list."""

    lists: Sequence[Watchlist] = ()
    """Other lists; one of the same name is the list itself."""
    feeds: Sequence[Outlet] = ()
    """Empty: they are not known."""


ALONE = Around()


def among(watchlist: Watchlist, around: Around) -> Iterator[tuple[int, Spot]]:
    """Yield warnings with their lines; those of a line 0 are about the list as a whole."""
    yield from _namesakes(watchlist, around.lists)
    if around.feeds:
        yield from _strangers(watchlist, around.feeds)


def line_of(watchlist: Watchlist, setting: str) -> int:
    """Return the number of the line that has a setting, given without its @; 0 for none."""
    return _place(watchlist, setting, "")[0]


def _namesakes(watchlist: Watchlist, others: Sequence[Watchlist]) -> Iterator[tuple[int, Spot]]:
    label = watchlist.label.casefold()
    for other in others:
        is_other = other.name != watchlist.name and other.label.casefold() == label
        if is_other and _have_readers_in_common(watchlist, other):
            line, at = _place(watchlist, "label", watchlist.label)
            what = f"{other.name}.txt is called {watchlist.label}, too"
            yield line, Spot(at, what, "give one of the two another @label")


def _have_readers_in_common(one: Watchlist, other: Watchlist) -> bool:
    seen, also = set(one.settings.visible), set(other.settings.visible)
    return bool(_ANYBODY & (seen | also) or seen & also)


def _strangers(watchlist: Watchlist, feeds: Sequence[Outlet]) -> Iterator[tuple[int, Spot]]:
    """Find names and tags that no feed has; a feed without a name may yet have any."""
    wanted, names = watchlist.settings, {feed.name for feed in feeds}
    tags = {tag for feed in feeds for tag in feed.tags}
    no_feeds = [] if "" in names else _missing(wanted.feeds, names)
    no_tags = _missing(wanted.tags, tags)
    left = len(wanted.feeds) + len(wanted.tags)
    for setting, written in (*(("feeds", n) for n in no_feeds), *(("tags", t) for t in no_tags)):
        left -= 1
        said = f"no feed is called {written}"
        if setting == "tags":
            said = f"no feed has the tag {written}"
        what = said if left else f"{said}, so this list never alerts"
        line, at = _place(watchlist, setting, written)
        yield line, Spot(at, what, _nearest(written, names if setting == "feeds" else tags))


def _missing(wanted: Sequence[str], known: Collection[str]) -> list[str]:
    folded = {each.casefold() for each in known}
    return [each for each in wanted if each.casefold() not in folded]


def _nearest(written: str, known: Collection[str]) -> str:
    by_form = {each.casefold(): each for each in sorted(known)}
    form = written.casefold()
    near = [each for each in by_form if form in each] or get_close_matches(form, by_form, n=1)
    if near:
        return f"did you mean {by_form[near[0]]}?"
    if not known:
        return "feeds get their tags in config.toml"
    names = ", ".join(list(by_form.values())[:_MOST_NAMED])
    return f"known are {names}{', …' if len(by_form) > _MOST_NAMED else ''}"


def _place(watchlist: Watchlist, setting: str, value: str) -> tuple[int, int]:
    """Return the line of a setting, and where in it a value stands; (0, 0) where it is not set."""
    begins = re.compile(rf"(?i)[\s{INVISIBLE}]*@{setting}(?!\S)\s*")
    for number, line in enumerate(lines(watchlist.source), start=1):
        if found := begins.match(line):
            there = re.search(rf"(?<![^,;\s]){re.escape(value)}(?=\s*(?:[,;#]|$))", line)
            return number, there.start() if value and there else found.end()
    return 0, 0

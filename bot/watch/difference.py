"""What one version of a watchlist has that another one lacks."""

from collections.abc import Iterator
from dataclasses import fields
from typing import NamedTuple

from bot.watch.watchlist import Query, Settings, Watchlist


class Line(NamedTuple):
    """A line of a watchlist."""

    text: str
    query: Query | None = None
    """None: it is a setting."""
    is_exclusion: bool = False

    @property
    def setting(self) -> str:
        """The name of the setting, without its @."""
        return self.text.partition(" ")[0].removeprefix("@")


class Difference(NamedTuple):
    """What came and what went, each in the order of its list: settings, queries, exclusions."""

    added: tuple[Line, ...]
    removed: tuple[Line, ...]


def difference(before: Watchlist | None, after: Watchlist) -> Difference:
    """Return what is different, comments and order aside; without a list before, all is new."""
    old = {line.text: line for line in _lines(before)} if before else {}
    new = {line.text: line for line in _lines(after)}
    added = tuple(line for text, line in new.items() if text not in old)
    return Difference(added, tuple(line for text, line in old.items() if text not in new))


def _lines(watchlist: Watchlist) -> Iterator[Line]:
    yield from map(Line, _settings(watchlist.settings))
    for query in watchlist.queries:
        yield Line(query.text, query)
    for query in watchlist.exclusions:
        yield Line(query.text, query, is_exclusion=True)


def _settings(settings: Settings) -> Iterator[str]:
    """Yield the settings that are not as they are without a line, each in one way of writing."""
    for field in fields(settings):
        value = getattr(settings, field.name)
        if value != field.default:
            yield f"@{field.name} {value if isinstance(value, str) else ', '.join(value)}"

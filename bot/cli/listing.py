"""Prints how a watchlist was read: its settings, what it looks for, what it leaves out."""

from bot.watch.among import line_of
from bot.watch.printing import describe, describe_exclusion
from bot.watch.watchlist import Settings, Watchlist

_STORIES = {
    "story": "one alert for each event",
    "wire": "one alert for copies of a text only",
    "off": "an alert for each article",
}
_ALERTS = {
    "urgent": "at once, in quiet hours too",
    "now": "at once",
    "quiet": "without a sound",
    "digest": "collected",
}
_VISIBLE = {"all": "everybody sees it", "admins": "only admins see it"}


def show(watchlist: Watchlist) -> None:
    """Print a list, a line for each of its lines."""
    print(f"{watchlist.name}.txt ({watchlist.label}):")
    said = _settings(watchlist.settings)
    for line, setting in sorted((line_of(watchlist, setting), setting) for setting in said):
        if line:
            print(f"  {line}: @{setting}  ({said[setting]})")
    for query in watchlist.queries:
        print(f"  {query.line}: {query.text}  ({describe(query)})")
    for query in watchlist.exclusions:
        print(f"  {query.line}: {query.text}  ({describe_exclusion(query)})")


def _settings(read: Settings) -> dict[str, str]:
    """Return what each setting says, by its name."""
    return {
        "label": f"people see the name {read.label}",
        "lang": f"the words are of the language {read.lang}",
        "feeds": f"only the feeds {' or '.join(read.feeds)}",
        "tags": f"only feeds with the tag {' or '.join(read.tags)}",
        "ignore": f"these forms do not count: {', '.join(read.ignore)}",
        "stories": _STORIES.get(read.stories or "", ""),
        "alert": _ALERTS[read.alert],
        "visible": _VISIBLE.get(
            read.visible[0], f"only these chats see it: {', '.join(read.visible)}"
        ),
    }

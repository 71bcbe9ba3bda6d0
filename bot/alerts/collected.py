"""Composes messages that name several articles: digests, what is late, what was missed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.alerts.compose import Button, Message
from bot.alerts.html import bold, one_line, shorten
from bot.alerts.lines import items, labels, short_items
from bot.alerts.telling import Reader, Telling
from bot.model import FoundArticle

GROUP_LABEL = 40
RECENT_ITEMS = 10
RETURN_ITEMS = 20


def catch_up(told: Sequence[Telling], reader: Reader) -> Message:
    """Compose a digest of what was found only after a gap; all of it, at most 10 articles."""
    lines = [reader.words.catch_up_title(len(told)), "", *items(told, reader)]
    return Message("\n".join(lines))


def digest(told: Sequence[Telling], reader: Reader, *, burst: bool) -> Message:
    """Compose what was collected, each article with the lists that it is told for.

    It is grouped by list, the newest first in each; what several lists match stands under the
    first of them. After a burst it asks how such a thing is to be told.
    """
    words = reader.words
    groups: dict[str, list[Telling]] = {}
    for each in told:
        first = min(each.watchlists, key=lambda name: reader.label(name).casefold())
        groups.setdefault(first, []).append(each)
    lines = [words.digest_title(len(told))]
    for name in sorted(groups, key=lambda name: reader.label(name).casefold()):
        newest = sorted(groups[name], key=lambda each: each.found.published, reverse=True)
        shown = items(newest, reader) if len(told) <= RECENT_ITEMS else short_items(newest)
        lines += ["", bold(shorten(one_line(reader.label(name)), GROUP_LABEL)), *shown]
    if not burst:
        return Message("\n".join(lines))
    choices = (
        (Button(words.button_at_once, "fold:at_once"),),
        (Button(words.button_hourly, "fold:hourly"), Button(words.button_folded, "fold:leave")),
    )
    return Message("\n".join([*lines, "", words.digest_burst]), choices)


def back(told: Sequence[Telling], reader: Reader) -> Message:
    """Compose what a chat missed while it was muted: how many, and what most outlets reported.

    Of what as many reported, the newest comes first.
    """

    def weight(each: Telling) -> tuple[int, datetime]:
        return len(each.outlets), each.found.published

    shown = sorted(told, key=weight, reverse=True)[:RETURN_ITEMS]
    lines = short_items(shown)
    if more := len(told) - len(shown):
        lines.append(reader.words.return_more(more))
    return Message("\n".join([reader.words.return_title(len(told)), "", *lines]))


def last(found: Sequence[FoundArticle], reader: Reader) -> Message:
    """Compose the latest alerts of a chat, newest first."""
    lines = [reader.words.last_title(len(found)), "", *items(_alone(found), reader)]
    return Message("\n".join(lines).strip(), silent=True)


def recent(watchlist: str, told: Sequence[Telling], reader: Reader) -> Message:
    """Compose what a list matched in the last 24 hours, to be read without a sound."""
    articles = sum(1 + len(each.also) for each in told)
    title = reader.words.recent_title(labels([watchlist], reader), articles)
    lines = [title, "", *items(told[:RECENT_ITEMS], reader)] if told else [title]
    if more := sum(1 + len(each.also) for each in told[RECENT_ITEMS:]):
        lines.append(reader.words.recent_more(more))
    return Message("\n".join(lines), silent=True)


def events(found: Sequence[FoundArticle], stories: Mapping[int, int]) -> list[Telling]:
    """Join articles to events, each told by its first article; the latest event comes first.

    Args:
        found: articles, newest first.
        stories: the story of an entry, by its id; an entry without one is an event of its own.
    """
    return [Telling(each[-1], (), each[-2::-1]) for each in by_event(found, stories)]


def by_event(
    found: Sequence[FoundArticle], stories: Mapping[int, int]
) -> list[Sequence[FoundArticle]]:
    """Group articles, newest first, by their stories; the arguments are those of `events`."""
    joined: dict[tuple[str, int], list[FoundArticle]] = {}
    for each in found:
        story = stories.get(each.entry_id)
        event = ("alone", each.entry_id) if story is None else ("story", story)
        joined.setdefault(event, []).append(each)
    return list(joined.values())


def _alone(found: Sequence[FoundArticle]) -> list[Telling]:
    return [Telling(each, ()) for each in found]

"""What is shown of feeds. Pure: texts and buttons; whatever comes from a feed is escaped.

The sums keep every message below Telegram's 4,096 code points: a page of ten ill feeds has about
2,300, the answer to an import about 3,200.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.alerts.compose import Button, Message
from bot.alerts.html import bold, escape, one_line, shorten
from bot.feeds.health import Health
from bot.feeds.opml import Outlines
from bot.pipeline.adding import Imported
from bot.pipeline.search import FoundFeed, Search
from bot.pipeline.tools import in_words
from bot.store.feeds import FeedState
from bot.store.health import Doing
from bot.telegram.views import LABEL, handle
from bot.wording import Sentences

ON_PAGE, IN_ROW = 10, 5
ORDER: tuple[Health, ...] = ("ill", "gone", "silent", "failing", "paused", "new", "well")
"""The worst first."""
NAME, REASON, ADDRESS = 60, 120, 300
SHORT_ADDRESS, SHORT_REASON = 60, 80
NEWEST, TITLE = 3, 150
MOST_TOLD, MOST_TRIED = 20, 12

Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A feed and how it is."""

    feed: FeedState
    doing: Doing


def named(feed: FeedState) -> str:
    """Return what a feed is called, on one line; its address where it has no name yet."""
    return found_name(feed.url, feed.name)


def is_ours(feed: FeedState) -> bool:
    """Tell whether a feed was added by command, and may be changed by one."""
    return feed.origin != "config"


def ordered(feeds: Sequence[Shown]) -> list[Shown]:
    """Put the worst first."""
    return sorted(feeds, key=lambda f: (ORDER.index(f.doing.health), named(f.feed).casefold()))


def page(words: Sentences, feeds: Sequence[Shown], number: int, now: datetime) -> Message:
    """Show one page of the feeds, which are in order; the last one where there are fewer."""
    said = words.sources
    if not feeds:
        return Message(said.none)
    last = (len(feeds) - 1) // ON_PAGE
    number = min(number, last)
    first = number * ON_PAGE
    numbered = list(enumerate(feeds, 1))[first : first + ON_PAGE]
    lines = [said.title(len(feeds)), summary(words, Counter(f.doing.health for f in feeds))]
    health = ""
    for n, each in numbered:
        if each.doing.health != health:
            health = each.doing.health
            lines += ["", f"<b>{said.health[health]}</b>"]
        lines.append(f"{n}. {in_list(words, each, now)}")
    buttons = [Button(str(n), f"feed:show:{handle(f.feed.url)}:{number}") for n, f in numbered]
    rows = [tuple(buttons[i : i + IN_ROW]) for i in range(0, len(buttons), IN_ROW)]
    turns = []
    if number > 0:
        turns.append(Button(said.button_earlier, f"feeds:{number - 1}"))
    if number < last:
        turns.append(Button(said.button_later, f"feeds:{number + 1}"))
    if turns:
        lines += ["", said.page.format(page=number + 1, pages=last + 1)]
        rows.append(tuple(turns))
    return Message("\n".join(lines), tuple(rows))


def summary(words: Sentences, counts: Counter[Health]) -> str:
    """Say how many feeds are how."""
    labels = words.sources.health
    return " · ".join(f"{labels[health]}: {counts[health]}" for health in ORDER if counts[health])


def in_list(words: Sentences, shown: Shown, now: datetime) -> str:
    """Name a feed on one line, with what is wrong with it, as HTML."""
    name = escape(named(shown.feed))
    if reason := _reason(words, shown):
        return f"{name} – {reason}"
    return f"{name} – {_last_new(words, shown, now)}" if shown.doing.health == "silent" else name


def _reason(words: Sentences, shown: Shown) -> str:
    """Say what is wrong with a feed; empty where nothing is."""
    if shown.doing.health not in {"ill", "failing", "gone"} or not shown.feed.error:
        return ""
    return error(words, shown.feed.error)


def error(words: Sentences, said: str) -> str:
    """Say an error of a feed in the reader's language, as HTML."""
    return escape(shorten(one_line(words.sources.error(said)), REASON))


def _last_new(words: Sentences, shown: Shown, now: datetime) -> str:
    when = shown.doing.last_new
    said = words.sources
    return said.last_new.format(ago=said.ago(now - when)) if when else said.never_new


def card(words: Sentences, shown: Shown, number: int, now: datetime) -> Message:
    """Show one feed, with what can be done about it; `number` is the page to go back to."""
    said, feed, doing = words.sources, shown.feed, shown.doing
    lines = [bold(named(feed)), f"<code>{escape(shorten(feed.url, ADDRESS))}</code>", ""]
    lines.append(said.health[doing.health])
    if reason := _reason(words, shown):
        lines.append(f"{said.failures(doing.errors)}: {reason}" if doing.errors else reason)
    read = feed.last_success
    lines.append(said.last_read.format(ago=said.ago(now - read)) if read else said.never_read)
    if read:
        lines.append(f"{_last_new(words, shown, now)} · {said.per_day(round(doing.per_day))}")
    actions = _actions(words, feed, number)
    if not actions:
        lines += ["", said.in_config]
    back = (Button(said.button_all, f"feeds:{number}"),)
    return Message("\n".join(lines), (actions, back) if actions else (back,))


def _actions(words: Sentences, feed: FeedState, number: int) -> tuple[Button, ...]:
    if not is_ours(feed):
        return ()
    said = words.sources
    is_read = feed.state == "active"
    verb, text = ("pause", said.button_pause) if is_read else ("resume", said.button_resume)
    return (
        Button(text, _data(verb, feed, number)),
        Button(said.button_remove, _data("remove", feed, number)),
    )


def _data(verb: str, feed: FeedState, number: int) -> str:
    return f"feed:{verb}:{handle(feed.url)}:{number}"


def removal(words: Sentences, feed: FeedState, number: int) -> Message:
    """Ask whether a feed is really to be removed."""
    said = words.sources
    yes = Button(said.button_remove_now, _data("drop", feed, number))
    no = Button(said.button_keep, _data("show", feed, number))
    return Message(said.remove_asked.format(name=escape(named(feed))), ((yes, no),))


# A feed that is added.


def found_name(url: str, title: str) -> str:
    """Return what a feed that was found is called, on one line."""
    return shorten(one_line(title) or url, NAME)


def added(words: Sentences, found: FoundFeed) -> Message:
    """Say what was found and is read from now on."""
    said, entries = words.sources, found.feed.entries
    title = escape(found_name(found.url, found.feed.title))
    newest = [f"• {escape(shorten(one_line(e.title), TITLE))}" for e in entries[:NEWEST]]
    lines = [said.added(len(entries)).format(title=title), *newest]
    return Message("\n".join([*lines, "", said.added_old] if entries else lines))


def unread(words: Sentences, url: str, said: str) -> Message:
    """Say that a feed is added that does not answer at present; a slip can be undone at once."""
    text = words.sources.added_unread.format(error=error(words, said))
    undo = Button(words.sources.button_remove, f"feed:remove:{handle(url)}:0")
    return Message(text, ((undo,),))


def several(words: Sentences, search: Search, buttons: Rows) -> Message:
    """Show the feeds of a site, of which some are to be chosen."""
    said = words.sources
    lines = [said.several(len(search.feeds))]
    for n, found in enumerate(search.feeds, 1):
        entries = found.feed.entries
        lines.append(
            f"\n{n}. {bold(found_name(found.url, found.feed.title))} – {said.entries(len(entries))}"
        )
        if entries:
            lines.append(f"<i>{escape(shorten(one_line(entries[0].title), TITLE))}</i>")
    if search.cut:
        lines += ["", said.may_be_more]
    return Message("\n".join(lines), buttons)


def choice(words: Sentences, names: Sequence[str], taken: Collection[int], draft: int) -> Rows:
    """One button for each feed that was found, by their place in a draft."""
    rows = []
    for n, name in enumerate(names):
        shown = words.sources.button_taken if n in taken else words.sources.button_found
        label = shown.format(title=shorten(name, LABEL))
        rows.append((Button(label, f"found:{draft}:{n}"),))
    return tuple(rows)


def nothing(words: Sentences, host: str, search: Search) -> Message:
    """Say that there is no feed, and where it was looked for."""
    lines = [words.sources.nothing_found.format(host=escape(host))]
    for url, reason in list(search.tried.items())[:MOST_TRIED]:
        lines.append(f"• <code>{escape(shorten(url, REASON))}</code>: {error(words, reason)}")
    return Message("\n".join(lines))


# Many of them.


def imported(words: Sentences, outlines: Outlines, done: Imported) -> Message:
    """Say what became of the feeds of a file."""
    said = words.sources
    left_out = [said.error(fault.what) for fault in outlines.unusable]
    not_answering: list[str] = []
    for doubt in done.doubts:
        reason = shorten(said.error(in_words(doubt.error)), SHORT_REASON)
        line = f"{shorten(doubt.outline.url, SHORT_ADDRESS)}: {reason}"
        (not_answering if doubt.added else left_out).append(line)
    counts = {"added": done.added, "known": done.known, "left_out": len(left_out)}
    lines = [said.imported.format(**counts)]
    if done.unasked:
        lines += ["", said.unasked(done.unasked)]
    lines += _told(words, said.left_out, left_out, MOST_TOLD)
    room = MOST_TOLD - min(len(left_out), MOST_TOLD)
    lines += _told(words, said.not_answering, not_answering, room)
    return Message("\n".join(lines))


def _told(words: Sentences, title: str, lines: Sequence[str], most: int) -> Iterator[str]:
    if not lines:
        return
    yield from ("", title)
    yield from (
        f"• {escape(shorten(one_line(line), SHORT_ADDRESS + SHORT_REASON))}"
        for line in lines[:most]
    )
    if len(lines) > most:
        yield words.sources.more(len(lines) - most)


def is_number(written: str) -> bool:
    """Tell whether a button's data has a number here."""
    return written.isascii() and written.isdecimal() and len(written) < 16

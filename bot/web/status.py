"""The status page: looks up how everything is, and puts it into the reader's words."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.alerts.html import capital, one_line, shorten
from bot.pages.spark import spark
from bot.pages.values import AlertRow, FeedRow, Figure, LetterRow, ListRow, Outbox, Part, Status
from bot.store import Transaction, entries, health, page
from bot.store.health import Glance
from bot.store.page import Hits, Told, Waiting
from bot.watch.watchlist import Watchlist
from bot.web.reader import Reader

DAY = timedelta(days=1)
WINDOW = 30
"""Days of a watchlist's picture."""
ALERTS, LETTERS, LISTS, FEEDS, SICK = 20, 8, 200, 100, 20
"""So many of each are shown at most; all feeds where they are asked for."""
FEW_FEEDS, FEW_LISTS = 30, 12
"""So many are shown without being asked for."""
ORDER = ("ill", "gone", "silent", "failing", "new", "paused", "well")
SICKNESSES = frozenset({"ill", "gone", "silent"})
NAME, TITLE, REASON, OUTLET, QUERY, LISTED = 80, 200, 200, 50, 60, 4


@dataclass(frozen=True, slots=True)
class Known:
    """What was looked up."""

    feeds: Sequence[Glance]
    hits: Sequence[Hits]
    """Of the lists that are shown."""
    subscribers: Mapping[str, int]
    alerts: Sequence[Told]
    waiting: Sequence[Waiting]
    counts: Mapping[str, int]
    alerts_today: int
    articles_today: int
    unread: int
    told_within: timedelta | None
    network_down_since: datetime | None


async def look_up(tx: Transaction, lists: Sequence[Watchlist], reader: Reader) -> Known:
    """Look up all that the page shows."""
    now, names = reader.now, [each.name for each in lists[:LISTS]]
    return Known(
        feeds=await health.glances(tx, now),
        hits=await page.hits(tx, names, _days(reader)),
        subscribers=await page.subscribers(tx),
        alerts=await page.told(tx, ALERTS),
        waiting=await page.waiting(tx, LETTERS),
        counts=await page.waiting_counts(tx),
        alerts_today=await page.alerts_since(tx, now - DAY),
        articles_today=await page.read_since(tx, now - DAY),
        unread=await entries.unread(tx, now),
        told_within=await page.told_within(tx),
        network_down_since=await health.network_down_since(tx),
    )


def _days(reader: Reader) -> Sequence[datetime]:
    """Return when each day of the picture begins for the reader, the oldest first."""
    today = reader.now.astimezone(reader.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    # Aware times of one zone are added to as the clock on the wall goes, also when that changes.
    return [today - n * DAY for n in range(WINDOW - 1, -1, -1)]


def compose(
    known: Known, lists: Sequence[Watchlist], reader: Reader, *, trouble: str | None, whole: bool
) -> Status:
    """Put what was looked up into words.

    Args:
        known: what was looked up.
        lists: the watchlists in force.
        reader: who reads it.
        trouble: what is wrong with the line to Telegram; None: nothing.
        whole: all feeds are shown.
    """
    words = reader.words.page
    ordered = sorted(known.feeds, key=lambda each: ORDER.index(each.health))
    sick = [each for each in ordered if each.health in SICKNESSES]
    alarms = list(_alarms(known, trouble, reader))
    rows = _lists(known, lists, reader)
    steps, shown = _steps(known, lists, reader), ordered if whole else ordered[:FEEDS]
    return Status(
        frame=reader.frame(),
        verdict=_verdict(len(sick), alarms, steps, reader),
        is_well=not (alarms or sick),
        alarms=alarms if sick else alarms[1:],
        figures=_figures(known, reader),
        steps=steps,
        is_empty=not (known.feeds or lists or known.alerts),
        sick=[_feed(each, reader) for each in sick[:SICK]],
        feeds=[_feed(each, reader) for each in shown],
        feeds_title=words.all_feeds(len(ordered)),
        feeds_open=whole or len(ordered) <= FEW_FEEDS,
        more_feeds=words.show_all(len(ordered) - len(shown)) if len(shown) < len(ordered) else "",
        all_feeds=reader.way(feeds="all"),
        lists=rows[:FEW_LISTS],
        more_lists=rows[FEW_LISTS:],
        more_lists_title=words.more_lists(len(lists) - FEW_LISTS),
        lists_left_out=words.more_lists(len(lists) - LISTS) if len(lists) > LISTS else "",
        alerts=[_alert(each, lists, reader) for each in known.alerts],
        no_alerts=_typed(words.no_alerts_yet if known.subscribers else words.no_alerts),
        no_lists=_typed(words.no_lists),
        no_feeds=_typed(words.no_feeds),
        outbox=_outbox(known, reader),
    )


def _alarms(known: Known, trouble: str | None, reader: Reader) -> Iterator[str]:
    words, since = reader.words, known.network_down_since
    if since is not None:
        yield words.page.network_down.format(ago=words.sources.ago(reader.now - since))
    if trouble is not None:
        yield words.page.troubles.get(trouble, trouble)


def _verdict(
    sick: int, alarms: Sequence[str], steps: Sequence[Sequence[Part]], reader: Reader
) -> str:
    words = reader.words.page
    if sick:
        return words.ill(sick)
    if alarms:
        return alarms[0]
    return words.begin if steps else words.well


def _typed(sentence: str) -> Sequence[Part]:
    """Return a sentence with what is to be typed marked."""
    parts = (Part(text, marked=n % 2 == 1) for n, text in enumerate(sentence.split("`")))
    return [part for part in parts if part.text]


def _steps(known: Known, lists: Sequence[Watchlist], reader: Reader) -> Sequence[Sequence[Part]]:
    """Return what is to be done first: all of it where anything is missing that must be there."""
    words = reader.words.page
    if known.alerts or (known.feeds and lists):
        return ()
    return [*map(_typed, (words.begin_feeds, words.begin_lists, words.begin_chats))]


def _figures(known: Known, reader: Reader) -> Sequence[Figure]:
    words, states = reader.words.page, Counter(each.health for each in known.feeds)
    told, waits = known.told_within, sum(known.counts.values())
    within = words.told.format(length=reader.words.sources.length(told)) if told else words.not_told
    due = next((each.due for each in known.waiting if each.state != "uncertain"), None)
    next_letter = words.next_letter.format(time=reader.due(due).shown) if due else ""
    return (
        Figure(words.alerts_today, reader.number(known.alerts_today), within),
        Figure(
            words.articles_today,
            reader.number(known.articles_today),
            words.unread(known.unread) if known.unread else "",
        ),
        Figure(words.waiting, reader.number(waits), next_letter if waits else words.nothing_waits),
        Figure(
            words.feeds,
            reader.number(len(known.feeds)),
            words.feeds_well.format(count=states["well"]) if known.feeds else "",
        ),
    )


def _feed(each: Glance, reader: Reader) -> FeedRow:
    words, error = reader.words, ""
    if each.error and each.health in {"ill", "failing", "gone"}:
        error = words.sources.error(each.error)
        if each.errors > 1:
            error = f"{words.page.failures(each.errors)}: {error}"
        elif "." not in error.partition(" ")[0]:
            error = capital(error)  # unless it begins with the name of a host
    return FeedRow(
        name=_short(each.name or each.url, NAME),
        url=each.url,
        health=each.health,
        state=words.page.health[each.health],
        error=_short(error, REASON),
        last_success=reader.ago(each.last_success) if each.last_success else None,
        last_new=reader.ago(each.last_new) if each.last_new else None,
        next_due=reader.due(each.next_due) if each.health not in {"paused", "gone"} else None,
    )


def _lists(known: Known, lists: Sequence[Watchlist], reader: Reader) -> Sequence[ListRow]:
    days = _days(reader)
    made = [
        (sum(hits.days), _list(each, hits, known.subscribers.get(each.name, 0), days, reader))
        for each, hits in zip(lists, known.hits, strict=False)
    ]
    by_total = sorted(made, key=lambda each: (-each[0], each[1].label.casefold()))
    return [row for _, row in by_total]


def _list(
    watchlist: Watchlist, hits: Hits, chats: int, days: Sequence[datetime], reader: Reader
) -> ListRow:
    words, counts = reader.words.page, hits.days
    said = words.days_30(sum(counts))
    if any(counts):
        best = max(range(WINDOW), key=counts.__getitem__)
        busiest = words.busiest(counts[best]).format(day=reader.day(days[best]))
        said = f"{said}, {busiest}"
    last = reader.ago(hits.last).shown if hits.last else ""
    return ListRow(
        label=_short(watchlist.label, NAME),
        total=reader.number(sum(counts)),
        said=said,
        spark=spark(counts),
        last=words.last_hit.format(ago=last) if last else words.no_hit,
        chats=words.chats(chats) if chats else "",
        restricted="all" not in watchlist.settings.visible,
    )


def _alert(each: Told, lists: Sequence[Watchlist], reader: Reader) -> AlertRow:
    words, labels = reader.words, {watchlist.name: watchlist.label for watchlist in lists}
    shown = [_short(labels.get(name, name), NAME) for name in each.watchlists]
    lines = [_short(query, QUERY) for query in each.queries.values() if query][:LISTED]
    why = words.why["match"].format(lists=" · ".join(lines or shown))
    reason = f"; {words.why_reason(each.reason)}" if each.reason else ""
    outlets = _short(each.outlet, OUTLET)
    if each.others:
        outlets = f"{outlets} {words.page.also(each.others)}"
    return AlertRow(
        title=_short(each.title, TITLE) or each.link or "–",
        link=each.link,
        outlets=outlets,
        at=reader.at(each.at),
        lists=shown,
        why=_short(capital(f"{why}{reason}"), 2 * REASON),
        state=", ".join(_states(each.states, reader)),
        troubled=bool(each.states.get("uncertain")),
    )


def _states(states: Mapping[str, int], reader: Reader) -> Iterator[str]:
    words = reader.words.page
    waits = states.get("pending", 0) + states.get("sending", 0)
    said: tuple[tuple[int, Callable[[int], str]], ...] = (
        (states.get("sent", 0), words.sent),
        (waits, words.waits),
        (states.get("uncertain", 0), words.uncertain),
        (states.get("dead", 0), words.dead),
    )
    return (counted(count) for count, counted in said if count)


def _outbox(known: Known, reader: Reader) -> Outbox:
    words, doubted = reader.words.page, known.counts.get("uncertain", 0)
    total = sum(known.counts.values())
    if not total:
        return Outbox(f"{capital(words.nothing_waits)}.")
    said = [words.outbox_waits(total - doubted)] if total > doubted else []
    said += [words.outbox_uncertain(doubted)] if doubted else []
    more = total - len(known.waiting)
    return Outbox(
        f"{capital(', '.join(said))}.",
        [_letter(each, reader) for each in known.waiting],
        words.more_letters(more) if more > 0 else "",
    )


def _letter(each: Waiting, reader: Reader) -> LetterRow:
    words, is_doubted = reader.words.page, each.state == "uncertain"
    error = each.error or ""
    if is_doubted:
        error = words.doubted
    elif error and each.attempts:
        error = f"{words.attempts(each.attempts)}: {error}"
    return LetterRow(
        kind=words.kinds.get(each.kind, each.kind),
        chat=words.chat_types.get(each.chat_type, each.chat_type),
        due=reader.at(each.due) if is_doubted else reader.due(each.due),
        error=_short(error, REASON),
        troubled=bool(error),
    )


def _short(text: str, limit: int) -> str:
    return shorten(one_line(text), limit)

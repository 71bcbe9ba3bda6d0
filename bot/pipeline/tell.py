"""What follows from an entry that was read: a decision for every chat, written to the outbox."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.alerts.decide import Case, Told, decide
from bot.alerts.growth import Pace, Said
from bot.alerts.ongoing import COLLECT, is_one, told_of
from bot.model import Match
from bot.pipeline.stories import Joined
from bot.store import Transaction, alerts, changes, chats, digests, outbox, own, pending, stories
from bot.store.entries import Waiting


@dataclass(frozen=True, slots=True)
class Reading:
    """An entry that was read, with what was found in it."""

    entry: Waiting
    matches: Sequence[Match]
    now: datetime
    catch_up: timedelta
    grows: bool = False
    """It is a ticker that was read before, and the matches are of what is new in it."""
    exclusions: frozenset[str] = frozenset()
    """What single chats exclude, and holds on it."""
    joined: Joined | None = None
    """Its story; None: no list wants stories."""
    pace: Pace = field(default_factory=Pace)
    """When a story that goes on is told again although it says nothing new."""
    modes: Mapping[str, str] = field(default_factory=dict)
    """Which stories lists want to be told as one: name -> story, wire or off."""


async def tell(tx: Transaction, reading: Reading, known: frozenset[str] | None) -> None:
    """Decide for every subscribed chat and write what follows from it.

    Args:
        tx: the transaction in which the matches were written.
        reading: the entry and its matches.
        known: the watchlists that had matched it when it was read before; None: it never was.
            Of an entry that was old already, only what a change brought into it is news.
    """
    entry = reading.entry
    lists = sorted({match.watchlist for match in reading.matches})
    fresh = frozenset(lists)
    if entry.old and not reading.grows:
        fresh = fresh - known if known is not None and entry.changes else frozenset()
    decided = _decided_before(reading, known)
    excluded: defaultdict[tuple[int, str], str] = defaultdict(str)
    for each in await own.exclusions_of(tx, sorted(reading.exclusions)):
        excluded[each.chat_id, each.watchlist] = each.line
    for chat, wanted in await chats.subscribers(tx, lists):
        case = Case(
            served=chat.served,
            told_before=await alerts.knows(tx, chat.id, entry.subject),
            old=False,
            published=entry.published,
            late=entry.late,
        )
        for name in wanted:
            if line := excluded[chat.id, name]:
                await _act(tx, reading, (name,), chat.id, replace(case, excluded=line))
        left = [name for name in wanted if not excluded[chat.id, name]]
        left = [name for name in left if name not in decided]
        told = tuple(name for name in left if name in fresh)
        no_news = tuple(name for name in left if name not in fresh)
        if told:
            of_story = await _told_of_story(tx, reading, told, chat.id)
            await _act(tx, reading, told, chat.id, replace(case, story=of_story))
        if no_news:
            await _act(tx, reading, no_news, chat.id, replace(case, old=True))


def _decided_before(reading: Reading, known: frozenset[str] | None) -> frozenset[str]:
    """Return the lists that have had their say: the same page was only read once more.

    Whoever has switched a list on since, or makes no pause any more, was shown what there was, or
    did not want it; it must not ring minutes later. A change by the publisher is another matter.
    """
    if known is None or reading.grows or not reading.entry.attempts:
        return frozenset()
    return known


async def _act(
    tx: Transaction, reading: Reading, names: tuple[str, ...], chat_id: int, case: Case
) -> None:
    entry, now = reading.entry, reading.now
    decision = decide(case, now, reading.catch_up)
    story = reading.joined.story if reading.joined else None
    told = alerts.Told(chat_id, names, decision.action, decision.reason, story)
    await alerts.keep_decision(tx, entry.id, told, now)
    match decision.action:
        case "now":
            letter = await _letter(tx, reading, chat_id)
            await alerts.open_alert(tx, entry.id, told, letter, now)
        case "catch_up":
            letter = await digests.open_catch_up(tx, chat_id, now + COLLECT, now)
            await alerts.open_alert(tx, entry.id, told, letter, now)
        case "edit" | "answer":
            await _of_story(tx, entry.id, told, now)
        case "silent" if case.excluded:
            await pending.narrow(tx, chat_id, entry.subject, names)
        case "silent" if case.told_before and not case.old:
            await pending.widen(tx, chat_id, entry.subject, names)


async def _letter(tx: Transaction, reading: Reading, chat_id: int) -> int:
    """Put an alert into the outbox; what has to do with a story that was told answers that."""
    related = reading.joined.related if reading.joined else None
    before = None if related is None else await stories.told(tx, chat_id, related)
    if before is None or before.kind != "alert":
        return await outbox.post(tx, chat_id, "alert", reading.now, reading.now)
    return await changes.answer(tx, chat_id, before.letter_id, reading.now)


async def _told_of_story(
    tx: Transaction, reading: Reading, names: tuple[str, ...], chat_id: int
) -> Told | None:
    """Return what a chat was told of the article's story, if its lists want that as one."""
    joined = reading.joined
    modes = [reading.modes.get(name, "off") for name in names]
    if joined is None or not all(is_one(mode, joined.verdict) for mode in modes):
        return None
    thread = await stories.told(tx, chat_id, joined.story)
    if thread is None:
        return None
    new = Said(reading.now, reading.entry.outlet, names, **joined.said)
    return told_of(thread, new, joined.article, reading.pace)


async def _of_story(tx: Transaction, entry_id: int, told: alerts.Told, now: datetime) -> None:
    """Tell what belongs to a story: in the message that told of it first, or as an answer to it."""
    first = await stories.told(tx, told.chat_id, told.story or 0)
    if first is None:
        return
    if told.action == "answer":
        # What was told in a digest cannot be answered, but its news is to be heard all the same.
        is_alert = first.kind == "alert"
        letter = (
            await changes.answer(tx, told.chat_id, first.letter_id, now)
            if is_alert
            else await outbox.post(tx, told.chat_id, "alert", now, now)
        )
        await alerts.open_alert(tx, entry_id, told, letter, now)
        return
    await alerts.open_alert(tx, entry_id, told, first.letter_id, now)
    if first.kind == "alert" and first.state in {"sending", "sent"}:
        await changes.grow(tx, told.chat_id, first.letter_id, now)

"""`/review 6:30`: the press review of every day, settled, shown, or asked for at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.alerts import spoken
from bot.alerts.compose import Button as Key
from bot.alerts.compose import Message
from bot.alerts.timing import next_of
from bot.store import Transaction, reviews
from bot.store.chats import Chat
from bot.store.reviews import Plan, Stretch
from bot.telegram.desk import Desk
from bot.telegram.talk import Button, Command, Part, Press, Talk
from bot.wording import Sentences, sentences

DAY = timedelta(days=1)
EARLY = ("6:30", "8:00")
"""Times that are offered."""
OFFERED = frozenset({*EARLY, "now", "off"})
NOW = frozenset({"now", "jetzt"})
CSV = "csv"


class Reviewing(Part):
    """One method for the command, one for its buttons."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def commands(self) -> Sequence[Command]:
        """Return what can be typed."""
        names = ("review", "pressespiegel", "presseschau")
        return (Command(names, self.review, "settles"),)

    def buttons(self) -> Sequence[Button]:
        """Return what can be pressed."""
        return (Button("rv", self.pressed),)

    async def review(self, talk: Talk) -> Message:
        """Settle when the press review comes, show that, or have one sent at once."""
        return await self._settle(talk.chat, talk.written)

    async def pressed(self, press: Press) -> None:
        """Settle what a button says."""
        if press.data not in OFFERED:
            await press.stale()
            return
        said = await self._settle(press.chat, press.data)
        await press.answer()
        await press.replace(said)

    async def _settle(self, chat: Chat, written: str) -> Message:
        words, now = sentences(chat.language), self._desk.now()
        told = written.casefold().split()
        csv, rest = CSV in told, " ".join(word for word in told if word != CSV)
        async with self._desk.store.write() as tx:
            plan = await reviews.plan(tx, chat.id)
            if rest in NOW:
                csv = csv or (plan is not None and plan.csv)
                stretch = Stretch(now - DAY, now)
                await reviews.ask_once(tx, chat.id, stretch, now, csv=csv)
                return Message(words.reports.review_now)
            if spoken.is_off(rest):
                await reviews.drop(tx, chat.id, now)
                plan = None
            elif rest or csv:
                times = spoken.times(rest) if rest else (plan.minute,) if plan else None
                if times is None or len(times) != 1:
                    return Message(words.reports.review_unread)
                plan = await self._plan(tx, chat, times[0], plan, csv=csv)
        return Message(row(words, plan), _keys(words, plan))

    async def _plan(
        self, tx: Transaction, chat: Chat, minute: int, before: Plan | None, *, csv: bool
    ) -> Plan:
        """Have it come at that time; what it would have brought before, the next one brings."""
        now = self._desk.now()
        due = next_of((minute,), now, self._desk.zone_of(chat))
        wanted = Plan(minute, csv, before.since if before else due - DAY)
        await reviews.set_plan(tx, chat.id, wanted, due, now)
        return wanted


async def moved(tx: Transaction, desk: Desk, chat: Chat, now: datetime) -> None:
    """Have the press review come at its time of the day in the zone that a chat has now."""
    if plan := await reviews.plan(tx, chat.id):
        due = next_of((plan.minute,), now, desk.zone_of(chat))
        await reviews.move(tx, chat.id, due, now)


def row(words: Sentences, plan: Plan | None) -> str:
    """Return when the press review comes, as HTML."""
    said = words.reports
    if plan is None:
        return said.review_off
    csv = said.review_csv if plan.csv else ""
    return said.review_daily.format(time=spoken.clock(plan.minute), csv=csv)


def _keys(words: Sentences, plan: Plan | None) -> tuple[tuple[Key, ...], ...]:
    said = words.reports
    at_once = Key(said.button_review_now, "rv:now")
    if plan is not None:
        return ((at_once, Key(said.button_review_off, "rv:off")),)
    times = tuple(Key(said.button_review_at.format(time=time), f"rv:{time}") for time in EARLY)
    return (times, (at_once,))

"""No message breaks Telegram's limits, and nobody waits because somebody else has to.

The judge is the sandbox's model of the limits.
"""

import asyncio
import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from telegram.error import RetryAfter

from bot.sandbox.limits import Limits
from bot.telegram.lanes import FEW_LANES, FROM_OUTBOX, GROUP_WINDOW, Lanes
from tests.jumping import jump, now, together
from tests.telegram_kit import PERSON, until, working

A, B, GROUP = 1, 2, -3
START = datetime(2025, 5, 9, tzinfo=UTC)
REPLY = None


@dataclass
class Desk:
    """Telegram's side of the lanes: takes messages, and notes those that come too fast."""

    pace: float = 25
    took: float = 0.0
    """How long an answer takes."""
    sent: list[tuple[int, str, float]] = field(default_factory=list)
    too_fast: list[str] = field(default_factory=list)
    refusals: list[RetryAfter] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.limits = Limits()
        self.lanes = Lanes(self.pace)

    async def send(
        self, chat: int, text: str, lane: str | None = FROM_OUTBOX, endpoint: str = "sendMessage"
    ) -> None:
        data = {"chat_id": chat}
        call = self.lanes.process_request(self._take, (chat, text), {}, endpoint, data, lane)
        if lane != FROM_OUTBOX:
            await call
            return
        async with self.lanes.turn(chat):
            await call

    async def _take(self, chat: int, text: str) -> None:
        if self.refusals:
            raise self.refusals.pop(0)
        kind = "private" if chat > 0 else "group"
        if self.limits.take(chat, kind, START + timedelta(seconds=now())):
            self.too_fast.append(text)
        self.sent.append((chat, text, now()))
        await asyncio.sleep(self.took)

    def texts(self, chat: int) -> list[str]:
        return [text for where, text, _ in self.sent if where == chat]

    def times(self, chat: int) -> list[float]:
        return [time for where, _, time in self.sent if where == chat]


@pytest.mark.parametrize("took", [0.0, 0.3, 2.0])
def test_fifteen_alerts_and_replies_to_one_person_keep_order_and_pace(took: float) -> None:
    async def work() -> None:
        desk = Desk(took=took)
        texts = [str(number) for number in range(18)]
        replies = {"3", "8", "13"}

        await together(*(desk.send(A, t, REPLY if t in replies else FROM_OUTBOX) for t in texts))

        assert desk.texts(A) == texts
        assert desk.too_fast == []
        assert now() <= 18 * (1.05 + took)

    jump(work())


def test_a_person_who_waits_delays_nobody_else() -> None:
    async def work() -> None:
        desk = Desk()

        await together(*(desk.send(A, str(n)) for n in range(10)), desk.send(B, "b"))

        assert desk.times(B) == [pytest.approx(1 / 25)]

    jump(work())


def test_a_group_gets_nineteen_a_minute_in_order_and_delays_nobody_else() -> None:
    async def work() -> None:
        desk = Desk()
        texts = [str(number) for number in range(45)]

        async def others() -> None:
            for number in range(100):
                await desk.send(1000 + number, "private")
                await asyncio.sleep(1)

        await together(*(desk.send(GROUP, text) for text in texts), others())

        assert desk.texts(GROUP) == texts
        assert desk.too_fast == []
        private = [time for chat, _, time in desk.sent if chat > 0]
        assert max(b - a for a, b in itertools.pairwise(private)) < 1.5

    jump(work())


def test_a_hundred_chats_at_once_are_served_at_the_set_pace() -> None:
    async def work() -> None:
        desk = Desk()

        await together(*(desk.send(chat, "x") for chat in range(1, 101)))

        assert desk.too_fast == []
        assert now() == pytest.approx(99 / 25)

    jump(work())


def test_edits_and_answers_wait_for_nothing() -> None:
    async def work() -> None:
        desk = Desk()
        await desk.send(A, "x")

        await desk.send(A, "edit", REPLY, "editMessageText")

        assert desk.times(A) == [0.0, 0.0]

    jump(work())


def test_a_reply_that_telegram_holds_up_is_sent_when_it_may_be() -> None:
    async def work() -> None:
        desk = Desk(refusals=[RetryAfter(30)])

        await together(desk.send(A, "reply", REPLY), desk.send(B, "b"))

        assert desk.times(A) == [30.0]
        assert desk.times(B) == [pytest.approx(1 / 25)]

    jump(work())


def test_while_a_reply_is_held_up_its_chat_is_left_alone() -> None:
    async def work() -> None:
        desk = Desk(refusals=[RetryAfter(30)])
        reply = asyncio.create_task(desk.send(A, "reply", REPLY))
        await asyncio.sleep(10)

        assert desk.lanes.busy() == [A]
        await reply

    jump(work())


@pytest.mark.parametrize(("seconds", "lane"), [(1, FROM_OUTBOX), (61, REPLY), (43_838, REPLY)])
def test_alerts_and_long_pauses_are_left_to_the_caller(seconds: int, lane: str | None) -> None:
    async def work() -> None:
        desk = Desk(refusals=[RetryAfter(seconds)])

        with pytest.raises(RetryAfter):
            await desk.send(A, "x", lane)

        assert now() == 0

    jump(work())


def test_a_chat_is_busy_while_it_is_written_to_and_for_a_second_after() -> None:
    async def work() -> None:
        desk = Desk(took=1)
        call = asyncio.create_task(desk.send(A, "x"))
        await asyncio.sleep(0.5)
        assert desk.lanes.busy() == [A]

        await call
        assert desk.lanes.busy() == [A]

        await asyncio.sleep(1.05)
        assert desk.lanes.busy() == []

    jump(work())


def test_a_full_group_is_busy_until_its_minute_is_over() -> None:
    async def work() -> None:
        desk = Desk()
        await together(*(desk.send(GROUP, "x") for _ in range(19)))
        assert desk.lanes.busy() == [GROUP]

        await asyncio.sleep(GROUP_WINDOW)

        assert desk.lanes.busy() == []

    jump(work())


def test_lanes_that_nobody_uses_are_forgotten() -> None:
    async def work() -> None:
        desk = Desk(pace=1000)
        await together(*(desk.send(chat, "x") for chat in range(1, FEW_LANES + 3)))
        await asyncio.sleep(GROUP_WINDOW)

        await desk.send(A, "y")

        assert desk.texts(A) == ["x", "y"]
        assert desk.lanes.busy() == [A]

    jump(work())


async def test_against_the_sandbox_alerts_and_replies_share_a_lane_without_a_429(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea")
        titles = ["Eins", "Zwei"]
        for title in titles:
            await bot.publish(title)

        bot.say("/help")

        await until(lambda: len(bot.texts()) == 3, "three messages")
        assert bot.titles() == titles
        assert [call for call in bot.calls("sendMessage") if not call["result"]["ok"]] == []

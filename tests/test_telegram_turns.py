"""Whose update is handled when: a chat's in their order, and nobody waits for another chat."""

import asyncio
from pathlib import Path

import pytest
import telegram

from bot.telegram.turns import MOST_OF_ONE, Turns
from tests.jumping import jump, now, together
from tests.telegram_kit import working

A, B = 1, 2


def written_by(chat: int) -> telegram.Update:
    message = {"message_id": 1, "date": 1, "chat": {"id": chat, "type": "private"}}
    update = telegram.Update.de_json({"update_id": 1, "message": message}, None)
    assert update is not None
    return update


def test_a_chats_updates_are_handled_in_their_order_and_others_beside_them() -> None:
    async def work() -> None:
        turns, done = Turns(), []

        async def handle(name: str, seconds: float) -> None:
            await asyncio.sleep(seconds)
            done.append((name, now()))

        await together(
            turns.process_update(written_by(A), handle("slow", 3)),
            turns.process_update(written_by(A), handle("quick", 1)),
            turns.process_update(written_by(B), handle("other", 1)),
        )

        assert done == [("other", 1), ("slow", 3), ("quick", 4)]

    jump(work())


def test_what_one_chat_sends_far_too_fast_is_dropped() -> None:
    async def work() -> None:
        turns, done = Turns(), []

        async def handle(number: int) -> None:
            await asyncio.sleep(1)
            done.append(number)

        flood = (turns.process_update(written_by(A), handle(number)) for number in range(50))
        await together(*flood)

        assert done == list(range(MOST_OF_ONE))

    jump(work())


def test_a_handler_that_fails_leaves_the_turn_to_the_next() -> None:
    async def work() -> None:
        turns, done = Turns(), []

        async def fail() -> None:
            raise LookupError

        async def handle() -> None:
            done.append("next")

        with pytest.raises(LookupError):
            await turns.process_update(written_by(A), fail())
        await turns.process_update(written_by(A), handle())

        assert done == ["next"]

    jump(work())


async def test_the_replies_that_one_person_waits_for_keep_nobody_else_waiting(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        for _ in range(2):
            bot.say("/help")

        await bot.ask("/help", bot.person(2002))

        assert len(bot.texts()) <= 1

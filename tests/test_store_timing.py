"""The clock was set back: what was due is due, what waited waits as long, hours are kept."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.store import Transaction, outbox, timing
from bot.store.schema import outbox as letters
from tests.store_kit import HOUR, MINUTE, NOW, PERSON, a_chat, opened

BEFORE = NOW + HOUR
"""What the clock showed before it was set back to NOW."""


@pytest.fixture
async def tx(tmp_path: Path) -> AsyncIterator[Transaction]:
    async with opened(tmp_path) as store, store.write() as tx:
        await a_chat(tx)
        yield tx


async def due_after(tx: Transaction, kind: str, waits: timedelta) -> datetime:
    """Return when a letter is due that was to be sent so long after the clock was set back."""
    number = await outbox.post(tx, PERSON, kind, BEFORE + waits, BEFORE)
    await timing.set_back(tx, BEFORE, NOW)
    due: datetime = (await tx.scalars(select(letters.c.due).where(letters.c.id == number))).one()
    return due


@pytest.mark.parametrize("kind", ["alert", "catch_up", "digest", "review"])
async def test_what_was_due_is_due(tx: Transaction, kind: str) -> None:
    assert await due_after(tx, kind, -MINUTE) == NOW


@pytest.mark.parametrize("kind", ["alert", "catch_up", "notice"])
async def test_what_waited_waits_as_long_as_it_was_to(tx: Transaction, kind: str) -> None:
    assert await due_after(tx, kind, 2 * MINUTE) == NOW + 2 * MINUTE


@pytest.mark.parametrize("kind", ["digest", "return", "review"])
async def test_an_hour_that_a_person_has_chosen_stays(tx: Transaction, kind: str) -> None:
    assert await due_after(tx, kind, 2 * HOUR) == BEFORE + 2 * HOUR

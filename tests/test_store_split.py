"""An article that is said to be of another event is told with the first one no more."""

from typing import NamedTuple

import pytest
from sqlalchemy import select

from bot.store import Transaction, alerts, changes, outbox
from bot.store.alerts import Told
from bot.store.schema import outbox as letters
from tests.store_kit import NOW, PERSON, a_feed, a_read_entry


class Both(NamedTuple):
    """Two articles that one alert tells."""

    first: int
    second: int
    letter: int


@pytest.fixture
async def both(tx: Transaction) -> Both:
    feed = await a_feed(tx)
    first, second = [await a_read_entry(tx, feed, key=key) for key in ("a", "b")]
    letter = await outbox.post(tx, PERSON, "alert", NOW, NOW)
    for entry in (first, second):
        told = Told(PERSON, ("liste",), "now", "it is new", first)
        await alerts.open_alert(tx, entry, told, letter, NOW)
    return Both(first, second, letter)


async def sent(tx: Transaction, letter: int) -> None:
    await tx.execute(letters.update().where(letters.c.id == letter).values(state="sent"))


async def carried(tx: Transaction, letter: int) -> list[int]:
    return [alert.found.entry_id for alert in await alerts.carried(tx, letter)]


async def kinds(tx: Transaction) -> list[str]:
    return list((await tx.scalars(select(letters.c.kind).order_by(letters.c.id))).all())


async def test_an_alert_that_was_sent_names_it_no_more(tx: Transaction, both: Both) -> None:
    await sent(tx, both.letter)

    await changes.split_off(tx, both.second, NOW)

    assert await carried(tx, both.letter) == [both.first]
    assert await kinds(tx) == ["alert", "edit"]


async def test_of_an_alert_that_waits_it_becomes_one_of_its_own(
    tx: Transaction, both: Both
) -> None:
    await changes.split_off(tx, both.second, NOW)

    assert await carried(tx, both.letter) == [both.first]
    assert await carried(tx, both.letter + 1) == [both.second]
    assert await kinds(tx) == ["alert", "alert"]


async def test_the_article_by_which_it_was_told_keeps_the_alert(
    tx: Transaction, both: Both
) -> None:
    await sent(tx, both.letter)

    await changes.split_off(tx, both.first, NOW)

    assert await carried(tx, both.letter) == [both.first]


async def test_an_article_that_is_told_alone_keeps_its_alert(tx: Transaction, both: Both) -> None:
    await sent(tx, both.letter)
    await changes.split_off(tx, both.second, NOW)

    await changes.split_off(tx, both.first, NOW)

    assert await kinds(tx) == ["alert", "edit"]

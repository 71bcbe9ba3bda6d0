"""Restoring: a chat's wish for a press review is no letter that may have been sent."""

from pathlib import Path

from bot.store import Transaction, outbox, reviews
from bot.store.reviews import Plan
from tests.store_kit import DAY, MINUTE, NOW, PERSON, a_chat, migrated
from tests.test_store_restoring import Folder

WANTED = Plan(390, csv=True, since=NOW - DAY)


def with_a_wish(path: Path) -> Folder:
    """A backup from a minute before the press review is due."""
    (path / "ausguck.db").write_bytes(migrated())
    data = Folder(path)

    async def arrange(tx: Transaction) -> None:
        await a_chat(tx)
        await reviews.set_plan(tx, PERSON, WANTED, NOW + MINUTE, NOW)

    data.do(arrange)
    data.pack()
    return data


def test_the_press_review_goes_on_at_its_time_of_day(tmp_path: Path) -> None:
    data = with_a_wish(tmp_path)

    assert data.restore(2 * DAY).uncertain == 0

    assert data.do(lambda tx: reviews.plan(tx, PERSON)) == WANTED
    letter = data.do(lambda tx: outbox.next_due(tx, NOW + 4 * DAY))
    assert letter is not None
    assert letter.due == NOW + MINUTE + 2 * DAY


def test_one_that_is_still_to_come_comes_when_it_was_to(tmp_path: Path) -> None:
    data = with_a_wish(tmp_path)

    data.restore(MINUTE / 2)

    letter = data.do(lambda tx: outbox.next_due(tx, NOW + DAY))
    assert letter is not None
    assert letter.due == NOW + MINUTE


def test_one_that_was_being_sent_is_uncertain_and_the_next_one_comes(tmp_path: Path) -> None:
    data = with_a_wish(tmp_path)

    async def open_it(tx: Transaction) -> None:
        letter = await outbox.next_due(tx, NOW + MINUTE)
        assert letter is not None
        said = await reviews.heading(tx, letter)
        assert said is not None
        await reviews.begin(tx, letter, said, NOW + MINUTE + DAY, NOW + MINUTE)
        await outbox.begin(tx, letter, NOW + MINUTE)

    data.do(open_it)
    data.pack()

    assert data.restore().uncertain == 1
    assert data.rows("SELECT state FROM outbox ORDER BY id") == [("uncertain",), ("pending",)]

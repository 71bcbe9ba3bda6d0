"""The outbox, whatever happens in whatever order: nothing is lost, and nothing rings twice.

The machine does what delivery does, on a real file: it takes what is due, lets it name what is in
doubt, commits, and learns one of all possible outcomes, the process's death among them.
"""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Iterator
from datetime import timedelta
from typing import Any, ClassVar, TypeVar

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select, text

from bot.model import Feed
from bot.store import Store, Transaction, alerts, chats, digests, outbox
from bot.store.digests import MOST_NAMED
from bot.store.outbox import Letter
from bot.store.schema import outbox as table
from tests.store_kit import (
    GROUP,
    MINUTE,
    NOW,
    PERSON,
    a_chat,
    a_feed,
    a_read_entry,
    migrated,
    told,
)

T = TypeVar("T")

CHATS = (PERSON, GROUP)
WAIT = 10 * MINUTE
MANY = 300
OUTCOMES = ("uncertain", "killed", "sent", "again", "held", "dead")

chat_ids = st.sampled_from(CHATS)


@pytest.fixture(scope="module", autouse=True)
def _store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One file for all runs: a new one for each would cost more than the runs."""
    place = tmp_path_factory.mktemp("outbox") / "ausguck.db"
    place.write_bytes(migrated())
    with asyncio.Runner() as runner:
        Outbox.runner = runner
        Outbox.store = runner.run(Store.open(f"sqlite:///{place}", place.parent))
        yield
        runner.run(Outbox.store.close())


class Outbox(RuleBasedStateMachine):
    """The store in a file, and beside it what people have seen."""

    runner: ClassVar[asyncio.Runner]
    store: ClassVar[Store]

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.letters: dict[int, int] = {}
        """Article -> the message that is to tell it."""
        self.rung: Counter[int] = Counter()
        """Article -> how often it may have rung."""
        self.confirmed: set[int] = set()
        self.named: set[int] = set()
        self.dropped: set[int] = set()
        self.doubted: set[int] = set()
        """Messages that were uncertain at some time."""

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    @initialize()
    def begin_anew(self) -> None:
        self.feed = self.run(self._arrange())

    async def _arrange(self) -> Feed:
        async with self.store.write() as tx:
            await tx.execute(text("DELETE FROM feeds"))
            for chat_id in CHATS:
                await chats.erase(tx, chat_id)
                await a_chat(tx, chat_id)
            return await a_feed(tx)

    # What may happen.

    @rule(chat_id=chat_ids, kind=st.sampled_from(["alert", "catch_up"]), many=st.integers(1, 3))
    def articles_are_found(self, chat_id: int, kind: str, many: int) -> None:
        for _ in range(many):
            self.run(self._found(chat_id, kind))

    async def _found(self, chat_id: int, kind: str) -> None:
        async with self.store.write() as tx:
            entry_id = await a_read_entry(tx, self.feed, f"k{len(self.letters)}")
            if kind == "alert":
                letter_id = await outbox.post(tx, chat_id, kind, self.now, self.now)
            else:
                letter_id = await digests.open_catch_up(tx, chat_id, self.now, self.now)
            await alerts.open_alert(tx, entry_id, told(chat_id), letter_id, self.now)
        self.letters[entry_id] = letter_id

    @rule(chat_id=chat_ids, state=st.sampled_from(["active", "active", "paused", "asleep"]))
    def a_chat_changes_its_mind(self, chat_id: int, state: str) -> None:
        self.run(self._set_state(chat_id, state))

    async def _set_state(self, chat_id: int, state: str) -> None:
        async with self.store.write() as tx:
            await chats.set_state(tx, chat_id, state)

    @rule(minutes=st.sampled_from([1, 5, 11]))
    def time_goes_by(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(outcomes=st.lists(st.sampled_from(OUTCOMES), min_size=1, max_size=4))
    def messages_are_delivered(self, outcomes: list[str]) -> None:
        for outcome in outcomes:
            self.run(self._deliver(outcome))

    # What delivery does.

    async def _deliver(self, outcome: str) -> bool:
        """Deliver one message with this outcome; False where none is due."""
        begun = await self._begin()
        if begun is None:
            return False
        letter, naming = begun
        if letter is None:
            return True
        telling = [entry for entry, told_by in self.letters.items() if told_by == letter.id]
        if outcome in {"sent", "uncertain", "killed"}:
            self.rung.update(telling)
        if outcome == "sent":
            self.confirmed.update(telling)
            self.named.update(naming)
        if outcome == "dead":
            self.dropped.update(telling)
        async with self.store.write() as tx:
            await self._record(tx, letter, outcome)
        return True

    async def _begin(self) -> tuple[Letter | None, list[int]] | None:
        async with self.store.write() as tx:
            await outbox.post_overdue_doubts(tx, WAIT, self.now)
            letter = await outbox.next_due(tx, self.now)
            if letter is None:
                return None
            chat = await chats.get(tx, letter.chat_id)
            doubted = (await outbox.doubts(tx, letter.chat_id))[:MOST_NAMED]
            served = chat is not None and chat.served
            if not served or (letter.kind == "doubt" and not doubted):
                await outbox.dead(tx, letter.id, "not wanted", self.now)
                self.dropped.update(
                    e for e, told_by in self.letters.items() if told_by == letter.id
                )
                return None, []
            await outbox.carry(tx, letter.id, doubted)
            await outbox.begin(tx, letter, self.now)
        ids = {each.id for each in doubted}
        return letter, [entry for entry, told_by in self.letters.items() if told_by in ids]

    async def _record(self, tx: Transaction, letter: Letter, outcome: str) -> None:
        match outcome:
            case "sent":
                await outbox.sent(tx, letter.id, 1, self.now)
            case "again":
                await outbox.again(tx, letter.id, self.now + MINUTE, "HTTP 502", self.now)
            case "uncertain":
                await outbox.uncertain(tx, letter, "the reply was lost", self.now)
            case "dead":
                await outbox.dead(tx, letter.id, "HTTP 400", self.now)
            case "held":
                await outbox.again(tx, letter.id, letter.due, "HTTP 429", self.now)
                await chats.hold(tx, letter.chat_id, self.now + MINUTE)
            case "killed":
                await outbox.recover(tx, self.now)

    # What must hold.

    async def _states(self) -> dict[int, str]:
        async with self.store.read() as connection:
            rows = await connection.execute(select(table.c.id, table.c.state))
            return {row.id: row.state for row in rows}

    @invariant()
    def nothing_in_doubt_is_ever_sent_again_as_it_was(self) -> None:
        states = self.run(self._states())
        self.doubted |= {letter for letter, state in states.items() if state == "uncertain"}
        assert {states[letter] for letter in self.doubted} <= {"uncertain", "sent"}

    @invariant()
    def nothing_rings_twice(self) -> None:
        assert not [entry for entry, times in self.rung.items() if times > 1]

    def teardown(self) -> None:
        """Let all go well for a while: then everything was told, named, or given up for good."""
        for chat_id in CHATS:
            self.run(self._set_state(chat_id, "active"))
        for _ in range(3):
            self.time_goes_by(11)
            steps = 0
            while self.run(self._deliver("sent")):
                steps += 1
                assert steps < MANY, "it never comes to rest"
        self.nothing_in_doubt_is_ever_sent_again_as_it_was()
        self.nothing_rings_twice()
        states = self.run(self._states())
        assert set(states.values()) <= {"sent", "dead"}
        assert set(self.letters) == self.confirmed | self.named | self.dropped
        in_doubt = {entry for entry, letter in self.letters.items() if letter in self.doubted}
        assert in_doubt <= self.named


TestOutbox = Outbox.TestCase
# What fails is told as it was found: making it short would take minutes.
TestOutbox.settings = settings(
    max_examples=20, stateful_step_count=15, phases=[Phase.explicit, Phase.generate]
)

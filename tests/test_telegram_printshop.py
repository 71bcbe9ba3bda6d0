"""The files of press reviews are made one at a time, and alerts do not wait for them."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.store import Store
from bot.telegram import printshop
from bot.telegram.papers import Paper
from tests.reviews_kit import Report
from tests.telegram_kit import GROUP, OTHER, Service, until, working
from tests.test_telegram_reviews import TO_MORNING, names, read

GROUPS = [OTHER - number for number in range(6)]
"""Not people: to a group a file may go at once after its heading."""


class Watched:
    """Lets files be made as ever, and knows how many at once; `held` until it is let go."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.go_on = asyncio.Event()
        self.go_on.set()
        self.now: list[int] = []
        self.most = 0
        self._made = Paper.made

        async def made(paper: Paper, store: Store) -> tuple[str, bytes]:
            return await self.made(paper, store)

        patch.setattr(Paper, "made", made)

    async def made(self, paper: Paper, store: Store) -> tuple[str, bytes]:
        self.now.append(paper.chat_id)
        self.most = max(self.most, len(self.now))
        try:
            await self.go_on.wait()
            return await self._made(paper, store)
        finally:
            self.now.remove(paper.chat_id)


async def all_due(bot: Service) -> None:
    """Several groups want a press review at one time, and that has come."""
    for chat in GROUPS:
        bot.group(chat)
        await bot.serve(chat, "nordkorea")
        await bot.ask("/review 6:30", chat)
    await read(bot, Report("Nordkorea feiert"))
    bot.clock.move(TO_MORNING)
    await until(lambda: all(" bis " in "".join(bot.texts(chat)) for chat in GROUPS), "the headings")


def got(bot: Service) -> Sequence[int]:
    return [chat for chat in GROUPS if len(names(bot.messages(chat))) == 1]


async def test_of_many_that_are_due_together_one_is_made_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with working(tmp_path) as bot:
        watched = Watched(monkeypatch)
        await all_due(bot)

        await until(lambda: len(got(bot)) == len(GROUPS), "the files", 30)

        assert watched.most == 1


async def test_alerts_find_a_place_while_files_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.delivery.AT_ONCE", 5 + printshop.PLACES)
    async with working(tmp_path) as bot:
        watched = Watched(monkeypatch)
        watched.go_on.clear()
        await bot.serve(GROUP, "nordkorea")
        await all_due(bot)
        await until(lambda: watched.now, "the first file")

        await bot.publish("Nordkorea hungert")
        await until(lambda: bot.titles(GROUP) == ["Nordkorea hungert"], "the alert")

        assert got(bot) == []
        watched.go_on.set()
        await until(lambda: len(got(bot)) == len(GROUPS), "the files", 30)


async def test_a_file_that_waits_for_another_is_not_in_doubt_when_all_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with working(tmp_path) as bot:
        watched = Watched(monkeypatch)
        watched.go_on.clear()
        await bot.serve(GROUP, "nordkorea")
        await all_due(bot)
        await bot.publish("Nordkorea hungert")
        await until(lambda: bot.titles(GROUP), "what was due after the files")

        files = [row["state"] for row in bot.rows("outbox") if row["kind"] == "review_file"]

        assert sorted(files) == [*["pending"] * 5, "sending"]
        watched.go_on.set()
        await until(lambda: len(got(bot)) == len(GROUPS), "the files", 30)

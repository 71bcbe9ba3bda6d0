"""A press review in trouble: nothing is lost or comes twice, and what is in doubt is named."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from bot.sandbox import membership
from bot.store import Store, Trouble, outbox, reviews
from bot.telegram.papers import Paper
from tests.reviews_kit import Report
from tests.telegram_kit import OTHER, PERSON, Service, until, working
from tests.test_telegram_reviews import DAY, TO_MORNING, content, morning, names, read


async def due(bot: Service, chat: int = PERSON) -> None:
    """A press review is settled, and something came for it."""
    await bot.serve(chat, "nordkorea")
    await bot.ask("/review 6:30", chat)
    await read(bot, Report("Nordkorea feiert"))


async def recovered(bot: Service, chat: int) -> None:
    """Wait until what was in flight at the end before is in doubt: from then on the time counts."""
    async with asyncio.timeout(30):
        while not await in_doubt(bot, chat):  # noqa: ASYNC110 - the store tells nobody
            await asyncio.sleep(0.03)


async def in_doubt(bot: Service, chat: int) -> int:
    async with bot.store.read() as connection:
        return len(await outbox.doubts(connection, chat))


async def doubted(bot: Service, chat: int = PERSON) -> str:
    """Wait for the message that names what may not have arrived, and return it."""
    bot.clock.move(660)
    await until(lambda: "Vielleicht nicht angekommen" in bot.texts(chat)[-1], "the doubt")
    return bot.texts(chat)[-1]


async def test_a_file_whose_reply_was_lost_is_named_and_not_sent_again(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await due(bot)
        bot.fault("reset_after", method="sendDocument")

        assert len(await morning(bot)) == 2
        doubt = await doubted(bot)

        assert (
            "⚠️ Vielleicht nicht angekommen: Pressespiegel Nordkorea vom Sa., 10. Mai, 6:30 Uhr"
            in doubt
        )
        assert await morning(bot, 660) == []


async def test_a_heading_whose_reply_was_lost_is_named_and_its_files_come(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await due(bot)
        bot.fault("reset_after")

        came = await morning(bot)
        doubt = await doubted(bot)

        assert len(names(came)) == 1
        assert "Pressespiegel vom Sa., 10. Mai, 6:30 Uhr" in doubt


async def test_what_is_in_doubt_is_named_once_also_where_the_next_one_comes(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await due(bot)
        bot.fault("reset_after", method="sendDocument")
        await morning(bot)

        await morning(bot, DAY)
        await until(lambda: "nicht angekommen" in "".join(bot.texts()), "the doubt")
        await bot.settled()

        assert "".join(bot.texts()).count("nicht angekommen") == 1


async def test_a_fault_of_the_network_delays_the_file_and_its_stretch_stays(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await due(bot)
        bot.fault("500", method="sendDocument")
        await morning(bot)
        await read(bot, Report("Nordkorea hungert", hours=0))

        [file] = await morning(bot, 10)

        assert "Nordkorea feiert" in content(bot, file)
        assert "Nordkorea hungert" not in content(bot, file)


async def test_a_heading_that_has_to_wait_opens_once(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await due(bot)
        bot.fault("500")
        first = await morning(bot)

        later = await morning(bot, 10)

        assert len([each for each in first + later if "text" in each]) == 1
        assert len(names(first + later)) == 1
        assert len(await morning(bot, DAY)) == 1


async def test_killed_while_it_is_sent_it_is_named_and_the_next_one_comes(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        group = bot.group(OTHER)
        await due(bot, group)
        await bot.stop()
        bot.clock.move(TO_MORNING)
        async with bot.store.write() as tx:
            letter = await outbox.next_due(tx, bot.clock())
            assert letter is not None
            said = await reviews.heading(tx, letter)
            assert said is not None
            next_due = bot.clock() + timedelta(days=1)
            await reviews.begin(tx, letter, said, next_due, bot.clock())
            await outbox.begin(tx, letter, bot.clock())
        await bot.start()
        await recovered(bot, group)

        doubt = await doubted(bot, group)

        assert "Pressespiegel vom Sa., 10. Mai, 6:30 Uhr" in doubt
        bot.clock.move(DAY)
        await bot.settled()
        assert bot.texts(group)[-1].startswith("📰 Pressespiegel, Sa., 10. Mai, 6:30 Uhr bis")


async def test_where_files_are_not_allowed_alerts_go_on(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        group = bot.group(OTHER)
        await due(bot, group)
        bot.fault("400_documents", method="sendDocument")
        bot.clock.move(TO_MORNING)
        await bot.settled()

        assert "Vielleicht sind in diesem Chat Dateien nicht erlaubt." in bot.texts(group)[-1]
        assert bot.state(group) == "active"
        await bot.publish("Nordkorea hungert")
        await bot.settled()
        assert bot.titles(group) == ["Nordkorea hungert"]


async def test_a_group_that_becomes_a_supergroup_keeps_its_press_review(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        group = bot.group(OTHER)
        await due(bot, group)
        membership.migrate(bot.sandbox.world, bot.sandbox.world.chats[group])
        bot.clock.move(TO_MORNING)
        await bot.settled()

        moved = bot.sandbox.world.chats[group].moved_to
        assert moved is not None
        assert len(names(bot.messages(moved))) == 1


async def test_a_file_that_the_database_did_not_give_comes_when_it_is_well_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, failed = Paper.made, list[Paper]()

    async def made_at_last(paper: Paper, store: Store) -> tuple[str, bytes]:
        if not failed:
            failed.append(paper)
            store.trouble = Trouble("failing", bot.clock())
            raise OperationalError("", {}, Exception("disk I/O error"))
        return await made(paper, store)

    async with working(tmp_path) as bot:
        await due(bot)
        monkeypatch.setattr(Paper, "made", made_at_last)

        bot.clock.move(TO_MORNING)
        await bot.delivered("sent", "pending", "sent")

        assert len(names(bot.messages(PERSON))) == 1

"""Leaving, and what is kept: a pause, all of it as a file, all of it erased."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.config.sections import NetSection
from bot.sandbox import people as hands
from bot.store import own
from tests.telegram_kit import GROUP, PERSON, Service, offline, until, working

MEMBER = 3003
DAY = timedelta(days=1).total_seconds()
GONE = "Das ist schon gelöscht."


def files(bot: Service, chat: int = PERSON) -> list[dict[str, Any]]:
    """Return the messages with a file in a chat."""
    return [message for message in bot.messages(chat) if "document" in message]


def content(bot: Service, message: dict[str, Any]) -> dict[str, Any]:
    """Return what a JSON file says."""
    assert message["document"]["file_name"] == "ausguck.json"
    read: dict[str, Any] = json.loads(
        bot.sandbox.world.files[message["document"]["file_id"]].content
    )
    return read


async def said(bot: Service, words: str, chat: int = PERSON) -> None:
    await until(lambda: any(words in text for text in bot.texts(chat)), words)


async def with_a_life(bot: Service, chat: int = PERSON) -> None:
    """A chat that has set, and was told, something."""
    await bot.serve(chat, "nordkorea")
    async with bot.store.write() as tx:
        await own.set_lines(tx, chat, ["Kim Jong Un"])
        await own.exclude(tx, chat, "nordkorea", "title:Videospiel", bot.clock())
    await bot.publish("Parade")
    await until(lambda: bot.titles(chat) == ["Parade"], "the alert")


async def erased(bot: Service, chat: int = PERSON) -> None:
    await bot.ask("/ende", chat)
    await bot.press("Alles löschen", chat)
    await said(bot, "Alles gelöscht", chat)


# Erasing.


async def test_before_all_is_erased_it_is_handed_out_as_a_file(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await with_a_life(bot)

        await erased(bot)

        [file] = files(bot)
        assert file["caption"] == "🗂 Das war alles, was ich über diesen Chat wusste."
        kept = content(bot, file)
        assert [row["watchlist"] for row in kept["lists"]] == ["nordkorea"]
        assert kept["own_queries"] == ["Kim Jong Un"]
        assert kept["exclusions"][0]["line"] == "title:Videospiel"
        assert kept["alerts"][0]["title"] == "Parade"
        assert kept["alerts"][0]["created"].startswith("2025-05-09T08:00")
        assert kept["decisions"][0]["reason"] == "it is new"
        assert bot.state() is None


async def test_where_the_file_cannot_be_sent_all_is_erased_and_that_is_said(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await with_a_life(bot)
        bot.fault("500", method="sendDocument")
        await bot.ask("/stop")

        await bot.press("Alles löschen")

        await said(bot, "Die Datei mit Ihren Daten ließ sich vorher leider nicht schicken")
        assert bot.state() is None
        assert bot.rows("own_lists") == []


async def test_who_comes_back_begins_anew(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await with_a_life(bot, GROUP)
        await erased(bot, GROUP)
        bot.clock.move(60)

        greeting = await bot.ask("/start", GROUP)

        assert "Guten Tag" in greeting["text"]
        assert bot.buttons(greeting) == ["▫️ Nordkorea", "▫️ Siegesparade"]


async def test_pressed_twice_erases_once_and_leaves_no_trace(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await with_a_life(bot, GROUP)
        question = await bot.ask("/stop", GROUP)
        [_, (_, data), _] = _keys(question)
        world = bot.sandbox.world
        presses = []
        for _ in range(2):
            presses.append(hands.press(world, world.chats[GROUP], question["message_id"], data))
            bot.clock.move(1)

        answers = [await bot.answered(press) for press in presses]

        assert answers == ["", GONE]
        assert len(files(bot, GROUP)) == 1
        assert bot.rows("chats") == []


def _keys(message: dict[str, Any]) -> list[tuple[str, str]]:
    rows = message["reply_markup"]["inline_keyboard"]
    return [(key["text"], key["callback_data"]) for row in rows for key in row]


async def test_an_old_button_erases_nothing_of_a_later_stay(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await with_a_life(bot, GROUP)
        old = dict(_keys(await bot.ask("/stop", GROUP)))["🗑 Alles löschen"]
        await bot.press("Alles löschen", GROUP)
        await said(bot, "Alles gelöscht", GROUP)
        bot.clock.move(DAY)
        await bot.serve(GROUP, "siegesparade")

        assert await bot.forge(old, GROUP, sender=PERSON) == GONE

        assert bot.lists(GROUP) == {"siegesparade"}


async def test_where_it_cannot_be_erased_that_is_said(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await with_a_life(bot)
        (tmp_path / "erased").mkdir()
        await bot.ask("/stop")

        await bot.press("Alles löschen")

        await said(bot, "Das Löschen hat gerade nicht geklappt")
        assert bot.lists() == {"nordkorea"}


@pytest.mark.parametrize("data", ["stop:erase", "stop:erase:", "stop:erase:0", "stop:erase:x:y"])
async def test_a_forged_button_erases_nothing_and_is_answered(tmp_path: Path, data: str) -> None:
    async with working(tmp_path) as bot:
        await with_a_life(bot)
        bot.clock.move(60)

        assert await bot.forge(data)

        assert bot.lists() == {"nordkorea"}
        assert files(bot) == []


# In groups.


async def test_in_a_group_only_an_administrator_ends_anything(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        bot.person(MEMBER)
        bot.member(MEMBER)

        refused = await bot.ask("/stop", GROUP, MEMBER)
        await bot.ask("/stop", GROUP, PERSON)
        answer = await bot.press("Pause", GROUP, MEMBER)

        assert refused["text"] == answer == "Das kann hier nur ein Administrator."
        assert bot.state(GROUP) == "active"


@pytest.mark.parametrize(
    ("as_", "asked"), [(GROUP, True), (-5005, False)], ids=["the group", "another channel"]
)
async def test_an_administrator_who_stays_anonymous_may(
    tmp_path: Path, as_: int, asked: bool
) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        bot.update(anonymous("/stop", as_))

        message = await bot.message(0, GROUP)

        assert ("⏸ Pause" in bot.buttons(message)) == asked


def anonymous(text: str, as_: int) -> dict[str, Any]:
    """A command in the group that a chat has sent, and not a person."""
    return {
        "message": {
            "message_id": 1,
            "date": 1,
            "chat": {"id": GROUP, "type": "group", "title": "Redaktion"},
            "from": {"id": 1087968824, "is_bot": True, "first_name": "Group"},
            "sender_chat": {"id": as_, "type": "supergroup", "title": "X"},
            "text": text,
            "entities": [{"type": "bot_command", "offset": 0, "length": len(text)}],
        }
    }


async def test_a_member_does_not_end_a_groups_pause_by_start(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        await bot.set_state(GROUP, "paused")
        bot.person(MEMBER)
        bot.member(MEMBER)

        await bot.ask("/start", GROUP, MEMBER)
        paused = bot.state(GROUP)
        await bot.ask("/start", GROUP, PERSON)

        assert (paused, bot.state(GROUP)) == ("paused", "active")


async def test_a_group_is_handed_out_to_the_group(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await with_a_life(bot, GROUP)

        await erased(bot, GROUP)

        [file] = files(bot, GROUP)
        assert content(bot, file)["chat"]["id"] == GROUP
        assert bot.texts() == []


# What is kept.


@pytest.mark.parametrize(
    ("command", "language", "words"),
    [
        ("/datenschutz", "de", ["Ich merke mir nicht", "400 Tage", "180 Tage", "/stop"]),
        ("/privacy", "en", ["I do not keep", "400 days", "180 days", "/stop"]),
    ],
)
async def test_privacy_says_what_is_kept_how_long_and_how_to_have_it_erased(
    tmp_path: Path, command: str, language: str, words: list[str]
) -> None:
    async with working(tmp_path) as bot:
        bot.sandbox.world.users[PERSON].language = language

        text = (await bot.ask(command))["text"]

        assert [word for word in words if word not in text] == []


async def test_privacy_names_who_runs_it_where_that_is_known(tmp_path: Path) -> None:
    async with offline(tmp_path) as bot:
        net = NetSection(contact="redaktion@<b>example.org")
        bot.config = bot.config.model_copy(update={"net": net})
        await bot.start()

        known = (await bot.ask("/privacy"))["text"]

        assert known.endswith("Betreiber: redaktion@<b>example.org")


async def test_privacy_does_not_pretend_to_know_who_runs_it(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        text = (await bot.ask("/privacy"))["text"]

        assert text.endswith("Eine Adresse ist nicht hinterlegt.")


async def test_what_is_kept_can_be_had_as_a_file_at_any_time(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await with_a_life(bot)
        await bot.ask("/privacy")

        await bot.press("Alles als Datei")

        await until(lambda: files(bot), "the file")
        assert content(bot, files(bot)[0])["alerts"][0]["title"] == "Parade"
        assert bot.state() == "active"


async def test_a_file_that_cannot_be_sent_is_no_silence(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await with_a_life(bot)
        await bot.ask("/privacy")
        bot.fault("500", method="sendDocument")

        await bot.press("Alles als Datei")

        await said(bot, "Die Datei ließ sich gerade nicht schicken")

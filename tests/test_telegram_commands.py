"""What a person types and what comes back: /start, /help, /lists, /stop."""

from pathlib import Path

import pytest

from tests.telegram_kit import GROUP, PERSON, offline, until, working


@pytest.mark.parametrize(
    ("language", "greeting"),
    [
        ("de", "Guten Tag"),
        ("de-AT", "Guten Tag"),
        ("en", "Hello"),
        ("fr", "Hello"),
        (None, "Hello"),
    ],
)
async def test_start_greets_in_the_persons_language_and_else_in_english(
    tmp_path: Path, language: str | None, greeting: str
) -> None:
    async with working(tmp_path) as bot:
        person = bot.person(2001, language)

        message = await bot.ask("/start", person)

        assert greeting in message["text"]


async def test_start_shows_every_list_switched_off(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        message = await bot.ask("/start")

        assert bot.buttons(message) == ["▫️ Nordkorea", "▫️ Siegesparade"]


async def test_a_person_who_changes_their_language_is_followed(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve()
        bot.sandbox.world.users[PERSON].language = "en"

        message = await bot.ask("/help")

        assert "What I can do" in message["text"]


async def test_a_group_is_spoken_to_in_the_configured_language(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        bot.sandbox.world.users[PERSON].language = "en"

        message = await bot.ask("/start", GROUP)

        assert "Guten Tag" in message["text"]


async def test_help_names_the_commands_and_has_a_button_to_the_lists(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        message = await bot.ask("/help", GROUP)
        assert {"/lists", "/add", "/why", "/stop"} <= set(message["text"].split())

        await bot.press("Wortlisten", GROUP)

        assert bot.buttons(await bot.message(1, GROUP)) == ["▫️ Nordkorea", "▫️ Siegesparade"]


async def test_lists_shows_what_is_on(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "siegesparade")

        message = await bot.ask("/lists")

        assert bot.buttons(message) == ["▫️ Nordkorea", "✅ Siegesparade"]


async def test_without_any_watchlist_it_is_said_so(tmp_path: Path) -> None:
    async with working(tmp_path, lists={}) as bot:
        message = await bot.ask("/lists")

        assert "Noch gibt es keine Wortliste" in message["text"]
        assert bot.buttons(message) == []


async def test_a_command_for_another_bot_is_not_answered(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        bot.update(message_to("/start@another_bot", GROUP))
        bot.say("/help", GROUP)

        message = await bot.message(0, GROUP)

        assert "Was ich kann" in message["text"]


def message_to(text: str, chat: int) -> dict[str, object]:
    command = {"type": "bot_command", "offset": 0, "length": len(text)}
    return {
        "message": {
            "message_id": 1,
            "date": 1,
            "chat": {"id": chat, "type": "group", "title": "Redaktion"},
            "from": {"id": PERSON, "is_bot": False, "first_name": "Marlene"},
            "text": text,
            "entities": [command],
        }
    }


async def test_stop_asks_first_and_changes_nothing(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea")

        message = await bot.ask("/stop")

        assert bot.buttons(message) == ["⏸ Pause", "🗑 Alles löschen", "Weiter wie bisher"]
        assert (bot.state(), bot.lists()) == ("active", {"nordkorea"})


async def test_keep_takes_the_question_back(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea")
        await bot.ask("/stop")

        await bot.press("Weiter")

        await until(lambda: bot.texts() == [KEPT], KEPT)
        assert bot.buttons(bot.messages()[0]) == []
        assert (bot.state(), bot.lists()) == ("active", {"nordkorea"})


KEPT = "Alles bleibt, wie es ist."
PAUSED = "⏸ Pause. Mit /start geht es weiter."


async def test_in_a_pause_nothing_is_sent_and_start_wakes_it_with_its_lists(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        await bot.ask("/stop", GROUP)
        await bot.press("Pause", GROUP)
        await until(lambda: bot.texts(GROUP) == [PAUSED], PAUSED)
        await bot.publish("In der Pause")

        welcome = await bot.ask("/start", GROUP)
        await bot.publish("Nach der Pause")

        await until(lambda: bot.titles(GROUP) == ["Nach der Pause"], "the alert")
        assert "Schön, dass Sie wieder da sind" in welcome["text"]
        assert bot.buttons(welcome) == ["✅ Nordkorea", "▫️ Siegesparade"]


async def test_help_does_not_end_a_pause(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        await bot.ask("/stop", GROUP)
        await bot.press("Pause", GROUP)

        await bot.ask("/help", GROUP)

        assert bot.state(GROUP) == "paused"


async def test_erased_is_gone_from_every_table(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea")
        await bot.publish("Vorher")
        await bot.delivered("sent")
        await bot.ask("/stop")

        await bot.press("Alles löschen")

        await until(lambda: any("Alles gelöscht" in text for text in bot.texts()), "the farewell")
        for table in ("chats", "subscriptions", "decisions", "outbox", "alerts"):
            assert bot.rows(table) == [], table
        for table in bot.tables():
            assert str(PERSON) not in str(bot.rows(table)), table


async def test_commands_reach_the_bot_that_was_not_running(tmp_path: Path) -> None:
    async with offline(tmp_path) as bot:
        bot.say("/help")

        await bot.start()

        assert "Was ich kann" in (await bot.message(0))["text"]

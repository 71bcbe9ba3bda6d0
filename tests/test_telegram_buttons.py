"""What a person presses: it happens once, at once, and nobody can press what is not theirs."""

from pathlib import Path

import pytest

from bot.sandbox import membership, people
from bot.telegram.views import handle
from tests.telegram_kit import GROUP, PERSON, Service, until, working

STALE = "Dieser Knopf ist veraltet. Alle Befehle stehen unter /help."
ONLY_ADMINISTRATORS = "Das kann hier nur ein Administrator."
NOTHING = "Zu Nordkorea gab es in den letzten 24 Stunden nichts. Ich halte Ausschau."
STRANGER = 3003


async def test_switching_on_is_answered_and_shown_on_the_button(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.ask("/lists", GROUP)

        assert await bot.press("Nordkorea", GROUP) == "„Nordkorea“ ist eingeschaltet"

        await until(lambda: "✅ Nordkorea" in bot.buttons(bot.messages(GROUP)[0]), "the tick")
        assert bot.lists(GROUP) == {"nordkorea"}


async def test_switching_off_is_answered_and_shown_on_the_button(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea", "siegesparade")
        await bot.ask("/lists")

        assert await bot.press("Nordkorea") == "„Nordkorea“ ist ausgeschaltet"

        await until(lambda: "▫️ Nordkorea" in bot.buttons(bot.messages()[0]), "the tick gone")
        assert bot.lists() == {"siegesparade"}


@pytest.mark.parametrize(
    ("articles", "said"),
    [
        ((), NOTHING),
        (("Eins",), "Zu Nordkorea erschien in den letzten 24 Stunden ein Artikel:"),
        (("Eins", "Zwei"), "Zu Nordkorea erschienen in den letzten 24 Stunden 2 Artikel:"),
    ],
)
async def test_switched_on_a_list_says_without_a_sound_what_the_last_day_brought(
    tmp_path: Path, articles: tuple[str, ...], said: str
) -> None:
    async with working(tmp_path) as bot:
        await bot.publish("Vorgestern", hours=25)
        for number, title in enumerate(articles):
            await bot.publish(title, hours=23 - number)
        await bot.ask("/lists")

        await bot.press("Nordkorea")
        recent = await bot.message(1)

        first, *rest = recent["text"].split("\n")
        assert first == said
        titles = [line.removeprefix("• ") for line in rest if line.startswith("• ")]
        assert titles == list(reversed(articles))
        lists, told = bot.calls("sendMessage")
        assert told["params"]["disable_notification"] is True
        assert not lists["params"].get("disable_notification")


async def test_the_answer_does_not_wait_for_what_is_sent_after_it(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.ask("/lists")

        await bot.press("Nordkorea")

        assert len(bot.texts()) == 1  # the news has to keep a second's distance; the answer is here


async def test_what_was_shown_at_switching_on_does_not_ring_later(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        link = await bot.publish("Schon gezeigt")
        await bot.ask("/lists", GROUP)
        await bot.press("Nordkorea", GROUP)
        await bot.message(1, GROUP)

        await bot.publish("Dasselbe in einem zweiten Feed", link=link)

        assert bot.states() == []


async def test_pressed_twice_a_button_does_the_same_and_is_answered_twice(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.ask("/lists", GROUP)
        world = bot.sandbox.world
        number, data = bot.messages(GROUP)[0]["message_id"], f"on:{handle('nordkorea')}"

        presses = [people.press(world, world.chats[GROUP], number, data) for _ in range(2)]

        answers = [await bot.answered(press) for press in presses]
        assert answers == ["„Nordkorea“ ist eingeschaltet"] * 2
        assert bot.lists(GROUP) == {"nordkorea"}
        await bot.ask("/help", GROUP)
        assert [text.splitlines()[0] for text in bot.texts(GROUP)[1:]] == [NOTHING, "Was ich kann"]


async def test_a_button_works_after_a_restart(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "siegesparade")
        await bot.ask("/lists")

        await bot.restart()

        assert await bot.press("Siegesparade") == "„Siegesparade“ ist ausgeschaltet"


async def test_a_button_whose_message_is_out_of_reach_works_all_the_same(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        answer = await bot.forge(f"on:{handle('nordkorea')}", date=0)

        assert answer == "„Nordkorea“ ist eingeschaltet"
        await until(lambda: bot.texts() == [NOTHING], NOTHING)


async def test_a_list_that_is_gone_is_an_old_button(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.ask("/lists")
        await bot.delete("nordkorea")

        assert await bot.press("Nordkorea") == STALE
        assert bot.lists() == set()


@pytest.mark.parametrize(
    "data",
    [
        "",
        ":",
        "on",
        "on:",
        "on:nordkorea",
        "on:0000000000000000",
        "off:\x00",
        "in:1",
        "in:-9223372036854775809",
        "in:٣",
        "out:x",
        "nonsense:1",
        "on:" + "ü" * 5000,
        "'; DROP TABLE chats; --",
    ],
)
async def test_forged_data_changes_nothing_and_is_answered(tmp_path: Path, data: str) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "siegesparade", admin=True)
        before = {table: bot.rows(table) for table in bot.tables()}

        assert await bot.forge(data) == STALE

        assert {table: bot.rows(table) for table in bot.tables()} == before
        assert bot.texts() == []


async def test_a_forged_stop_is_answered_and_stops_nothing(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "siegesparade")

        assert await bot.forge("stop:everything") == STALE

        assert (bot.state(), bot.lists()) == ("active", {"siegesparade"})


@pytest.mark.parametrize(
    "name", ["n" * 190, ("Übergrößenträger-Maßnahmen ß " * 6).strip(), "🇰🇵" * 30], ids=len
)
async def test_a_list_may_have_any_name(tmp_path: Path, name: str) -> None:
    async with working(tmp_path, lists={name: "Nordkorea"}) as bot:
        await bot.ask("/lists", GROUP)

        answer = await bot.press("▫️", GROUP)

        assert answer.startswith("„" + name[:20])
        assert bot.lists(GROUP) == {name}


async def test_a_label_with_markup_is_shown_as_it_is_written(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.write(nordkorea="@label <b>A & B</b>\nNordkorea")

        message = await bot.ask("/lists")

        assert "▫️ <b>A & B</b>" in bot.buttons(message)


# Groups.


async def in_the_group(bot: Service) -> None:
    """The group is served and has the switches before it."""
    await bot.serve(GROUP)
    membership.set_member(bot.sandbox.world, bot.sandbox.world.chats[GROUP], STRANGER, "member")
    await bot.ask("/lists", GROUP)


async def test_in_a_group_an_administrator_may_press(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await in_the_group(bot)

        assert await bot.press("Nordkorea", GROUP, PERSON) == "„Nordkorea“ ist eingeschaltet"


async def test_in_a_group_nobody_else_may_press(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await in_the_group(bot)

        assert await bot.press("Nordkorea", GROUP, STRANGER) == ONLY_ADMINISTRATORS

        assert bot.lists(GROUP) == set()


async def test_in_a_group_an_admin_of_the_bot_may_press(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await in_the_group(bot)
        bot.person(4004)
        membership.set_member(bot.sandbox.world, bot.sandbox.world.chats[GROUP], 4004, "member")
        await bot.serve(4004, admin=True)

        assert await bot.press("Nordkorea", GROUP, 4004) == "„Nordkorea“ ist eingeschaltet"


async def test_where_telegram_does_not_say_who_somebody_is_they_may_not_press(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await in_the_group(bot)
        bot.fault("500", method="getChatMember")

        assert await bot.press("Nordkorea", GROUP, PERSON) == ONLY_ADMINISTRATORS

        assert bot.lists(GROUP) == set()


async def test_a_member_of_a_group_may_ask_and_is_answered(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await in_the_group(bot)

        message = await bot.ask("/help", GROUP, STRANGER)

        assert "Was ich kann" in message["text"]

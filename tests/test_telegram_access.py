"""Who is let in: everybody, those who are invited, or those on the list; and who says so."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox import membership
from tests.harness import running
from tests.telegram_kit import GROUP, PERSON, Service, until, working

STRANGER = 3003
NO_ACCESS = f"Ihre Kennung ist {STRANGER}"
OUTDATED = "Dieser Knopf ist veraltet. Alle Befehle stehen unter /help."


async def test_open_lets_everybody_in(tmp_path: Path) -> None:
    async with working(tmp_path, access="open") as bot:
        message = await bot.ask("/start", bot.person(STRANGER))

        assert "Wählen Sie jetzt" in message["text"]
        assert bot.state(STRANGER) == "active"


async def test_a_stranger_gets_one_polite_line_with_their_id(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        message = await bot.ask("/start", bot.person(STRANGER))

        assert "nur Eingeladenen" in message["text"]
        assert NO_ACCESS in message["text"]
        assert bot.buttons(message) == []


async def test_the_admins_are_asked_once_and_not_at_every_start(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        await bot.serve(PERSON, admin=True)
        bot.person(STRANGER)

        await bot.ask("/start", STRANGER)
        await bot.ask("/lists", STRANGER)

        [question] = bot.messages()
        assert question["text"] == "🚪 Jemand möchte mitlesen: Person 3003, Kennung 3003."
        assert bot.buttons(question) == ["Zulassen", "Ablehnen"]
        assert bot.state(STRANGER) == "asked"


async def test_a_stranger_whose_name_is_markup_is_shown_as_they_are_called(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        await bot.serve(PERSON, admin=True)
        bot.person(STRANGER)
        bot.sandbox.world.users[STRANGER].first_name = "<b>A & B</b> \u202egnirb"

        await bot.ask("/start", STRANGER)

        assert "mitlesen: <b>A & B</b> gnirb, Kennung" in bot.texts()[0]


async def test_an_admin_who_cannot_be_written_to_keeps_nobody_from_being_asked(
    tmp_path: Path,
) -> None:
    async with working(tmp_path, access="invite") as bot:
        await bot.serve(PERSON, admin=True)
        await bot.serve(bot.person(4004), admin=True)
        bot.person(STRANGER)
        bot.fault("403_blocked", PERSON)

        message = await bot.ask("/start", STRANGER)

        assert NO_ACCESS in message["text"]
        assert "mitlesen" in bot.texts(4004)[0]


async def test_let_in_the_person_is_greeted_and_the_question_is_settled(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        await asked(bot)

        await bot.press("Zulassen")

        greeting = await bot.message(1, STRANGER)
        assert bot.buttons(greeting) == ["▫️ Nordkorea", "▫️ Siegesparade"]
        assert bot.texts() == ["✅ 3003 liest jetzt mit."]
        assert bot.buttons(bot.messages()[0]) == []
        assert bot.state(STRANGER) == "active"


async def test_refused_the_person_stays_out_and_nobody_is_asked_again(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        await asked(bot)

        await bot.press("Ablehnen")

        await until(lambda: bot.texts() == ["3003 wurde abgelehnt."], "the answer")
        again = await bot.ask("/start", STRANGER)
        assert NO_ACCESS in again["text"]
        assert len(bot.texts()) == 1


async def asked(bot: Service) -> None:
    """A stranger has asked, and the admin has the question."""
    await bot.serve(PERSON, admin=True)
    await bot.ask("/start", bot.person(STRANGER))


async def test_with_no_admin_yet_a_later_start_asks(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        await bot.ask("/start", bot.person(STRANGER))
        await bot.serve(PERSON, admin=True)

        await bot.ask("/start", STRANGER)

        assert len(bot.texts()) == 1


async def test_nobody_lets_themselves_in(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        await asked(bot)

        assert await bot.forge(f"in:{STRANGER}", STRANGER) == OUTDATED

        assert bot.state(STRANGER) == "asked"


async def test_who_is_served_but_no_admin_lets_nobody_in(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        await asked(bot)
        await bot.serve(bot.person(4004))

        answer = await bot.forge(f"in:{STRANGER}", 4004)

        assert answer == "Das kann nur, wer diesen Ausguck betreibt."
        assert bot.state(STRANGER) == "asked"


async def test_on_the_list_means_no_questions(tmp_path: Path) -> None:
    async with working(tmp_path, access="list", admins=(PERSON,)) as bot:
        await bot.ask("/start")

        message = await bot.ask("/start", bot.person(STRANGER))

        assert NO_ACCESS in message["text"]
        assert len(bot.texts()) == 1
        assert bot.state(STRANGER) is None


async def test_a_strangers_group_is_turned_away(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        await bot.serve(bot.person(4004), admin=True)

        message = await bot.ask("/start", GROUP, PERSON)

        assert message["text"].startswith(
            "Gruppen schaltet ein Administrator dieses Ausgucks frei:"
        )
        assert bot.state(GROUP) is None
        assert bot.texts(4004) == []


async def test_an_admin_lets_a_group_in_by_writing_there(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        await bot.serve(PERSON, admin=True)

        message = await bot.ask("/start", GROUP, PERSON)

        assert bot.buttons(message) == ["▫️ Nordkorea", "▫️ Siegesparade"]
        assert bot.state(GROUP) == "active"


async def test_in_a_group_that_is_not_let_in_nothing_can_be_pressed(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        assert await bot.forge("lists", GROUP, sender=PERSON) == OUTDATED

        assert bot.texts(GROUP) == []


# The owner's link.


def code(bot: Service) -> str:
    """The payload of the link that the operator was shown last."""
    return bot.announced[-1].rpartition("?start=")[2]


async def test_whoever_opens_the_owners_link_is_the_admin(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        assert "https://t.me/ausguck_sandbox_bot?start=own_" in bot.announced[0]

        message = await bot.ask(f"/start {code(bot)}")

        assert "Dieser Ausguck gehört jetzt Ihnen" in message["text"]
        assert [row["admin"] for row in bot.rows("chats")] == [1]


async def test_the_owners_link_works_once(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        await bot.ask(f"/start {code(bot)}")

        message = await bot.ask(f"/start {code(bot)}", bot.person(STRANGER))

        assert NO_ACCESS in message["text"]
        assert bot.state(STRANGER) == "asked"


async def test_the_owners_link_lives_for_an_hour(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        bot.clock.move(timedelta(hours=1).total_seconds())

        message = await bot.ask(f"/start {code(bot)}", bot.person(STRANGER))

        assert NO_ACCESS in message["text"]
        assert bot.rows("chats") == []


@pytest.mark.parametrize("payload", ["own_wrong", "own_", "own", "w_7", "x" * 64, "own_ü 2 3"])
async def test_a_wrong_code_is_a_plain_start(tmp_path: Path, payload: str) -> None:
    async with working(tmp_path, access="open") as bot:
        message = await bot.ask(f"/start {payload}")

        assert "Wählen Sie jetzt" in message["text"]
        assert [row["admin"] for row in bot.rows("chats")] == [0]


async def test_the_owners_link_makes_no_group_an_admin(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        await bot.ask(f"/start {code(bot)}", GROUP)

        assert bot.rows("chats") == []


async def test_the_code_itself_is_not_kept(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        assert code(bot).removeprefix("own_") not in str(bot.rows("codes"))


@pytest.mark.parametrize("state", ["active", "paused", "asleep"])
async def test_the_link_is_shown_only_while_there_is_no_admin(tmp_path: Path, state: str) -> None:
    async with working(tmp_path, access="invite") as bot:
        await bot.serve(PERSON, admin=True)
        await bot.set_state(PERSON, state)
        bot.announced.clear()

        await bot.restart()

        assert bot.announced == []


async def test_admins_in_the_configuration_need_no_link(tmp_path: Path) -> None:
    async with working(tmp_path, admins=(PERSON,)) as bot:
        assert bot.announced == []


# Names.


async def test_names_of_people_are_neither_stored_nor_logged(tmp_path: Path) -> None:
    async with running(tmp_path) as bot:
        bot.write(INVITE)
        world = bot.sandbox.world
        membership.add_chat(world, STRANGER, "private", "de")
        world.users[STRANGER].first_name = "Zwiebelfisch"
        await bot.arrange()
        await bot.start()
        bot.say("/start", STRANGER)
        await until(lambda: bot.messages(STRANGER), "the answer")
        bot.sandbox.world.updates.push_raw({"message": {"from": world.users[STRANGER].api()}})
        await bot.press("Zulassen")
        await until(lambda: len(bot.messages(STRANGER)) == 2, "the greeting")

        assert await bot.stop() == 0

        assert "Zwiebelfisch" in bot.calls("sendMessage")[0]["params"]["text"]
        assert "telegram.update_unreadable" in bot.log()
        assert "Zwiebelfisch" not in bot.log()
        for path in (tmp_path / "data").iterdir():
            assert b"Zwiebelfisch" not in path.read_bytes(), path
        assert "12345:sandbox" not in bot.log()


INVITE = """
[telegram]
token = "12345:sandbox"
api_base = "{api}"
access = "invite"
[web]
listen = "127.0.0.1:0"
[log]
level = "debug"
format = "json"
"""


async def test_the_owners_link_is_good_for_nothing_once_there_is_an_admin(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        link = bot.announced[0]
        await bot.serve(bot.person(4004), admin=True)
        await bot.set_state(4004, "paused")

        await bot.ask(f"/start {link.rpartition('=')[2]}")

        assert [row["id"] for row in bot.rows("chats") if row["admin"]] == [4004]

"""What erasing means for coming back, said before and after it: an invitation, an owner's link."""

from pathlib import Path

from tests.telegram_kit import GROUP, PERSON, Service, until, working

ADMIN, MEMBER = 4004, 3003
NEW_INVITATION = "Wenn Sie wieder mitlesen möchten, brauchen Sie eine neue Einladung."


async def erased(bot: Service, chat: int = PERSON) -> str:
    """Press the button under the last question; return what is said after it."""
    await bot.press("Alles löschen", chat)
    found = await until(
        lambda: next((text for text in bot.texts(chat) if "Alles gelöscht" in text), ""), "the end"
    )
    return str(found)


async def test_the_last_admin_is_told_that_only_a_terminal_makes_a_new_owner(
    tmp_path: Path,
) -> None:
    async with working(tmp_path, access="invite") as bot:
        await bot.serve(PERSON, admin=True)

        question = (await bot.ask("/stop"))["text"]
        end = await erased(bot)

        assert "Sie sind der letzte Administrator dieses Ausgucks" in question
        assert "ausguck status in einem Terminal" in question
        assert "ausguck status in einem Terminal" in end
        assert "/start" not in end


async def test_an_admin_beside_whom_there_is_another_needs_an_invitation(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        await bot.serve(PERSON, admin=True)
        await bot.serve(bot.person(ADMIN), admin=True)
        await bot.set_state(ADMIN, "paused")

        question = (await bot.ask("/stop"))["text"]

        assert "letzte Administrator" not in question
        assert "neuen Einladung" in question
        assert NEW_INVITATION in await erased(bot)


async def test_an_admin_of_the_configuration_comes_back_by_start(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite", admins=(PERSON,)) as bot:
        await bot.serve(PERSON, admin=True)

        assert "⚠️" not in (await bot.ask("/stop"))["text"]

        assert "Mit /start fangen wir neu an." in await erased(bot)


async def test_who_was_invited_is_told_that_coming_back_takes_an_invitation(
    tmp_path: Path,
) -> None:
    async with working(tmp_path, access="list") as bot:
        await bot.serve(bot.person(ADMIN), admin=True)
        await bot.serve(PERSON)

        question = (await bot.ask("/stop"))["text"]
        end = await erased(bot)

        assert "⚠️ Nach dem Löschen kommen Sie nur mit einer neuen Einladung zurück" in question
        assert NEW_INVITATION in end
        assert "/start" not in end


async def test_where_everybody_is_let_in_nobody_is_warned(tmp_path: Path) -> None:
    async with working(tmp_path, access="open") as bot:
        await bot.serve(PERSON)

        assert "⚠️" not in (await bot.ask("/stop"))["text"]

        assert "Mit /start fangen wir neu an." in await erased(bot)


async def test_a_groups_administrator_is_told_who_lets_it_in_again(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        await bot.serve(bot.person(ADMIN), admin=True)
        await bot.serve(GROUP, "nordkorea")

        question = (await bot.ask("/stop", GROUP, PERSON))["text"]

        assert "nur ein Administrator dieses Ausgucks wieder frei" in question
        assert "Wieder frei schaltet mich hier ein Administrator" in await erased(bot, GROUP)

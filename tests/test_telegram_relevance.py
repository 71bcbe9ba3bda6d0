"""`Not relevant`: exclusions for one chat, counted votes in groups, proposals for admins."""

from pathlib import Path

from tests.telegram_kit import GROUP, OTHER, PERSON, Service, until, working

MEMBER = 3003
ADMIN = 4004
GAME = ("Nordkorea als Videospiel", "Ein Videospiel über Nordkorea kommt auf den Markt.")
NEXT = ("Nordkorea im nächsten Videospiel", "Noch ein Videospiel über Nordkorea.")
NEWS = ("Soldaten aus Nordkorea", "Soldaten aus Nordkorea marschierten über den Platz.")


async def told(bot: Service, *chats: int) -> None:
    """These chats were told of the video game."""
    for chat in chats or (PERSON,):
        await bot.serve(chat, "nordkorea")
    await bot.bring(*GAME)
    await until(lambda: all(bot.titles(c) == [GAME[0]] for c in chats or (PERSON,)), "the alerts")


async def excluded(bot: Service) -> None:
    """The person has excluded the game's word from the list."""
    await told(bot)
    await bot.press("👎")
    await bot.press("ohne title:Videospiel")
    await until(lambda: "kommt hier nichts mehr" in bot.texts()[-1], "the answer")


async def test_words_of_the_article_are_offered_the_titles_first(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await told(bot)

        await bot.press("👎")

        offer = await bot.message(1)
        assert "Was passt daran nicht?" in offer["text"]
        assert bot.buttons(offer)[0] == "ohne title:Videospiel"
        assert not any("Nordkorea" in button for button in bot.buttons(offer))
        assert bot.buttons(offer)[-1] == "Nichts ändern"


async def test_a_similar_article_alerts_there_no_more_but_elsewhere(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        await excluded(bot)

        await bot.bring(*NEXT)
        await bot.bring(*NEWS)

        await until(lambda: bot.titles(GROUP) == [GAME[0], NEXT[0], NEWS[0]], "the group's alerts")
        await until(lambda: bot.titles() == [GAME[0], NEWS[0]], "the person's alerts")


async def test_why_names_the_exclusion(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await excluded(bot)
        link = await bot.bring(*NEXT)

        said = await bot.ask(f"/why {link}")

        assert "hier ausgeschlossen: title:Videospiel" in said["text"]


async def test_subs_shows_an_exclusion_and_its_button_takes_it_back(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await excluded(bot)
        assert "🚫 Nordkorea, ohne title:Videospiel" in (await bot.ask("/subs"))["text"]

        await bot.press("✖️ ohne title:Videospiel")

        await until(lambda: "nicht mehr ausgeschlossen" in bot.texts()[-1], "the answer")
        await bot.bring(*NEXT)
        await until(lambda: bot.titles() == [GAME[0], NEXT[0]], "the alert")


async def test_changing_nothing_changes_nothing(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await told(bot)
        await bot.press("👎")

        await bot.press("Nichts ändern")

        await until(lambda: bot.texts()[-1] == "Alles bleibt, wie es ist.", "the answer")
        assert bot.rows("exclusions") == []


async def test_pressed_twice_it_is_one_exclusion(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await told(bot)
        await bot.press("👎")
        await bot.press("👎")

        await bot.press("ohne title:Videospiel")
        await bot.press("ohne title:Videospiel")

        assert len(bot.rows("exclusions")) == 1


async def test_it_works_after_a_restart(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await told(bot, GROUP)
        await bot.restart()
        await bot.press("👎", GROUP, PERSON)
        await bot.restart()

        await bot.press("ohne title:Videospiel", GROUP, PERSON)

        assert [row["line"] for row in bot.rows("exclusions")] == ["title:Videospiel"]


async def test_admins_see_it_as_a_proposal_for_the_file(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(bot.person(ADMIN), admin=True)

        await excluded(bot)

        proposal = await bot.message(0, ADMIN)
        assert "-title:Videospiel" in proposal["text"]


async def test_an_admin_writes_a_proposal_into_the_file_and_it_holds_for_all(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(bot.person(ADMIN), "nordkorea", admin=True)
        await excluded(bot)
        await until(lambda: any("💡" in text for text in bot.texts(ADMIN)), "the proposal")

        await bot.press("📝", ADMIN)

        file = bot.library.folder / "nordkorea.txt"
        written = "Nordkorea\n-title:Videospiel\n"
        await until(lambda: file.read_text(encoding="utf-8").endswith(written), "the line")
        await bot.bring(*NEXT)
        await bot.bring(*NEWS)
        await until(lambda: bot.titles(ADMIN) == [GAME[0], NEWS[0]], "the admin's alerts")


async def test_an_admin_who_excludes_is_offered_the_file_and_not_told_of_himself(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await told(bot)
        await bot.serve(PERSON, admin=True)
        await bot.press("👎")
        await bot.press("ohne title:Videospiel")

        await bot.press("📝")

        file = bot.library.folder / "nordkorea.txt"
        written = "-title:Videospiel\n"
        await until(lambda: file.read_text(encoding="utf-8").endswith(written), "the line")
        assert not any("💡" in text for text in bot.texts())


async def test_what_is_asked_about_an_alert_answers_it(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await told(bot)
        [alert] = bot.messages()

        for button in ("👎", "⚙️"):
            before = len(bot.messages())
            await bot.press(button)
            answer = await bot.message(before)
            assert answer["reply_to_message"]["message_id"] == alert["message_id"]


async def test_who_is_no_admin_writes_no_proposal_into_a_file(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await excluded(bot)

        assert "nur, wer" in await bot.forge("pr:1")

        file = bot.library.folder / "nordkorea.txt"
        assert "Videospiel" not in file.read_text(encoding="utf-8")


async def test_in_a_group_a_member_is_counted_once_and_settles_nothing(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        bot.member(MEMBER)
        bot.member(ADMIN)
        await told(bot, GROUP)

        once = "Gezählt: Eine Person findet das unpassend."
        assert once in await bot.press("👎", GROUP, MEMBER)
        assert once in await bot.press("👎", GROUP, MEMBER)
        assert "Gezählt: 2 finden das unpassend." in await bot.press("👎", GROUP, ADMIN)

        assert len(bot.messages(GROUP)) == 1
        assert bot.rows("exclusions") == []


async def test_in_a_group_an_administrator_excludes_for_the_group(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await told(bot, GROUP)

        await bot.press("👎", GROUP, PERSON)
        await bot.press("ohne title:Videospiel", GROUP, PERSON)

        assert [row["chat_id"] for row in bot.rows("exclusions")] == [GROUP]


async def test_the_button_of_another_chats_alert_changes_nothing(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "siegesparade")
        await told(bot, bot.group(OTHER))
        [letter] = [row["id"] for row in bot.rows("outbox")]

        for data in (f"nr:{letter}", f"ex:{letter}:0000000000000000", "nr:x", "ex:x", "ux:1"):
            assert "veraltet" in await bot.forge(data)

        assert bot.rows("exclusions") == bot.rows("votes") == []


async def test_what_waits_in_a_digest_is_left_out_as_well(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await told(bot)
        await bot.ask("/digest 20")
        await bot.bring(*NEXT)
        await bot.bring(*NEWS)
        await bot.settled()

        await bot.press("👎")
        await bot.press("ohne title:Videospiel")
        await bot.ask("/digest now")

        await until(lambda: "🗞 Gesammelt:" in bot.texts()[-1], "the digest")
        assert NEWS[0] in bot.texts()[-1]
        assert NEXT[0] not in bot.texts()[-1]


async def test_what_waits_for_several_lists_is_left_out_as_well(tmp_path: Path) -> None:
    title = "Nordkorea und die Siegesparade als Videospiel"
    text = "Ein Videospiel über Nordkorea zeigt die Siegesparade auf dem Platz."
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea", "siegesparade")
        await bot.bring(title, text)
        await until(lambda: bot.titles() == [title], "the alert")
        await bot.ask("/digest 20")
        await bot.bring(f"Noch einmal: {title}", text)
        await bot.bring(*NEWS)
        await bot.settled()

        await bot.press("👎")
        await bot.press("ohne title:Videospiel")
        await bot.ask("/digest now")

        await until(lambda: "🗞 Gesammelt:" in bot.texts()[-1], "the digest")
        assert NEWS[0] in bot.texts()[-1]
        assert "Noch einmal" not in bot.texts()[-1]

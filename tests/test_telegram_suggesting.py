"""`/suggest`: what goes with a query in what was read, each to be added with a tap."""

from pathlib import Path

import pytest

from bot.pipeline import archive
from bot.store import own
from tests.telegram_kit import GROUP, PERSON, Service, until, working

MEMBER = 3003
WHEAT = ("Ernte", "Preise", "Mühlen", "Backwaren")
OTHERS = ("Regen am Montag", "Streit um die Brücke", "Neue Schule", "Markt öffnet", "Zug entgleist")


async def read(bot: Service) -> None:
    """The bot has read of wheat and who speaks of it, and of other things."""
    for title in WHEAT:
        await bot.bring(title, f"{title}: Der Weizen wird teuer, sagte Dietrich Krantz.")
    for title in OTHERS:
        await bot.bring(title, f"{title}, hieß es.")
    await archive.catch_up(bot.store)


async def test_forms_and_names_are_shown_with_their_events(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)
        await read(bot)

        said = await bot.ask("/suggest Weizen")

        assert said["text"].startswith("💡 Weizen in den letzten 30 Tagen:")
        assert "Weizen 4" in said["text"]
        assert "• Dietrich Krantz: 4, sonst nirgends" in said["text"]
        assert "Montag" not in said["text"]
        assert bot.buttons(said) == ["➕ Dietrich Krantz"]


async def test_a_tap_adds_it_to_the_chats_own_queries_and_it_alerts(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)
        await read(bot)
        await bot.ask("/vorschlag Weizen")

        assert "auch" in await bot.press("Dietrich Krantz")
        assert "auch" in await bot.press("Dietrich Krantz")

        await until(
            lambda: bot.buttons(bot.messages()[-1]) == ["✅ Dietrich Krantz"], "the marked button"
        )
        assert [row["source"] for row in bot.rows("own_lists")] == ["Dietrich Krantz"]
        await bot.bring("Krantz tritt ab", "Dietrich Krantz tritt ab.")
        await until(lambda: bot.titles() == ["Krantz tritt ab"], "the alert")


async def test_nothing_is_added_to_queries_that_can_be_read_no_more(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)
        await read(bot)
        await bot.ask("/suggest Weizen")
        async with bot.store.write() as tx:
            await own.set_lines(tx, PERSON, ["(Nordkorea |"])

        await bot.press("Dietrich Krantz")

        await until(lambda: "kann ich nicht mehr lesen" in bot.texts()[-1], "the answer")
        assert [row["source"] for row in bot.rows("own_lists")] == ["(Nordkorea |"]


async def test_it_is_offered_below_a_query_that_was_added(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)
        await read(bot)
        await bot.add("Weizen")

        await bot.press("Was passt dazu?")

        await until(lambda: "Dietrich Krantz" in bot.texts()[-1], "the suggestions")


async def test_a_query_that_finds_nothing_is_answered_so(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)

        said = await bot.ask("/suggest Weizen 7d")

        assert said["text"] == "💡 Zu Weizen stand in den letzten 7 Tagen nichts."
        assert bot.buttons(said) == []


async def test_what_is_no_query_is_answered_with_its_fault(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)

        assert "Klammer fehlt" in (await bot.ask("/suggest (Weizen"))["text"]
        assert "zum Beispiel" in (await bot.ask("/suggest"))["text"]
        assert "zum Beispiel" in (await bot.ask(f"/suggest {'a' * 501}"))["text"]


async def test_in_a_group_anybody_may_ask_and_administrators_add(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP)
        bot.member(MEMBER)
        await read(bot)
        await bot.ask("/suggest Weizen", GROUP, MEMBER)

        assert "Administrator" in await bot.press("Dietrich Krantz", GROUP, MEMBER)

        assert bot.rows("own_lists") == []


@pytest.mark.parametrize("data", ["sa:1", "sa:1:x", "sa:99:0", "sa:1:9", "sa::", "sg:x", "sg:"])
async def test_forged_buttons_add_nothing(tmp_path: Path, data: str) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)
        await read(bot)
        await bot.ask("/suggest Weizen")

        assert "veraltet" in await bot.forge(data)

        assert bot.rows("own_lists") == []


async def test_names_from_articles_are_shown_as_they_are(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)
        for number in range(4):
            await bot.bring(f"Nr. {number}", "Der Weizen gehört H&amp;M und Krantz &lt;b&gt;.")
        for title in OTHERS:
            await bot.bring(title, f"{title}, hieß es.")
        await archive.catch_up(bot.store)

        said = await bot.ask("/suggest Weizen")

        assert "H&M" in said["text"]
        assert "➕ H&M" in bot.buttons(said)


@pytest.mark.parametrize("command", ["suggest", "search", "trend", "add"])
async def test_a_query_full_of_faults_is_answered_with_the_first_of_them(
    tmp_path: Path, command: str
) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)

        said = await bot.ask(f"/{command} {'~9999 ' * 80}x")

        assert said["text"].count("❗️") == 5

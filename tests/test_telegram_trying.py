"""`/test`: which lists match a text or a page, and why."""

from pathlib import Path

from bot.sandbox.recorded import Publication
from tests.telegram_kit import FILLER, PERSON, Service, working

PARADE = "Nordkoreanische Soldaten standen am Freitag auf dem großen Platz der Hauptstadt."


async def served(bot: Service, *lists: str) -> None:
    """The person is served, with these lists on."""
    await bot.ask("/start")
    await bot.serve(PERSON, *lists)


async def test_a_text_is_tried_and_each_place_says_why_it_counts(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot)

        said = await bot.ask(f"/test {PARADE}")

        assert "✅ Nordkorea: Nordkorea" in said["text"]
        assert "Nordkoreanische – " in said["text"]
        assert "Siegesparade" not in said["text"]


async def test_a_link_is_read_and_its_article_tried(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot)
        page = Publication("Am Platz", f"<p>{PARADE} {FILLER}</p>")
        url = bot.sandbox.press.publish("ruhig", page).url

        said = await bot.ask(f"/probe {url}")

        assert "🧪 Am Platz" in said["text"]
        assert "✅ Nordkorea" in said["text"]


async def test_a_message_that_is_answered_with_it_is_tried(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot)
        number = bot.say(PARADE)
        await bot.message(1)

        said = await bot.ask("/test", reply_to=number)

        assert "✅ Nordkorea" in said["text"]


async def test_ones_own_queries_are_tried_and_nobody_elses(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot)
        await bot.add("Platz")
        await bot.ask("/start", bot.person(4004))
        await bot.add("Freitag", 4004)

        said = await bot.ask(f"/test {PARADE}")

        assert "✅ Eigene Suchen: Platz" in said["text"]
        assert "✅ Eigene Suchen: Freitag" not in said["text"]


async def test_where_nothing_matches_what_comes_nearest_is_said_in_german(tmp_path: Path) -> None:
    async with working(tmp_path, lists={"korea": "Nordkorea & Truppen\n"}) as bot:
        await served(bot, "korea")

        said = await bot.ask(f"/test {PARADE}")

        assert "Keine Liste passt dazu." in said["text"]
        assert "Am nächsten dran:" in said["text"]
        assert "Truppen" in said["text"]
        assert "there is no" not in said["text"]


async def test_an_exclusion_of_the_list_is_named_with_its_line(tmp_path: Path) -> None:
    async with working(tmp_path, lists={"korea": "Nordkorea\n-Platz\n"}) as bot:
        await served(bot, "korea")

        said = await bot.ask(f"/test {PARADE}")

        assert "Zeile 2" in said["text"]
        assert "-Platz" in said["text"]


async def test_a_list_that_the_chat_may_not_know_of_is_not_named(tmp_path: Path) -> None:
    async with working(tmp_path, lists={"geheim": "@visible admins\nNordkorea\n"}) as bot:
        await served(bot)

        said = await bot.ask(f"/test {PARADE}")

        assert "geheim" not in said["text"]
        assert "Keine Liste passt dazu." in said["text"]


async def test_a_page_that_cannot_be_had_is_said_to_be_so(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot)

        said = await bot.ask("/test http://127.0.0.1:9/nichts")

        assert "konnte ich nicht lesen" in said["text"]


async def test_a_private_address_is_not_fetched(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot)

        said = await bot.ask("/test http://192.168.0.1/admin")

        assert "konnte ich nicht lesen" in said["text"]


async def test_without_a_text_it_says_how(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot)

        assert "mit einem Text oder einem LINK" in (await bot.ask("/test"))["text"]


async def test_hostile_text_is_shown_as_it_is(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot)

        said = await bot.ask("/test <b>Nordkorea</b> & <script>")

        assert "<b>Nordkorea</b> & <script>" in said["text"]

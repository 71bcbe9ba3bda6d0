"""What people ask about a story, and say of it: `/why`, `/story`, `/split`."""

from pathlib import Path

from tests.stories_kit import STABBING
from tests.telegram_kit import GROUP, PERSON, until, working
from tests.telegram_story_kit import OTHER, TEXT, TITLE, copies, one_alert


async def test_a_person_can_ask_why_a_copy_did_not_ring(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story") as bot:
        await bot.serve(PERSON, "nordkorea")
        await bot.bring(TITLE, TEXT)
        link = await bot.bring(TITLE, TEXT, outlet="Kontor")
        await bot.settled()

        said = await bot.ask(f"/why {link}")

        assert "gehört zu einem Ereignis, das schon gemeldet ist" in said["text"]


async def test_why_says_how_an_article_came_to_its_story(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story") as bot:
        await bot.serve(GROUP, "nordkorea")
        await bot.bring(*OTHER)
        await bot.bring(TITLE, TEXT, outlet="Foyer")
        link = await bot.bring(TITLE, TEXT, outlet="Kontor")
        await bot.settled()

        said = (await bot.ask(f"/why {link}", GROUP))["text"]

        assert f"✔️ Derselbe Text wie „{TITLE}“: 100 % des kürzeren stehen in beiden" in said
        assert "(nötig: 55 %)" in said


async def test_why_says_what_spoke_against_a_story(tmp_path: Path) -> None:
    lists = {"messer": "@label Messer\nMesserangriff\n"}
    async with working(tmp_path, stories="story", lists=lists) as bot:
        await bot.serve(GROUP, "messer")
        one, other = (f"Messerangriff in Bordell in {town}" for town in ("Kassel", "Rostock"))
        await bot.bring(one, page=f"<p>{STABBING.format(town='Kassel', age=34)}</p>")
        link = await bot.bring(other, page=f"<p>{STABBING.format(town='Rostock', age=51)}</p>")
        await bot.settled()

        said = (await bot.ask(f"/why {link}", GROUP))["text"]

        assert f"✔️ Ein eigenes Ereignis, aber verwandt mit „{one}“: Ähnlichkeit" in said
        assert "gemeinsam: " in said
        assert "✔️ Dagegen sprach: anderer Ort (rostock ≠ kassel)" in said


async def test_the_buttons_of_an_alert_that_grew_still_work(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story") as bot:
        await bot.serve(PERSON, "nordkorea")
        await copies(bot, "Depesche", "Kontor")
        await bot.settled()

        assert "Stumm bis" in await bot.press("🔇 24 Stunden")


async def test_story_lists_who_reports_it_and_who_was_first(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story") as bot:
        await bot.serve(PERSON, "nordkorea")
        await bot.bring(TITLE, TEXT)
        await bot.bring(TITLE, TEXT, outlet="Kontor")
        await bot.settled()

        said = await bot.ask("/story", reply_to=bot.messages()[0]["message_id"])

        assert "Darüber berichten 2 Medien" in said["text"]
        assert "🥇" in said["text"].splitlines()[1]
        assert said["text"].index("Depesche") < said["text"].index("Kontor")


async def test_what_was_split_off_stays_apart(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story") as bot:
        await bot.serve(PERSON, "nordkorea")
        await bot.bring(TITLE, TEXT)
        link = await bot.bring(TITLE, TEXT, outlet="Kontor")

        said = await bot.ask(f"/split {link}")

        assert "eigenes Ereignis" in said["text"]
        one, other = bot.rows("members")
        assert (one["story"], other["story"]) == (one["entry_id"], other["entry_id"])


async def test_what_was_split_off_is_named_in_the_alert_no_more(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story") as bot:
        await bot.serve(PERSON, "nordkorea")
        await bot.bring(TITLE, TEXT)
        link = await bot.bring(TITLE, TEXT, outlet="Kontor")
        await until(lambda: "auch bei: Kontor" in one_alert(bot), "the edit")

        await bot.ask(f"/split {link}")

        await until(lambda: "Kontor" not in one_alert(bot), "the edit")


async def test_an_article_that_is_alone_cannot_be_split_off(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story") as bot:
        await bot.serve(PERSON, "nordkorea")
        link = await bot.bring(TITLE, TEXT)
        await until(bot.titles, "the alert")

        assert "nur diesen einen Artikel" in (await bot.ask(f"/split {link}"))["text"]
        assert "🥇" not in (await bot.ask(f"/story {link}"))["text"]


async def test_split_without_a_link_says_how(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story") as bot:
        await bot.serve(PERSON, "nordkorea")

        assert "/split LINK" in (await bot.ask("/split"))["text"]
        for command in ("/split", "/story"):
            said = (await bot.ask(f"{command} https://nirgends.example/"))["text"]
            assert "kenne ich kein Ereignis" in said

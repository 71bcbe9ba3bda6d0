"""What a chat looks for itself: /add, /remove, and what comes of it."""

from pathlib import Path

import pytest

from tests.telegram_kit import GROUP, PERSON, Service, until, working

MEMBER = 3003


async def added(bot: Service, *queries: str) -> None:
    """The person looks for these; the bot has said so."""
    await bot.ask("/start")
    for query in queries:
        await bot.add(query)


async def test_a_query_is_added_and_how_it_was_read_is_said_in_german(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.ask("/start")

        said = await bot.ask("/add Kim Jong Un & !Fußball")

        assert "Kim Jong Un & !Fußball" in said["text"]
        assert "die Wörter Kim Jong Un in dieser Reihenfolge" in said["text"]
        assert "nicht das Wort Fußball" in said["text"]


async def test_what_was_added_alerts_with_the_query_as_its_name(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await added(bot, "Leuchtturm")

        await bot.bring("Wetter an der Küste", "Am Leuchtturm brach ein Sturm los.")

        alert = (await until(lambda: bot.messages()[2:], "the alert"))[0]
        assert alert["text"].splitlines()[0] == "🔔 Leuchtturm"
        assert "Leuchtturm brach" in alert["text"]


async def test_one_chats_query_alerts_nobody_else(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        await added(bot, "Leuchtturm")

        await bot.bring("Der Leuchtturm", "Am Leuchtturm brach ein Sturm los.")
        await until(bot.titles, "the alert")

        assert bot.messages(GROUP) == []


async def test_a_fault_is_answered_with_its_place_marked_and_adds_nothing(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.ask("/start")

        said = await bot.ask("/add Nordkorea & (Soldat")

        [pre] = [e for e in said["entities"] if e["type"] == "pre"]
        line, mark = said["text"][pre["offset"] : pre["offset"] + pre["length"]].split("\n")
        assert line == "Nordkorea & (Soldat"
        assert line[mark.index("^")] == "("
        assert bot.rows("own_lists") == []


async def test_several_lines_are_several_queries(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await added(bot, "Leuchtturm\nFähre\n-Werbung")

        said = await bot.ask("/remove")

        assert bot.buttons(said) == ["✖️ Leuchtturm", "✖️ Fähre", "✖️ -Werbung"]


async def test_an_exclusion_of_ones_own_keeps_an_article_away(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await added(bot, "Leuchtturm", "-Videospiel")

        await bot.bring("Leuchtturm im Videospiel", "Der Leuchtturm steht in einem Videospiel.")
        await bot.bring("Leuchtturm im Sturm", "Der Leuchtturm steht im Sturm.")

        await until(lambda: bot.titles() == ["Leuchtturm im Sturm"], "the alert")


async def test_a_query_is_removed_by_its_button_and_alerts_no_more(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await added(bot, "Leuchtturm", "Fähre")
        await bot.ask("/weg")

        await bot.press("✖️ Leuchtturm")

        await until(lambda: "suche ich nicht mehr" in bot.texts()[-1], "the answer")
        await bot.bring("Der Leuchtturm", "Am Leuchtturm brach ein Sturm los.")
        await bot.bring("Die Fähre", "Die Fähre fuhr nicht.")
        await until(lambda: bot.titles() == ["Die Fähre"], "the other alert")


async def test_a_query_is_removed_by_its_words(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await added(bot, "Leuchtturm & Sturm")

        said = await bot.ask("/remove leuchtturm & sturm")

        assert "suche ich nicht mehr" in said["text"]
        assert "Wonach soll ich für Sie suchen?" in (await bot.ask("/remove"))["text"]


async def test_what_is_not_looked_for_cannot_be_removed(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await added(bot, "Leuchtturm")

        said = await bot.ask("/remove Fähre")

        assert "Danach suche ich hier nicht" in said["text"]
        assert bot.buttons(said) == ["✖️ Leuchtturm"]


async def test_the_same_query_twice_is_one(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await added(bot, "Leuchtturm", "Leuchtturm")

        assert bot.buttons(await bot.ask("/remove")) == ["✖️ Leuchtturm"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("/add", "Wonach soll ich für Sie suchen?"),
        ("/add @visible all", "❗️"),
        ("/add " + "x" * 501, "höchstens 500 Zeichen"),
        ("/add # nur ein Kommentar", "Wonach soll ich für Sie suchen?"),
        ("/add " + "\n".join(f"Wort{n}" for n in range(51)), "Mehr als 50"),
        ("/add 🇰🇵", "❗️"),
    ],
)
async def test_what_is_no_query_is_answered_and_adds_nothing(
    tmp_path: Path, written: str, said: str
) -> None:
    async with working(tmp_path) as bot:
        await bot.ask("/start")

        assert said in (await bot.ask(written))["text"]
        assert bot.rows("own_lists") == []


async def test_a_fault_is_told_in_english_with_a_capital_at_its_beginning(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.ask("/start")
        await bot.ask("/lang en")

        said = await bot.ask("/add Kim, Un")

        assert "❗️ A comma or semicolon stands between words. Write one word" in said["text"]


async def test_a_query_that_a_list_looks_for_already_is_added_with_a_hint(tmp_path: Path) -> None:
    hint = "💡 Danach sucht hier schon die Wortliste Nordkorea."
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea")

        assert hint in (await bot.ask("/add Nordkorea"))["text"]
        assert hint in (await bot.ask("/add Nordkorea & Moskau"))["text"]
        assert hint not in (await bot.ask("/add Moskau"))["text"]


async def test_no_list_is_named_that_is_off_or_for_some_feeds_only(tmp_path: Path) -> None:
    lists = {"aus": "Nordkorea\n", "manche": "@feeds ORF\nNordkorea\n"}
    async with working(tmp_path, lists=lists) as bot:
        await bot.serve(PERSON, "manche")

        assert "💡" not in (await bot.ask("/add Nordkorea"))["text"]


async def test_a_word_that_is_everywhere_is_added_with_a_warning(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.ask("/start")

        assert "steht in fast jedem Artikel" in (await bot.ask("/add der"))["text"]


async def test_an_exclusion_says_that_it_is_for_ones_own_queries(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.ask("/start")

        assert "Bei Ihren eigenen Suchen" in (await bot.add("-Werbung"))["text"]


async def test_of_several_lines_with_a_fault_none_is_added_and_that_is_said(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.ask("/start")

        said = await bot.ask("/add Kiew\nFoo &")

        assert "Zeile 2" in said["text"]
        assert "Gespeichert ist davon nichts" in said["text"]
        assert bot.rows("own_lists") == []


async def test_ones_own_queries_can_be_muted_and_that_is_shown_and_ended(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await added(bot, "Leuchtturm")
        await bot.ask("/mute Eigene Suchen 2h")
        assert "stumm bis" in (await bot.ask("/subs"))["text"]

        said = await bot.ask("/mute Eigene Suchen aus")

        assert "melde wieder" in said["text"]
        assert [row["muted_until"] for row in bot.rows("subscriptions")] == [None]


async def test_in_a_group_only_an_administrator_adds(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP)
        bot.member(MEMBER)

        said = await bot.ask("/add Leuchtturm", GROUP, MEMBER)

        assert "nur ein Administrator" in said["text"]
        assert bot.rows("own_lists") == []


async def test_subs_shows_ones_own_queries(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await added(bot, "Leuchtturm", "Fähre")

        assert "Eigene Suchen: Leuchtturm, Fähre" in (await bot.ask("/subs"))["text"]


async def test_a_forged_removal_changes_nothing(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)
        before = bot.rows("own_lists")

        assert "veraltet" in await bot.forge("rm:0000000000000000")
        assert bot.rows("own_lists") == before

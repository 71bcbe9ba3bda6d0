"""One alert per story: copies and reports of one event, through the whole chain."""

from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest

from tests.telegram_kit import GROUP, PERSON, until, working
from tests.telegram_story_kit import OTHER, OUTLETS, TEXT, TITLE, copies, one_alert


async def test_twenty_copies_in_one_poll_are_one_message_that_names_the_others(
    tmp_path: Path,
) -> None:
    async with working(tmp_path, stories="story") as bot:
        await bot.serve(PERSON, "nordkorea")

        await copies(bot, *OUTLETS)

        await until(bot.titles, "the alert")
        bot.clock.move(60)
        await until(lambda: all(each in one_alert(bot) for each in OUTLETS[1:]), "the names")
        assert "➕ auch bei:" in one_alert(bot)
        stories = {row["story"] for row in bot.rows("members")}
        assert len(stories) == 1
        assert len(bot.rows("alerts")) == 20


async def test_a_later_copy_is_edited_into_the_alert_without_a_sound(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story") as bot:
        await bot.serve(PERSON, "nordkorea")
        await bot.bring(TITLE, TEXT, outlet="Depesche")
        await until(bot.titles, "the alert")

        await bot.bring(TITLE, TEXT, outlet="Kontor")

        await until(lambda: "➕ auch bei: Kontor" in one_alert(bot), "the edit")
        assert len(bot.calls("sendMessage")) == 1


async def test_a_second_article_of_the_same_outlet_changes_nothing_and_is_no_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with working(tmp_path, stories="story") as bot:
        await bot.serve(PERSON, "nordkorea")
        await bot.bring(TITLE, TEXT)
        await until(bot.titles, "the alert")

        await bot.bring(TITLE, TEXT)

        await bot.delivered("sent", "sent")
        assert "auch bei" not in one_alert(bot)
        assert "not_sent" not in capsys.readouterr().out


async def test_the_same_event_in_other_words_is_the_same_story(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story") as bot:
        await bot.serve(PERSON, "nordkorea")
        await bot.bring(TITLE, TEXT, outlet="Depesche")
        await until(bot.titles, "the alert")

        await bot.bring(
            "Siegesparade: Putin empfängt Soldaten aus Nordkorea in Moskau",
            "Soldaten aus Nordkorea sind zum ersten Mal bei der Siegesparade auf dem Roten Platz "
            "in Moskau marschiert. Putin begrüßte die Abordnung aus Pjöngjang.",
            outlet="Kontor",
        )

        await until(lambda: "➕ auch bei: Kontor" in one_alert(bot), "the edit")


async def test_another_event_of_the_same_list_is_an_alert_of_its_own(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story") as bot:
        await bot.serve(PERSON, "nordkorea")
        await bot.bring(TITLE, TEXT, outlet="Depesche")

        await bot.bring(*OTHER, outlet="Kontor")

        await until(lambda: bot.titles() == [TITLE, OTHER[0]], "two alerts")


@pytest.mark.parametrize("order", list(permutations(("Depesche", "Kontor", "Foyer")))[:6])
async def test_in_any_order_it_is_one_message(tmp_path: Path, order: tuple[str, ...]) -> None:
    async with working(tmp_path, stories="story") as bot:
        await bot.serve(PERSON, "nordkorea")

        await copies(bot, *order)
        await bot.settled()

        assert len(bot.titles()) == 1
        assert len({row["story"] for row in bot.rows("members")}) == 1


async def test_switched_on_a_list_shows_an_event_once(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story") as bot:
        await bot.serve(GROUP, "nordkorea")
        await copies(bot, "Depesche", "Kontor")
        await bot.bring(*OTHER, outlet="Foyer")
        await bot.ask("/start")

        await bot.press("Nordkorea")

        shown = (await bot.message(1))["text"]
        assert "erschienen in den letzten 24 Stunden 3 Artikel" in shown
        assert [line for line in shown.splitlines() if line.startswith("•")] == [
            f"• {OTHER[0]}",
            f"• {TITLE}",
        ]
        assert "+1 ·" in shown


async def test_a_list_without_stories_tells_each_article(tmp_path: Path) -> None:
    lists = {"nordkorea": "@label Nordkorea\n@stories off\nNordkorea\n"}
    async with working(tmp_path, stories="story", lists=lists) as bot:
        await bot.serve(GROUP, "nordkorea")

        await copies(bot, "Depesche", "Kontor")

        await until(lambda: len(bot.titles(GROUP)) == 2, "two alerts")


async def test_a_list_for_copies_alone_joins_these_and_nothing_else(tmp_path: Path) -> None:
    lists = {"nordkorea": "@label Nordkorea\n@stories wire\nNordkorea\n"}
    async with working(tmp_path, stories="story", lists=lists) as bot:
        await bot.serve(GROUP, "nordkorea")

        await copies(bot, "Depesche", "Kontor")
        await bot.settled()
        await bot.bring(
            "Siegesparade: Putin empfängt Soldaten aus Nordkorea in Moskau",
            page="<p>Zum ersten Mal waren Soldaten aus Nordkorea bei der Siegesparade dabei. Auf "
            "dem Roten Platz in Moskau begrüßte Putin persönlich die Abordnung aus Pjöngjang. Das "
            "sei ein Zeichen der Freundschaft beider Länder, sagte er danach vor Reportern.</p>",
            outlet="Foyer",
        )

        await until(lambda: len(bot.titles(GROUP)) == 2, "the alert of its own")


async def test_who_was_not_told_of_a_story_gets_its_next_article(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story") as bot:
        await bot.serve(GROUP, "nordkorea")
        await bot.bring(TITLE, TEXT, outlet="Depesche")
        await bot.serve(PERSON, "nordkorea")

        await bot.bring(TITLE, TEXT, outlet="Kontor")

        await until(lambda: bot.titles() == [TITLE], "the person's alert")
        await until(lambda: "auch bei: Kontor" in one_alert(bot, GROUP), "the group's edit")


async def test_a_list_that_matches_only_now_answers_the_alert(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story") as bot:
        await bot.serve(PERSON, "nordkorea", "siegesparade")
        await bot.bring(
            TITLE.replace("Siegesparade", "Feier"), TEXT.replace("Siegesparade", "Feier")
        )
        await until(bot.titles, "the alert")

        await bot.bring(TITLE, TEXT, outlet="Kontor")

        await until(lambda: len(bot.titles()) == 2, "the answer")
        first, second = bot.messages()
        assert second["reply_to_message"]["message_id"] == first["message_id"]
        assert "Siegesparade" in second["text"].splitlines()[0]


async def test_news_of_what_was_told_in_a_digest_is_an_alert(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story") as bot:
        await bot.serve(PERSON, "nordkorea", "siegesparade")
        await bot.ask("/digest 20")
        await bot.bring(*(each.replace("Siegesparade", "Feier") for each in (TITLE, TEXT)))
        await bot.settled()
        await bot.ask("/digest now")
        await until(lambda: any("🗞 Gesammelt:" in text for text in bot.texts()), "the digest")
        await bot.ask("/digest off")

        await bot.bring(TITLE, TEXT, outlet="Kontor")

        await until(lambda: TITLE in bot.texts()[-1], "the alert")
        assert bot.texts()[-1].startswith("🔔")


async def test_what_waits_in_a_digest_grows_there(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story") as bot:
        await bot.serve(PERSON, "nordkorea")
        await bot.ask("/digest 20")
        await bot.bring(TITLE, TEXT)
        await bot.bring(TITLE, TEXT, outlet="Kontor")
        await bot.settled()

        await bot.ask("/digest now")

        await until(lambda: "🗞 Gesammelt:" in bot.texts()[-1], "the digest")
        assert "ein Artikel" in bot.texts()[-1]
        assert "Depesche +1" in bot.texts()[-1]


async def test_after_six_hours_without_one_the_next_article_is_news(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story") as bot:
        await bot.serve(PERSON, "nordkorea")
        await bot.bring(TITLE, TEXT)
        await until(bot.titles, "the alert")

        await bot.bring(TITLE, TEXT, outlet="Kontor", hours=7)

        await until(lambda: len(bot.titles()) == 2, "the answer")
        assert "reply_to_message" in bot.messages()[1]


async def test_a_story_that_is_muted_brings_no_news_but_grows(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story") as bot:
        await bot.serve(PERSON, "nordkorea")
        await bot.bring(TITLE, TEXT)
        await until(bot.titles, "the alert")
        said = await bot.ask("/mute 2d", reply_to=bot.messages()[0]["message_id"])
        assert "Von diesem Ereignis" in said["text"]

        await bot.bring(TITLE, TEXT, outlet="Kontor", hours=7)

        await until(lambda: "auch bei: Kontor" in one_alert(bot), "the edit")


async def test_with_the_fifth_outlet_it_is_told_anew(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story") as bot:
        await bot.serve(GROUP, "nordkorea")
        await copies(bot, *OUTLETS[:4])
        await until(lambda: any("Blatt 4" in text for text in bot.texts(GROUP)), "four outlets")

        await bot.bring(TITLE, TEXT, outlet=OUTLETS[4])

        await until(lambda: len(bot.titles(GROUP)) == 2, "the answer")


async def test_how_many_outlets_are_news_can_be_set(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story", told={"steps": (2,)}) as bot:
        await bot.serve(GROUP, "nordkorea")
        await bot.bring(TITLE, TEXT)
        await until(lambda: bot.titles(GROUP), "the alert")

        await bot.bring(TITLE, TEXT, outlet="Kontor")

        await until(lambda: len(bot.titles(GROUP)) == 2, "the answer")
        assert "🆕 Inzwischen berichten 2 Medien darüber" in bot.texts(GROUP)[1]


async def test_after_which_pause_it_is_news_can_be_set(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story", told={"lull": timedelta(hours=9)}) as bot:
        await bot.serve(PERSON, "nordkorea")
        await bot.bring(TITLE, TEXT)
        await until(bot.titles, "the alert")

        await bot.bring(TITLE, TEXT, outlet="Kontor", hours=8)

        await until(lambda: "auch bei: Kontor" in one_alert(bot), "the edit")

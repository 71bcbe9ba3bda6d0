"""The acceptance cases of stories, as a chat sees them: what rings, what answers, what only grows.

The engine alone has the same cases in tests/test_stories_*.py; the nineteenth, with a kill among
the copies, is in tests/test_daemon_stories.py.
"""

import re
from pathlib import Path
from typing import Any, NamedTuple

from tests.stories_kit import (
    ACCEPTED,
    LOCAL,
    MISSILE,
    NOW,
    OFFER,
    OPINION,
    OTHER_WORDS,
    RECALL,
    STABBING,
    THEN,
    WIRE,
    sentences,
)
from tests.telegram_kit import GROUP, Service, until, working
from tests.telegram_story_kit import LISTS, report

SEED = "Nordkoreanische Soldaten bei Siegesparade in Moskau"
DAY = 24.0
ALSO = re.compile(r"➕ auch bei: (.+)|, auch: (.+)")


class Seen(NamedTuple):
    """An alert as it stands in the chat."""

    title: str
    answers: str = ""
    """The title of the alert that it answers."""
    also: str = ""
    """Who else is named in it."""
    new: str = ""
    """What it says is new."""


def seen(bot: Service) -> list[Seen]:
    """Return the alerts of the group, in their order."""
    return [_seen(message) for message in bot.messages(GROUP) if message["text"].startswith("🔔")]


def _seen(message: dict[str, Any]) -> Seen:
    lines = message["text"].splitlines()
    answered = message.get("reply_to_message", {}).get("text", "\n").splitlines()[1:2]
    also = (found[1] or found[2] for line in lines if (found := ALSO.search(line)))
    new = (line.removeprefix("🆕 ") for line in lines if line.startswith("🆕 "))
    return Seen(lines[1], "".join(answered), next(also, ""), next(new, ""))


async def expect(bot: Service, *alerts: Seen) -> None:
    """Let an hour go by, and see that these alerts are all there are."""
    await bot.settled()
    bot.clock.move(3_600)
    try:
        await until(lambda: seen(bot) == list(alerts), "the alerts", 4)
    except AssertionError:
        assert seen(bot) == list(alerts)
    await bot.settled()
    assert seen(bot) == list(alerts)


def verdicts(bot: Service) -> list[str]:
    """Return the verdicts on the articles, in their order."""
    return [row["verdict"] for row in sorted(bot.rows("members"), key=lambda row: row["id"])]


async def copied(tmp_path: Path, title: str, text: str) -> None:
    """The agency's text is there already: a copy of it only adds its outlet to the alert."""
    async with working(tmp_path, stories="story", lists=LISTS) as bot:
        await bot.serve(GROUP, "lage")
        await report(bot, SEED, WIRE, "Depesche")
        await report(bot, title, text, "Kontor")

        await expect(bot, Seen(SEED, also="Kontor"))
        assert verdicts(bot) == ["new", "wire"]


async def test_case_1_the_same_body_under_another_headline(tmp_path: Path) -> None:
    await copied(tmp_path, "Kim entsendet Truppe nach Moskau", WIRE)


async def test_case_2_a_copy_cut_to_two_fifths(tmp_path: Path) -> None:
    await copied(tmp_path, "Kim entsendet Truppe nach Moskau", " ".join(sentences(WIRE)[:4]))


async def test_case_3_a_copy_with_local_paragraphs(tmp_path: Path) -> None:
    await copied(tmp_path, "Kim entsendet Truppe nach Moskau", f"{WIRE}\n\n{LOCAL}")


async def test_case_4_a_copy_in_another_order_and_with_other_words(tmp_path: Path) -> None:
    lead, *others = sentences(WIRE)
    text = " ".join([lead, *others[::-1]]).replace("eingeladenen", "gebetenen")
    await copied(tmp_path, "Kim entsendet Truppe nach Moskau", text.replace("Pläne", "Absicht"))


async def test_case_5_the_same_event_in_other_words(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story", lists=LISTS) as bot:
        await bot.serve(GROUP, "lage")
        await report(bot, SEED, WIRE, "Depesche")
        await report(bot, "Kim schickt Truppen zur Parade am 9. Mai", OTHER_WORDS, "Kontor")

        await expect(bot, Seen(SEED, also="Kontor"))
        assert verdicts(bot) == ["new", "same"]


async def test_case_6_parades_of_two_years_are_two_alerts_and_a_recall_joins_its_own(
    tmp_path: Path,
) -> None:
    async with working(tmp_path, stories="story", lists=LISTS) as bot:
        await bot.serve(GROUP, "lage")
        await report(bot, "Siegesparade 2024 in Moskau", THEN, "Depesche")
        await report(bot, "Siegesparade 2025 in Moskau", NOW, "Kontor")
        await report(bot, "Siegesparade 2025: Panzer kehren zurück", RECALL, "Foyer")

        await expect(
            bot,
            Seen("Siegesparade 2024 in Moskau"),
            Seen(
                "Siegesparade 2025 in Moskau", answers="Siegesparade 2024 in Moskau", also="Foyer"
            ),
        )


async def test_case_7_a_look_back_is_an_alert_of_its_own_that_says_see_also(
    tmp_path: Path,
) -> None:
    title = "Soldaten marschieren bei Siegesparade in Moskau"
    async with working(tmp_path, stories="story", lists=LISTS) as bot:
        await bot.serve(GROUP, "lage")
        await report(bot, title, NOW, "Depesche")
        await report(bot, f"Vor einem Jahr: {title}", NOW, "Kontor")

        await expect(bot, Seen(title), Seen(f"Vor einem Jahr: {title}", answers=title))
        assert bot.texts(GROUP)[-1].endswith(f"↪️ siehe auch: {title}")


async def test_case_8_a_column_of_the_next_day_is_another_alert(tmp_path: Path) -> None:
    title = "Bilder des Tages"
    async with working(tmp_path, stories="story", lists=LISTS) as bot:
        await bot.serve(GROUP, "lage")
        await report(bot, title, WIRE, "Depesche")
        await report(bot, title, WIRE, "Depesche", DAY)

        await expect(bot, Seen(title), Seen(title))
        assert bot.calls("editMessageText") == []


async def test_case_9_a_live_page_is_one_alert_and_no_report_joins_it(tmp_path: Path) -> None:
    titles = [f"Liveblog: +++ {each} +++" for each in ("Kim reist", "Kim in Moskau", "Kim spricht")]
    async with working(tmp_path, stories="story", lists=LISTS) as bot:
        await bot.serve(GROUP, "lage")
        for title in titles:
            await report(bot, title, f"{title}. {WIRE}", "Depesche", id="live")
        await report(bot, SEED, WIRE, "Kontor")

        await expect(bot, Seen(seen(bot)[0].title), Seen(SEED))
        assert seen(bot)[0].title in titles


async def test_case_10_another_title_at_the_same_address_is_no_alert(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story", lists=LISTS) as bot:
        await bot.serve(GROUP, "lage")
        await report(bot, SEED, WIRE, "Depesche", id="a")
        await report(bot, "Kreml erwartet 300 Nordkoreaner", WIRE, "Depesche", id="a")

        await expect(bot, seen(bot)[0])
        assert len(bot.calls("sendMessage", GROUP)) == 1


async def test_case_11_a_correction_answers_the_alert(tmp_path: Path) -> None:
    title = "Berichtigung: nicht 19, sondern 13 Länder eingeladen"
    async with working(tmp_path, stories="story", lists=LISTS) as bot:
        await bot.serve(GROUP, "lage")
        await report(bot, SEED, WIRE, "Depesche")
        await report(bot, title, WIRE.replace("19 eingeladenen", "13 eingeladenen"), "Kontor")

        new = "Eine frühere Meldung wird berichtigt"
        await expect(bot, Seen(SEED), Seen(title, answers=SEED, new=new))


async def test_case_12_another_id_or_date_of_the_same_link_sends_nothing(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story", lists=LISTS) as bot:
        await bot.serve(GROUP, "lage")
        url = await report(bot, SEED, WIRE, "Depesche", id="a")
        await report(bot, SEED, WIRE, "Depesche", id="b", url=url)
        await report(bot, SEED, WIRE, "Depesche", id="b", url=url)

        await expect(bot, Seen(SEED))
        assert len(bot.calls("sendMessage", GROUP)) == 1


async def test_case_13_one_article_in_two_feeds_names_both_outlets(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story", lists=LISTS) as bot:
        await bot.serve(GROUP, "lage")
        url = await report(bot, SEED, WIRE, "Depesche")
        await report(bot, SEED, WIRE, "Kontor", url=url.replace("/articles/", "/articles/amp/"))

        await expect(bot, Seen(SEED, also="Kontor"))


async def test_case_14_another_event_of_the_day_is_another_alert(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story", lists=LISTS) as bot:
        await bot.serve(GROUP, "lage")
        await report(bot, SEED, WIRE, "Depesche")
        await report(bot, "Nordkorea testet Rakete", MISSILE, "Kontor")

        await expect(bot, Seen(SEED), Seen("Nordkorea testet Rakete"))


async def test_case_15_the_same_crime_in_two_towns_is_two_alerts(tmp_path: Path) -> None:
    one, other = "Messerangriff in Bordell in Kassel", "Messerangriff in Bordell in Rostock"
    async with working(tmp_path, stories="story", lists=LISTS) as bot:
        await bot.serve(GROUP, "lage")
        await report(bot, one, STABBING.format(town="Kassel", age=34), "Depesche")
        await report(bot, other, STABBING.format(town="Rostock", age=51), "Kontor")

        await expect(bot, Seen(one), Seen(other, answers=one))


async def test_case_16_opinion_is_an_alert_of_its_own_and_no_source(tmp_path: Path) -> None:
    title = "Kommentar: Parade der Einsamen"
    async with working(tmp_path, stories="story", lists=LISTS) as bot:
        await bot.serve(GROUP, "lage")
        await report(bot, SEED, WIRE, "Depesche")
        await report(bot, title, OPINION, "Kontor")

        await expect(bot, Seen(SEED), Seen(title, answers=SEED))


async def test_case_17_a_follow_up_the_next_day_answers_the_alert(tmp_path: Path) -> None:
    one, other = "Lindner erhöht Angebot für Holzhaus", "Holzhaus nimmt Angebot von Lindner an"
    async with working(tmp_path, stories="story", lists=LISTS) as bot:
        await bot.serve(GROUP, "lage")
        await report(bot, one, OFFER, "Depesche")
        await report(bot, other, ACCEPTED, "Kontor", 20)

        new = "Nach einer Pause wird wieder darüber berichtet"
        await expect(bot, Seen(one), Seen(other, answers=one, new=new))


async def test_case_18_titles_that_are_only_kickers_are_alerts_of_their_own(
    tmp_path: Path,
) -> None:
    title = "Die Lage in der Ukraine"
    async with working(tmp_path, stories="story", lists=LISTS) as bot:
        await bot.serve(GROUP, "lage")
        await report(bot, title, "Mehr dazu.", "Depesche")
        await report(bot, title, "Alles dazu.", "Kontor")

        await expect(bot, Seen(title), Seen(title))


async def test_case_20_what_comes_after_the_end_of_a_story_answers_its_alert(
    tmp_path: Path,
) -> None:
    async with working(tmp_path, stories="story", lists=LISTS) as bot:
        await bot.serve(GROUP, "lage")
        await report(bot, SEED, WIRE, "Depesche")
        await report(bot, "Kim schickt Truppen zur Parade am 9. Mai", WIRE, "Kontor", 4 * DAY)

        late = "Kim schickt Truppen zur Parade am 9. Mai"
        await expect(bot, Seen(SEED), Seen(late, answers=SEED))
        assert len({row["story"] for row in bot.rows("members")}) == 2

"""`/why`: the first broken link of the chain, in the chat's language."""

from pathlib import Path

import pytest
from sqlalchemy import update

from bot.store.schema import entries, matches
from tests.telegram_kit import FILLER, PERSON, Service, until, working

WALL = f"""<html><head><script type="application/ld+json">
{{"@type": "NewsArticle", "isAccessibleForFree": false}}</script></head>
<body><article><h1>Nordkorea</h1><p>{FILLER}</p></article></body></html>"""


async def alerted(bot: Service, title: str = "Meldung") -> str:
    """Have the person told of an article; return its link."""
    await bot.ask("/start")
    await bot.serve(PERSON, "nordkorea")
    link = await bot.publish(title)
    await until(lambda: bot.titles() == [title], "the alert")
    return link


async def test_as_an_answer_to_an_alert_it_says_how_that_came(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await alerted(bot)
        number = bot.messages()[-1]["message_id"]

        text = (await bot.ask("/why", reply_to=number))["text"]

        assert "Der Artikel stand bei Depesche, gefunden am" in text
        assert "Der Artikel passt zu Nordkorea" in text
        assert "✔️ Gemeldet" in text
        assert "✖️" not in text


async def test_with_a_link_it_says_the_same_with_tracking_and_all(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        link = await alerted(bot)

        text = (await bot.ask(f"/warum {link}?utm_source=x"))["text"]

        assert "✔️ Gemeldet" in text


async def test_a_link_that_no_feed_has_listed_is_said_to_be_so(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await alerted(bot)

        nowhere = (await bot.ask("/why https://nowhere.example/a"))["text"]
        assert "✖️ In keiner meiner Quellen stand diese Adresse" in nowhere
        assert "▫️ Von dieser Seite lese ich keine Quelle" in nowhere

        site = (await bot.ask("/why https://depesche.example/other"))["text"]
        assert "▫️ Von dieser Seite lese ich Depesche, zuletzt:" in site


async def test_what_no_list_matches_ends_there(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        link = await alerted(bot)
        async with bot.store.write() as tx:
            await tx.execute(matches.delete())

        assert (await bot.ask(f"/why {link}"))["text"].splitlines()[-1] == (
            "✖️ Keine Wortliste passt dazu"
        )


async def test_what_is_old_says_so_in_german(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.ask("/start")
        await bot.serve(PERSON, "nordkorea")
        link = await bot.publish("Alt", hours=24 * 9)
        async with bot.store.write() as tx:
            await tx.execute(update(entries).values(old=True))

        text = (await bot.ask(f"/why {link}"))["text"]

        assert "zum ersten Mal las" in text
        assert text.splitlines()[-1] == "✖️ Nicht gemeldet: er ist älter als 7 Tage"


async def test_a_list_that_is_off_is_the_reason(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.ask("/start")
        link = await bot.publish("Meldung")

        assert (await bot.ask(f"/why {link}"))["text"].splitlines()[-1] == (
            "✖️ Keine dieser Listen ist hier eingeschaltet; mit /lists schalten Sie sie ein"
        )


@pytest.mark.parametrize("written", ["/why", "/why javascript:alert(1)", "/why <b>"])
async def test_what_is_no_link_is_answered_with_how_to_ask(tmp_path: Path, written: str) -> None:
    async with working(tmp_path) as bot:
        await bot.ask("/start")

        assert "/why LINK" in (await bot.ask(written))["text"]


# Every other answer.


async def asked(bot: Service, link: str) -> list[str]:
    """Return the lines of what the bot says of a link."""
    return str((await bot.ask(f"/why {link}"))["text"]).splitlines()


async def test_the_nearest_miss_is_named_in_german(tmp_path: Path) -> None:
    async with working(tmp_path, lists={"korea": "Nordkorea & Truppen\n"}) as bot:
        await bot.serve(PERSON, "korea")
        link = await bot.bring("Am Platz", "Soldaten aus Nordkorea standen auf dem Platz.")

        lines = await asked(bot, link)

        assert "✖️ Keine Wortliste passt dazu" in lines
        assert any("Nordkorea & Truppen" in line for line in lines)
        assert not any("there is no" in line for line in lines)


async def test_where_nothing_is_near_nothing_is_named(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea")
        link = await bot.bring("Das Wetter wird schön", "Am Wochenende scheint die Sonne.")

        lines = await asked(bot, link)

        assert lines[-1] == "✖️ Keine Wortliste passt dazu"


async def test_a_link_may_be_written_without_its_scheme(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        link = await alerted(bot)

        for written in (link.removeprefix("https://"), link.replace("https://", "http://www.")):
            assert "✔️ Der Artikel passt zu Nordkorea" in await asked(bot, written)


async def test_what_is_no_link_is_answered_with_what_is(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea")

        assert "keine Adresse" in (await bot.ask("/why ja warum denn"))["text"]
        assert (await bot.ask("/why"))["text"].startswith("Antworten Sie mit /why")


async def test_an_exclusion_of_the_list_is_named_with_its_line(tmp_path: Path) -> None:
    async with working(tmp_path, lists={"korea": "Nordkorea\n-Videospiel\n"}) as bot:
        await bot.serve(PERSON, "korea")
        link = await bot.bring("Ein Videospiel", "Ein Videospiel über Nordkorea.")

        lines = await asked(bot, link)

        assert any("Zeile 2" in line and "-Videospiel" in line for line in lines)


async def test_a_page_behind_a_paywall_says_that_only_the_teaser_was_read(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea")
        link = await bot.bring("Nordkorea", page=WALL, summary="Soldaten aus Nordkorea.")
        await until(lambda: bot.titles() == ["Nordkorea"], "the alert")

        lines = await asked(bot, link)

        assert any("Bezahlschranke" in line for line in lines)
        assert "🔒" in bot.texts()[0]


async def test_in_quiet_hours_that_are_collected_it_waits_for_the_digest(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea")
        await bot.ask("/quiet 9-11 sammeln")
        link = await bot.publish("Eins")
        await bot.settled()

        lines = await asked(bot, link)

        assert "✖️ Der Artikel steht in der nächsten Sammelmeldung: 9. Mai 2025, 11:00 Uhr" in lines


async def test_muted_it_waits_for_the_message_after_that(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea")
        await bot.ask("/mute 2h")
        link = await bot.publish("Eins")
        await bot.settled()

        lines = await asked(bot, link)

        assert any("gerade stumm" in line for line in lines)


async def test_folded_it_waits_with_the_others(tmp_path: Path) -> None:
    async with working(tmp_path, burst=1) as bot:
        await bot.serve(PERSON, "nordkorea")
        await bot.publish("Eins")
        await until(lambda: bot.titles() == ["Eins"], "the alert")
        link = await bot.publish("Zwei")
        await bot.settled()

        lines = await asked(bot, link)

        assert any("Es kam viel auf einmal" in line for line in lines)


async def test_in_doubt_it_says_so(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.ask("/start")
        await bot.serve(PERSON, "nordkorea")
        bot.fault("reset_after", PERSON)
        link = await bot.publish("Eins")
        await until(lambda: "uncertain" in bot.states(), "the doubt")

        lines = await asked(bot, link)

        assert any("Vielleicht nicht angekommen" in line for line in lines)


async def test_a_chat_in_a_pause_is_the_reason(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea")
        await bot.set_state(PERSON, "paused")
        link = await bot.publish("Eins")

        lines = await asked(bot, link)

        assert "✖️ Dieser Chat bekommt zurzeit nichts; mit /start geht es weiter" in lines


async def test_lists_that_the_chat_may_not_know_of_are_not_named(tmp_path: Path) -> None:
    hidden = {"geheim": "@visible admins\nNordkorea\n"}
    async with working(tmp_path, lists=hidden) as bot:
        await bot.serve(PERSON)
        link = await bot.publish("Eins", "geheim")

        lines = await asked(bot, link)

        assert "✖️ Keine Wortliste passt dazu" in lines
        assert not any("geheim" in line for line in lines)


async def test_a_query_of_ones_own_is_named_as_such(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.ask("/start")
        await bot.add("Leuchtturm")
        link = await bot.bring("Der Leuchtturm", "Am Leuchtturm brach ein Sturm los.")
        await until(bot.titles, "the alert")

        lines = await asked(bot, link)

        assert "✔️ Der Artikel passt zu Eigene Suchen (Leuchtturm)" in lines

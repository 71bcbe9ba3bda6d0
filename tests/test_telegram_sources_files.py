"""/import and /export: feeds come and go as OPML files; people get what is kept of them."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.feeds.opml import read_opml
from bot.sandbox import people
from bot.sandbox.faults import Fault
from bot.sandbox.recorded import Publication
from bot.store import feeds
from bot.store.feeds import Source
from tests.telegram_kit import GROUP, PERSON, Service, working

MEMBER = 3003
LIMIT = 4_096


async def owned(bot: Service) -> None:
    """The person is the admin."""
    await bot.serve(PERSON, admin=True)


def url(bot: Service, name: str) -> str:
    return f"{bot.sandbox.feeds}/{name}.xml"


def publish(bot: Service, feed: str) -> str:
    """Put an article into a feed; return its address."""
    bot.sandbox.press.publish(feed, Publication("Eins", "<p>Text.</p>"))
    return url(bot, feed)


def opml(*urls: str) -> bytes:
    lines = (f'<outline text="Blatt {n}" xmlUrl="{each}"/>' for n, each in enumerate(urls))
    return "\n".join(["<opml><body>", *lines, "</body></opml>"]).encode()


def send(bot: Service, name: str, content: bytes, chat: int = PERSON) -> None:
    """A person sends a file."""
    world = bot.sandbox.world
    file = world.keep_file(name, content, "text/x-opml")
    people.say(world, world.chats[chat], people.document_body(file))


async def imported(bot: Service, content: bytes) -> list[str]:
    """Send an OPML file; return the lines of the result."""
    before = len(bot.messages())
    send(bot, "quellen.opml", content)
    assert "Ich prüfe" in (await bot.message(before))["text"]
    return str((await bot.message(before + 1))["text"]).split("\n")


async def refused(bot: Service, content: bytes, name: str = "quellen.opml") -> str:
    """Send a file of which nothing is asked; return the answer."""
    send(bot, name, content)
    return str((await bot.message(0))["text"])


def polled(bot: Service) -> dict[str, str]:
    """The feeds that are polled: their addresses and names."""
    return {row["url"]: row["name"] for row in bot.rows("feeds") if row["state"] != "removed"}


def file_in(bot: Service, message: dict[str, Any]) -> tuple[str, bytes]:
    """Return the name and the content of a file that the bot sent."""
    document = message["document"]
    return document["file_name"], bot.sandbox.world.files[document["file_id"]].content


# Import.


async def test_import_says_how_feeds_are_brought_along(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        assert "Schicken Sie mir eine .opml-Datei" in (await bot.ask("/import"))["text"]


async def test_an_opml_file_is_taken_in_and_every_feed_is_asked_first(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        good, known = publish(bot, "gut"), publish(bot, "bekannt")
        async with bot.store.write() as tx:
            await feeds.add(tx, Source(known, "Bekannt"), bot.clock())
        dead, away = url(bot, "tot"), publish(bot, "fort")
        bot.sandbox.faults.order(Fault("GET /feeds/fort.xml", "500"))

        lines = await imported(bot, opml(good, known, dead, away, "ftp://x.example/"))

        assert bot.texts()[0].startswith("📥 In der Datei stehen 4 Quellen. Ich prüfe bei jeder")
        assert lines == [
            "📥 Fertig.",
            "Neu aufgenommen: 2",
            "Schon vorher dabei: 1",
            "Ausgelassen: 2",
            "",
            "Ausgelassen:",
            "• ftp://x.example/ ist keine Webadresse",
            f"• {dead}: unter dieser Adresse gibt es nichts (HTTP 404)",
            "",
            "Aufgenommen, aber gerade nicht zu lesen:",
            f"• {away}: der Server der Seite ist gestört (HTTP 500)",
        ]
        assert polled(bot) == {good: "Blatt 0", known: "Bekannt", away: "Blatt 3"}


async def test_however_long_an_address_is_what_is_wrong_with_it_is_told(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        dead = f"{url(bot, 'tot')}?{'x' * 300}"

        lines = await imported(bot, opml(dead))

        assert lines[-1].startswith(f"• {url(bot, 'tot')}?xxx")
        assert lines[-1].endswith("…: unter dieser Adresse gibt es nichts (HTTP 404)")


async def test_an_xml_file_may_be_opml_too(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        send(bot, "Feedly.XML", opml(publish(bot, "gut")))

        assert (await bot.message(0))["text"].startswith("📥 In der Datei steht eine Quelle.")
        assert "Neu aufgenommen: 1" in (await bot.message(1))["text"]


async def test_of_many_faults_twenty_are_told_and_the_rest_is_counted(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        wrong = [f"ftp://{n}.example/{'<&' * 400}".replace("<", "%3C").replace("&", "&amp;")
                 for n in range(25)]  # fmt: skip

        lines = await imported(bot, opml(publish(bot, "gut"), *wrong))

        assert "Ausgelassen: 25" in lines
        assert sum(line.startswith("• ") for line in lines) == 20
        assert lines[-1] == "… und 5 weitere."
        assert len(bot.texts()[-1]) < LIMIT


async def test_a_feed_that_does_not_answer_in_time_is_taken_in_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.sources.PATIENCE", timedelta(seconds=0.3))
    async with working(tmp_path) as bot:
        await owned(bot)
        slow = publish(bot, "langsam")
        bot.sandbox.faults.order(Fault("GET /feeds/langsam.xml", "hang"))

        lines = await imported(bot, opml(slow))

        assert "Neu aufgenommen: 1" in lines
        assert lines[-1].startswith("Eine Quelle hat in der Zeit nicht geantwortet.")
        assert polled(bot) == {slow: "Blatt 0"}


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (b"", "das ist kein gültiges XML"),
        (b"<opml><body>\n<outline", "(Zeile 2)."),
        (b"<rss/>", "das ist keine OPML-Datei, sie beginnt mit <rss> (Zeile 1)."),
        (b"<opml><body/></opml>", "es steht keine Quelle darin."),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><opml/>', "eine DOCTYPE-Angabe"),
        (opml("ftp://x.example/"), "ftp://x.example/ ist keine Webadresse"),
        (bytes(range(256)), "das ist kein gültiges XML"),
    ],
)
async def test_a_file_that_cannot_be_read_is_answered_with_its_fault(
    tmp_path: Path, content: bytes, answer: str
) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        said = await refused(bot, content or b" ")

        assert said.startswith("Diese Datei kann ich nicht lesen: ")
        assert answer in said
        assert polled(bot) == {}


async def test_more_feeds_than_are_taken_at_once_are_refused(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        said = await refused(bot, opml(*(f"https://{n}.example/" for n in range(1_001))))

        assert said.startswith("Das sind 1001 Quellen, und mehr als 1000 auf einmal")
        assert polled(bot) == {}


async def test_nobody_but_an_admin_imports_anything(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(bot.person(MEMBER))
        send(bot, "quellen.opml", opml(publish(bot, "gut")), MEMBER)

        said = await bot.message(0, MEMBER)

        assert said["text"] == "Das kann nur, wer diesen Ausguck betreibt."
        assert polled(bot) == {}


# Export.


async def test_an_admin_gets_the_feeds_as_opml_and_is_told_of_lists(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        async with bot.store.write() as tx:
            source = Source("https://bote.example/?a=1&b=2", "Bote", None, ("ausland",))
            await feeds.add(tx, source, bot.clock())

        sent = await bot.ask("/export")

        name, content = file_in(bot, sent)
        [feed] = read_opml(content).feeds
        assert (name, feed.url, feed.title, feed.tags) == (
            *("ausguck.opml", "https://bote.example/?a=1&b=2", "Bote"),
            ("ausland",),
        )
        assert "Mit /export LISTE schicke ich eine Wortliste." in sent["caption"]


async def test_with_a_word_an_admin_gets_that_list(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        sent = await bot.ask("/export Nordkorea")

        assert file_in(bot, sent) == ("nordkorea.txt", b"@label Nordkorea\nNordkorea\n")


async def test_what_is_exported_can_be_imported_again(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        async with bot.store.write() as tx:
            await feeds.add(tx, Source(publish(bot, "gut"), "Gut"), bot.clock())
        _, content = file_in(bot, await bot.ask("/exportieren"))

        lines = await imported(bot, content)

        assert lines[1:] == ["Neu aufgenommen: 0", "Schon vorher dabei: 1", "Ausgelassen: 0"]


async def test_without_any_feed_there_is_nothing_to_export(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        assert "Noch lese ich keine Quelle." in (await bot.ask("/export"))["text"]


async def test_a_person_gets_what_is_kept_of_them(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea")

        sent = await bot.ask("/export")

        name, content = file_in(bot, sent)
        kept = json.loads(content)
        assert name == "ausguck.json"
        assert kept["chat"]["id"] == PERSON
        assert [each["watchlist"] for each in kept["lists"]] == ["nordkorea"]
        assert sent["caption"].startswith("🗂 Das ist alles")


async def test_what_is_kept_of_a_person_is_not_sent_into_a_group(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP)

        said = await bot.ask("/export", GROUP, PERSON)

        assert (
            said["text"]
            == "Das schicke ich nur im privaten Chat mit mir. Bitte fragen Sie mich dort."
        )

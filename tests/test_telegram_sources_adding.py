"""/addfeed: a site's address goes in, and its feed is found, shown and read from then on."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.faults import Fault
from bot.sandbox.recorded import Publication
from bot.store import feeds
from bot.store.feeds import Source
from tests.telegram_kit import PERSON, Service, until, working

MEMBER = 3003
PATIENCE = timedelta(seconds=0.3)
OUTDATED = "veraltet"


async def owned(bot: Service) -> None:
    """The person is the admin."""
    await bot.serve(PERSON, admin=True)


async def answered(bot: Service, command: str) -> str:
    """Say it, and return what is said when it was looked up."""
    before = len(bot.messages())
    assert (await bot.ask(command))["text"].startswith("🔎 Ich sehe bei 127.0.0.1 nach …")
    return str((await bot.message(before + 1))["text"])


def url(bot: Service, name: str) -> str:
    return f"{bot.sandbox.feeds}/{name}.xml"


def publish(bot: Service, feed: str, *titles: str) -> str:
    """Put articles into a feed; return its address."""
    for title in titles:
        bot.sandbox.press.publish(feed, Publication(title, "<p>Text.</p>"))
    return url(bot, feed)


def site(bot: Service, *feeds: str) -> str:
    """Put up a front page that declares these feeds; return its address."""
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{feed}">' for feed in feeds
    )
    page = f"<!doctype html><html><head>{links}</head><body><p>Guten Tag.</p></body></html>"
    return bot.sandbox.press.publish("titelseite", Publication("Titelseite", page)).url


def polled(bot: Service) -> dict[str, str]:
    """The feeds that are polled: their addresses and names."""
    return {row["url"]: row["name"] for row in bot.rows("feeds") if row["state"] != "removed"}


async def test_without_an_address_it_says_how(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        said = await bot.ask("/quelle")

        assert "/addfeed tagesschau.de" in said["text"]


@pytest.mark.parametrize(
    "written",
    ["zeitung", "file:///etc/passwd", "javascript:alert(1)", "zwei worte", "https://", "a..", "."],
)
async def test_what_is_no_address_is_answered_and_nothing_is_asked(
    tmp_path: Path, written: str
) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        said = await bot.ask(f"/addfeed {written}")

        assert said["text"].startswith(f"„{written}“ ist keine Webadresse.")
        assert polled(bot) == {}


async def test_a_feed_is_added_and_its_newest_articles_are_shown(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        feed = publish(bot, "bote", "Eins", "Zwei", "Drei", "Vier")

        said = await answered(bot, f"/addfeed {feed}")

        assert said.split("\n") == [
            "✅ bote lese ich ab jetzt. Dort stehen 4 Artikel:",
            "• Vier",
            "• Drei",
            "• Zwei",
            "",
            "Was dort schon steht, gilt als alt. Gemeldet wird, was ab jetzt erscheint.",
        ]
        assert polled(bot) == {feed: "bote"}


async def test_the_feed_of_a_site_is_found_by_the_sites_address(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        feed = publish(bot, "bote", "Eins")

        said = await answered(bot, f"/addfeed {site(bot, feed)}")

        assert said.startswith("✅ bote lese ich ab jetzt. Dort steht ein Artikel:\n• Eins")
        assert polled(bot) == {feed: "bote"}


async def test_an_address_needs_no_https_before_it(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        # Nothing speaks TLS there, so that it is only noted; what counts is what was understood.
        said = await answered(bot, "/addfeed 127.0.0.1:9/feed.xml")

        assert "ich sie gerade nicht lesen kann" in said
        assert list(polled(bot)) == ["https://127.0.0.1:9/feed.xml"]


async def test_a_host_that_does_not_exist_is_not_added_nor_at_a_second_try(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        for n in (1, 3):
            await bot.ask("/addfeed tageschua.invalid")
            said = (await bot.message(n))["text"]

            assert said.startswith("Nicht aufgenommen: tageschua.invalid gibt es nicht")
            assert "Schreibweise" in said
        assert polled(bot) == {}


async def test_a_feed_that_is_known_is_left_as_it_is(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        feed = publish(bot, "bote", "Eins")
        async with bot.store.write() as tx:
            await feeds.add(tx, Source(feed, "Mein Bote"), bot.clock())

        assert await answered(bot, f"/addfeed {feed}?utm_source=x") == (
            "Diese Quelle lese ich schon."
        )
        assert polled(bot) == {feed: "Mein Bote"}


async def test_of_several_feeds_those_that_are_tapped_are_added(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        world, sport = publish(bot, "welt", "Neu", "Alt"), publish(bot, "sport", "Tor")
        said = await answered(bot, f"/addfeed {site(bot, world, sport)}")
        assert said.split("\n") == [
            "Dort gibt es 2 Quellen. Welche soll ich lesen?",
            "",
            "1. welt – 2 Artikel",
            "Alt",
            "",
            "2. sport – ein Artikel",
            "Tor",
        ]
        assert polled(bot) == {}

        await bot.restart()

        assert await bot.press("sport") == "„sport“ lese ich ab jetzt"
        assert polled(bot) == {sport: "sport"}
        shown = ["▫️ welt", "✅ sport"]
        await until(lambda: bot.buttons(bot.messages()[1]) == shown, "the sign")
        assert await bot.press("✅ sport") == "Diese Quelle lese ich schon"
        assert await bot.press("welt") == "„welt“ lese ich ab jetzt"
        assert polled(bot) == {sport: "sport", world: "welt"}


async def test_a_feed_without_a_title_gets_none_that_its_first_poll_could_not_mend(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        nameless = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id></entry></feed>'
        page = f"<!doctype html>{nameless}"  # a page as a feed: the press writes titles
        unnamed = bot.sandbox.press.publish("ohne", Publication("Ohne", page)).url
        named = publish(bot, "welt", "Neu")
        said = await answered(bot, f"/addfeed {site(bot, unnamed, named)}")
        assert unnamed[:50] in said

        await bot.press(unnamed[:20])

        assert polled(bot) == {unnamed: ""}


async def test_a_choice_of_another_chat_or_one_that_never_was_adds_nothing(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await bot.serve(bot.person(MEMBER), admin=True)
        feeds_ = publish(bot, "welt", "Neu"), publish(bot, "sport", "Tor")
        await answered(bot, f"/addfeed {site(bot, *feeds_)}")
        [draft] = bot.rows("drafts")

        assert OUTDATED in await bot.forge(f"found:{draft['id']}:0", MEMBER)
        for data in ("found:", "found:1", "found:1:", "found:1:2", "found:99:0", "found:x:0"):
            assert OUTDATED in await bot.forge(data)

        assert polled(bot) == {}


async def test_where_there_is_no_feed_it_says_where_it_has_looked(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        page = site(bot)

        said = await answered(bot, f"/addfeed {page}")

        lines = said.split("\n")
        assert lines[0].startswith("Bei 127.0.0.1 habe ich keine Quelle gefunden.")
        assert lines[1] == f"• {page}: das ist eine gewöhnliche Webseite, keine Quelle"
        assert lines[2].endswith("/feed: unter dieser Adresse gibt es nichts (HTTP 404)")
        assert polled(bot) == {}


async def test_what_does_not_answer_at_present_is_added_and_can_be_taken_back(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        feed = publish(bot, "bote", "Eins")
        bot.sandbox.faults.order(Fault("GET /feeds/bote.xml", "500"))

        said = await answered(bot, f"/addfeed {feed}")
        assert "der Server der Seite ist gestört (HTTP 500)" in said
        assert list(polled(bot)) == [feed]

        await bot.press("Entfernen")
        await bot.press("Ja, entfernen")
        assert polled(bot) == {}


async def test_an_address_in_a_private_network_is_not_fetched(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        await bot.ask("/addfeed http://10.0.0.1/feed.xml")

        said = (await bot.message(1))["text"]
        assert said.startswith("Das darf ich nicht abrufen: 10.0.0.1 gehört zu einem privaten Netz")
        assert polled(bot) == {}


async def test_a_site_that_takes_too_long_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.sources.PATIENCE", PATIENCE)
    async with working(tmp_path) as bot:
        await owned(bot)
        feed = publish(bot, "bote", "Eins")
        bot.sandbox.faults.order(Fault("GET /feeds/bote.xml", "hang"))

        assert "antwortet zu langsam" in await answered(bot, f"/addfeed {feed}")
        assert polled(bot) == {}


async def test_titles_that_are_markup_are_shown_as_they_are(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        feed = publish(bot, "bote", f"5 < 6 & 7 {'x' * 3_000}")

        said = await answered(bot, f"/addfeed {feed}")

        assert "• 5 < 6 & 7 xxx" in said
        assert len(said) < 1_000


async def test_nobody_but_an_admin_adds_anything(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(bot.person(MEMBER))

        said = await bot.ask(f"/addfeed {publish(bot, 'bote', 'Eins')}", MEMBER)

        assert said["text"] == "Das kann nur, wer diesen Ausguck betreibt."
        assert polled(bot) == {}

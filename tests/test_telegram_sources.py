"""/feeds: which feeds there are, how they are, and what an admin does about one of them."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from bot.sandbox import membership
from bot.store import chats, feeds
from bot.store.feeds import Source
from bot.store.schema import feeds as table
from bot.telegram.views import handle
from tests.telegram_kit import GROUP, PERSON, Service, until, working

BOTE = "https://bote.example/feed.xml"
KURIER = "https://kurier.example/feed.xml"
MEMBER = 3003
LIMIT = 4_096


async def owned(bot: Service) -> None:
    """The person is the admin."""
    await bot.serve(PERSON, admin=True)


async def feed(bot: Service, url: str, name: str, **columns: Any) -> None:  # noqa: ANN401 - columns
    """A feed that was added an hour ago and read a minute ago, if nothing else is said."""
    now = bot.clock()
    async with bot.store.write() as tx:
        await feeds.add(tx, Source(url, name), now - timedelta(hours=1))
        read = {"first_success": now, "last_success": now - timedelta(minutes=3), **columns}
        await tx.execute(update(table).where(table.c.url == url).values(**read))


async def ill(bot: Service, url: str, name: str, error: str = "HTTP 404") -> None:
    await feed(bot, url, name, errors=5, last_error=error)


async def configured(bot: Service, url: str) -> None:
    async with bot.store.write() as tx:
        await feeds.configure(tx, [Source(url, "Blatt")], bot.clock())


def state(bot: Service, url: str) -> str:
    [row] = [row for row in bot.rows("feeds") if row["url"] == url]
    return str(row["state"])


async def test_without_any_feed_it_says_how_to_begin(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        said = await bot.ask("/quellen")

        assert said["text"].startswith("Noch lese ich keine Quelle. Mit /addfeed")


async def test_the_worst_feeds_come_first_each_with_its_error_in_words(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await feed(bot, "https://alpha.example/", "Alpha")
        await feed(bot, "https://pause.example/", "Pausenblatt", state="paused")
        await ill(bot, BOTE, "Bote")
        long_ago = bot.clock() - timedelta(days=60)
        await feed(bot, KURIER, "Kurier", added=long_ago)

        text = (await bot.ask("/feeds"))["text"]

        assert text.split("\n") == [
            "4 Quellen",
            "🔴 gestört: 1 · 🔇 still: 1 · ⏸ Pause: 1 · 🟢 in Ordnung: 1",
            "",
            "🔴 gestört",
            "1. Bote – unter dieser Adresse gibt es nichts (HTTP 404)",
            "",
            "🔇 still",
            "2. Kurier – Zuletzt Neues: noch nie",
            "",
            "⏸ Pause",
            "3. Pausenblatt",
            "",
            "🟢 in Ordnung",
            "4. Alpha",
        ]


async def test_one_feed_is_not_many(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await feed(bot, BOTE, "Bote")

        assert (await bot.ask("/feeds"))["text"].startswith("Eine Quelle\n")


async def test_many_feeds_come_in_pages_that_are_turned_by_buttons(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        for n in range(25):
            await feed(bot, f"https://{n}.example/", f"Blatt {n:02}")

        first = await bot.ask("/feeds")
        assert "10. Blatt 09" in first["text"]
        assert "Blatt 10" not in first["text"]
        assert bot.buttons(first)[-1] == "Weiter ▶️"

        await bot.restart()
        await bot.press("Weiter")
        await until(lambda: "Seite 2 von 3" in bot.texts()[0], "the second page")
        await bot.press("Weiter")
        await until(lambda: "Seite 3 von 3" in bot.texts()[0], "the last page")
        assert "25. Blatt 24" in bot.texts()[0]
        assert bot.buttons(bot.messages()[0])[-1] == "◀️ Zurück"

        await bot.press("Zurück")
        await until(lambda: "Seite 2 von 3" in bot.texts()[0], "the page before")


async def test_a_feed_is_shown_with_all_that_is_known_of_it(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await ill(bot, BOTE, "Bote", "HTTP 503")
        await bot.ask("/feeds")

        await bot.press("1")

        await until(lambda: BOTE in bot.texts()[0], "the card")
        assert bot.texts()[0].split("\n") == [
            "Bote",
            BOTE,
            "",
            "🔴 gestört",
            "Die letzten 5 Versuche sind gescheitert: der Server der Seite ist gestört (HTTP 503)",
            "Gelesen: vor 3 Minuten",
            "Zuletzt Neues: noch nie · weniger als ein Artikel am Tag",
        ]
        assert bot.buttons(bot.messages()[0]) == ["⏸ Pause", "🗑 Entfernen", "📡 Alle Quellen"]


async def test_a_feed_is_paused_and_read_again_by_its_buttons(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await feed(bot, BOTE, "Bote")
        await bot.ask("/feeds")
        await bot.press("1")

        assert await bot.press("⏸ Pause") == "„Bote“ macht Pause"
        assert state(bot, BOTE) == "paused"

        assert await bot.press("Wieder lesen") == "„Bote“ wird wieder gelesen"
        assert state(bot, BOTE) == "active"


async def test_a_feed_is_removed_only_after_a_question(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await feed(bot, BOTE, "Bote")
        await feed(bot, KURIER, "Kurier")
        await bot.ask("/feeds")
        await bot.press("1")

        await bot.press("Entfernen")
        await until(lambda: "Soll ich Bote nicht mehr lesen?" in bot.texts()[0], "the question")
        assert state(bot, BOTE) == "active"

        assert await bot.press("Ja, entfernen") == "„Bote“ ist entfernt"
        assert state(bot, BOTE) == "removed"
        await until(lambda: bot.texts()[0].startswith("Eine Quelle"), "the list")
        assert "1. Kurier" in bot.texts()[0]


async def test_a_feed_that_is_kept_after_all_stays(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await feed(bot, BOTE, "Bote")
        await bot.ask("/feeds")
        await bot.press("1")
        await bot.press("Entfernen")

        await bot.press("Behalten")

        await until(lambda: BOTE in bot.texts()[0], "the card")
        assert state(bot, BOTE) == "active"


async def test_a_feed_of_the_configuration_is_changed_there(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await configured(bot, BOTE)
        await bot.ask("/feeds")

        await bot.press("1")

        await until(lambda: "config.toml" in bot.texts()[0], "the card")
        assert bot.buttons(bot.messages()[0]) == ["📡 Alle Quellen"]


@pytest.mark.parametrize("verb", ["pause", "resume", "remove", "drop", "show", "eat"])
async def test_a_forged_button_changes_no_feed(tmp_path: Path, verb: str) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await configured(bot, BOTE)
        await feed(bot, KURIER, "Kurier")
        before = bot.rows("feeds")

        for data in (
            *([] if verb == "show" else [f"feed:{verb}:{handle(BOTE)}:0"]),
            f"feed:{verb}:{handle('https://unknown.example/')}:0",
            f"feed:{verb}:{handle(KURIER)}:",
            f"feed:{verb}:{handle(KURIER)}:²",
            f"feed:{verb}",
            "feeds:",
            "feeds:-1",
            "feed:" + "9" * 58,
        ):
            assert "veraltet" in await bot.forge(data)

        assert bot.rows("feeds") == before


async def test_an_old_button_of_a_feed_that_is_gone_is_answered(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await feed(bot, BOTE, "Bote")
        await bot.ask("/feeds")
        async with bot.store.write() as tx:
            await feeds.remove(tx, BOTE)

        assert "veraltet" in await bot.press("1")


async def test_only_an_admin_sees_the_feeds_and_presses_their_buttons(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await feed(bot, BOTE, "Bote")
        await bot.serve(bot.person(MEMBER))

        said = await bot.ask("/feeds", MEMBER)
        await bot.forge(f"feed:drop:{handle(BOTE)}:0", MEMBER)

        assert said["text"] == "Das kann nur, wer diesen Ausguck betreibt."
        assert state(bot, BOTE) == "active"


async def test_in_a_group_an_admin_of_the_bot_is_answered_and_nobody_else(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await bot.serve(GROUP)
        await feed(bot, BOTE, "Bote")

        membership.set_member(bot.sandbox.world, bot.sandbox.world.chats[GROUP], MEMBER, "member")

        assert "1. Bote" in (await bot.ask("/feeds", GROUP, PERSON))["text"]
        assert "wer diesen Ausguck betreibt" in (await bot.ask("/feeds", GROUP, MEMBER))["text"]


async def test_feeds_are_everybodys_also_while_a_channel_is_managed(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await bot.serve(GROUP)
        await feed(bot, BOTE, "Bote")
        async with bot.store.write() as tx:
            await chats.act_for(tx, PERSON, GROUP)

        said = await bot.ask("/feeds")
        assert said["text"].startswith("Eine Quelle\n")
        await bot.press("1")
        assert await bot.press("⏸ Pause") == "„Bote“ macht Pause"

        assert (await bot.ask("/import"))["text"].startswith("Schicken Sie mir")


async def test_what_a_feed_says_is_shown_as_text_and_within_telegrams_limit(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        for n in range(10):
            url = f"https://{n}.example/?<b>&{'x' * 2_000}"
            await ill(bot, url, f"<i>Böse & lang</i>\n{'y' * 300}", f"<b>{'z' * 900}")

        listed = (await bot.ask("/feeds"))["text"]
        await bot.press("1")

        await until(lambda: "https://" in bot.texts()[0], "the card")
        assert "<i>Böse & lang</i> yyy" in listed
        assert len(listed) < LIMIT
        assert "?<b>&xxx" in bot.texts()[0]


async def test_the_list_is_in_english_for_who_reads_english(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await bot.ask("/lang en")
        await ill(bot, BOTE, "Bote", "the name bote.example does not resolve")

        text = (await bot.ask("/feeds"))["text"]

        assert text.startswith("One feed\n🔴 ill: 1\n")
        assert "Bote – there is no bote.example, or its name does not resolve just now" in text

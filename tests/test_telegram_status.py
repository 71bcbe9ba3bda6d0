"""/status: how the chat and the service are doing, and all of it for an admin."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import update

from bot.sandbox import people
from bot.store import canary, feeds, health
from bot.store.canary import Arrival
from bot.store.feeds import Source
from bot.store.schema import feeds as table
from tests.telegram_kit import GROUP, PERSON, Service, until, working

LIMIT = 4_096
FORUM = -1_001_234_567_890
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


async def feed(bot: Service, name: str, **columns: Any) -> None:  # noqa: ANN401 - columns
    """A feed that was read three minutes ago, if nothing else is said."""
    now, url = bot.clock(), f"https://{name}.example/"
    read = {"first_success": now, "last_success": now - 3 * MINUTE, **columns}
    async with bot.store.write() as tx:
        await feeds.add(tx, Source(url, name), now - HOUR)
        await tx.execute(update(table).where(table.c.url == url).values(**read))


async def lines(bot: Service, chat: int = PERSON) -> list[str]:
    """What is answered, line by line."""
    return str((await bot.ask("/status", chat, PERSON))["text"]).split("\n")


async def test_everybody_is_told_their_id_and_how_it_is_going(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)
        await feed(bot, "bote")
        await feed(bot, "kurier", last_success=bot.clock() - HOUR)
        await feed(bot, "pause", state="paused")

        assert await lines(bot) == [
            "So steht es",
            "Kennung dieses Chats: 1001",
            "🔔 Hier kommen Meldungen an.",
            "",
            "📡 Ich lese 2 Quellen. Gelesen: vor 3 Minuten",
            "⏱ In den letzten sieben Tagen gab es nichts zu melden.",
        ]


async def test_it_says_how_late_alerts_are(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea")
        await bot.publish("Eins", hours=3)
        await bot.delivered("sent")

        assert "⏱ Meldungen kommen im Mittel 3 Stunden nach dem Erscheinen." in await lines(bot)


async def test_it_says_when_the_canary_came_through_and_how_long_it_took(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)
        arrival = Arrival(bot.clock() - 12 * MINUTE, timedelta(seconds=1.2))
        async with bot.store.write() as tx:
            await canary.note(tx, arrival)

        assert (
            "🐤 Der stündliche Probelauf kam zuletzt vor 12 Minuten durch und brauchte 2 Sekunden."
        ) in await lines(bot)


async def test_it_says_what_waits_and_names_the_time_zone(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea")
        await bot.ask("/digest 18")
        await bot.publish("Eins")
        await until(lambda: bot.states().count("dead") == 1, "collected")

        assert (await lines(bot))[-1] == (
            "✉️ Für diesen Chat wartet eine Nachricht. "
            "Sie kommt: 9. Mai 2025, 18:00 Uhr (Europe/Berlin)."
        )


async def test_what_waits_for_another_chat_is_not_told(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)
        await bot.serve(GROUP, "nordkorea")
        await bot.ask("/digest 18", GROUP, PERSON)
        await bot.publish("Eins")
        await until(lambda: bot.states().count("dead") == 1, "collected")

        assert not any("wartet" in line for line in await lines(bot))


async def test_a_chat_that_pauses_is_told_so(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)
        await bot.set_state(PERSON, "paused")

        assert "⏸ Hier ist Pause. Mit /start geht es weiter." in await lines(bot)


async def test_a_topic_has_the_groups_id_and_its_own_number(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        [thread] = bot.forum(FORUM, "Ausland")
        await bot.serve(FORUM)
        world = bot.sandbox.world
        said = {"text": "/status"}

        people.say(world, world.chats[FORUM], said, sender=PERSON, thread=thread)

        text = (await bot.message(0, FORUM))["text"]
        assert text.split("\n")[1:3] == [
            f"Kennung dieses Chats: {FORUM}",
            f"Thema: {thread}",
        ]


async def test_an_admin_is_told_all_of_it(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea", admin=True)
        await bot.publish("Eins", hours=1)
        await until(lambda: bot.titles() == ["Eins"], "the alert")
        await feed(bot, "bote")
        await feed(bot, "krank", errors=5, last_error="HTTP 404")
        await feed(bot, "still", added=bot.clock() - timedelta(days=60))
        async with bot.store.write() as tx:
            await health.network_is_down(tx, bot.clock() - 5 * MINUTE)

        said = await lines(bot)

        assert "⚠️ Unser eigenes Netz ist gestört, zuerst bemerkt vor 5 Minuten." in said
        assert said[said.index("Für Administratoren") + 1 :] == [
            "🔴 gestört: 1 · 🔇 still: 1 · 🆕 noch nicht gelesen: 1 · 🟢 in Ordnung: 1",
            "• krank – unter dieser Adresse gibt es nichts (HTTP 404)",
            "• still – Zuletzt Neues: noch nie",
            "Artikel am Tag: 1",
            "Gefunden im Mittel 60 Minuten nach dem Erscheinen",
            "Chats: 1 · Administratoren: 1",
            "Nachrichten: 1 gesendet",
            "Fast alle Meldungen (95 %) kommen spätestens 60 Minuten nach dem Erscheinen.",
        ]


async def test_whoever_is_no_admin_is_not_told_of_others(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)
        await bot.serve(GROUP)
        await feed(bot, "krank", errors=5, last_error="HTTP 404")

        assert not any("krank" in line or "Administrator" in line for line in await lines(bot))


async def test_with_very_many_ill_feeds_the_message_keeps_telegrams_limit(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, admin=True)
        for n in range(30):
            await feed(bot, f"{n}-{'x' * 100}", errors=5, last_error=f"<b>{'y' * 900}")
            await feed(bot, f"s{n}-{'x' * 100}", added=bot.clock() - timedelta(days=60))

        said = "\n".join(await lines(bot))

        assert said.count("… und 22 weitere.") == 2
        assert len(said) < LIMIT


async def test_in_english_it_says_the_same(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)
        await bot.ask("/lang en")
        await feed(bot, "bote")

        assert await lines(bot) == [
            "How things stand",
            "This chat’s id: 1001",
            "🔔 Alerts arrive here.",
            "",
            "📡 I read one feed. Read: 3 minutes ago",
            "⏱ In the last seven days there was nothing to report.",
        ]

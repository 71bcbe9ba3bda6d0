"""From the outbox into Telegram: in order, once, and only what is still wanted."""

from pathlib import Path

import pytest

from bot.sandbox import membership
from bot.sandbox.chats import Chat
from bot.sandbox.world import BOT
from bot.store import alerts, changes, chats
from tests.telegram_kit import GROUP, OTHER, Service, offline, until, working

SUPERGROUP = -1_000_000_001_002


async def test_alerts_arrive_in_the_order_in_which_they_were_decided(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        titles = [f"Meldung {number}" for number in range(6)]
        for title in titles:
            await bot.publish(title)

        await bot.delivered(*["sent"] * 6)

        assert bot.titles(GROUP) == titles


async def test_an_alert_rings_and_has_a_link_to_its_article(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        link = await bot.publish("Meldung")

        alert = await bot.message(0, GROUP)

        assert not bot.calls("sendMessage")[0]["params"].get("disable_notification")
        assert [e["url"] for e in alert["entities"] if e["type"] == "text_link"] == [link]
        rows = alert["reply_markup"]["inline_keyboard"]
        assert [button["url"] for row in rows for button in row if "url" in button] == [link]
        assert alert["link_preview_options"]["url"] == link


HOSTILE = [
    "<b>A & B</b> <script>alert('x')</script>",
    "&lt;i&gt; &amp;amp; &quot; &#60;",
    "}{0} {name} %s \\ </a></b>",
    "👩‍👩‍👧‍👦 🇰🇵 Parade 𝒜 e\u0301",
    "مرحبا بالعالم עולם",
]


@pytest.mark.parametrize("title", HOSTILE)
async def test_a_hostile_title_comes_out_literally_at_the_first_try(
    tmp_path: Path, title: str
) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        await bot.publish(title)

        await bot.delivered("sent")

        assert bot.titles(GROUP) == [title]
        assert len(bot.calls("sendMessage")) == 1


async def test_marks_that_turn_the_reading_direction_are_left_out(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        await bot.publish("Bericht \u202egpj.exe\u2066 Ende")

        await bot.delivered("sent")

        assert bot.titles(GROUP) == ["Bericht gpj.exe Ende"]


# What is wanted is asked again at the moment of sending.


async def test_switched_off_meanwhile_it_is_not_sent(tmp_path: Path) -> None:
    async with offline(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        await bot.publish("Meldung")
        async with bot.store.write() as tx:
            await chats.unsubscribe(tx, GROUP, "nordkorea")

        await bot.start()

        await bot.delivered("dead")
        assert bot.texts(GROUP) == []


async def test_what_its_page_does_not_match_when_it_is_read_is_not_sent(tmp_path: Path) -> None:
    async with offline(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        await bot.publish("Meldung")
        async with bot.store.write() as tx:
            await alerts.keep_matches(tx, {1: []}, bot.clock())

        await bot.start()

        await bot.delivered("dead")
        assert bot.texts(GROUP) == []


async def test_what_was_sent_and_matches_no_more_is_never_told_a_second_time(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        link = await bot.publish("Meldung")
        await bot.delivered("sent")
        async with bot.store.write() as tx:
            await alerts.keep_matches(tx, {1: []}, bot.clock())
            await changes.post_edits(tx, 1, bot.clock())

        await bot.delivered("sent", "sent")

        async with bot.store.read() as connection:
            assert await alerts.knows(connection, GROUP, link)


async def test_of_two_lists_only_the_one_that_is_still_on_is_named(tmp_path: Path) -> None:
    async with offline(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea", "siegesparade")
        await bot.publish("Meldung", "nordkorea", "siegesparade")
        async with bot.store.write() as tx:
            await chats.unsubscribe(tx, GROUP, "nordkorea")

        await bot.start()

        await bot.delivered("sent")
        assert bot.texts(GROUP)[0].startswith("🔔 Siegesparade\n")


async def test_paused_meanwhile_it_is_not_sent(tmp_path: Path) -> None:
    async with offline(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        await bot.publish("Meldung")
        await bot.set_state(GROUP, "paused")

        await bot.start()

        await bot.delivered("dead")
        assert bot.texts(GROUP) == []


# Telegram asks for a pause.


async def test_a_429_holds_that_chat_alone_and_keeps_its_order(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve_two()
        bot.fault("429", GROUP)
        await bot.publish("Eins")
        await bot.publish("Zwei", "siegesparade")

        await until(lambda: bot.titles(OTHER) == ["Eins", "Zwei"], "the other chat's")
        assert bot.titles(GROUP) == []
        assert len(bot.calls("sendMessage", GROUP)) == 1

        bot.clock.move(60)
        await until(lambda: bot.titles(GROUP) == ["Eins", "Zwei"], "the held chat's")


async def test_a_429_outlives_a_restart(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea", "siegesparade")
        await bot.serve(bot.group(OTHER), "siegesparade")
        bot.fault("429", GROUP)
        await bot.publish("Eins")
        await until(bot.is_held, "the refusal")

        await bot.restart()
        await bot.publish("Zwei", "siegesparade")
        await until(lambda: bot.titles(OTHER) == ["Zwei"], "a later message")

        assert len(bot.calls("sendMessage", GROUP)) == 1
        bot.clock.move(60)
        await until(lambda: bot.titles(GROUP) == ["Eins", "Zwei"], "the held chat's")


# The chat cannot be written to.


@pytest.mark.parametrize(
    "refusal",
    ["403_blocked", "403_kicked", "403_deactivated", "403_deleted", "400_not_found"],
)
async def test_a_chat_that_cannot_be_written_to_falls_asleep_and_is_left_alone(
    tmp_path: Path, refusal: str
) -> None:
    async with working(tmp_path) as bot:
        await bot.stop()
        await bot.serve_two()
        await bot.publish("Eins")
        await bot.publish("Zwei")
        bot.fault(refusal, GROUP)

        await bot.start()

        await until(lambda: sorted(bot.states()) == ["dead", "dead", "sent", "sent"], "the end")
        assert bot.titles(OTHER) == ["Eins", "Zwei"]
        assert bot.state(GROUP) == "asleep"
        assert len(bot.calls("sendMessage", GROUP)) == 1
        assert bot.lists(GROUP) == {"nordkorea", "siegesparade"}


async def test_to_a_chat_that_sleeps_nothing_is_sent_until_it_is_woken(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        await bot.set_state(GROUP, "asleep")
        await bot.publish("Im Schlaf")

        await bot.ask("/start", GROUP)
        await bot.publish("Wach")

        await bot.delivered("sent")
        assert bot.titles(GROUP) == ["Wach"]


async def test_start_wakes_a_chat_that_fell_asleep(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        await bot.set_state(GROUP, "asleep")

        message = await bot.ask("/start", GROUP)

        assert "Schön, dass Sie wieder da sind" in message["text"]
        assert bot.state(GROUP) == "active"


async def test_a_group_in_which_the_bot_may_not_write_falls_asleep(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        group(bot).members[BOT] = "restricted"  # and the update of it is lost
        await bot.publish("Meldung")

        await bot.delivered("dead")

        assert bot.state(GROUP) == "asleep"
        await until(lambda: len(bot.calls("sendMessage")) == 1, "the one call")


def group(bot: Service) -> Chat:
    return bot.sandbox.world.chats[GROUP]


# A group becomes a supergroup.


@pytest.mark.parametrize("announced", [True, False])
async def test_a_group_that_moved_keeps_its_lists_and_gets_its_alert_once(
    tmp_path: Path, announced: bool
) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        membership.migrate(bot.sandbox.world, group(bot), announced=announced)
        await bot.publish("Meldung")

        await bot.delivered("sent")

        assert bot.titles(SUPERGROUP) == ["Meldung"]
        assert [(row["id"], row["type"]) for row in bot.rows("chats")] == [
            (SUPERGROUP, "supergroup")
        ]
        assert bot.lists(SUPERGROUP) == {"nordkorea"}


async def test_a_group_is_found_again_when_somebody_wrote_in_the_new_one_first(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        membership.migrate(bot.sandbox.world, group(bot), announced=False)
        await bot.serve(SUPERGROUP, "siegesparade")
        await bot.publish("Meldung")

        await bot.delivered("sent")

        assert bot.titles(SUPERGROUP) == ["Meldung"]
        assert bot.lists(SUPERGROUP) == {"nordkorea", "siegesparade"}
        assert [row["id"] for row in bot.rows("chats")] == [SUPERGROUP]

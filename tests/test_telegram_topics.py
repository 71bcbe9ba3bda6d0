"""Topics of a group: each is settled on its own, and told on its own."""

from pathlib import Path
from typing import Any

from bot.sandbox import membership, people
from tests.telegram_kit import PERSON, Service, until, working

FORUM = -1_000_000_000_500
MEMBER = 3003


async def ask(
    bot: Service, text: str, thread: int | None = None, sender: int = PERSON
) -> dict[str, Any]:
    """Somebody writes in a topic of the forum; return the bot's answer."""
    before = len(bot.messages(FORUM))
    world = bot.sandbox.world
    people.say(world, world.chats[FORUM], {"text": text}, sender=sender, thread=thread)
    return await bot.message(before, FORUM)


def told(bot: Service, thread: int | None) -> list[str]:
    """Return the titles of the alerts in a topic."""
    there = [m["text"] for m in bot.messages(FORUM) if m.get("message_thread_id") == thread]
    return [text.split("\n")[1] for text in there if text.startswith("🔔")]


def calls_to(bot: Service, thread: int) -> list[dict[str, Any]]:
    calls = [call["params"] for call in bot.calls("sendMessage", FORUM)]
    return [params for params in calls if params.get("message_thread_id") == thread]


async def two_topics(bot: Service) -> tuple[int, int]:
    """A forum in which each of two topics has one list on."""
    korea, parade = bot.forum(FORUM, "Korea", "Paraden")
    for thread, label in ((korea, "Nordkorea"), (parade, "Siegesparade")):
        await ask(bot, "/lists", thread)
        shown = len(bot.messages(FORUM))
        assert await bot.press(label, FORUM) == f"„{label}“ ist eingeschaltet"
        await bot.message(shown, FORUM)  # what the list found of late
    return korea, parade


async def test_a_command_is_answered_in_its_topic_and_settles_that_one(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        korea, parade = await two_topics(bot)

        here = await ask(bot, "/lists", korea)
        there = await ask(bot, "/lists", parade)

        assert here["message_thread_id"] == korea
        assert bot.buttons(here) == ["✅ Nordkorea", "▫️ Siegesparade"]
        assert bot.buttons(there) == ["▫️ Nordkorea", "✅ Siegesparade"]


async def test_what_is_set_in_a_topic_is_not_set_in_the_main_chat(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await two_topics(bot)

        main = await ask(bot, "/lists")

        assert "message_thread_id" not in main
        assert bot.buttons(main) == ["▫️ Nordkorea", "▫️ Siegesparade"]


async def test_an_article_that_matches_two_lists_in_two_topics_is_told_once_in_each(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        korea, parade = await two_topics(bot)

        link = await bot.publish("Parade in Pjöngjang", "nordkorea", "siegesparade")
        await bot.publish("Noch einmal", "nordkorea", "siegesparade", link=link)
        await bot.settled()

        assert told(bot, korea) == ["Parade in Pjöngjang"]
        assert told(bot, parade) == ["Parade in Pjöngjang"]
        assert len(bot.titles(FORUM)) == 2


async def test_an_alert_names_only_the_lists_of_its_topic(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        korea, _ = await two_topics(bot)

        await bot.publish("Parade", "nordkorea", "siegesparade")
        await until(lambda: len(bot.titles(FORUM)) == 2, "both alerts")

        [alert] = [p["text"] for p in calls_to(bot, korea) if p["text"].startswith("🔔")]
        assert alert.split("\n")[0] == "🔔 <b>Nordkorea</b>"


async def test_quiet_hours_of_one_topic_do_not_quieten_the_other(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        korea, parade = await two_topics(bot)
        await ask(bot, "/quiet 9-11", korea)  # it is 10 o'clock in Berlin

        await bot.publish("Parade", "nordkorea", "siegesparade")
        await until(lambda: len(bot.titles(FORUM)) == 2, "both alerts")

        assert calls_to(bot, korea)[-1]["disable_notification"] is True
        assert not calls_to(bot, parade)[-1].get("disable_notification")


async def test_a_mute_of_one_topic_does_not_mute_the_other(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        korea, parade = await two_topics(bot)
        await ask(bot, "/mute 2h", korea)

        await bot.publish("Parade", "nordkorea", "siegesparade")
        await until(lambda: told(bot, parade) == ["Parade"], "the other alert")
        await bot.settled()

        assert told(bot, korea) == []


async def test_stop_in_a_topic_pauses_it_alone(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        korea, parade = await two_topics(bot)
        question = await ask(bot, "/stop", korea)
        assert "nur dieses Thema" in question["text"]
        await bot.press("Pause", FORUM)
        await until(lambda: any("⏸ Pause." in text for text in bot.texts(FORUM)), "the pause")

        await bot.publish("Parade", "nordkorea", "siegesparade")

        await until(lambda: told(bot, parade) == ["Parade"], "the other alert")
        await bot.settled()
        assert told(bot, korea) == []


async def test_erased_a_topic_leaves_its_group_and_the_others_as_they_are(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        korea, _ = await two_topics(bot)
        await ask(bot, "/stop", korea)

        await bot.press("Alles löschen", FORUM)

        await until(lambda: any("Alles gelöscht" in text for text in bot.texts(FORUM)), "the end")
        assert [row["thread"] for row in bot.rows("chats")] == [None, korea + 1]
        assert [row["watchlist"] for row in bot.rows("subscriptions")] == ["siegesparade"]
        file = next(m for m in bot.messages(FORUM) if "document" in m)
        assert file["message_thread_id"] == korea


async def test_stop_in_the_main_chat_is_about_the_group_with_its_topics(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await two_topics(bot)
        question = await ask(bot, "/stop")
        assert "mit allen ihren Themen" in question["text"]

        await bot.press("Pause", FORUM)
        await until(lambda: {r["state"] for r in bot.rows("chats")} == {"paused"}, "the pause")
        await ask(bot, "/start")

        assert {row["state"] for row in bot.rows("chats")} == {"active"}


async def test_in_a_topic_too_only_an_administrator_settles_anything(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        korea, _ = await two_topics(bot)
        bot.person(MEMBER)
        membership.set_member(bot.sandbox.world, bot.sandbox.world.chats[FORUM], MEMBER, "member")

        said = await ask(bot, "/quiet 9-11", korea, MEMBER)

        assert said["text"] == "Das kann hier nur ein Administrator."
        assert {row["quiet"] for row in bot.rows("chats")} == {None}


async def test_a_closed_topics_alerts_go_to_the_main_chat_with_its_lists(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        korea, parade = await two_topics(bot)
        world = bot.sandbox.world
        membership.set_topic(world, world.chats[FORUM], korea, "deleted")

        await bot.publish("Parade", "nordkorea", "siegesparade")

        await until(lambda: told(bot, None) == ["Parade"], "the alert in the main chat")
        await until(lambda: told(bot, parade) == ["Parade"], "the other topic's")
        assert bot.lists(FORUM) == {"nordkorea"}

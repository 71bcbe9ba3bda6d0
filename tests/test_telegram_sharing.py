"""Settings that are handed on by links: what is taken over, and what stays."""

from datetime import timedelta
from pathlib import Path

from bot.alerts.timing import Manner, Quiet
from bot.store import chats, own, subscriptions
from bot.telegram.queries import MOST_QUERIES
from tests.sharing_kit import COLLEAGUE, NIGHT, giver, link
from tests.telegram_kit import PERSON, Service, until, working


async def lines(bot: Service, chat: int = COLLEAGUE) -> list[str]:
    async with bot.store.read() as connection:
        return list(await own.lines(connection, chat))


async def manner(bot: Service, chat: int = COLLEAGUE) -> Manner:
    async with bot.store.read() as connection:
        return await chats.manner(connection, chat)


async def excluded(bot: Service, chat: int = COLLEAGUE) -> set[tuple[str, str]]:
    async with bot.store.read() as connection:
        return {(each.watchlist, each.line) for each in await own.excluded(connection, chat)}


# What is taken over.


async def test_who_opens_the_link_takes_everything_over_and_is_shown_it(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await giver(bot)
        opening = await link(bot)

        shown = await bot.ask(opening, bot.person(COLLEAGUE))

        assert shown["text"].splitlines() == [
            "🎁 Das haben Sie übernommen:",
            "✅ Nordkorea",
            "✅ Siegesparade",
            "🔎 2 eigene Suchen",
            "🚫 2 Ausschlüsse",
            "🌙 die Ruhezeit 22:00–7:00 Uhr",
            "🗞 Sammelmeldungen um 8:00 · 18:00 Uhr",
        ]
        assert bot.buttons(shown) == []
        assert await lines(bot) == ["Kim Jong Un", "Militärparade"]
        assert await manner(bot) == Manner(quiet=NIGHT, digests=(8 * 60, 18 * 60))


async def test_exclusions_modes_and_mutes_go_with_their_lists(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await giver(bot)
        await bot.ask(await link(bot), bot.person(COLLEAGUE))

        async with bot.store.read() as connection:
            name = await own.list_name(connection, COLLEAGUE)
            modes = await subscriptions.modes(connection, COLLEAGUE)
            muted = await chats.muted_lists(connection, COLLEAGUE, bot.clock())

        assert await excluded(bot) == {("nordkorea", "title:Videospiel"), (name, "Fußball")}
        assert modes == {"nordkorea": "quiet"}
        assert muted == {"siegesparade": bot.clock() + timedelta(hours=2)}
        assert bot.lists(COLLEAGUE) == {"nordkorea", "siegesparade", name}


async def test_what_the_colleague_has_already_stays(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await giver(bot)
        await bot.serve(bot.person(COLLEAGUE), "nordkorea")
        evening = Manner(quiet=Quiet(20 * 60, 6 * 60), digests=(9 * 60,))
        async with bot.store.write() as tx:
            await own.set_lines(tx, COLLEAGUE, ["Atomtest", "Kim Jong Un"])
            await chats.set_manner(tx, COLLEAGUE, evening)

        shown = await bot.ask(await link(bot), COLLEAGUE)

        assert "✅ Nordkorea" not in shown["text"]
        assert "🔎 eine eigene Suche" in shown["text"]
        assert "Ruhezeit" not in shown["text"]
        assert await lines(bot) == ["Atomtest", "Kim Jong Un", "Militärparade"]
        assert await manner(bot) == evening


async def test_who_has_it_all_is_told_so(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await giver(bot)
        await bot.ask(await link(bot), bot.person(COLLEAGUE))

        again = await bot.ask(await link(bot), COLLEAGUE)

        assert "haben Sie schon" in again["text"]


async def test_a_handover_to_who_has_it_all_says_what_it_did(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await giver(bot)
        await bot.ask(await link(bot), bot.person(COLLEAGUE))

        said = await bot.ask(await link(bot, "/handover"), COLLEAGUE)

        assert "Beim bisherigen Chat mache ich Pause." in said["text"]
        assert bot.state(PERSON) == "paused"


async def test_a_list_that_the_colleague_may_not_know_of_is_not_handed_on(tmp_path: Path) -> None:
    lists = {"nordkorea": "Nordkorea", "geheim": f"@label Geheim\n@visible {PERSON}\nNordkorea"}
    async with working(tmp_path, lists=lists) as bot:
        await bot.serve(PERSON, "nordkorea", "geheim")
        async with bot.store.write() as tx:
            await own.exclude(tx, PERSON, "geheim", "title:Fußball", bot.clock())

        shown = await bot.ask(await link(bot), bot.person(COLLEAGUE))

        assert "Geheim" not in shown["text"]
        assert bot.lists(COLLEAGUE) == {"nordkorea"}
        assert await excluded(bot) == set()


async def test_queries_that_there_is_no_room_for_are_counted(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await giver(bot)
        await bot.serve(bot.person(COLLEAGUE))
        full = [f"Wort{number}" for number in range(MOST_QUERIES - 1)]
        async with bot.store.write() as tx:
            await own.set_lines(tx, COLLEAGUE, full)

        shown = await bot.ask(await link(bot), COLLEAGUE)

        assert "🔎 eine eigene Suche" in shown["text"]
        assert "Eine Suche hat nicht mehr gepasst" in shown["text"]
        assert await lines(bot) == [*full, "Kim Jong Un"]


async def test_what_was_published_before_does_not_ring_and_what_comes_does(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea")
        known = await bot.publish("Vorher")
        await until(lambda: bot.titles() == ["Vorher"], "the giver's alert")
        await bot.ask(await link(bot), bot.person(COLLEAGUE))

        await bot.publish("Vorher, in einem zweiten Feed", link=known)
        await bot.publish("Nachher")

        await until(lambda: bot.titles(COLLEAGUE) == ["Nachher"], "the colleague's alert")


async def test_what_an_own_query_found_before_does_not_ring_either(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await giver(bot)
        await bot.ask("/digest aus")
        theirs = await own_list(bot, PERSON)
        known = await bot.publish("Vorher", theirs)
        await bot.ask(await link(bot), bot.person(COLLEAGUE))

        await bot.publish("In einem zweiten Feed", await own_list(bot), link=known)
        await bot.publish("Nachher", await own_list(bot))

        await until(lambda: bot.titles(COLLEAGUE) == ["Nachher"], "the colleague's alert")


async def own_list(bot: Service, chat: int = COLLEAGUE) -> str:
    async with bot.store.read() as connection:
        return await own.list_name(connection, chat) or ""


async def test_own_queries_that_were_taken_over_find_at_once(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await giver(bot)
        await bot.ask(await link(bot), bot.person(COLLEAGUE))

        await bot.bring("Was bleibt", "Kim Jong Un besucht eine Fabrik.")

        assert await own_list(bot) in {row["watchlist"] for row in bot.rows("matches")}

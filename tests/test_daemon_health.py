"""The daemon from outside: what it tells its admin of feeds."""

from pathlib import Path

from sqlalchemy import update

from bot.sandbox.faults import Fault
from bot.store import Store
from bot.store.schema import feeds
from tests.harness import CONFIG, Bot, running, until


async def failed_often(bot: Bot, url: str) -> None:
    """Let a feed have failed four times in a row."""
    store = await Store.open("sqlite:///data/ausguck.db", bot.folder)
    async with store.write() as tx:
        await tx.execute(update(feeds).where(feeds.c.url == url).values(errors=4))
    await store.close()


async def test_an_admin_hears_of_a_feed_that_is_ill_and_when_it_is_well_again(
    tmp_path: Path,
) -> None:
    async with running(tmp_path) as bot:
        url = f"{bot.sandbox.feeds}/foyer.xml"
        bot.write(CONFIG + f'[[feeds]]\nurl = "{url}"\nname = "Das Foyer"\nevery = "1s"\n')
        await bot.arrange("nordkorea")
        await bot.start()
        await bot.ready()
        stored = "poll.stored"
        await until(lambda: url in [each["feed"] for each in bot.events(stored)], "its first poll")
        await bot.stop()
        await failed_often(bot, url)
        bot.sandbox.faults.order(Fault("GET /feeds/foyer.xml", "500", times=1))

        await bot.start()

        await until(lambda: "lässt sich nicht mehr lesen" in "".join(bot.texts()), "the bad news")
        await until(lambda: "lässt sich wieder lesen" in "".join(bot.texts()), "the good news")
        said = "".join(bot.texts())
        assert "Das Foyer" in said
        assert "5 Versuche hintereinander sind gescheitert, zuletzt: der Server der Seite" in said

"""Links that hand settings on, and a person who has some: for the tests of sharing."""

import re
from datetime import timedelta

from bot.alerts.timing import Manner, Quiet
from bot.store import chats, own, subscriptions
from tests.telegram_kit import PERSON, Service

COLLEAGUE = 3003
NIGHT = Quiet(22 * 60, 7 * 60)


async def link(bot: Service, command: str = "/share", chat: int = PERSON) -> str:
    """Ask for a link; return what opening it sends."""
    text = (await bot.ask(command, chat))["text"]
    found = re.search(r"https://t\.me/ausguck_sandbox_bot\?start=(\S+)", text)
    assert found, text
    return f"/start {found[1]}"


async def giver(bot: Service) -> None:
    """A person who has set something of everything."""
    await bot.serve(PERSON, "nordkorea", "siegesparade")
    async with bot.store.write() as tx:
        name = await own.set_lines(tx, PERSON, ["Kim Jong Un", "Militärparade"])
        await chats.subscribe(tx, PERSON, name, bot.clock())
        await own.exclude(tx, PERSON, "nordkorea", "title:Videospiel", bot.clock())
        await own.exclude(tx, PERSON, name, "Fußball", bot.clock())
        await chats.set_manner(tx, PERSON, Manner(quiet=NIGHT, digests=(8 * 60, 18 * 60)))
        await subscriptions.set_mode(tx, PERSON, "nordkorea", "quiet")
        await chats.mute_list(tx, PERSON, "siegesparade", bot.clock() + timedelta(hours=2))
    await bot.library.take_in({name: "Kim Jong Un\nMilitärparade\n"})

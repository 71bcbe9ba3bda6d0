"""What the daemon of a day is set up with: its lists, and the chats that want them."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.sandbox import membership
from bot.sandbox.server import Sandbox
from bot.sandbox.world import PERSON
from bot.store import Store, chats
from tests.soak.edition import ballast

LISTS = {
    "nordkorea": "@label Nordkorea\nNordkorea\nKim Jong Un\nPjöngjang\n-Videospiel\n",
    "siegesparade": "@label Siegesparade\nSiegesparade\nMilitärparade\n",
    "deichbruch": "@label Deichbruch\nDeichbruch\n",
}
WANTED = {
    PERSON: ("nordkorea", "siegesparade", "deichbruch"),
    1002: ("nordkorea",),
    1003: ("siegesparade",),
    1004: ("deichbruch", "nordkorea"),
    1005: ("ballast0", "ballast1"),
}
"""The lists that are on in a chat."""
BALLAST, LINES = 10, 100
CONFIG = """
[telegram]
token = "12345:sandbox"
api_base = "{api}"
access = "open"
[poll]
min = "15m"
per_host_gap = "0"
[net]
allow = ["127.0.0.0/8"]
[web]
listen = "127.0.0.1:0"
[log]
level = "info"
format = "json"
"""


def write(folder: Path, sandbox: Sandbox, feeds: Sequence[str]) -> None:
    """Write the configuration with these feeds, and the watchlists."""
    urls = "".join(f'[[feeds]]\nurl = "{url}"\n' for url in feeds)
    text = CONFIG.format(api=sandbox.bot_api) + urls
    (folder / "config.toml").write_text(text, encoding="utf-8")
    (folder / "watchlists").mkdir()
    queries = list(ballast(BALLAST * LINES))
    more = {f"ballast{n}": "\n".join(queries[n::BALLAST]) for n in range(BALLAST)}
    for name, lines in (LISTS | more).items():
        (folder / "watchlists" / f"{name}.txt").write_text(lines, encoding="utf-8")


async def arrange(folder: Path, sandbox: Sandbox, now: datetime) -> None:
    """Have the chats served, with their lists on."""
    for chat in sorted(WANTED.keys() - sandbox.world.chats.keys()):
        membership.add_chat(sandbox.world, chat, "private", "de").opened = True
    for chat in WANTED:
        sandbox.world.chats[chat].opened = True
    sandbox.world.updates.drop()
    store = await Store.open("sqlite:///data/ausguck.db", folder)
    async with store.write() as tx:
        for chat, names in WANTED.items():
            await chats.put(tx, chats.Chat(chat, "private", "de", "active", admin=False), now)
            for name in names:
                await chats.subscribe(tx, chat, name, now)
    await store.close()

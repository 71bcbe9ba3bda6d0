"""`ausguck demo`: sandbox and daemon together: no token, no network, recorded news."""

import asyncio
import shutil
import sys
import tempfile
from argparse import Namespace
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import bot
from bot import clock, log
from bot.cli import DONE, NO, complain
from bot.cli.serving import asked_to_end
from bot.cli.settings import finish
from bot.config import Config
from bot.daemon.intake import open_store
from bot.daemon.serve import serve
from bot.sandbox import people, readable
from bot.sandbox.chats import Chat
from bot.sandbox.server import Sandbox
from bot.sandbox.world import PERSON
from bot.store import Store, entries, feeds, outbox
from bot.store.feeds import Source

GIVE_UP = timedelta(seconds=60)
LOOK = 0.1
# Slowly enough to read along on the chat page.
PUBLISH_EVERY = 12.0


def demo(arguments: Namespace) -> int:
    """Show the main job: with --once print the alerts and end, else serve the chat page."""
    log.configure("warning", "text")
    return finish(_demo(_print_once if arguments.once else _stay))


async def _demo(show: Callable[[Sandbox, Config], Coroutine[Any, Any, int]]) -> int:
    with tempfile.TemporaryDirectory(prefix="ausguck-demo-") as folder:
        async with Sandbox() as sandbox:
            config = _config(sandbox, Path(folder))
            await _add_feeds(sandbox, config)
            stop = asyncio.Event()
            daemon = asyncio.create_task(serve(config, lambda _line: None, stop))
            shown = asyncio.create_task(show(sandbox, config))
            await asyncio.wait({daemon, shown}, return_when=asyncio.FIRST_COMPLETED)
            stop.set()
            await daemon
            return await shown


def _config(sandbox: Sandbox, folder: Path) -> Config:
    return Config.model_validate(
        {
            "folder": folder,
            "telegram": {
                "token": "1:demo",
                "api_base": sandbox.bot_api,
                "access": "open",
                "admins": [PERSON],
            },
            "poll": {"every": "1s", "min": "1s", "max": "1s", "per_host_gap": "0"},
            "net": {"allow": ["127.0.0.0/8"]},
            "watch": {"folder": _copied(_watchlists(), folder / "watchlists")},
            "alerts": {"burst": 1000},
            "web": {"listen": "127.0.0.1:0"},
        }
    )


async def _add_feeds(sandbox: Sandbox, config: Config) -> None:
    """Have the newsrooms' feeds read as if they had been added in the chat: there is no file."""
    urls = [f"{sandbox.feeds}/{name}.xml" for name in sandbox.press.feed_names()]
    async with open_store(config, clock.now) as store, store.write() as tx:
        for url in urls:
            await feeds.add(tx, Source(url), clock.now())


def _copied(source: Path, target: Path) -> Path:
    """Copy the watchlists: what is saved in the demo's chat is to change no file of yours."""
    target.mkdir()
    for file in source.glob("*.txt"):
        shutil.copyfile(file, target / file.name)
    return target


def _watchlists() -> Path:
    """The folder here, so that a change of yours shows; else those that come with the program."""
    package = Path(bot.__file__).parent
    places = (Path("watchlists"), package / "watchlists", package.parent / "watchlists")
    return next((place for place in places if place.is_dir()), places[0])


async def _print_once(sandbox: Sandbox, config: Config) -> int:
    """Subscribe to every list, publish every recorded article, print the alerts."""
    try:
        async with asyncio.timeout(GIVE_UP.seconds), open_store(config, clock.now) as store:
            await _read_through(store, datetime(1970, 1, 1, tzinfo=UTC))
            await _subscribe(sandbox)
            chat = sandbox.world.chats[PERSON]
            last = chat.latest
            complain("Nine newsrooms were read. Now they publish what was recorded …\n")
            while sandbox.press.publish_next():
                last = _print_new(sandbox, last)
                await asyncio.sleep(LOOK)
            published = clock.now()
            while not await _is_read_through(store, published):
                last = _print_new(sandbox, last)
                await asyncio.sleep(LOOK)
            _print_new(sandbox, last)
    except TimeoutError:
        complain(f"the demo did not end within {GIVE_UP.seconds} s")
        return NO
    return DONE


async def _subscribe(sandbox: Sandbox) -> None:
    """Do what a person does: /start, and every button that switches a list on."""
    world = sandbox.world
    chat = world.chats[PERSON]
    people.say(world, chat, {"text": "/start"})
    await _until(lambda: bool(_switches(sandbox)))
    for number, data in _switches(sandbox):
        before = chat.latest
        people.press(world, chat, number, data)
        # A list that is switched on tells what was found of late: those are no alerts.
        await _until(partial(_has_come, chat, before))


def _switches(sandbox: Sandbox) -> list[tuple[int, str]]:
    chat = sandbox.world.chats[PERSON]
    return [
        (number, button["callback_data"])
        for number, message in chat.messages.items()
        for row in message.get("reply_markup", {}).get("inline_keyboard", [])
        for button in row
        if button.get("callback_data", "").startswith("on:")
    ]


def _has_come(chat: Chat, after: int) -> bool:
    return chat.latest > after


async def _read_through(store: Store, since: datetime) -> None:
    while not await _is_read_through(store, since):  # noqa: ASYNC110 - watched from outside
        await asyncio.sleep(LOOK)


async def _is_read_through(store: Store, since: datetime) -> bool:
    """Whether every feed was read after `since`, and nothing is left to read or to send."""
    async with store.read() as connection:
        polled = [feed.last_success for feed in await feeds.listed(connection)]
        waiting = await entries.unread(connection, clock.now())
        counts = await outbox.counts(connection)
    read = all(instant is not None and instant > since for instant in polled)
    return read and not waiting and not counts.get("pending") and not counts.get("sending")


async def _until(condition: Callable[[], bool]) -> None:
    while not condition():  # noqa: ASYNC110 - watched from outside
        await asyncio.sleep(LOOK)


def _print_new(sandbox: Sandbox, after: int) -> int:
    """Print the bot's messages after `after`, as the chat shows them; return the last one's id."""
    chat = sandbox.world.chats[PERSON]
    for number in sorted(chat.messages):
        if number > after:
            print(readable.message(chat.messages[number], colours=sys.stdout.isatty()))
            print(flush=True)
            after = number
    return after


async def _stay(sandbox: Sandbox, config: Config) -> int:
    """Serve the chat page until asked to end; an article appears every few seconds."""
    end = asked_to_end()
    print(f"Open {sandbox.chat_page} in a browser and send /start. Ctrl-C ends it.")
    copy = config.path(config.watch.folder)
    print(
        f"Watchlists are read from and saved to a copy, {copy}; yours stay as they are.", flush=True
    )
    while not end.is_set():
        try:
            async with asyncio.timeout(PUBLISH_EVERY):
                await end.wait()
        except TimeoutError:
            # Nobody is there to see them before the first list is on.
            if _anybody_started(sandbox):
                sandbox.press.publish_next()
    return DONE


def _anybody_started(sandbox: Sandbox) -> bool:
    return any(chat.latest for chat in sandbox.world.chats.values())

"""The daemon: everything at once, and an orderly end on SIGTERM and SIGINT.

Telegram may be out of reach for as long as it likes: polling, matching and the outbox go on.
"""

import asyncio
import gc
import signal
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog

from bot import clock
from bot.config import Config
from bot.daemon.chores import chores
from bot.daemon.intake import open_pipeline, open_store, open_tools
from bot.daemon.lists import open_library, tell_admins
from bot.pipeline import archive
from bot.schedule import Schedule
from bot.store import DatabaseTrouble, Store, health
from bot.telegram.service import Telegram, require_token
from bot.watch.matcher import Matcher
from bot.web.health import Vitals
from bot.web.server import Web

log = structlog.get_logger()


async def run(config: Config, announce: Callable[[str], None]) -> None:
    """Serve until the process is asked to end.

    Raises:
        UserError: the configuration, the data folder or the token cannot be used.
    """
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    await serve(config, announce, stop)


async def serve(
    config: Config,
    announce: Callable[[str], None],
    stop: asyncio.Event,
    now: Callable[[], datetime] = clock.now,
) -> None:
    """Serve until `stop` is set.

    Args:
        config: the configuration.
        announce: shows the operator a line.
        stop: ends the daemon in order when set.
        now: the clock.

    Raises:
        UserError: the data folder or the token cannot be used.
    """
    require_token(config)
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(open_store(config, now))
        library = await open_library(config, store, tell_admins(store, now), now)
        # What was made so far is there to stay. Looked through again and again, the hundreds of
        # thousands of objects of large watchlists hold everything up for a third of a second.
        gc.freeze()

        async def matcher() -> Matcher:
            return library.matcher

        tools = await stack.enter_async_context(open_tools(config, store, matcher, now))
        pipeline = await stack.enter_async_context(open_pipeline(tools, config))
        telegram = Telegram(config, tools, library, announce)
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, telegram.look_again)

        indexing = asyncio.Lock()

        async def do_chores() -> None:
            await chores(store, library, config, now())
            async with indexing:
                await archive.catch_up(store)
                await archive.sweep(store)

        schedule = Schedule(store, pipeline, config.poll.concurrency, do_chores, now)
        web = Web(config.web.host, config.web.port, _vitals(store, schedule, telegram, now), now)
        log.debug("daemon.starting", store=config.store.url, feeds=len(config.feeds))
        await schedule.start()
        log.info("daemon.started")
        try:
            await _until(stop, library.run(), telegram.run(), _optional(config, web))
        finally:
            await schedule.stop()
    log.info("daemon.stopped")


async def _until(stop: asyncio.Event, *work: Coroutine[Any, Any, None]) -> None:
    """Do all the work until `stop` is set or one of them fails; then end the others."""
    stopping = asyncio.create_task(stop.wait())
    tasks = [asyncio.create_task(each) for each in work]
    waiting: set[asyncio.Task[Any]] = {stopping, *tasks}
    try:
        while not stopping.done() and not any(task.done() and task.exception() for task in tasks):
            _, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (stopping, *tasks):
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            raise result


async def _optional(config: Config, web: Web) -> None:
    """The health page is of use, but no reason not to watch the news."""
    try:
        await web.run()
    except OSError as error:
        log.warning("web.not_listening", listen=config.web.listen, error=str(error))


def _vitals(
    store: Store, schedule: Schedule, telegram: Telegram, now: Callable[[], datetime]
) -> Callable[[], Any]:
    started = now()

    async def vitals() -> Vitals:
        trouble = telegram.line.trouble(now())
        known = Vitals(started, schedule.last_tick, database=False, telegram=trouble)
        try:
            async with store.read() as connection:
                due, success = await health.waiting_since(connection)
                down = await health.network_down_since(connection)
        except DatabaseTrouble:
            return known
        return replace(
            known, database=True, due_since=due, last_success=success, network_down_since=down
        )

    return vitals

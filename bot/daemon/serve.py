"""The daemon: everything at once, and an orderly end on SIGTERM and SIGINT.

Telegram may be out of reach for as long as it likes: polling, matching and the outbox go on.
"""

import asyncio
import gc
import signal
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from datetime import datetime
from typing import Any

import structlog

from bot import clock
from bot.config import Config
from bot.daemon.chores import Upkeep
from bot.daemon.heartbeat import open_heartbeat
from bot.daemon.intake import open_pipeline, open_store, open_tools
from bot.daemon.lists import open_library, tell_admins
from bot.daemon.observed import Observed
from bot.daemon.parts import Parts
from bot.daemon.reload import Reloader
from bot.daemon.site import page_token, routes
from bot.folder import require_readable
from bot.library import Library
from bot.schedule import Schedule
from bot.store import Store, locks
from bot.telegram.service import Telegram, require_token
from bot.watch.matcher import Matcher
from bot.web.gate import Gate
from bot.web.metrics import Metrics
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
        UserError: the data folder, the watchlists' folder or the token cannot be used.
    """
    # Until there is somebody to ask it must not end the daemon; what it asks for is done anyway.
    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, lambda: None)
    require_token(config)
    require_readable(config.path(config.watch.folder))
    async with AsyncExitStack() as stack:
        store, library = await _opened(stack, config, now)

        async def matcher() -> Matcher:
            return library.matcher

        tools = await stack.enter_async_context(open_tools(config, store, matcher, now))
        pipeline = await stack.enter_async_context(open_pipeline(tools, config))
        telegram = Telegram(config, tools, library, announce)
        gate = Gate(config.web.host, await page_token(config, store), now)
        upkeep = Upkeep(tools, library, lambda: reloader.config)
        schedule = Schedule(store, pipeline, config.poll.concurrency, upkeep.do, now)
        observed = Observed(tools, schedule, telegram, library)
        heartbeat = await stack.enter_async_context(open_heartbeat(config, observed.faults))
        parts = Parts(store, library, pipeline, telegram, gate, heartbeat, now)
        reloader = Reloader(config, parts.take)
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, reloader.ask)
        listen = (config.web.host, config.web.port)
        site = routes(config, store, library, lambda: telegram.line.trouble(now()), now)
        pages = [Metrics(observed.seen, now).route, *site]
        web = Web(listen, gate, observed.vitals, now, pages)
        log.debug("daemon.starting", store=config.store.url, feeds=len(config.feeds))
        await schedule.start()
        log.info("daemon.started")
        beside = (reloader.run(), heartbeat.run(), _optional(config, web))
        try:
            await _until(stop, library.run(), telegram.run(), *beside)
        finally:
            await schedule.stop()
    log.info("daemon.stopped")


async def _opened(
    stack: AsyncExitStack, config: Config, now: Callable[[], datetime]
) -> tuple[Store, Library]:
    """Open what is to be there before all else: nobody else is to serve from this data folder."""
    alone = await asyncio.to_thread(locks.only_daemon, config.store.url, config.folder)
    stack.callback(alone.let_go)
    store = await stack.enter_async_context(open_store(config, now))
    library = await open_library(config, store, tell_admins(store, now), now)
    # What was made so far is there to stay. Looked through again and again, the hundreds of
    # thousands of objects of large watchlists hold everything up for a third of a second.
    gc.freeze()
    return store, library


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

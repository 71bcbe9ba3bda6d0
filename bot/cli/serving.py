"""`ausguck run` and `ausguck sandbox`."""

import asyncio
import json
import os
import signal
from argparse import Namespace

from bot.cli import DONE
from bot.cli.settings import configured, finish
from bot.errors import Fault, UserError


def run(arguments: Namespace) -> int:
    """Run the daemon until it is asked to end."""
    config = configured(arguments)
    if arguments.init and config.source is None:
        from bot.cli.init import begun

        config = begun(arguments, config)
    # Imported late, so that a fault in the configuration is told at once.
    from bot.daemon.serve import run as serve

    finish(serve(config, lambda line: print(line, flush=True)))
    return DONE


def sandbox(arguments: Namespace) -> int:
    """Run the sandbox alone until it is asked to end.

    Raises:
        UserError: another program has the port.
    """
    try:
        finish(_sandbox(arguments.port))
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        what = f"port {arguments.port} cannot be used: {reason}"
        raise UserError(Fault("--port", what, "choose another, or 0 for a free one")) from None
    return DONE


async def _sandbox(port: int) -> None:
    from bot.sandbox.server import Sandbox

    async with Sandbox(port=port) as running:
        where = {
            "bot_api": running.bot_api,
            "feeds": running.feeds,
            "chat_page": running.chat_page,
        }
        print(json.dumps(where), flush=True)
        await asked_to_end().wait()


def asked_to_end() -> asyncio.Event:
    """Return an event that SIGTERM and SIGINT set."""
    end = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, end.set)
    return end

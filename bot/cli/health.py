"""`ausguck health`. A container asks every half minute: it loads as little as can be."""

from argparse import Namespace

from bot.cli import DONE, NO, complain
from bot.cli.settings import configured


def health(arguments: Namespace) -> int:
    """Ask the running daemon."""
    from bot.web.server import ask

    config = configured(arguments)
    faults = ask(config.web.host, config.web.port)
    for fault in faults:
        complain(fault)
    return NO if faults else DONE

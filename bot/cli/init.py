"""`ausguck init`: a commented config.toml and example watchlists, never over what is there."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import structlog

import bot
from bot.cli import DONE
from bot.cli.settings import configured
from bot.config import Config
from bot.errors import Fault, UserError
from bot.owner import mend

log = structlog.get_logger()

CONFIG, LISTS = "config.toml", "watchlists"


def init(arguments: Namespace) -> int:
    """Write into a folder what a beginning needs, and say what was written.

    Raises:
        UserError: the folder cannot be written.
    """
    folder = arguments.folder
    written = False
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in begin(folder, folder / LISTS):
            written = True
            print(f"{path}: written")
    except OSError as error:
        reason = f"cannot be written: {error.strerror}"
        raise UserError(Fault(str(folder), reason, mend(folder, error, writing=True))) from None
    if not written:
        print(f"{folder}: {CONFIG} and {LISTS} are there already; nothing was changed")
    return DONE


def begun(arguments: Namespace, config: Config) -> Config:
    """Return the configuration of a folder in which nothing was configured, once it is laid out.

    Where it cannot be written, what holds already is enough to begin with.
    """
    made: list[Path] = []
    try:
        made.extend(begin(Path(), config.path(config.watch.folder)))
    except OSError as error:
        log.info("config.not_written", folder=str(Path.cwd()), why=error.strerror)
    if not made:
        return config
    log.info("config.written", files=[str(path.absolute()) for path in made])
    return configured(arguments)


def begin(folder: Path, lists: Path) -> Iterator[Path]:
    """Write config.toml and, where no watchlist is, the examples; yield what was written.

    Raises:
        OSError: something cannot be written; what was yielded is there.
    """
    if _copied(_shipped(CONFIG), folder / CONFIG):
        yield folder / CONFIG
    lists.mkdir(parents=True, exist_ok=True)
    if any(lists.glob("*.txt")):
        return
    for example in sorted(_shipped(LISTS).glob("*.txt")):
        if _copied(example, lists / example.name):
            yield lists / example.name


def _shipped(name: str) -> Path:
    """Return what comes with the program: inside an installed one, beside it in a checkout."""
    package = Path(bot.__file__).parent
    inside = package / name
    return inside if inside.exists() else package.parent / name


def _copied(source: Path, target: Path) -> bool:
    """Copy a file unless there is one; whole, or not at all."""
    try:
        file = target.open("xb")
    except FileExistsError:
        return False
    try:
        with file:
            file.write(source.read_bytes())
    except OSError:
        target.unlink()
        raise
    return True

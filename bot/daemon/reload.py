"""Takes a changed configuration on while the daemon runs: on SIGHUP, or when a file was changed.

What cannot be read changes nothing. What needs a restart is named until there is one.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import structlog

from bot.config import Config, differences, needs_restart, reload
from bot.config.changes import NEEDS_RESTART
from bot.errors import UserError

log = structlog.get_logger()

LOOK, AGAIN = timedelta(seconds=2), timedelta(seconds=10)
Sign = tuple[tuple[int, int, int] | None, ...]
"""Of each file its time, size and number; None: it is not there."""
Take = Callable[[Config], Awaitable[None]]


class Reloader:
    """Holds the configuration in force."""

    def __init__(self, config: Config, take: Take, environ: Mapping[str, str] = os.environ) -> None:
        """Begin with what the daemon was started with.

        Args:
            config: that.
            take: has all parts of the daemon take on another one.
            environ: the environment.
        """
        self._began = self.config = config
        self._take = take
        self._environ = environ
        self._asked, self._fails = asyncio.Event(), False
        # Read once more at the first look: who saved it while the daemon started was in time, too.
        self._seen: Sign | None = None
        self._looked = self._sign()

    def ask(self) -> None:
        """Read everything again, at once."""
        self._asked.set()

    async def run(self) -> None:
        """Look after the files until cancelled."""
        while True:
            asked = await self._waited()
            try:
                if asked or await asyncio.to_thread(self.has_settled):
                    await self.reload(told=asked)
                    self._fails = False
            except Exception:
                # The old one is in force still. Most likely it is the database, and passes.
                if not self._fails:
                    log.exception("config.not_taken")
                self._fails = True
                asyncio.get_running_loop().call_later(AGAIN.total_seconds(), self.ask)

    def has_settled(self) -> bool:
        """Look at the files: whether they were changed, and not since the last look.

        Who saves a file may empty it first. A look takes time, on a network mount above all.
        """
        sign = self._sign()
        settled = sign == self._looked and sign != self._seen
        self._looked = sign
        if settled:
            self._seen = sign
        return settled

    async def reload(self, *, told: bool = True) -> None:
        """Read the configuration and take it on.

        Args:
            told: somebody asked for it, and is told also that nothing was changed.
        """
        try:
            config = await asyncio.to_thread(reload, self.config, self._environ)
        except UserError as error:
            for fault in error.faults:
                log.warning("config.fault", fault=str(fault))
            log.warning("config.not_reloaded", remedy="the old one is in force; mend the faults")
            return
        changed = differences(self.config, config)
        if changed or told:
            await self._take(config)
            self.config = config
            _tell(self._began, config, changed)

    async def _waited(self) -> bool:
        """Wait a while; whether somebody asked meanwhile."""
        try:
            async with asyncio.timeout(LOOK.total_seconds()):
                await self._asked.wait()
        except TimeoutError:
            return False
        self._asked.clear()
        return True

    def _sign(self) -> Sign:
        return tuple(_sign(path) for path in self._files())

    def _files(self) -> Sequence[Path]:
        secrets = sorted(
            value
            for name, value in self._environ.items()
            if name.startswith("AUSGUCK_") and name.endswith("_FILE")
        )
        source = self.config.source
        return [*([source] if source else []), *map(Path, secrets)]


def _sign(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _tell(began: Config, config: Config, changed: Sequence[str]) -> None:
    """Say what was changed, never to what: there are secrets among it."""
    log.info("config.reloaded", changed=[key for key in changed if key not in NEEDS_RESTART])
    if late := needs_restart(began, config):
        log.warning("config.needs_restart", keys=late)

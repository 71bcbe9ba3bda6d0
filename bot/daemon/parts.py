"""The parts of a running daemon that go by the configuration, and take another one on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot import log
from bot.config import Config
from bot.daemon.heartbeat import Heartbeat
from bot.daemon.intake import configure_feeds
from bot.daemon.site import page_token
from bot.library import Library
from bot.pipeline import Pipeline
from bot.store import Store
from bot.telegram.service import Telegram
from bot.web.gate import Gate


@dataclass(frozen=True, slots=True)
class Parts:
    """They are told of a new configuration one after the other."""

    store: Store
    library: Library
    pipeline: Pipeline
    telegram: Telegram
    gate: Gate
    heartbeat: Heartbeat
    now: Callable[[], datetime]

    async def take(self, config: Config) -> None:
        """Go by this configuration from now on.

        What can fail comes first: then nothing else has changed.
        """
        await configure_feeds(config, self.store, self.now())
        token = await page_token(config, self.store)
        secrets = [config.telegram.token, config.web.token]
        shown = [secret.get_secret_value() for secret in secrets if secret]
        log.configure(config.log.level, config.log.format, [*shown, *([token] if token else [])])
        self.gate.token = token
        self.heartbeat.change(config.web.heartbeat_url)
        self.pipeline.reconfigure(config)
        self.telegram.reconfigure(config)
        await self.library.refresh()

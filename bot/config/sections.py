"""The shape of the configuration: sections, keys, defaults, and how values are written."""

import ipaddress
import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AnyHttpUrl,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    model_validator,
)

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
SHORTEST_TEXT = timedelta(days=14)
"""For so long stories are found by what their articles say: see `bot.pipeline.stories`."""
# What lies so far from the present is still a date.
LONGEST = timedelta(days=36_500)


def duration(written: object) -> timedelta:
    """Read a duration such as `90s`, `10m`, `24h`, `7d`; a bare 0 is none at all.

    Raises:
        ValueError: it is written differently.
    """
    if isinstance(written, timedelta):
        return written
    if written in (0, "0"):
        return timedelta(0)
    parts = re.fullmatch(r"(\d{1,6})\s*([smhdw])", str(written).strip())
    if not parts:
        raise ValueError("a duration is written like 30s, 10m, 24h or 7d")
    read = timedelta(**{UNITS[parts[2]]: int(parts[1])})
    if read > LONGEST:
        raise ValueError(f"a duration is at most {LONGEST.days}d")
    return read


def _zone(written: object) -> str:
    try:
        ZoneInfo(str(written))
    except (OSError, ValueError, ZoneInfoNotFoundError) as error:
        raise ValueError("no such time zone; write one like Europe/Berlin") from error
    return str(written)


def _network(written: object) -> str:
    try:
        return str(ipaddress.ip_network(str(written), strict=False))
    except ValueError as error:
        raise ValueError("a network is written like 10.0.0.0/8 or 192.168.1.20") from error


def _http_url(written: object) -> str:
    AnyHttpUrl(str(written))
    return str(written).strip()


def _address(written: object) -> str:
    found = re.fullmatch(r".*:(\d{1,5})", str(written))
    if not found or int(found[1]) > 65_535:
        raise ValueError("an address is written like 127.0.0.1:8787")
    return str(written)


def _secret(written: object) -> object:
    """Blanks around a secret come from copying; inside there are none."""
    if not isinstance(written, str):
        return written
    secret = written.strip()
    if any(sign.isspace() for sign in secret):
        raise ValueError("there is a blank in it; copy it again")
    return secret or None


Duration = Annotated[timedelta, BeforeValidator(duration)]
Zone = Annotated[str, BeforeValidator(_zone)]
Network = Annotated[str, BeforeValidator(_network)]
HttpUrl = Annotated[str, BeforeValidator(_http_url)]
Secret = Annotated[SecretStr | None, BeforeValidator(_secret)]
Address = Annotated[str, BeforeValidator(_address)]


class Section(BaseModel):
    """A part of the configuration: frozen, and without unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TelegramSection(Section):
    """How the bot speaks with Telegram, and with whom."""

    token: Secret = None
    api_base: HttpUrl = "https://api.telegram.org"
    access: Literal["open", "invite", "list"] = "invite"
    admins: tuple[int, ...] = ()
    pace: float = Field(default=25, gt=0, le=1000)
    """Messages a second, over all chats."""


class StoreSection(Section):
    """Where the data lives, and for how long."""

    url: str = "sqlite:///data/ausguck.db"
    keep_text: Duration = timedelta(days=30)
    keep: Duration = timedelta(days=400)

    @model_validator(mode="after")
    def _long_enough(self) -> Self:
        if self.keep_text < SHORTEST_TEXT:
            raise ValueError(f"keep_text is at least {SHORTEST_TEXT.days}d: stories need the texts")
        if self.keep < self.keep_text:
            raise ValueError("keep is shorter than keep_text")
        return self


class PollSection(Section):
    """How often feeds are asked, and how gently."""

    every: Duration = timedelta(minutes=10)
    min: Duration = timedelta(minutes=3)
    max: Duration = timedelta(minutes=60)
    per_host_gap: Duration = timedelta(seconds=2)
    concurrency: int = Field(default=20, ge=1, le=200)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min > self.max:
            raise ValueError("min is longer than max")
        return self


class NetSection(Section):
    """What may be fetched, and how the bot introduces itself."""

    allow: tuple[Network, ...] = ()
    user_agent: str = "Ausguck/0.1 (news watch)"
    contact: str = ""


class ArticlesSection(Section):
    """Whether an entry's page is fetched."""

    fetch: Literal["always", "when-needed", "never"] = "always"
    deadline: Duration = timedelta(seconds=15)


class WatchSection(Section):
    """Where the watchlists are."""

    folder: Path = Path("watchlists")
    language: str = "de"


class StoriesSection(Section):
    """How articles are joined to stories."""

    mode: Literal["story", "wire", "off"] = "story"
    steps: tuple[Annotated[int, Field(ge=2)], ...] = (5, 20)
    """With so many outlets an event is told anew."""
    lull: Duration = timedelta(hours=6)
    """After so long without an article the next one is told anew."""


class AlertsSection(Section):
    """What is told, and when."""

    catch_up: Duration = timedelta(days=7)
    burst: int = Field(default=5, ge=1)
    burst_window: Duration = timedelta(minutes=10)
    timezone: Zone = "Europe/Berlin"
    language: Literal["de", "en"] = "de"


class WebSection(Section):
    """The health page."""

    listen: Address = "127.0.0.1:8787"
    token: Secret = None
    heartbeat_url: HttpUrl | None = None

    @property
    def host(self) -> str:
        """The address to listen on; all of them where none is written."""
        return self.listen.rpartition(":")[0].strip("[]") or "0.0.0.0"  # noqa: S104 - asked for

    @property
    def port(self) -> int:
        """The port; 0 picks a free one."""
        return int(self.listen.rpartition(":")[2])


class LogSection(Section):
    """What the log says, and in which form."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["auto", "text", "json"] = "auto"


class FeedSection(Section):
    """One `[[feeds]]` block."""

    url: HttpUrl
    name: str = ""
    every: Duration | None = None
    tags: tuple[str, ...] = ()


class Config(Section):
    """The whole configuration. `folder` is what relative paths in it are relative to."""

    folder: Path = Field(default=Path(), exclude=True)
    source: Path | None = Field(default=None, exclude=True)
    telegram: TelegramSection = TelegramSection()
    store: StoreSection = StoreSection()
    poll: PollSection = PollSection()
    net: NetSection = NetSection()
    articles: ArticlesSection = ArticlesSection()
    watch: WatchSection = WatchSection()
    stories: StoriesSection = StoriesSection()
    alerts: AlertsSection = AlertsSection()
    web: WebSection = WebSection()
    log: LogSection = LogSection()
    feeds: tuple[FeedSection, ...] = ()

    def path(self, written: Path) -> Path:
        """Return `written` as seen from the configuration's folder."""
        return self.folder / written


SECTIONS: dict[str, type[Section]] = {
    name: info.annotation
    for name, info in Config.model_fields.items()
    if isinstance(info.annotation, type) and issubclass(info.annotation, Section)
}

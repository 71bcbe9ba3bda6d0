"""For whom a page is made: in which language and time zone, and what the address asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from bot.pages.values import Frame, Moment
from bot.wording import LANGUAGES, Sentences, language_of, sentences

DAYS, MOST_DAYS = 7, 400
MOST_PREFERRED = 20
"""Languages of a browser that are looked at."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who looks at a page."""

    words: Sentences
    zone: ZoneInfo
    now: datetime
    chosen: str = ""
    """The language that the address names; empty: the browser's counts."""

    def ago(self, instant: datetime) -> Moment:
        """Return an instant by how long ago it is."""
        return self._moment(instant, self.words.sources.ago(self.now - instant))

    def due(self, instant: datetime) -> Moment:
        """Return an instant at which something is to happen."""
        soon = self.words.page.now_due if instant <= self.now else self._clock(instant)
        return self._moment(instant, soon)

    def at(self, instant: datetime) -> Moment:
        """Return an instant by its time, and by its day unless that is today."""
        return self._moment(instant, self._clock(instant))

    def day(self, instant: datetime) -> str:
        """Return the day of an instant in short."""
        local = instant.astimezone(self.zone)
        return self.words.page.day.format(day=local.day, month=self.words.months[local.month - 1])

    def number(self, count: int) -> str:
        """Return a number; a large one with its thousands apart."""
        return f"{count:,}".replace(",", self.words.page.thousands if count >= 10_000 else "")

    def frame(self, asked: str = "", days: int = DAYS) -> Frame:
        """Return what stands around a page."""
        language = language_of(self.words)
        other = next(code for code in LANGUAGES if code != language)
        searched = {"q": asked, "days": str(days)} if asked else {}
        return Frame(
            language,
            self.words.page,
            self.at(self.now),
            self.way(lang=other, **searched),
            asked,
            days,
            choices=tuple(sorted({1, 7, 30, 90, 365, days})),
            carried=(("lang", self.chosen),) if self.chosen else (),
            home=self.way(),
        )

    def way(self, **asked: str) -> str:
        """Return the relative address of the page for what is asked, in the chosen language."""
        kept = {"lang": self.chosen} if self.chosen else {}
        return f"?{urlencode({**kept, **asked})}"

    def _clock(self, instant: datetime) -> str:
        local = instant.astimezone(self.zone)
        clock = f"{local:%H:%M}"
        if local.date() == self.now.astimezone(self.zone).date():
            return clock
        return self.words.page.then.format(day=self.day(instant), clock=clock)

    def _moment(self, instant: datetime, shown: str) -> Moment:
        full = self.words.time(instant.astimezone(self.zone))
        return Moment(instant.isoformat(timespec="seconds"), shown, full)


def reader(asked: Mapping[str, str], preferred: str, zone: ZoneInfo, now: datetime) -> Reader:
    """Return who asks.

    Args:
        asked: what stands in the address.
        preferred: the header Accept-Language.
        zone: the time zone that times are told in.
        now: the present instant.
    """
    chosen = asked.get("lang", "")
    if chosen not in LANGUAGES:
        chosen = ""
    return Reader(sentences(chosen or _preferred(preferred)), zone, now, chosen)


def _preferred(header: str) -> str:
    """Return which of our languages a browser likes best; empty: it names none of them."""
    wanted: dict[str, float] = {}
    for each in header.split(",")[:MOST_PREFERRED]:
        name, _, parameters = each.partition(";")
        code = name.strip().partition("-")[0].lower()
        if code in LANGUAGES:
            wanted[code] = max(wanted.get(code, 0.0), _weight(parameters))
    best = max(wanted, key=lambda code: wanted[code], default="")
    return best if best and wanted[best] > 0 else ""


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0

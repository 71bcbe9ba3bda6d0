"""How far back somebody asks for: "Nordkorea 30d"."""

import re

MOST_DAYS = 400
_WITHIN = re.compile(r"(?:^|\s+)(\d{1,3})\s?(?:d|t|tage?|days?)$", re.IGNORECASE)


def asked(written: str, days: int) -> tuple[str, int]:
    """Return what is asked, and how many days back it is for; `days`, where that is not said."""
    found = _WITHIN.search(written)
    if found is None or not 0 < int(found[1]) <= MOST_DAYS:
        return written.strip(), days
    return written[: found.start()].strip(), int(found[1])

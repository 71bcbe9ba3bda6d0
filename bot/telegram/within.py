"""How far back somebody asks for: "Nordkorea 30d"."""

import re

MOST_DAYS = 400
_WITHIN = re.compile(r"(?:^|\s+)(\d{1,5})\s?(?:d|t|tage?n?|days?)$", re.IGNORECASE)


def split(written: str) -> tuple[str, int | None]:
    """Return what is asked, and how many days back it is for; None, where that is not said."""
    found = _WITHIN.search(written)
    if found is None:
        return written.strip(), None
    return written[: found.start()].strip(), int(found[1])


def asked(written: str, days: int) -> tuple[str, int]:
    """Return the same; `days`, where nothing is said that can be meant."""
    query, said = split(written)
    if said is None or not 0 < said <= MOST_DAYS:
        return written.strip(), days
    return query, said

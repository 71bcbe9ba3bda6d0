"""Reservations of text and data mining: the TDM Reservation Protocol of 10 May 2024.

https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/: a file of the site, a header
of the page, a meta element in it; what is nearer to the text goes before what is further away.
"""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.articles.dom import Element
from bot.articles.robots import matches, normal

ADDRESS = "/.well-known/tdmrep.json"
MAX_SIZE = 512_000
_META = (
    "translate(@name,'ABCDEFGHIJKLMNOPQRSTUVWXYZ','abcdefghijklmnopqrstuvwxyz')='tdm-reservation'"
)


@dataclass(frozen=True, slots=True)
class Reservation:
    """What the file says of the paths that a pattern fits."""

    location: str
    reserved: bool


def reservations(file: bytes) -> tuple[Reservation, ...]:
    """Read a site's file; one that is no such file says nothing."""
    try:
        found = json.loads(file[:MAX_SIZE])
    except (ValueError, RecursionError):
        return ()
    rules = found if isinstance(found, list) else [found]
    return tuple(
        Reservation(normal(location), _says(rule.get("tdm-reservation")) is True)
        for rule in rules
        if isinstance(rule, dict) and isinstance(location := rule.get("location"), str)
    )


def is_reserved(rules: tuple[Reservation, ...], url: str) -> bool:
    """Tell whether the file reserves an address: as with robots.txt the longest pattern decides."""
    parts = urlsplit(url)
    path = normal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    fitting = [
        (len(rule.location), rule.reserved) for rule in rules if matches(rule.location, path)
    ]
    return max(fitting, default=(0, False))[1]


def page_reserves(tree: Element, header: str) -> bool:
    """Tell whether a page is reserved by its own meta element, else by its header.

    Args:
        tree: the page.
        header: the value of the header `tdm-reservation`; may be "".
    """
    for content in tree.xpath(f"//meta[{_META}]/@content")[:1]:
        said = _says(content)
        if said is not None:
            return said
    return _says(header) is True


def _says(value: object) -> bool | None:
    return {"1": True, "0": False}.get(str(value).strip())

"""Under what an article is known again: its id, address, feed id, and its agency's id."""

from hashlib import blake2b
from typing import NamedTuple

from bot.stories.agency import agency_id
from bot.stories.values import Document

# Portals of one house, which show the same articles under the same paths.
_TWINS = {"gmx.net": "web.de", "gmx.at": "web.de", "gmx.ch": "web.de", "1und1.de": "web.de"}
_SHARED_PATH = "/magazine/"


class Keys(NamedTuple):
    """Numbers of 64 bits, 0 where there is nothing to go by."""

    id: int
    url: int
    guid: int
    """Within its outlet; feeds are known that give many entries the same."""
    agency: int


def keys(document: Document) -> Keys:
    """Return under what a document is known again."""
    page = _page(document.page)
    agency = agency_id(document.url) or agency_id(document.guid)
    return Keys(
        _key("id", document.id),
        _key("url", page) if page else 0,
        _key("guid", document.outlet, document.guid) if document.guid else 0,
        _key("agency", agency) if agency else 0,
    )


def content(document: Document) -> int:
    """Return the digest of what a document says; white space makes no difference."""
    return _key(" ".join(document.title.split()), " ".join(document.text.split()))


def _page(page: str) -> str:
    host, _, path = page.removeprefix("https://").partition("/")
    twin = _TWINS.get(host)
    return f"https://{twin}/{path}" if twin and f"/{path}".startswith(_SHARED_PATH) else page


def _key(*parts: str) -> int:
    text = "\0".join(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "big") or 1

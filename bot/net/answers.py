"""What comes back from a server: its body within a limit, and what to ask it with next time."""

import re
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Final, Literal

import aiohttp

from bot.errors import Refused, TooBig
from bot.model import Validators

MAX_RETRY_AFTER = timedelta(hours=24)
UNCONDITIONAL: Final = Validators()


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost."""

    size: int
    """Bytes of the body, decompressed."""
    deadline: timedelta
    """For connections, redirects and bodies together; not for waiting for the host's turn."""


FEED: Final = Limits(10_000_000, timedelta(seconds=20))
PAGE: Final = Limits(5_000_000, timedelta(seconds=15))


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer that is of use."""

    status: Literal[200, 304]
    url: str
    """After redirects; without user name and password."""
    body: bytes
    """Decompressed; empty on 304."""
    content_type: str
    """The header as it came, with its charset; may be empty."""
    validators: Validators
    """For the next request; on 304 those that were sent, unless it brought new ones."""


async def read(response: aiohttp.ClientResponse, validators: Validators, limits: Limits) -> Fetched:
    """Read an answer that redirects nowhere.

    Args:
        response: its headers have come.
        validators: what was sent with the request.
        limits: of these only the size is looked at.

    Raises:
        Refused: its status is no success.
        TooBig: its body is larger than the limit.
        aiohttp.ClientError: it breaks off, or cannot be decompressed.
    """
    asked = validators != UNCONDITIONAL
    if response.status not in {200, 203} and not (response.status == 304 and asked):
        raise Refused(response.status, _retry_after(response))
    url = response.url.with_user(None).with_fragment(None)
    return Fetched(
        status=304 if response.status == 304 else 200,
        url=str(url),
        body=await _body(response, limits.size),
        content_type=response.headers.get("Content-Type", ""),
        validators=_validators(response, validators),
    )


async def _body(response: aiohttp.ClientResponse, cap: int) -> bytes:
    """Read the body; what it expands to is bounded as well, since it is expanded piece by piece."""
    body = bytearray()
    async for piece in response.content.iter_any():
        body += piece
        if len(body) > cap:
            raise TooBig(f"more than {cap / 1_000_000:g} MB")
    return bytes(body)


def conditions(validators: Validators) -> dict[str, str]:
    """Return the headers that ask for an answer only if something changed."""
    headers = {
        "If-None-Match": validators.etag,
        "If-Modified-Since": validators.last_modified,
    }
    return {name: value for name, value in headers.items() if value}


def _validators(response: aiohttp.ClientResponse, sent: Validators) -> Validators:
    found = Validators(_opaque(response, "ETag"), _opaque(response, "Last-Modified"))
    if response.status == 304:
        return Validators(found.etag or sent.etag, found.last_modified or sent.last_modified)
    return found


def _opaque(response: aiohttp.ClientResponse, name: str) -> str | None:
    """Return a header that can be sent back byte for byte: one in UTF-8, as headers are sent."""
    value = response.headers.get(name)
    return value if value and value.isprintable() else None


def _retry_after(response: aiohttp.ClientResponse) -> timedelta | None:
    """Read how long the server wants to be left alone: seconds, or a date by its own clock."""
    written = response.headers.get("Retry-After", "").strip()
    if re.fullmatch(r"[0-9]{1,9}", written):
        return min(timedelta(seconds=int(written)), MAX_RETRY_AFTER)
    try:
        date = parsedate_to_datetime(response.headers.get("Date", ""))
        return min(max(parsedate_to_datetime(written) - date, timedelta(0)), MAX_RETRY_AFTER)
    except (TypeError, ValueError):
        return None

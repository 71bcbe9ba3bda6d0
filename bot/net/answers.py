"""What comes back from a server: its body within a limit, and what to ask it with next time."""

import re
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Final, Literal

import aiohttp

from bot.errors import Refused, Unreachable
from bot.model import Validators
from bot.net.bodies import Body

MAX_RETRY_AFTER = timedelta(hours=24)
SECOND = timedelta(seconds=1)
UNCONDITIONAL: Final = Validators()


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost."""

    size: int
    """Bytes of the body, both on the wire and decompressed."""
    deadline: timedelta
    """For connections, redirects and bodies together; not for waiting for the host's turn."""
    partial: bool = False
    """Whether the beginning of a body that breaks off is of use."""


FEED: Final = Limits(10_000_000, timedelta(seconds=20), partial=True)
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
    """For the next request; on 304 those that were sent, unless it brought new ones.

    None of a body that broke off, so that the next request gets all of it.
    """
    fresh_for: timedelta | None = None
    """How long the server says that nothing newer is to be had (Cache-Control or Expires)."""
    moved_to: str | None = None
    """Where the address asked for has moved for good, by redirects 301 and 308 only."""
    tdm_reservation: str = ""
    """The header TDM-Reservation as it came: whether text and data mining is reserved."""


async def read(response: aiohttp.ClientResponse, validators: Validators, limits: Limits) -> Fetched:
    """Read an answer that redirects nowhere.

    Args:
        response: its headers have come.
        validators: what was sent with the request.
        limits: of these the deadline is not looked at.

    Raises:
        Refused: its status is no success.
        TooBig: its body is larger than the limit.
        Unreachable: it breaks off, or cannot be decompressed.
    """
    if response.status == 304 and validators != UNCONDITIONAL:
        return _unchanged(response, validators)
    if response.status not in {200, 203}:
        raise Refused(response.status, _retry_after(response))
    url = response.url.with_user(None).with_fragment(None)
    body = Body(response.headers.get("Content-Encoding", ""), limits.size)
    whole = await body.read(response)
    if not whole and not (limits.partial and body.collected):
        raise Unreachable(f"the answer of {url.host} broke off or cannot be read")
    return Fetched(
        status=200,
        url=str(url),
        body=body.collected,
        content_type=response.headers.get("Content-Type", ""),
        validators=_validators(response) if whole else UNCONDITIONAL,
        fresh_for=_fresh_for(response) if whole else None,
        tdm_reservation=response.headers.get("TDM-Reservation", ""),
    )


def conditions(validators: Validators) -> dict[str, str]:
    """Return the headers that ask for an answer only if something changed."""
    headers = {
        "If-None-Match": validators.etag,
        "If-Modified-Since": validators.last_modified,
    }
    return {name: value for name, value in headers.items() if value}


def _validators(response: aiohttp.ClientResponse) -> Validators:
    return Validators(_opaque(response, "ETag"), _opaque(response, "Last-Modified"))


def _unchanged(response: aiohttp.ClientResponse, sent: Validators) -> Fetched:
    """Read "not modified", the most frequent of all answers: it has no body (RFC 9110, 15.4.5)."""
    found = _validators(response)
    return Fetched(
        status=304,
        url=str(response.url),
        body=b"",
        content_type="",
        validators=Validators(found.etag or sent.etag, found.last_modified or sent.last_modified),
        fresh_for=_fresh_for(response),
    )


def _opaque(response: aiohttp.ClientResponse, name: str) -> str | None:
    """Return a header that can be sent back byte for byte: one in UTF-8, as headers are sent."""
    value = response.headers.get(name)
    return value if value and value.isprintable() else None


def _fresh_for(response: aiohttp.ClientResponse) -> timedelta | None:
    """Read how long the answer stays fresh, less its age; None where it does not, or is not told.

    Of Cache-Control only what concerns a private cache counts; with it, Expires does not.
    """
    control = response.headers.get("Cache-Control", "").lower()
    if re.search(r"\bno-(?:cache|store)\b", control):
        return None
    written = re.search(r"(?<![\w-])max-age\s*=\s*\"?([0-9]{1,9})(?![0-9])", control)
    if written:
        fresh = timedelta(seconds=int(written[1]))
    else:
        fresh = _from_now(response, response.headers.get("Expires", "")) or timedelta(0)
    age = response.headers.get("Age", "").strip()
    if re.fullmatch(r"[0-9]{1,9}", age):
        fresh -= timedelta(seconds=int(age))
    return fresh if fresh > timedelta(0) else None


def _retry_after(response: aiohttp.ClientResponse) -> timedelta | None:
    """Read how long the server wants to be left alone: seconds, or a date by its own clock."""
    written = response.headers.get("Retry-After", "").strip()
    if re.fullmatch(r"[0-9]{1,40}", written):
        return min(int(written), MAX_RETRY_AFTER // SECOND) * SECOND
    wait = _from_now(response, written)
    return None if wait is None else min(max(wait, timedelta(0)), MAX_RETRY_AFTER)


def _from_now(response: aiohttp.ClientResponse, written: str) -> timedelta | None:
    """Return how far off a date is by the server's own clock; None where there is no such date."""
    try:
        date = parsedate_to_datetime(response.headers.get("Date", ""))
        return parsedate_to_datetime(written) - date
    except (TypeError, ValueError, OverflowError):
        return None

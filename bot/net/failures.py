"""The client's exceptions in plain words, with the host only: an address may carry a secret."""

import aiohttp

from bot.errors import NotAllowed, SourceError, Unreachable
from bot.net.guard import Forbidden
from bot.net.hosts import HostDown, NameDown

_MEANINGS: tuple[tuple[type[Exception], type[SourceError], str], ...] = (
    # the first that fits holds: the particular come before the general
    (aiohttp.ClientConnectorDNSError, NameDown, "the name {} does not resolve"),
    (aiohttp.ClientConnectorCertificateError, HostDown, "the certificate of {} is not valid"),
    (aiohttp.ClientSSLError, HostDown, "no secure connection to {}"),
    (aiohttp.ClientConnectorError, HostDown, "no connection to {}"),
    (aiohttp.ConnectionTimeoutError, HostDown, "no connection to {} in time"),
    (TimeoutError, Unreachable, "{} took too long to answer"),
    (aiohttp.InvalidURL, NotAllowed, "{} is no name of a host"),
    (UnicodeError, NotAllowed, "{} is no name of a host"),
    (aiohttp.ClientPayloadError, Unreachable, "the answer of {} broke off or cannot be read"),
    (aiohttp.ClientResponseError, Unreachable, "what {} answers is no HTTP"),
    (Exception, Unreachable, "{} closed the connection without an answer"),
)


def explained(error: Exception, host: str) -> SourceError:
    """Return the error to raise in place of one that the HTTP client raised."""
    if isinstance(error, aiohttp.ClientConnectorError) and isinstance(error.os_error, Forbidden):
        return NotAllowed(f"{host} is {error.os_error} that net.allow does not name")
    raised, words = next(
        (kind, words) for cause, kind, words in _MEANINGS if isinstance(error, cause)
    )
    return raised(words.format(host))

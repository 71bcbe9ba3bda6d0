"""Keeps the fetcher out of private networks: the address that is connected to is checked.

Checking there, and not before, leaves no gap: neither a name that resolves differently the second
time, nor an unusual spelling such as 2130706433, nor a redirect gets past it.
"""

import ipaddress
import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from aiohttp import AddrInfoType

Address = IPv4Address | IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_METADATA = frozenset({IPv4Address("168.63.129.16")})
"""Answers only inside Azure, though its address is a public one; all others are private ones."""


class Forbidden(OSError):
    """Raised in place of a connection, and an OSError because that is what the client expects."""


class Guard:
    """Knows which addresses may be connected to."""

    def __init__(self, allow: Iterable[str] = ()) -> None:
        """Make the guard let through what is public, and the networks of `allow` (CIDRs)."""
        self._allow: tuple[IPv4Network | IPv6Network, ...] = tuple(
            ipaddress.ip_network(network, strict=False) for network in allow
        )

    def permits(self, written: str) -> bool:
        """Tell whether an address, as the resolver wrote it, may be connected to."""
        address = _meant(ipaddress.ip_address(written.partition("%")[0]))
        if any(address in network for network in self._allow):
            return True
        return address.is_global and not (
            address.is_multicast
            or address.is_reserved
            or address in _METADATA
            or (isinstance(address, IPv6Address) and address.is_site_local)
        )

    def open_socket(self, info: AddrInfoType) -> socket.socket:
        """Open the socket for a connection; the client's `socket_factory`.

        Raises:
            Forbidden: the address is none that may be connected to.
        """
        family, kind, protocol, _, address = info
        if not self.permits(str(address[0])):
            # the same text for every address, so that the client reports it as it is
            raise Forbidden("an address of a private network")
        return socket.socket(family, kind, protocol)


def _meant(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 address only wraps."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address

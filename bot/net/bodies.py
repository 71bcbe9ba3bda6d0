"""Bodies as they come over the wire, unpacked piece by piece within a cap on every layer.

Not left to the HTTP client, which bounds neither what an endless archive of nothing costs on the
wire nor how deep encodings are nested. Only what `ACCEPTED` offers is unpacked.
"""

import zlib
from typing import Final

import aiohttp

from bot.errors import TooBig, Unreachable

ACCEPTED: Final = "gzip, deflate"
MAX_LAYERS = 3
MAX_MEMBERS = 1_000
"""Archives in a row within one body; each costs a copy of what follows it."""
_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}
_RAW_DEFLATE = -15
_DEFLATED = 8
"""The low half of the first byte of a zlib stream (RFC 1950); without it the stream is bare."""


class Body:
    """Collects a body."""

    def __init__(self, encoding: str, cap: int) -> None:
        """Prepare to unpack.

        Args:
            encoding: the header Content-Encoding; the last named is unpacked first.
            cap: the most bytes, on the wire and after each unpacking.

        Raises:
            Unreachable: an encoding that was not asked for.
        """
        names = [name for name in map(str.strip, encoding.lower().split(",")) if name]
        packed = [name for name in names if name != "identity"]
        strange = next((name for name in packed if name not in _WINDOWS), None)
        if strange is not None:
            raise Unreachable(f"the answer is packed as {strange[:20]}, which was not asked for")
        if len(packed) > MAX_LAYERS:
            raise Unreachable(f"the answer is packed {len(packed)} times over")
        self._layers = [_Inflate(name, cap) for name in reversed(packed)]
        self._cap = cap
        self._wire = 0
        self._collected = bytearray()

    async def read(self, response: aiohttp.ClientResponse) -> bool:
        """Read the response to its end; return False if it broke off before.

        Raises:
            TooBig: more bytes than the cap.
        """
        try:
            async for piece in response.content.iter_any():
                self._feed(piece)
        except (aiohttp.ClientError, ConnectionError, zlib.error):
            return False
        return all(layer.ended for layer in self._layers)

    @property
    def collected(self) -> bytes:
        """What has come so far, unpacked."""
        return bytes(self._collected)

    def _feed(self, piece: bytes) -> None:
        self._wire += len(piece)
        if self._wire > self._cap:
            raise too_big(self._cap)
        for layer in self._layers:
            piece = layer.feed(piece)
        self._collected += piece
        if len(self._collected) > self._cap:
            raise too_big(self._cap)


class _Inflate:
    """Unpacks one layer of gzip or deflate."""

    def __init__(self, name: str, cap: int) -> None:
        self._windows = _WINDOWS[name]
        self._cap = cap
        self._left = cap
        self._members = 0
        self._archive = zlib.decompressobj(self._windows)

    @property
    def ended(self) -> bool:
        """Whether the archive is complete; one that never began is an empty body."""
        return self._archive.eof or not self._members

    def feed(self, packed: bytes) -> bytes:
        """Unpack a piece; raises zlib.error where it is none."""
        unpacked = bytearray()
        while packed and not (self._archive.eof and not self._begins(packed)):
            if self._archive.eof or not self._members:
                self._begin(packed)
            unpacked += self._archive.decompress(packed, self._left + 1)
            if len(unpacked) > self._left:
                raise too_big(self._cap)
            packed = self._archive.unused_data
        self._left -= len(unpacked)
        return bytes(unpacked)

    def _begins(self, packed: bytes) -> bool:
        """Tell whether another archive follows; what else may follow one, mostly zeros, is not."""
        return self._windows == _WINDOWS["gzip"] and packed[:1] == b"\x1f"

    def _begin(self, packed: bytes) -> None:
        self._members += 1
        if self._members > MAX_MEMBERS:
            raise too_big(self._cap)
        bare = self._windows == _WINDOWS["deflate"] and packed[0] & 0xF != _DEFLATED
        self._archive = zlib.decompressobj(_RAW_DEFLATE if bare else self._windows)


def too_big(cap: int) -> TooBig:
    """Return the error for more bytes than the cap."""
    return TooBig(f"more than {cap / 1_000_000:g} MB")

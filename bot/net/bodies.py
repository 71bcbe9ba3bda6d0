"""Bodies as they come over the wire, unpacked piece by piece within a cap on every layer.

Not left to the HTTP client, which bounds neither what an endless archive of nothing costs on the
wire nor how deep encodings are nested. Only what `ACCEPTED` offers is unpacked.
"""

import asyncio
import io
from collections.abc import Iterable
from typing import Final

import aiohttp

from bot.errors import Unreachable
from bot.net.unpacking import ENCODINGS, Broken, Layer, too_big

ACCEPTED: Final = "gzip, deflate, br, zstd"
MAX_LAYERS = 3


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
        strange = next((name for name in packed if name not in ENCODINGS), None)
        if strange is not None:
            raise Unreachable(f"the answer is packed as {strange[:20]}, which was not asked for")
        if len(packed) > MAX_LAYERS:
            raise Unreachable(f"the answer is packed {len(packed)} times over")
        self._layers = [Layer(name, cap) for name in reversed(packed)]
        self._cap = cap
        self._wire = 0
        self._collected = io.BytesIO()

    async def read(self, response: aiohttp.ClientResponse) -> bool:
        """Read the response to its end; return False if it broke off before.

        Raises:
            TooBig: more bytes than the cap.
        """
        try:
            async for piece in response.content.iter_any():
                for unpacked in self._unpacked(piece):
                    self._collected.write(unpacked)
                    await asyncio.sleep(0)  # for the deadline, and for the others
        except (aiohttp.ClientError, ConnectionError, Broken):
            return False
        return all(layer.ended for layer in self._layers)

    @property
    def collected(self) -> bytes:
        """What has come so far, unpacked."""
        return self._collected.getvalue()

    def _unpacked(self, piece: bytes) -> Iterable[bytes]:
        """Draw it through all layers in smaller pieces; none holds more than one of them."""
        self._wire += len(piece)
        if self._wire > self._cap:
            raise too_big(self._cap)
        pieces: Iterable[bytes] = (piece,)
        for layer in self._layers:
            pieces = layer.unpack(pieces)
        return pieces

"""One layer of packing, taken off piece by piece: what comes out is bounded, whatever goes in.

Each library is asked for `PIECE` bytes at a time and keeps the rest packed. The imports stand
where they are used: most answers are a 304, or packed as gzip.
"""

import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Final, Protocol

from bot.errors import TooBig, Unreachable

PIECE: Final = 65_536
"""Bytes unpacked at a time; Brotli rounds up to its blocks, at most one and a half times that."""
MAX_MEMBERS = 1_000
"""Archives in a row within one body; each costs a copy of what follows it."""
WINDOW_LOG: Final = 23
"""zstd may look back 8 MB, as RFC 9659 has it; a frame may ask for gigabytes. Brotli has 16 MB."""
_GZIP, _ZLIB, _BARE = 31, 15, -15
_DEFLATED = 8
"""The low half of the first byte of a zlib stream (RFC 1950); without it the stream is bare."""


class Broken(Unreachable):
    """This is not packed as it says."""


class _Archive(Protocol):
    """One archive being unpacked."""

    @property
    def ended(self) -> bool:
        """Whether its end has come."""

    @property
    def hungry(self) -> bool:
        """Whether it needs more input to go on."""

    @property
    def rest(self) -> bytes:
        """What followed its end."""

    def more(self, packed: bytes) -> bytes:
        """Take this in, b"" where not hungry, and return the next piece; it may be empty."""


class Layer:
    """Unpacks what is packed in one way."""

    def __init__(self, encoding: str, cap: int) -> None:
        """Prepare for one of `ENCODINGS`, and for so many bytes at most."""
        self._new, self._marks = ENCODINGS[encoding]
        self._cap = cap
        self._left = cap
        self._members = 0
        self._archive: _Archive | None = None

    @property
    def ended(self) -> bool:
        """Whether the archive is complete; one that never began is an empty body."""
        return self._archive is None or self._archive.ended

    def unpack(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Yield what is in these pieces; each is taken when all of the one before is out.

        Raises:
            TooBig: more bytes than the cap, or too many archives.
            Broken: it is not packed so.
        """
        for packed in pieces:
            for unpacked in self._unpack(packed):
                self._left -= len(unpacked)
                if self._left < 0:
                    raise too_big(self._cap)
                yield unpacked

    def _unpack(self, packed: bytes) -> Iterator[bytes]:
        while packed:
            archive = self._archive
            if archive is not None and archive.ended:
                if self._marks is None:
                    raise Broken("something follows the end of the archive")
                if packed[0] not in self._marks:
                    return  # mostly zeros
                archive = None
            archive = archive or self._begin(packed)
            yield archive.more(packed)
            while not (archive.ended or archive.hungry):
                yield archive.more(b"")
            packed = archive.rest

    def _begin(self, packed: bytes) -> _Archive:
        self._members += 1
        if self._members > MAX_MEMBERS:
            raise too_big(self._cap)
        self._archive = self._new(packed)
        return self._archive


class _Deflated:
    """gzip, zlib or bare deflate."""

    def __init__(self, windows: int) -> None:
        self._stream = zlib.decompressobj(windows)
        self.hungry = True

    @property
    def ended(self) -> bool:
        return self._stream.eof

    @property
    def rest(self) -> bytes:
        return self._stream.unused_data

    def more(self, packed: bytes) -> bytes:
        try:
            unpacked = self._stream.decompress(packed or self._stream.unconsumed_tail, PIECE)
        except zlib.error:
            raise Broken("this is not packed as gzip or deflate") from None
        # With all input taken in, it may still hold output back.
        self.hungry = len(unpacked) < PIECE
        return unpacked


class _Brotli:
    """A stream of Brotli (RFC 7932)."""

    rest = b""

    def __init__(self) -> None:
        import brotli

        self._stream = brotli.Decompressor()
        self._error = brotli.error
        self.ended = False
        self.hungry = True

    def more(self, packed: bytes) -> bytes:
        try:
            unpacked: bytes = self._stream.process(packed, output_buffer_limit=PIECE)
        except self._error:
            raise Broken("this is not packed as br") from None
        self.ended = self._stream.is_finished()
        # Not `can_accept_more_data`: that is so as soon as all input is taken in, as above.
        self.hungry = len(unpacked) < PIECE
        return unpacked


class _Zstd:
    """One frame of zstd (RFC 8878); one that is to be skipped is a frame of nothing."""

    def __init__(self) -> None:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd

        limits: dict[int, int] = {zstd.DecompressionParameter.window_log_max: WINDOW_LOG}
        self._stream = zstd.ZstdDecompressor(options=limits)
        self._error = zstd.ZstdError

    @property
    def ended(self) -> bool:
        return self._stream.eof

    @property
    def hungry(self) -> bool:
        return self._stream.needs_input

    @property
    def rest(self) -> bytes:
        return self._stream.unused_data

    def more(self, packed: bytes) -> bytes:
        try:
            return self._stream.decompress(packed, PIECE)
        except self._error:
            raise Broken("this is not packed as zstd") from None


def _deflated(packed: bytes) -> _Archive:
    return _Deflated(_ZLIB if packed[0] & 0xF == _DEFLATED else _BARE)


ENCODINGS: Final[dict[str, tuple[Callable[[bytes], _Archive], bytes | None]]] = {
    "gzip": (lambda _: _Deflated(_GZIP), b"\x1f"),
    "x-gzip": (lambda _: _Deflated(_GZIP), b"\x1f"),
    "deflate": (_deflated, b""),
    "br": (lambda _: _Brotli(), None),
    "zstd": (lambda _: _Zstd(), b"\x28" + bytes(range(0x50, 0x60))),
}
"""How an archive is begun, and the first bytes by which another one after it is known.

Other bytes after it count for nothing. None: they break it, as in curl, because Brotli's library
throws what it has unpacked of that piece away with them.
"""


def too_big(cap: int) -> TooBig:
    """Return the error for more bytes than the cap."""
    return TooBig(f"more than {cap / 1_000_000:g} MB")

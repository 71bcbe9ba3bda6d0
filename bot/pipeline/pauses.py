"""Keeps the garbage collector from stopping everything while very much is in memory for a moment.

A full collection looks at every object there is, and nothing else runs meanwhile: with ten thousand
articles at hand that is a third of a second, again and again as their number grows. What lives for
a short time only is collected all along.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_NEVER = 1_000_000_000


class _Pause:
    """The threshold as it was, while anybody wants no full collection."""

    def __init__(self) -> None:
        self.lock, self.within, self.usual = Lock(), 0, gc.get_threshold()


_PAUSE = _Pause()


@contextmanager
def no_full_collections() -> Iterator[None]:
    """Put full collections off to the end of what is done within."""
    with _PAUSE.lock:
        if not _PAUSE.within:
            _PAUSE.usual = gc.get_threshold()
            gc.set_threshold(*_PAUSE.usual[:2], _NEVER)
        _PAUSE.within += 1
    try:
        yield
    finally:
        with _PAUSE.lock:
            _PAUSE.within -= 1
            if not _PAUSE.within:
                gc.set_threshold(*_PAUSE.usual)

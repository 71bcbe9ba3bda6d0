"""What goes through a worker's pipes: frames of an 8-byte length and a pickle of plain values.

A task is (module, qualified name, arguments, seconds). Its answers are `("ready",)` once the
function is imported, then one of `("ok", value)`, `("refused", name, text)` for an error of
`REFUSALS`, and `("failed", "TypeName: text")`.
"""

import io
import pickle
from typing import Any

from bot.errors import BotError, NotAFeed, NotAnArticle

HEAD = 8
"""Bytes of a frame's length, big-endian."""
REFUSALS: dict[str, type[BotError]] = {kind.__name__: kind for kind in (NotAFeed, NotAnArticle)}
"""What a function says about its input, as opposed to a fault of its own: raised anew outside."""
PLAIN = frozenset({"builtins", "collections", "datetime"})


def frame(*values: object) -> bytes:
    """Return the frame of a task or an answer."""
    body = pickle.dumps(values, protocol=pickle.HIGHEST_PROTOCOL)
    return len(body).to_bytes(HEAD, "big") + body


def size(head: bytes) -> int:
    """Return how many bytes follow a frame's first `HEAD`."""
    return int.from_bytes(head, "big")


def values(body: bytes) -> tuple[Any, ...]:
    """Read what `frame` wrote.

    Raises:
        pickle.UnpicklingError: it is broken, or something in it is no plain value.
    """
    try:
        told: tuple[Any, ...] = _PlainValues(io.BytesIO(body)).load()
    except (EOFError, AttributeError, ImportError, LookupError, TypeError, ValueError) as error:
        raise pickle.UnpicklingError(str(error)) from None
    return told


class _PlainValues(pickle.Unpickler):
    """Knows classes only, and few: a hijacked worker cannot make its parent call functions."""

    def find_class(self, module: str, name: str) -> type:
        found = super().find_class(module, name)
        known = module in PLAIN or module.partition(".")[0] == "bot"
        if not (known and isinstance(found, type) and found.__module__ == module):
            raise pickle.UnpicklingError(f"{module}.{name} is no plain value")
        return found

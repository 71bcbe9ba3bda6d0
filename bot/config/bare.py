"""Pure: a configuration's text without its secrets, for a copy that may lie anywhere."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from typing import Any

from bot.errors import ConfigError, Fault

# A line that sets a token, be it commented out; and what looks like a bot's token, wherever.
_LINE = re.compile(r"""(?m)^[ \t]*(?:#[ \t]*)*[\w."' \t]*\btoken["']?[ \t]*=.*$""")
_TOKEN = re.compile(r"\b\d{5,}:[\w-]{20,}")
_LEFT_OUT = "#token =  # left out of the copy"
_LONG = 8
"""A shorter secret may be a part of any word."""


def without_secrets(text: str, secrets: Iterable[str], named: str) -> str:
    """Return the text of a config.toml without any token.

    Args:
        text: as it is written; it has no fault.
        secrets: what must not be in it, wherever it stands.
        named: what the file is called.

    Raises:
        ConfigError: a secret stands where it cannot be taken out.
    """
    known = {*secrets, *_tokens(tomllib.loads(text))}
    bare = _TOKEN.sub("", _LINE.sub(_LEFT_OUT, text))
    for secret in known:
        if len(secret) >= _LONG:
            bare = bare.replace(secret, "")
    try:
        left = {*_tokens(tomllib.loads(bare))}
    except tomllib.TOMLDecodeError:
        left = known
    if left:
        what, remedy = "a token in it cannot be left out", "write it on one line: token = …"
        raise ConfigError(Fault(named, what, remedy))
    return bare


def _tokens(values: dict[str, Any]) -> Iterator[str]:
    """Yield what is set as a token anywhere."""
    for key, value in values.items():
        if isinstance(value, dict):
            yield from _tokens(value)
        elif key == "token" and value:
            yield str(value)

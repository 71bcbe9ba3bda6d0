"""Pure: a configuration's text without its secrets, for a copy that may lie anywhere."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from typing import Any

from bot.errors import ConfigError, Fault

SECRETS = ("token", "heartbeat_url")
"""Keys of secrets, in whichever section. Who knows where to ping can say that all is well."""

# A line that sets a secret, be it commented out; and what looks like a bot's token, wherever.
_LINE = re.compile(rf"""(?m)^[ \t]*(?:#[ \t]*)*[\w."' \t]*\b({"|".join(SECRETS)})["']?[ \t]*=.*$""")
_TOKEN = re.compile(r"\b\d{5,}:[\w-]{20,}")
_LEFT_OUT = r"#\1 =  # left out of the copy"
_LONG = 8
"""A shorter secret may be a part of any word."""


def without_secrets(text: str, secrets: Iterable[str], named: str) -> str:
    """Return the text of a config.toml without any secret.

    Args:
        text: as it is written; it has no fault.
        secrets: what must not be in it, wherever it stands.
        named: what the file is called.

    Raises:
        ConfigError: a secret stands where it cannot be taken out.
    """
    known = {*secrets, *_secrets(tomllib.loads(text))}
    bare = _TOKEN.sub("", _LINE.sub(_LEFT_OUT, text))
    for secret in known:
        if len(secret) >= _LONG:
            bare = bare.replace(secret, "")
    try:
        left = {*_secrets(tomllib.loads(bare))}
    except tomllib.TOMLDecodeError:
        left = known
    if left:
        what, remedy = "a secret in it cannot be left out", "write it on one line: token = …"
        raise ConfigError(Fault(named, what, remedy))
    return bare


def _secrets(values: dict[str, Any]) -> Iterator[str]:
    """Yield what is set as a secret anywhere."""
    for key, value in values.items():
        if isinstance(value, dict):
            yield from _secrets(value)
        elif key in SECRETS and value:
            yield str(value)

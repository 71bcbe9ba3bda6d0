"""Sets the log up: lines for people on a terminal, JSON elsewhere, and never the token."""

import json
import logging
import re
import sys
from collections.abc import Callable, Iterable
from typing import Any, TextIO

import structlog

# Whatever looks like a bot token in a URL is hidden, even one that is not ours.
_TOKEN = re.compile(r"(/bot)\d+(?::|%3A)[^/\s\"']+", re.IGNORECASE)
# These say at INFO what is of no use to anyone, httpx with the token in the URL.
NOISY = (
    "aiosqlite",
    "alembic",
    "asyncio",
    "httpx",
    "httpcore",
    "apscheduler",
    "telegram",
    "aiohttp",
    "uvicorn",
    "watchfiles",
    "trafilatura",
)

_hidden: set[str] = set()
Processor = Callable[[Any, str, Any], Any]


def configure(level: str, form: str, secrets: Iterable[str] = (), out: TextIO = sys.stderr) -> None:
    """Send the log of this process to `out`.

    Args:
        level: debug, info, warning or error.
        form: text, json, or auto: text on a terminal, else JSON.
        secrets: texts that must not appear; they are replaced by three dots.
        out: where to; stdout is for results.
    """
    _hidden.clear()
    for secret in secrets:
        hide(secret)
    as_text = form == "text" or (form == "auto" and out.isatty())
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    if as_text:
        last: Processor = structlog.dev.ConsoleRenderer(colors=out.isatty())
    else:
        last = structlog.processors.JSONRenderer(ensure_ascii=False)
    handler = logging.StreamHandler(out)
    remove = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[remove, last, _without_secrets]
        )
    )
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for name in NOISY:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.root.level))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def hide(secret: str) -> None:
    """Let one more secret not appear."""
    if secret:
        _hidden.update({secret, json.dumps(secret, ensure_ascii=False)[1:-1]})


def _without_secrets(_logger: object, _method: str, line: Any) -> str:  # noqa: ANN401 - text by then
    """Take secrets out of a finished line, wherever in it they stand."""
    for secret in sorted(_hidden, key=len, reverse=True):
        line = line.replace(secret, "…")
    return _TOKEN.sub(r"\1…", line)

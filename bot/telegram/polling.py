"""Long polls that go on, whatever the answer, for the library's own loop.

Left to itself that asks for an update which it cannot read again and again without a pause, and
ends without a word at a single 401, which Telegram also gives when it is in trouble.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from telegram import Update
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.telegram.line import Line

log = structlog.get_logger()

OK, CONFLICT, SERVER_ERROR = 200, 409, 500
REFUSED = {401, 404}
# What the library's readers raise on an object of another shape than it knows.
UNREADABLE = (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError)


class Polls(HTTPXRequest):
    """The requests that ask for updates; the line is told how they go."""

    def __init__(self, line: Line, now: Callable[[], datetime], **settings: Any) -> None:  # noqa: ANN401 - the library's
        super().__init__(**settings)
        self._line = line
        self._now = now

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # noqa: ANN401 - the library's
        """Let a refused token pass for trouble at the server: it is logged and asked again."""
        code, payload = await super().do_request(*args, **kwargs)
        if code == OK:
            self._line.was_polled(self._now())
        elif code == CONFLICT:
            self._line.was_disturbed(self._now())
        elif code in REFUSED:
            self._line.was_barred(self._now())
            return SERVER_ERROR, payload
        return code, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the answer, with an empty update in place of each that the library cannot read.

        Raises:
            TelegramError: it is no answer of the Bot API.
        """
        answer: Any = HTTPXRequest.parse_json_payload(payload)
        if not isinstance(answer, dict) or not {"result", "description"} & answer.keys():
            raise TelegramError("Invalid server response")
        if isinstance(answer.get("result"), list):
            answer["result"] = [_readable(update) for update in answer["result"]]
        return dict(answer)


def _readable(update: dict[str, Any]) -> dict[str, Any]:
    """Return the update; a bare number where the library would stumble over it."""
    try:
        Update.de_json(update, None)
    except UNREADABLE as error:
        # What is in it was written by strangers, and is not logged.
        number, kind = update["update_id"], type(error).__name__
        log.warning("telegram.update_unreadable", update=number, error=kind)
        return {"update_id": number}
    return update

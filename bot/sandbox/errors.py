"""Refusals in Telegram's own words: a code, a description and parameters."""

from typing import Any


class Mistake(ValueError):
    """A wrong call of the control API; the message is a sentence for the caller."""


class ApiError(Exception):
    """A Bot API call that is refused.

    Attributes:
        code: HTTP status and `error_code` of the reply.
        description: Telegram's sentence, prefix included.
        parameters: `retry_after` or `migrate_to_chat_id`, where they apply.
    """

    def __init__(
        self, code: int, description: str, parameters: dict[str, int] | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters or {}

    def reply(self) -> dict[str, Any]:
        """Returns the JSON object that Telegram answers with."""
        reply: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            reply["parameters"] = self.parameters
        return reply


def bad_request(reason: str) -> ApiError:
    """Returns a 400; `reason` follows the prefix `Bad Request: `."""
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    """Returns a 403; `reason` follows the prefix `Forbidden: `."""
    return ApiError(403, f"Forbidden: {reason}")


def too_many(retry_after: int) -> ApiError:
    """Returns a 429 that asks for `retry_after` seconds of silence."""
    return ApiError(
        429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after}
    )


def migrated(to: int) -> ApiError:
    """Returns the 400 that names the supergroup that a group has become."""
    return ApiError(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        {"migrate_to_chat_id": to},
    )


def not_found() -> ApiError:
    """Returns the 404 of a method that does not exist."""
    return ApiError(404, "Not Found")


OTHER_POLLER = ApiError(
    409,
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running",
)

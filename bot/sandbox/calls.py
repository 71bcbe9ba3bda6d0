"""One Bot API call as it was understood: parameters with their types, and uploaded files.

Forms carry everything as text; Telegram reads numbers, truth values and JSON out of it, and so
does this. What cannot be read counts as not given, as in telegram-bot-api.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.errors import bad_request

_NUMBERS = {
    *("chat_id", "message_id", "message_thread_id", "user_id", "offset", "limit", "timeout"),
    *("cache_time", "reply_to_message_id"),
}
_TRUTHS = {
    *("disable_notification", "protect_content", "show_alert", "allow_sending_without_reply"),
    *("drop_pending_updates", "disable_web_page_preview", "disable_content_type_detection"),
}
_OBJECTS: dict[str, type] = {
    "reply_markup": dict,
    "link_preview_options": dict,
    "reply_parameters": dict,
    "scope": dict,
    "entities": list,
    "caption_entities": list,
    "allowed_updates": list,
    "commands": list,
    "media": list,
}
_FAULTY = {
    "reply_markup": "can't parse reply keyboard markup JSON object",
    "link_preview_options": "can't parse link preview options JSON object",
    "reply_parameters": "can't parse reply parameters JSON object",
    "scope": "can't parse BotCommandScope JSON object",
    "commands": "can't parse commands JSON object",
    "media": "can't parse media JSON object",
    "entities": "can't parse entities JSON object",
    "caption_entities": "can't parse entities JSON object",
    "allowed_updates": "can't parse allowed updates JSON object",
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a multipart body."""

    name: str
    content: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Call:
    """A method with its parameters.

    Attributes:
        method: in lower case; Telegram does not look at the case.
        params: what `understand` made of the parameters.
        files: uploads by the name of their part.
    """

    method: str
    params: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Returns a text, empty if it was not given."""
        value = self.params.get(name, "")
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> int:
        """Returns a whole number, 0 if it was not given."""
        value = self.params.get(name, 0)
        return value if isinstance(value, int) else 0

    def flag(self, name: str) -> bool:
        """Returns whether a switch is on."""
        return self.params.get(name) is True

    def mapping(self, name: str) -> dict[str, Any] | None:
        """Returns a JSON object, None if it was not given.

        Raises:
            ApiError: it is no JSON object.
        """
        value = self._object(name)
        return value if isinstance(value, dict) else None

    def array(self, name: str) -> list[Any] | None:
        """Returns a JSON array, None if it was not given.

        Raises:
            ApiError: it is no JSON array.
        """
        value = self._object(name)
        return value if isinstance(value, list) else None

    @property
    def chat(self) -> int | None:
        """The chat that the call is for."""
        chat = self.params.get("chat_id")
        return chat if isinstance(chat, int) else None

    def _object(self, name: str) -> object:
        value = self.params.get(name)
        if value in (None, ""):
            return None
        if not isinstance(value, _OBJECTS[name]):
            raise bad_request(_FAULTY[name])
        return value

    def written(self) -> dict[str, Any]:
        """Returns the parameters for the transcript: files with name and size only."""
        files = {
            name: {"file_name": file.name, "size": len(file.content)}
            for name, file in self.files.items()
        }
        return {**self.params, **files}


def understand(method: str, values: dict[str, object], files: dict[str, Upload]) -> Call:
    """Returns the call; numbers, truth values and JSON are read out of their texts."""
    return Call(
        method.lower(), {k: _typed(k, v) for k, v in values.items() if v is not None}, files
    )


def _typed(name: str, value: object) -> object:
    if name in _OBJECTS:
        return _parsed(value) if isinstance(value, str) else value
    if name in _NUMBERS:
        return _whole(value)
    if name in _TRUTHS:
        return value is True or str(value).lower() in ("true", "yes", "1")
    return value if isinstance(value, str) else json.dumps(value)


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _whole(value: object) -> object:
    """Reads a number; a chat's @username stays a text."""
    try:
        return int(str(value))
    except ValueError:
        return value

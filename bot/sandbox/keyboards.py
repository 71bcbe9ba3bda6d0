"""Telegram's rules for `reply_markup`: what an inline keyboard may hold."""

import json
from typing import Any

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.links import LinkError, check_link

_MOST_BUTTONS = 100
_MOST_BYTES = 10_000
_DATA_BYTES = 64
"""Bot API, InlineKeyboardButton: `callback_data` has 1 to 64 bytes."""
_OTHERS = ("keyboard", "remove_keyboard", "force_reply")
_ACTIONS = (
    *("callback_data", "url", "switch_inline_query", "switch_inline_query_current_chat"),
    *("copy_text", "web_app", "pay"),
)


def inline_keyboard(markup: dict[str, Any] | None) -> dict[str, Any] | None:
    """Returns the inline keyboard as a Message shows it; None if there is none.

    Reply keyboards and `force_reply` are accepted; messages do not show them.

    Raises:
        ApiError: Telegram would refuse it.
    """
    if markup is None or any(name in markup for name in _OTHERS):
        return None
    rows = markup.get("inline_keyboard", [])
    if not isinstance(rows, list):
        raise _faulty('Field "inline_keyboard" must be of type Array')
    keyboard = [_row(row) for row in rows]
    keyboard = [row for row in keyboard if row]
    if not keyboard:
        return None
    size = len(json.dumps(keyboard, ensure_ascii=False).encode())
    if sum(map(len, keyboard)) > _MOST_BUTTONS or size > _MOST_BYTES:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": keyboard}


def _faulty(reason: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {reason}")


def _row(row: object) -> list[dict[str, Any]]:
    if not isinstance(row, list):
        raise _faulty("expected an Array of InlineKeyboardButton")
    # TDLib leaves out buttons without a caption.
    return [button for button in map(_button, row) if button["text"]]


def _button(button: object) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise _faulty("InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise _faulty('Can\'t find field "text"')
    if not any(name in button for name in _ACTIONS):
        raise _faulty("Text buttons are unallowed in the inline keyboard")
    made = dict(button)
    if "callback_data" in made:
        size = len(str(made["callback_data"]).encode("utf-8", "replace"))
        if not 1 <= size <= _DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif "url" in made:
        try:
            made["url"] = check_link(str(made["url"]))
        except LinkError as error:
            raise bad_request(
                f"inline keyboard button URL '{button['url']}' is invalid: {error}"
            ) from None
    return made

"""Bot API methods that change what was sent: edit, delete, answer a button."""

from datetime import timedelta
from typing import Any

from bot.sandbox.calls import Call
from bot.sandbox.chats import Chat
from bot.sandbox.errors import bad_request
from bot.sandbox.keyboards import inline_keyboard
from bot.sandbox.sending import text_body
from bot.sandbox.world import ANSWER_WINDOW, BOT, World

_DELETABLE = timedelta(hours=48)
"""Bot API, deleteMessage: a message can only be deleted if it was sent less than 48 hours ago."""
_ANSWER_LENGTH = 200
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def edit_message_text(world: World, call: Call) -> dict[str, Any]:
    """`editMessageText`: returns the edited Message. Without a keyboard the old one goes."""
    body = text_body(world, call)
    chat, message = _own(world, call, "edit")
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    markup = inline_keyboard(call.mapping("reply_markup"))
    fields = ("entities", "link_preview_options")
    body = {"reply_markup": markup} | dict.fromkeys(fields) | body
    return _replace(world, chat, message, body)


def edit_message_reply_markup(world: World, call: Call) -> dict[str, Any]:
    """`editMessageReplyMarkup`: returns the edited Message."""
    chat, message = _own(world, call, "edit")
    markup = inline_keyboard(call.mapping("reply_markup"))
    return _replace(world, chat, message, {"reply_markup": markup})


def delete_message(world: World, call: Call) -> bool:
    """`deleteMessage`: returns True."""
    chat, message = _message(world, call, "delete")
    old = world.timestamp() - message["date"] >= _DELETABLE.total_seconds()
    foreign = not _is_own(chat, message) and chat.status(BOT) != "administrator"
    if old or (foreign and not chat.is_private):
        raise bad_request("message can't be deleted")
    chat.deleted.add(message["message_id"])
    world.on_change()
    return True


def answer_callback_query(world: World, call: Call) -> bool:
    """`answerCallbackQuery`: returns True; a query is answered once."""
    callback = world.callbacks.get(call.text("callback_query_id"))
    if (
        callback is None
        or callback.answer is not None
        or world.now() - callback.pressed > ANSWER_WINDOW
    ):
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(call.text("text")) > _ANSWER_LENGTH:
        raise bad_request("MESSAGE_TOO_LONG")
    callback.answer = call.text("text")
    world.on_change()
    return True


def _is_own(chat: Chat, message: dict[str, Any]) -> bool:
    sender = message.get("from", {}).get("id")
    return sender == BOT or (chat.kind == "channel" and "sender_chat" in message)


def _message(world: World, call: Call, action: str) -> tuple[Chat, dict[str, Any]]:
    chat = world.reach(call.params.get("chat_id"))
    if not call.number("message_id"):
        raise bad_request("message identifier is not specified")
    (world.may_write if action == "delete" else world.may_read)(chat)
    message = chat.message(call.number("message_id"))
    if message is None:
        raise bad_request(f"message to {action} not found")
    return chat, message


def _own(world: World, call: Call, action: str) -> tuple[Chat, dict[str, Any]]:
    chat, message = _message(world, call, action)
    world.may_write(chat)
    if not _is_own(chat, message):
        raise bad_request("message can't be edited")
    return chat, message


def _replace(
    world: World, chat: Chat, message: dict[str, Any], body: dict[str, Any]
) -> dict[str, Any]:
    if all(message.get(key) == value for key, value in body.items()):
        raise bad_request(_NOT_MODIFIED)
    return world.replace(chat, message["message_id"], body)

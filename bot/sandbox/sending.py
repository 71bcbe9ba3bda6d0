"""Bot API methods that send: texts, photos, documents, albums, chat actions."""

from typing import Any

from bot.sandbox import images
from bot.sandbox.calls import Call, Upload
from bot.sandbox.chats import Chat
from bot.sandbox.errors import bad_request
from bot.sandbox.formatting import CAPTION_LENGTH, TEXT_LENGTH, format_text, to_api
from bot.sandbox.keyboards import inline_keyboard
from bot.sandbox.world import BOT, World

# Bot API, sendPhoto: at most 10 MB, width and height 10,000 in total, their ratio at most 20.
_PHOTO_BYTES = 10 * 1024 * 1024
_PHOTO_SIDES, _PHOTO_RATIO = 10_000, 20
_ALBUM = range(2, 11)
_ACTIONS = {
    *("typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice"),
    *("upload_document", "choose_sticker", "find_location", "record_video_note"),
    *("upload_video_note",),
}


def send_message(world: World, call: Call) -> dict[str, Any]:
    """`sendMessage`: returns the Message."""
    body = text_body(world, call)
    return _deliver(world, call, body)


def send_photo(world: World, call: Call) -> dict[str, Any]:
    """`sendPhoto`: returns the Message."""
    return _deliver(
        world, call, _photo(world, call, "photo", call.text("photo")) | _caption(world, call)
    )


def send_document(world: World, call: Call) -> dict[str, Any]:
    """`sendDocument`: returns the Message."""
    document = _document(world, call, "document", call.text("document"))
    return _deliver(world, call, document | _caption(world, call))


def send_media_group(world: World, call: Call) -> list[dict[str, Any]]:
    """`sendMediaGroup`: returns the album's Messages."""
    media = call.array("media") or []
    if len(media) not in _ALBUM:
        raise bad_request("wrong number of items in the album; 2-10 items must be specified")
    bodies = [_album_item(world, call, item) for item in media]
    chat, extra, thread = _destination(world, call)
    world.pace(chat, len(bodies))
    group = {"media_group_id": f"{chat.id}-{chat.latest + 1}"}
    return [world.post(chat, world.bot, body | group | extra, thread) for body in bodies]


def send_chat_action(world: World, call: Call) -> bool:
    """`sendChatAction`: returns True."""
    world.may_write(world.reach(call.params.get("chat_id")))
    if call.text("action").lower() not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


def text_body(world: World, call: Call) -> dict[str, Any]:
    """Returns a Message's fields for the call's text.

    Raises:
        ApiError: the text is empty, too long or cannot be parsed.
    """
    if not call.text("text"):
        raise bad_request("message text is empty")
    made = format_text(call.text("text"), call.text("parse_mode"), call.array("entities"))
    if not made.text:
        raise bad_request("text must be non-empty")
    if len(made.text) > TEXT_LENGTH:
        raise bad_request("message is too long")
    body: dict[str, Any] = {"text": made.text}
    entities = to_api(made.entities, world.user_object)
    if entities:
        body["entities"] = entities
    preview = call.mapping("link_preview_options")
    if call.flag("disable_web_page_preview"):
        preview = {"is_disabled": True}
    if preview:
        body["link_preview_options"] = preview
    return body


def _caption(world: World, call: Call) -> dict[str, Any]:
    return _caption_body(
        world, call.text("caption"), call.text("parse_mode"), call.array("caption_entities")
    )


def _caption_body(
    world: World, source: str, mode: str, entities: list[Any] | None
) -> dict[str, Any]:
    made = format_text(source, mode, entities)
    if len(made.text) > CAPTION_LENGTH:
        raise bad_request("message caption is too long")
    if not made.text:
        return {}
    body: dict[str, Any] = {"caption": made.text}
    found = to_api(made.entities, world.user_object)
    return body | ({"caption_entities": found} if found else {})


def _destination(world: World, call: Call) -> tuple[Chat, dict[str, Any], int | None]:
    """Returns the chat, the fields that the message gets beside its content, and the topic."""
    chat = world.reach(call.params.get("chat_id"))
    world.may_write(chat)
    thread = call.number("message_thread_id") or None
    if thread is not None and thread not in chat.topics:
        raise bad_request("message thread not found")
    if thread in chat.closed and chat.status(BOT) != "administrator":
        raise bad_request("TOPIC_CLOSED")
    extra: dict[str, Any] = {}
    markup = inline_keyboard(call.mapping("reply_markup"))
    if markup:
        extra["reply_markup"] = markup
    reply = call.mapping("reply_parameters") or {
        "message_id": call.number("reply_to_message_id"),
        "allow_sending_without_reply": call.flag("allow_sending_without_reply"),
    }
    if reply.get("message_id"):
        number = reply["message_id"]
        answered = chat.message(number) if isinstance(number, int) else None
        if answered is None and not reply.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
        if answered is not None:
            extra["reply_to_message"] = {
                key: value for key, value in answered.items() if key != "reply_to_message"
            }
    if call.flag("protect_content"):
        extra["has_protected_content"] = True
    return chat, extra, thread


def _deliver(world: World, call: Call, body: dict[str, Any]) -> dict[str, Any]:
    chat, extra, thread = _destination(world, call)
    world.pace(chat)
    return world.post(chat, world.bot, body | extra, thread)


def _upload(world: World, call: Call, part: str, value: str) -> tuple[str, Upload]:
    """Returns an id and the content behind an upload, `attach://PART`, a file id or a URL."""
    upload = call.files.get(value.removeprefix("attach://") if value else part)
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        return world.keep_file(upload.name, upload.content, upload.content_type).id, upload
    known = world.files.get(value)
    if known is not None:
        return known.id, Upload(known.name, known.content, known.content_type)
    if value.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")  # The sandbox knows no network.
    if not value:
        raise bad_request(f"there is no {part} in the request")
    raise bad_request("wrong remote file identifier specified: Wrong string length")


def _photo(world: World, call: Call, part: str, value: str) -> dict[str, Any]:
    number, upload = _upload(world, call, part, value)
    if len(upload.content) > _PHOTO_BYTES:
        raise bad_request("file is too big")
    sides = images.size(upload.content)
    if sides is None or not min(sides):
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(sides) > _PHOTO_SIDES or max(sides) > _PHOTO_RATIO * min(sides):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    size = {
        "file_id": number,
        "file_unique_id": world.files[number].unique_id,
        "file_size": len(upload.content),
        "width": sides[0],
        "height": sides[1],
    }
    return {"photo": [size]}


def _document(world: World, call: Call, part: str, value: str) -> dict[str, Any]:
    number, upload = _upload(world, call, part, value)
    document = {
        "file_id": number,
        "file_unique_id": world.files[number].unique_id,
        "file_name": upload.name,
        "mime_type": upload.content_type,
        "file_size": len(upload.content),
    }
    return {"document": document}


def _album_item(world: World, call: Call, item: object) -> dict[str, Any]:
    makers = {"photo": _photo, "document": _document}
    if not isinstance(item, dict) or item.get("type") not in makers:
        raise bad_request("can't parse InputMedia: wrong type of the media")
    body = makers[item["type"]](world, call, "media", str(item.get("media", "")))
    caption, mode = str(item.get("caption", "")), str(item.get("parse_mode", ""))
    given = item.get("caption_entities")
    entities = given if isinstance(given, list) else None
    return body | _caption_body(world, caption, mode, entities)

"""What people do in chats: write, send files, press buttons.

Every function changes the world and queues the updates that Telegram would send to the bot.
"""

from typing import Any

from bot.sandbox.chats import Chat, User
from bot.sandbox.detect import find_entities
from bot.sandbox.errors import Mistake
from bot.sandbox.formatting import TEXT_LENGTH, to_api
from bot.sandbox.membership import administrator
from bot.sandbox.world import BOT, Callback, File, World


def chat_of(world: World, number: object) -> Chat:
    """Returns a chat that exists.

    Raises:
        Mistake: it does not.
    """
    chat = world.chats.get(number) if isinstance(number, int) else None
    if chat is None:
        known = ", ".join(map(str, world.chats))
        raise Mistake(f"there is no chat {number!r}; there are {known}")
    return chat


def say(
    world: World,
    chat: Chat,
    body: dict[str, Any],
    *,
    sender: int | None = None,
    thread: int | None = None,
) -> dict[str, Any]:
    """A person writes.

    Args:
        world: the world.
        chat: where.
        body: `{"text"}`, or what `document_body` makes, joined with what `answering` makes.
        sender: who; by default the person of a private chat, else an administrator.
        thread: a topic.

    Returns:
        The Message as the bot gets it.

    Raises:
        Mistake: this person cannot write this here.
    """
    person = _speaker(world, chat, sender)
    if len(body.get("text", "")) > TEXT_LENGTH:
        raise Mistake(f"text must have at most {TEXT_LENGTH} characters")
    if thread is not None and thread not in chat.topics:
        raise Mistake(f"chat {chat.id} has no topic {thread}")
    body = dict(body)
    text = body.get("text") or body.get("caption") or ""
    entities = to_api(tuple(find_entities(text)), world.user_object)
    if entities:
        body["entities" if "text" in body else "caption_entities"] = entities
    chat.opened = True
    message = world.post(chat, person, body, thread)
    if _bot_sees(world, chat, message):
        world.updates.push("channel_post" if chat.kind == "channel" else "message", message)
        world.on_change()
    return message


def answering(chat: Chat, number: int) -> dict[str, Any]:
    """Returns a Message's fields for an answer to the message `number`.

    Raises:
        Mistake: there is no such message.
    """
    answered = chat.message(number)
    if answered is None:
        raise Mistake(f"chat {chat.id} has no message {number}")
    shown = {key: value for key, value in answered.items() if key != "reply_to_message"}
    return {"reply_to_message": shown}


def document_body(file: File, caption: str = "") -> dict[str, Any]:
    """Returns a Message's fields for a document."""
    document = {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_name": file.name,
        "mime_type": file.content_type,
        "file_size": len(file.content),
    }
    return {"document": document} | ({"caption": caption} if caption else {})


def press(world: World, chat: Chat, number: int, data: str, sender: int | None = None) -> Callback:
    """A person presses a button.

    Returns:
        The callback query; `answer` is None until the bot answers.

    Raises:
        Mistake: there is no such button on that message now, or the person is not here.
    """
    message = chat.message(number)
    if message is None:
        raise Mistake(f"chat {chat.id} has no message {number}")
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    if not any(button.get("callback_data") == data for row in rows for button in row):
        raise Mistake(f"message {number} has no button with the data {data!r}")
    person = _speaker(world, chat, sender)
    callback = Callback(str(4_000_000_000_000 + len(world.callbacks) + 1), world.now())
    world.callbacks[callback.id] = callback
    query = {
        "id": callback.id,
        "from": person.api(),
        "message": message,
        "chat_instance": chat.instance,
        "data": data,
    }
    world.updates.push("callback_query", query)
    world.on_change()
    return callback


def _speaker(world: World, chat: Chat, sender: int | None) -> User:
    if sender is None:
        sender = chat.id if chat.is_private else administrator(chat)
    if chat.moved_to is not None or chat.state != "active":
        raise Mistake(f"nobody can write in chat {chat.id} any more")
    if chat.is_private and chat.status(BOT) == "kicked":
        raise Mistake(f"person {chat.id} has blocked the bot; make it a member first")
    if not chat.has(sender) or sender == BOT or sender not in world.users:
        raise Mistake(f"person {sender} is not in chat {chat.id}; add them with member")
    return world.users[sender]


def _bot_sees(world: World, chat: Chat, message: dict[str, Any]) -> bool:
    """Telegram's privacy mode: a plain member of a group sees commands and replies to it only."""
    if not chat.has(BOT):
        return False
    if chat.kind in ("private", "channel") or chat.status(BOT) == "administrator":
        return True
    if message.get("reply_to_message", {}).get("from", {}).get("id") == BOT:
        return True
    words = str(message.get("text", "")).split(maxsplit=1)
    command = words[0] if words and words[0].startswith("/") else ""
    return bool(command) and command.partition("@")[2] in ("", world.bot.username)

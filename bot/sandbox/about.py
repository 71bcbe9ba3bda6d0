"""Bot API methods about the bot and its chats: commands, descriptions, members, files."""

import re
from typing import Any

from bot.sandbox.calls import Call
from bot.sandbox.chats import Chat
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.world import BOT, World

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_MOST_COMMANDS = 100
_COMMAND_TEXT = 256
_LANGUAGE = re.compile(r"([a-z]{2})?")
_SCOPES = {
    *("default", "all_private_chats", "all_group_chats", "all_chat_administrators"),
    *("chat", "chat_administrators", "chat_member"),
}
_DESCRIPTION = 512
_SHORT_DESCRIPTION = 120
_DOWNLOAD = 20 * 1024 * 1024


def get_me(world: World, call: Call) -> dict[str, Any]:
    """`getMe`: returns the bot's User."""
    return world.bot.api() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_webhook_info(world: World, call: Call) -> dict[str, Any]:
    """`getWebhookInfo`: returns a WebhookInfo without a URL."""
    return {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": world.updates.pending(),
    }


def delete_webhook(world: World, call: Call) -> bool:
    """`deleteWebhook`: returns True; there never is a webhook, but updates can be dropped."""
    if call.flag("drop_pending_updates"):
        world.updates.drop()
    return True


def set_my_commands(world: World, call: Call) -> bool:
    """`setMyCommands`: returns True."""
    commands = call.array("commands") or []
    if len(commands) > _MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    kept = [_command(command) for command in commands]
    world.settings[("commands", *_scope(world, call))] = kept
    return True


def get_my_commands(world: World, call: Call) -> list[dict[str, str]]:
    """`getMyCommands`: returns the commands of exactly this scope and language."""
    found: list[dict[str, str]] = world.settings.get(("commands", *_scope(world, call)), [])
    return found


def delete_my_commands(world: World, call: Call) -> bool:
    """`deleteMyCommands`: returns True."""
    world.settings.pop(("commands", *_scope(world, call)), None)
    return True


def set_my_description(world: World, call: Call) -> bool:
    """`setMyDescription`: returns True."""
    return _describe(world, call, "description", _DESCRIPTION)


def set_my_short_description(world: World, call: Call) -> bool:
    """`setMyShortDescription`: returns True."""
    return _describe(world, call, "short_description", _SHORT_DESCRIPTION)


def get_my_description(world: World, call: Call) -> dict[str, str]:
    """`getMyDescription`: returns a BotDescription."""
    return {"description": world.settings.get(("description", _language(call)), "")}


def get_my_short_description(world: World, call: Call) -> dict[str, str]:
    """`getMyShortDescription`: returns a BotShortDescription."""
    return {"short_description": world.settings.get(("short_description", _language(call)), "")}


def get_chat(world: World, call: Call) -> dict[str, Any]:
    """`getChat`: returns a ChatFullInfo."""
    chat = _readable(world, call)
    full = world.chat_object(chat) | {"accent_color_id": 0, "max_reaction_count": 11}
    full["accepted_gift_types"] = dict.fromkeys(
        (
            *("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription"),
            "gifts_from_channels",
        ),
        False,
    )
    return full


def get_chat_member(world: World, call: Call) -> dict[str, Any]:
    """`getChatMember`: returns a ChatMember; somebody who never was here has left."""
    chat = _readable(world, call)
    user = world.users.get(call.number("user_id"))
    if user is None:
        raise bad_request(
            "invalid user_id specified" if not call.number("user_id") else "PARTICIPANT_ID_INVALID"
        )
    return chat.member(user)


def get_chat_administrators(world: World, call: Call) -> list[dict[str, Any]]:
    """`getChatAdministrators`: returns ChatMembers, the bot among them if it is one."""
    chat = _readable(world, call)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    leaders = [
        user for user, status in chat.members.items() if status in ("creator", "administrator")
    ]
    return [chat.member(world.users[user]) for user in leaders]


def leave_chat(world: World, call: Call) -> bool:
    """`leaveChat`: returns True. The bot gets no update of what it did itself."""
    chat = _readable(world, call)
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.members[BOT] = "left"
    world.on_change()
    return True


def get_file(world: World, call: Call) -> dict[str, Any]:
    """`getFile`: returns a File with its path for the download."""
    file = world.files.get(call.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.content) > _DOWNLOAD:
        raise bad_request("file is too big")
    return {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.content),
        "file_path": file.path,
    }


def _readable(world: World, call: Call) -> Chat:
    chat = world.reach(call.params.get("chat_id"))
    world.may_read(chat)
    return chat


def _language(call: Call) -> str:
    language = call.text("language_code")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def _scope(world: World, call: Call) -> tuple[str, ...]:
    scope = call.mapping("scope") or {"type": "default"}
    kind = scope.get("type")
    if kind not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    chat = scope.get("chat_id", "")
    if kind.startswith("chat"):
        world.reach(int(chat) if re.fullmatch(r"-?[0-9]+", str(chat)) else str(chat))
    return (kind, str(chat), str(scope.get("user_id", "")), _language(call))


def _command(command: object) -> dict[str, str]:
    if not isinstance(command, dict):
        raise _faulty_command("expected an Object")
    name = str(command.get("command", "")).removeprefix("/")
    text = str(command.get("description", ""))
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not text.strip():
        raise _faulty_command("command description must be non-empty")
    if len(text) > _COMMAND_TEXT:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": text}


def _faulty_command(reason: str) -> ApiError:
    return bad_request(f"can't parse BotCommand: {reason}")


def _describe(world: World, call: Call, what: str, most: int) -> bool:
    text = call.text(what)
    if len(text) > most:
        raise bad_request(f"{what.replace('_', ' ')} is too long")
    world.settings[(what, _language(call))] = text
    return True

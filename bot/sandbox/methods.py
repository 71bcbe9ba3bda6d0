"""The table of Bot API methods that the sandbox answers, getUpdates aside (it waits)."""

from collections.abc import Callable

from bot.sandbox import about, editing, sending
from bot.sandbox.calls import Call
from bot.sandbox.errors import not_found
from bot.sandbox.world import World

Method = Callable[[World, Call], object]

METHODS: dict[str, Method] = {
    "getme": about.get_me,
    "deletewebhook": about.delete_webhook,
    "getwebhookinfo": about.get_webhook_info,
    "setmycommands": about.set_my_commands,
    "getmycommands": about.get_my_commands,
    "deletemycommands": about.delete_my_commands,
    "setmydescription": about.set_my_description,
    "getmydescription": about.get_my_description,
    "setmyshortdescription": about.set_my_short_description,
    "getmyshortdescription": about.get_my_short_description,
    "getchat": about.get_chat,
    "getchatmember": about.get_chat_member,
    "getchatadministrators": about.get_chat_administrators,
    "leavechat": about.leave_chat,
    "getfile": about.get_file,
    "sendmessage": sending.send_message,
    "sendphoto": sending.send_photo,
    "senddocument": sending.send_document,
    "sendmediagroup": sending.send_media_group,
    "sendchataction": sending.send_chat_action,
    "editmessagetext": editing.edit_message_text,
    "editmessagereplymarkup": editing.edit_message_reply_markup,
    "deletemessage": editing.delete_message,
    "answercallbackquery": editing.answer_callback_query,
}


def perform(world: World, call: Call) -> object:
    """Runs a method and returns its `result`.

    Raises:
        ApiError: Telegram would refuse the call.
    """
    method = METHODS.get(call.method)
    if method is None:
        raise not_found()
    return method(world, call)

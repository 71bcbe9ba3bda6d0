"""Who is where: chats appear, people and the bot come and go, groups are upgraded.

Every function changes the world and queues the updates that Telegram would send to the bot.
"""

from typing import Any, cast

from bot.sandbox.chats import KINDS, PRESENT, STATUSES, Chat, Kind, State, Status, User, chat_member
from bot.sandbox.errors import Mistake
from bot.sandbox.world import BOT, PERSON, World

SUPERGROUP = -1_000_000_000_000
"""Supergroups have ids below this."""
TOPIC_STATES = ("closed", "open", "deleted")


def add_chat(
    world: World, number: object, kind: object, language: str | None = None, title: str = ""
) -> Chat:
    """Adds a chat.

    A private chat is a new person who has not written to the bot yet. Into a group or channel,
    person 1001 adds the bot: as a member, in a channel as an administrator.

    Raises:
        Mistake: a wrong type, or an id that is taken or has the wrong sign.
    """
    if kind not in KINDS:
        raise Mistake(f"type must be one of {', '.join(KINDS)}")
    if not isinstance(number, int) or isinstance(number, bool) or number in world.chats:
        raise Mistake(f"id must be a whole number that no chat has yet, not {number!r}")
    if (number > 0) != (kind == "private") or number in (0, BOT):
        raise Mistake("id is positive for private chats and negative for all others")
    if kind == "private":
        world.person(number, language)
        return world.add_chat(number, "private")
    chat = world.add_chat(number, cast(Kind, kind), title or f"Chat {number}")
    chat.members = {PERSON: "creator"}
    set_member(world, chat, "bot", "administrator" if kind == "channel" else "member")
    return chat


def set_state(world: World, chat: Chat, state: object) -> None:
    """Deactivates a person's account, deletes a group, or brings either back.

    Raises:
        Mistake: a state that this chat cannot have.
    """
    possible = ("active", "deactivated") if chat.is_private else ("active", "deleted")
    if state not in possible:
        raise Mistake(f"state of a {chat.kind} chat must be one of {', '.join(possible)}")
    chat.state = cast(State, state)
    world.on_change()


def set_member(world: World, chat: Chat, user: object, status: object) -> None:
    """Somebody comes, goes, is promoted or blocked.

    Args:
        world: the world.
        chat: where. In a private chat it is always the bot that is concerned: `kicked` means that
            the person blocks it, `member` that they unblock it.
        user: a person's id; the bot is named by `"bot"` or by its id (`getMe`).
        status: member, administrator, restricted, left or kicked.

    Raises:
        Mistake: an unknown status or user.
    """
    if status not in STATUSES or (chat.is_private and status not in ("member", "kicked")):
        raise Mistake(f"a {chat.kind} chat has no status {status!r}")
    if chat.is_private or user in ("bot", BOT):
        _change_bot(world, chat, status)
        return
    if not isinstance(user, int) or user <= 0:
        raise Mistake("user must be a person's id, or bot")
    person = world.person(user)
    before, chat.members[user] = chat.status(user), status
    world.updates.push("chat_member", _change(world, chat, person, before))
    _announce(world, chat, person, person, before)
    world.on_change()


def migrate(world: World, chat: Chat, *, announced: bool = True) -> Chat:
    """A group becomes a supergroup with an id of its own.

    Args:
        world: the world.
        chat: a group.
        announced: whether both chats get their service message; without it the bot learns of it
            only from a refused call.

    Returns:
        The supergroup, with the members of the group.

    Raises:
        Mistake: the chat is no group, or has been upgraded already.
    """
    if chat.kind != "group" or chat.moved_to is not None:
        raise Mistake(f"chat {chat.id} is no group that could be upgraded")
    new = world.add_chat(supergroup_id(chat), "supergroup", chat.title)
    new.members = dict(chat.members)
    chat.moved_to = new.id
    if announced:
        person = world.person(administrator(chat))
        _service(world, chat, person, {"migrate_to_chat_id": new.id})
        _service(world, new, person, {"migrate_from_chat_id": chat.id})
    return new


def supergroup_id(chat: Chat) -> int:
    """Returns the id of the supergroup that a group has become or would become."""
    return chat.moved_to or SUPERGROUP + chat.id


def add_topic(world: World, chat: Chat, name: str) -> int:
    """Opens a topic in a supergroup, which is a forum from then on; returns its thread id.

    Raises:
        Mistake: the chat is no supergroup.
    """
    if chat.kind != "supergroup":
        raise Mistake(f"chat {chat.id} is a {chat.kind}; only supergroups have topics")
    thread = chat.latest + 1
    chat.topics[thread] = name
    created = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
    person = world.person(administrator(chat))
    _service(world, chat, person, created, thread)
    return thread


def set_topic(world: World, chat: Chat, thread: object, state: object) -> None:
    """Closes a topic, opens it again, or deletes it with all that stands in it.

    Raises:
        Mistake: there is no such topic or state.
    """
    if not isinstance(thread, int) or thread not in chat.topics or state not in TOPIC_STATES:
        possible = ", ".join(TOPIC_STATES)
        raise Mistake(f"chat {chat.id} has no topic {thread}, or state is none of {possible}")
    if state == "deleted":
        # Deleting a topic is told to nobody; its messages go with it.
        del chat.topics[thread]
        chat.closed.discard(thread)
        inside = (m for m in chat.messages.values() if m.get("message_thread_id") == thread)
        chat.deleted.update(message["message_id"] for message in inside)
        world.on_change()
    elif (state == "closed") != (thread in chat.closed):
        chat.closed ^= {thread}
        said = "forum_topic_closed" if state == "closed" else "forum_topic_reopened"
        _service(world, chat, world.person(administrator(chat)), {said: {}}, thread)


def _service(
    world: World, chat: Chat, person: User, body: dict[str, Any], thread: int | None = None
) -> None:
    message = world.post(chat, person, body, thread)
    if chat.has(BOT):
        world.updates.push("message", message)
    world.on_change()


def _announce(world: World, chat: Chat, actor: User, user: User, before: Status) -> None:
    """Writes into a group who has come or gone; channels say nothing."""
    was_here = before in PRESENT
    if chat.kind == "channel" or was_here == chat.has(user.id):
        return
    gone = {"left_chat_member": user.api()}
    _service(world, chat, actor, gone if was_here else {"new_chat_members": [user.api()]})


def _change_bot(world: World, chat: Chat, status: Status) -> None:
    person = world.users[chat.id] if chat.is_private else world.person(administrator(chat))
    before = chat.status(BOT)
    chat.members[BOT] = status
    if before != status:
        world.updates.push("my_chat_member", _change(world, chat, world.bot, before, person))
    if not chat.is_private:
        _announce(world, chat, person, world.bot, before)
    world.on_change()


def _change(
    world: World, chat: Chat, user: User, before: Status, actor: User | None = None
) -> dict[str, Any]:
    return {
        "chat": world.chat_object(chat),
        "from": (actor or user).api(),
        "date": world.timestamp(),
        "old_chat_member": chat_member(user, before, chat.kind),
        "new_chat_member": chat.member(user),
    }


def administrator(chat: Chat) -> int:
    """Returns who runs a group: the first administrator who is not the bot."""
    leaders = (user for user, status in chat.members.items() if status[:2] in ("cr", "ad"))
    return next((user for user in leaders if user != BOT), PERSON)

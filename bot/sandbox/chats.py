"""Chats, people and messages as the sandbox remembers them."""

from dataclasses import dataclass, field
from typing import Any, Literal, get_args

Kind = Literal["private", "group", "supergroup", "channel"]
Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]
State = Literal["active", "deactivated", "deleted"]
KINDS: tuple[Kind, ...] = get_args(Kind)
STATUSES: tuple[Status, ...] = get_args(Status)
PRESENT = ("creator", "administrator", "member", "restricted")

_RIGHTS = (
    *("can_manage_chat", "can_delete_messages", "can_manage_video_chats"),
    *("can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users"),
    *("can_post_stories", "can_edit_stories", "can_delete_stories"),
)
_PERMISSIONS = (
    *("can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos"),
    *("can_send_videos", "can_send_video_notes", "can_send_voice_notes", "can_send_polls"),
    *("can_send_other_messages", "can_add_web_page_previews", "can_change_info"),
    *("can_invite_users", "can_pin_messages", "can_manage_topics", "can_edit_tag"),
    "can_react_to_messages",
)


@dataclass(slots=True)
class User:
    """A person, or the bot."""

    id: int
    first_name: str
    language: str | None = None
    username: str | None = None
    is_bot: bool = False

    def api(self) -> dict[str, Any]:
        """Returns a Bot API User."""
        user: dict[str, Any] = {
            "id": self.id,
            "is_bot": self.is_bot,
            "first_name": self.first_name,
        }
        if self.username:
            user["username"] = self.username
        if self.language:
            user["language_code"] = self.language
        return user


@dataclass(slots=True)
class Chat:
    """A chat with everything in it.

    Attributes:
        id: as in the Bot API: a person's id, or a negative number.
        kind: private, group, supergroup or channel.
        title: of a group or channel.
        instance: the `chat_instance` of its callback queries.
        members: status by user id, the bot among them.
        topics: name by thread id; a supergroup with a topic is a forum.
        closed: thread ids of topics in which only administrators may write.
        messages: Bot API Messages by id; a changed one is replaced, never altered.
        deleted: ids of messages that are gone.
        opened: private chats: the person has written to the bot at least once.
        state: `active`, `deactivated` (a person's account) or `deleted` (a group).
        moved_to: the supergroup that the group has become.
    """

    id: int
    kind: Kind
    title: str
    instance: str
    members: dict[int, Status] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    closed: set[int] = field(default_factory=set)
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)
    opened: bool = False
    state: State = "active"
    moved_to: int | None = None
    latest: int = 0

    @property
    def is_private(self) -> bool:
        """Whether it is a chat with one person."""
        return self.kind == "private"

    def status(self, user: int) -> Status:
        """Returns what the user is here; who never was a member has left."""
        return self.members.get(user, "left")

    def has(self, user: int) -> bool:
        """Whether the user is in the chat now."""
        return self.status(user) in PRESENT

    def next_message(self) -> int:
        """Returns a new message id; ids rise within the chat."""
        self.latest += 1
        return self.latest

    def message(self, number: int) -> dict[str, Any] | None:
        """Returns a message that is there and not deleted."""
        return None if number in self.deleted else self.messages.get(number)

    def seen(self) -> list[dict[str, Any]]:
        """Returns all messages as people see them now; deleted ones carry `deleted`."""
        return [
            {**message, "deleted": True} if number in self.deleted else message
            for number, message in sorted(self.messages.items())
        ]

    def api(self, person: User | None) -> dict[str, Any]:
        """Returns a Bot API Chat; a private chat bears its person's names."""
        chat: dict[str, Any] = {"id": self.id, "type": self.kind}
        if person:
            chat["first_name"] = person.first_name
            if person.username:
                chat["username"] = person.username
        else:
            chat["title"] = self.title
        if self.topics:
            chat["is_forum"] = True
        return chat

    def member(self, user: User) -> dict[str, Any]:
        """Returns a Bot API ChatMember with all rights that its status has."""
        return chat_member(user, self.status(user.id), self.kind)


def chat_member(user: User, status: Status, kind: Kind) -> dict[str, Any]:
    """Returns a Bot API ChatMember of a status: every right granted, or all denied."""
    member: dict[str, Any] = {"user": user.api(), "status": status}
    if status == "creator":
        member["is_anonymous"] = False
    elif status == "administrator":
        member |= dict.fromkeys(_RIGHTS, True)
        member |= {"can_be_edited": False, "is_anonymous": False, "can_promote_members": False}
        if kind == "channel":
            member |= {"can_post_messages": True, "can_edit_messages": True}
        else:
            member |= {"can_pin_messages": True, "can_manage_topics": kind == "supergroup"}
    elif status == "restricted":
        member |= dict.fromkeys(_PERMISSIONS, False)
        member |= {"is_member": True, "until_date": 0}
    elif status == "kicked":
        member["until_date"] = 0
    return member

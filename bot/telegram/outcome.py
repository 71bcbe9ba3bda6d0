"""What became of a call to Telegram: every error of the library in one of nine words.

The order of the cases follows what is certain: Telegram's own answers first, then what was never
written to the wire, and only then the doubt. The texts are the official server's
(tdlib/telegram-bot-api, Client.cpp).
"""

from dataclasses import dataclass
from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram confirmed it."""

    message_id: int
    plain: bool = False
    """It refused the HTML, and took the plain words."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Telegram did not take it and says for how long this chat is to be left alone."""

    time: timedelta


@dataclass(frozen=True, slots=True)
class Again:
    """Telegram did not take it; the network or the server failed."""

    error: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """The request was written and no answer came: nobody knows."""

    error: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The chat cannot be written to: blocked, kicked, deleted."""

    error: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The group has become a supergroup with another id."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram does not take this message as it is: its HTML, a button's URL, its length."""

    error: str


@dataclass(frozen=True, slots=True)
class Threadless:
    """The topic is closed or gone; the chat is there."""

    error: str


@dataclass(frozen=True, slots=True)
class Barred:
    """Telegram refuses the token: nobody can be written to until there is another."""

    error: str


Outcome = Sent | Wait | Again | Unsure | Gone | Moved | Refused | Threadless | Barred

# Only these mean that nothing of the request reached Telegram.
NEVER_WRITTEN = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
# A 400 that is about the chat and not about the message.
CLOSED = (
    "chat not found",
    "not enough rights to send",
    "have no rights to send",
    "need administrator rights in the channel",
    "chat_write_forbidden",
    "group chat was deactivated",
)


# It is about files alone: words can be sent to the chat still.
NO_FILES = ("rights to send documents", "rights to send photos", "chat_send_docs_forbidden")
NO_THREAD = ("message thread not found", "topic_closed", "topic_deleted", "topic closed")
UNCHANGED = "message is not modified"


def outcome(error: TelegramError) -> Outcome:
    """Return what an error of the library means for the message."""
    match error:
        case RetryAfter():
            pause = error.retry_after
            return Wait(pause if isinstance(pause, timedelta) else timedelta(seconds=pause))
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case Forbidden() | InvalidToken():
            return Gone(error.message) if isinstance(error, Forbidden) else Barred(error.message)
        case BadRequest():
            return _bad_request(error.message)
        case NetworkError():
            return _network(error)
        case _:
            # A second process, an answer that is no JSON: it is retried.
            return Again(error.message)


def _bad_request(message: str) -> Outcome:
    text = message.lower()
    if any(reason in text for reason in NO_THREAD):
        return Threadless(message)
    if any(reason in text for reason in NO_FILES):
        return Refused(message)
    return Gone(message) if any(reason in text for reason in CLOSED) else Refused(message)


def _network(error: NetworkError) -> Outcome:
    cause = error.__cause__
    if isinstance(cause, NEVER_WRITTEN):
        return Again(error.message)
    if isinstance(cause, httpx.HTTPError) or (cause is not None and not _answered(cause)):
        return Unsure(error.message)
    return Again(error.message)


def _answered(cause: BaseException) -> bool:
    """Whether an answer came, such as a gateway's 502 whose body is no JSON."""
    return isinstance(cause, TelegramError)

"""Every Bot API request that the sandbox saw, and what went wrong in them."""

from collections import deque
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from bot.sandbox.formatting import format_text

_KEPT = 50_000
_STORED_UNANSWERED = {"reset_after", "hang_after"}


class Transcript:
    """The latest requests in the order in which they ended."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.reset()

    def reset(self) -> None:
        """Begins anew, at number 1."""
        self._count = 0
        self._entries: deque[dict[str, Any]] = deque(maxlen=_KEPT)

    def add(
        self, method: str, params: dict[str, Any], result: dict[str, Any], fault: str | None = None
    ) -> None:
        """Writes a request down.

        Args:
            method: as the bot wrote it.
            params: the parameters as they were understood; files as name and size.
            result: the whole JSON reply, or `{"fault": name}` where none was sent.
            fault: the injected fault; kept as `fault` so that it is not held against the bot.
        """
        self._count += 1
        entry = {
            "n": self._count,
            "time": self._now().isoformat(),
            "method": method,
            "params": params,
            "result": result,
        }
        self._entries.append(entry | ({"fault": fault} if fault else {}))

    def after(self, number: int) -> list[dict[str, Any]]:
        """Returns the entries beyond `number`, oldest first."""
        return [entry for entry in self._entries if entry["n"] > number]


def breaches(transcript: Iterable[dict[str, Any]]) -> list[str]:
    """Returns what a bot must never do and did, one sentence each; an empty list is good.

    Checked, over entries as `Transcript.after` or `GET /_sandbox/transcript` gives them:

    1. No 429 but injected ones: the bot kept the pace.
    2. Message ids of a chat rise from one `sendMessage` to the next.
    3. Nobody is told twice: no two messages in one chat, or in one topic of it, have the same URL
       as their first link. An edit changes what a message is about; a deleted message no longer
       counts, nor does an answer to somebody's message, nor a line that begins with ⚠️: that names
       what may not have arrived.
    4. A `sendMessage` that was stored although its reply was lost is not sent again word by word
       (a short note that names the same link is no repetition).
    """
    found = []
    watch = _Watch()
    for entry in transcript:
        if entry["result"].get("error_code") == 429 and "fault" not in entry:
            found.append(f"request {entry['n']}: {entry['method']} was too fast (429)")
        found.extend(f"request {entry['n']}: {fault}" for fault in watch.look(entry))
    return found


class _Watch:
    """What every chat has been told so far."""

    def __init__(self) -> None:
        self._links: dict[tuple[str, int], tuple[object, str]] = {}
        """What each message is about, and the topic that it stands in."""
        self._latest: dict[str, int] = {}
        self._lost: set[tuple[str, str]] = set()

    def look(self, entry: dict[str, Any]) -> list[str]:
        method, params = entry["method"].lower(), entry["params"]
        chat = str(params.get("chat_id"))
        message = entry["result"].get("result")
        text = str(params.get("text", ""))
        if method == "sendmessage" and entry["result"].get("fault") in _STORED_UNANSWERED:
            again = (chat, text) in self._lost
            self._lost.add((chat, text))
            return [f"chat {chat} was sent a lost message again"] if again else []
        if not entry["result"].get("ok"):
            return []
        if method == "deletemessage":
            self._links.pop((chat, int(params.get("message_id", 0))), None)
        elif method == "editmessagetext" and isinstance(message, dict):
            self._remember(chat, message, _first_link(params))
        elif method == "sendmessage" and isinstance(message, dict):
            return self._sent(chat, message, params)
        return []

    def _sent(self, chat: str, posted: dict[str, Any], params: dict[str, Any]) -> list[str]:
        found, message = [], posted["message_id"]
        if message <= self._latest.get(chat, 0):
            found.append(f"chat {chat} got message {message} out of order")
        self._latest[chat] = message
        link = None if params.get("reply_parameters") else _first_link(params)
        about = (posted.get("message_thread_id"), link)
        twins = [old for (where, old), its in self._links.items() if (where, its) == (chat, about)]
        if link is not None and twins:
            found.append(f"chat {chat} was told of {link} in message {twins[0]} and in {message}")
        if (chat, str(params.get("text", ""))) in self._lost:
            found.append(f"chat {chat} was sent a lost message again")
        self._remember(chat, posted, link)
        return found

    def _remember(self, chat: str, posted: dict[str, Any], link: str | None) -> None:
        self._links.pop((chat, posted["message_id"]), None)
        if link is not None:
            self._links[chat, posted["message_id"]] = posted.get("message_thread_id"), link


def _first_link(params: dict[str, Any]) -> str | None:
    mode = params.get("parse_mode")
    text = format_text(str(params.get("text", "")), mode, params.get("entities"))
    links = (e for e in text.entities if e.kind == "text_link")
    return next((e.url for e in links if not _is_doubted(text.text, e.offset)), None)


def _is_doubted(text: str, offset: int) -> bool:
    """Tell whether a place, in UTF-16 units, is in a line that names what may not have arrived."""
    before = text.encode("utf-16-le")[: 2 * offset].decode("utf-16-le")
    return before.rpartition("\n")[2].startswith("⚠️")

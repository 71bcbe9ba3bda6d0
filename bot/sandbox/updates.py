"""The queue of updates: kept until they are acknowledged by an offset, for 24 hours at most.

Not modelled: Telegram raises a timeout below 3 s to 3 s when the same offset is asked for again
within 3 s.
"""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

KINDS = (
    *("message", "edited_message", "channel_post", "edited_channel_post", "callback_query"),
    *("my_chat_member", "chat_member", "message_reaction", "message_reaction_count"),
    *("inline_query", "chosen_inline_result", "shipping_query", "pre_checkout_query"),
    *("poll", "poll_answer", "chat_join_request", "chat_boost", "removed_chat_boost"),
    *("business_connection", "business_message", "edited_business_message"),
    *("deleted_business_messages", "purchased_paid_media"),
)
_NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
_KEPT = timedelta(hours=24)
"""Bot API, "Getting updates": stored not longer than 24 hours."""
_FIRST = 500_000_001
_MOST = 100


@dataclass(frozen=True, slots=True)
class _Update:
    id: int
    arrived: datetime
    body: dict[str, Any]


class Updates:
    """Updates that the bot has not acknowledged yet."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._next = _FIRST
        self.reset()

    def reset(self) -> None:
        """Empties the queue; ids go on, as a bot's offset outlives the sandbox's memory."""
        self._queue: deque[_Update] = deque()
        self._allowed = frozenset(KINDS) - _NOT_BY_DEFAULT

    def allow(self, kinds: Iterable[object]) -> None:
        """Sets which kinds are queued from now on; none of them means Telegram's default."""
        wanted = frozenset(kind for kind in kinds if isinstance(kind, str))
        self._allowed = wanted & frozenset(KINDS) or frozenset(KINDS) - _NOT_BY_DEFAULT

    def push(self, kind: str, body: dict[str, Any]) -> None:
        """Queues an update, if the bot asked for its kind."""
        if kind in self._allowed:
            self.push_raw({kind: body})

    def push_raw(self, update: dict[str, Any]) -> int:
        """Queues an update as it is and returns its id; its own `update_id` wins."""
        number = update.get("update_id")
        number = number if isinstance(number, int) else self._next
        self._next = max(self._next, number) + 1
        self._queue.append(_Update(number, self._now(), {"update_id": number, **update}))
        return number

    def pending(self) -> int:
        """Returns how many updates wait."""
        self._expire()
        return len(self._queue)

    def drop(self) -> None:
        """Forgets all updates that wait."""
        self._queue.clear()

    def acknowledge(self, offset: int) -> None:
        """Forgets what lies below `offset`; -n keeps the last n, 0 forgets nothing."""
        self._expire()
        if offset < 0:
            offset = self._queue[offset].id if len(self._queue) >= -offset else 0
        self._queue = deque(update for update in self._queue if update.id >= offset)

    def waiting(self, limit: int) -> list[dict[str, Any]]:
        """Returns the oldest updates, 100 at most; they stay until they are acknowledged."""
        self._expire()
        limit = min(max(limit, 1), _MOST)
        return [update.body for update in list(self._queue)[:limit]]

    def _expire(self) -> None:
        oldest = self._now() - _KEPT
        self._queue = deque(update for update in self._queue if update.arrived > oldest)

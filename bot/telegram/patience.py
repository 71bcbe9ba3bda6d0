"""How much a chat may say in a while, so that nobody keeps the bot from the others."""

from collections import deque
from datetime import datetime, timedelta
from typing import Literal

MOST, WITHIN = 20, timedelta(minutes=1)
MANY_CHATS = 1000
"""Those that were silent for longer are forgotten when there are so many."""


class Patience:
    """Counts what chats say. Who says too much is told so, and not heard for a while."""

    def __init__(self) -> None:
        self._lately: dict[int, deque[datetime]] = {}
        self._deaf_until: dict[int, datetime] = {}

    def heard(self, chat_id: int, now: datetime) -> Literal["answer", "refuse", "ignore"]:
        """Return what is done with what a chat says now."""
        if now < self._deaf_until.get(chat_id, now):
            return "ignore"
        lately = self._lately.setdefault(chat_id, deque(maxlen=MOST))
        if len(lately) < MOST or now - lately[0] >= WITHIN:
            lately.append(now)
            self._tidy(now)
            return "answer"
        # A rest of known length, and not until the oldest is a minute old: so it can be announced.
        self._deaf_until[chat_id] = now + WITHIN
        del self._lately[chat_id]
        return "refuse"

    def _tidy(self, now: datetime) -> None:
        if len(self._lately) > MANY_CHATS:
            fresh = {
                chat: times for chat, times in self._lately.items() if now - times[-1] < WITHIN
            }
            self._lately = fresh
            self._deaf_until = {
                chat: until for chat, until in self._deaf_until.items() if now < until
            }

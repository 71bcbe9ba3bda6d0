"""How much a chat may say in a while, so that nobody keeps the bot from the others."""

from collections import deque
from datetime import datetime, timedelta
from typing import Literal

MOST, WITHIN = 20, timedelta(minutes=1)
MANY_CHATS = 1000
"""Those that were silent for longer are forgotten when there are so many."""


class Patience:
    """Counts what chats say. What is too much is answered once, and left alone after that."""

    def __init__(self) -> None:
        self._lately: dict[int, deque[datetime]] = {}
        self._told: dict[int, datetime] = {}

    def heard(self, chat_id: int, now: datetime) -> Literal["answer", "refuse", "ignore"]:
        """Return what is done with what a chat says now."""
        lately = self._lately.setdefault(chat_id, deque(maxlen=MOST))
        if len(lately) < MOST or now - lately[0] >= WITHIN:
            lately.append(now)
            self._tidy(now)
            return "answer"
        if now - self._told.get(chat_id, now - WITHIN) < WITHIN:
            return "ignore"
        self._told[chat_id] = now
        return "refuse"

    def _tidy(self, now: datetime) -> None:
        if len(self._lately) > MANY_CHATS:
            fresh = {
                chat: times for chat, times in self._lately.items() if now - times[-1] < WITHIN
            }
            self._lately = fresh
            self._told = {chat: told for chat, told in self._told.items() if chat in fresh}

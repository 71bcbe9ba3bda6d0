"""How fast a bot may send: sliding windows over all chats, a private chat, a group or channel.

Telegram gives approximate numbers only (Bots FAQ: about 30 a second in bulk, 1 a second to a
chat, 20 a minute to a group) and lets short bursts pass. This model is the strict reading; edits,
answers and chat actions are free.
"""

import math
from collections import deque
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice

from bot.sandbox.errors import Mistake

SECOND = timedelta(seconds=1)
MINUTE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Rates:
    """Messages allowed in a window; 0 switches a limit off.

    Attributes:
        everywhere: per second over all chats.
        private: per second and private chat.
        group: per 60 seconds and group, supergroup or channel.
    """

    everywhere: int = 30
    private: int = 1
    group: int = 20


@dataclass(slots=True)
class _Window:
    span: timedelta
    sent: deque[datetime] = field(default_factory=deque)

    def wait(self, now: datetime, rate: int, messages: int) -> float:
        """Returns the seconds until `messages` more fit; 0 if they do."""
        while self.sent and self.sent[0] <= now - self.span:
            self.sent.popleft()
        over = len(self.sent) + messages - rate
        if rate == 0 or over <= 0 or not self.sent:
            return 0.0
        leaves = next(islice(self.sent, min(over, len(self.sent)) - 1, None))
        return (leaves + self.span - now).total_seconds()


class Limits:
    """The windows of all chats."""

    def __init__(self) -> None:
        self._rates = Rates()
        self._everywhere = _Window(SECOND)
        self._chats: dict[int, _Window] = {}

    def change(
        self, *, everywhere: int | None = None, private: int | None = None, group: int | None = None
    ) -> None:
        """Replaces the rates that are given; what has been sent still counts.

        Raises:
            Mistake: a rate is negative.
        """
        given = {"everywhere": everywhere, "private": private, "group": group}
        rates = {name: rate for name, rate in given.items() if rate is not None}
        if any(rate < 0 for rate in rates.values()):
            raise Mistake("a limit must be a number of messages, 0 for none")
        self._rates = replace(self._rates, **rates)

    def take(self, chat: int, kind: str, now: datetime, messages: int = 1) -> int:
        """Counts `messages` to a chat, or refuses them all.

        Args:
            chat: the chat's id.
            kind: `private`, `group`, `supergroup` or `channel`.
            now: the sandbox's present.
            messages: how many messages the call sends; an album is several.

        Returns:
            0 if they were counted, else the whole seconds to wait; then nothing was counted.
        """
        private = kind == "private"
        window = self._chats.setdefault(chat, _Window(SECOND if private else MINUTE))
        rate = self._rates.private if private else self._rates.group
        windows = ((self._everywhere, self._rates.everywhere), (window, rate))
        wait = max(each.wait(now, allowed, messages) for each, allowed in windows)
        if wait > 0:
            return max(1, math.ceil(wait))
        for each, _ in windows:
            each.sent.extend([now] * messages)
        return 0

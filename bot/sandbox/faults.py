"""Faults on demand: which of the next calls fail, and with what."""

from dataclasses import dataclass, replace

from bot.sandbox.errors import (
    OTHER_POLLER,
    ApiError,
    Mistake,
    bad_request,
    forbidden,
    migrated,
    too_many,
)

REFUSALS = (
    *("429", "403_blocked", "403_kicked", "403_deactivated", "403_deleted", "400_not_found"),
    *("400_entities", "400_thread", "400_documents", "400_migrate", "401", "409", "500"),
)
"""Answered with Telegram's own refusal; the call has no effect."""
SPOILED = ("502_html", "invalid_json", "empty")
"""Answered with something that is no Bot API reply; the call has no effect."""
BEFORE = ("reset_before", "hang")
"""The connection breaks, or is never answered, before the call has any effect."""
AFTER = ("reset_after", "hang_after", "drip", "late")
"""The call has its effect; then the answer is lost, never comes, comes byte by byte, or late."""
NAMES = (*REFUSALS, *SPOILED, *BEFORE, *AFTER)
DOCUMENT_FAULTS = ("429", "500", "502_html", "empty", "reset_before", "hang", "drip")
"""What a feed or a page can suffer."""

_KICKED_FROM = {"supergroup": "supergroup chat", "channel": "channel chat"}


@dataclass(slots=True)
class Fault:
    """One order for faults.

    Attributes:
        method: a Bot API method in lower case, or `*` for every one but getUpdates; `GET /path`
            of a feed or page, or `GET /articles/*` for all that begin so.
        name: one of `NAMES`.
        chat: only calls to this chat; None means any.
        times: how many calls are left; 0 from the start means until it is cleared.
        retry_after: seconds that a 429 asks for.
        pause: seconds between two bytes of an answer that drips, or before one that is late.
    """

    method: str
    name: str
    chat: int | None = None
    times: int = 1
    retry_after: int = 1
    pause: float = 0.1

    def fits(self, method: str, chat: int | None) -> bool:
        """Whether it strikes this call."""
        if self.method == "*":
            hit = method != "getupdates" and " " not in method
        elif self.method.endswith("*"):
            hit = method.startswith(self.method[:-1])
        else:
            hit = method == self.method
        return hit and self.chat in (None, chat)


class Faults:
    """The faults that wait for their call."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def order(self, fault: Fault) -> None:
        """Keeps an order for the calls to come.

        Raises:
            Mistake: there is no such fault, or this method cannot suffer it.
        """
        if fault.name not in NAMES:
            raise Mistake(f"no fault is called {fault.name!r}; there are {', '.join(NAMES)}")
        if not fault.method or fault.times < 0 or fault.retry_after < 1:
            raise Mistake("method must be a text, times at least 0 and retry_after at least 1")
        verb, _, path = fault.method.partition(" ")
        document = verb.upper() == "GET" and path.startswith("/")
        if document and fault.name not in DOCUMENT_FAULTS:
            possible = ", ".join(DOCUMENT_FAULTS)
            raise Mistake(f"a document cannot suffer {fault.name}; it can {possible}")
        method = f"GET {path}" if document else fault.method.lower()
        self._waiting.append(replace(fault, method=method))

    def clear(self) -> None:
        """Forgets all orders."""
        self._waiting.clear()

    def strike(self, method: str, chat: int | None) -> Fault | None:
        """Returns the fault that this call suffers, and counts it."""
        fault = next((each for each in self._waiting if each.fits(method, chat)), None)
        if fault and fault.times:
            fault.times -= 1
            if not fault.times:
                self._waiting.remove(fault)
        return fault


def refusal(fault: Fault, chat_kind: str, migrate_to: int) -> ApiError:
    """Returns Telegram's refusal for a fault out of `REFUSALS`.

    Args:
        fault: the fault.
        chat_kind: type of the chat that the call was for; the kicked text depends on it.
        migrate_to: the supergroup that `400_migrate` names.
    """
    place = _KICKED_FROM.get(chat_kind, "group chat")
    texts = {
        "429": too_many(fault.retry_after),
        "403_blocked": forbidden("bot was blocked by the user"),
        "403_kicked": forbidden(f"bot was kicked from the {place}"),
        "403_deactivated": forbidden("user is deactivated"),
        "403_deleted": forbidden("the group chat was deleted"),
        "400_not_found": bad_request("chat not found"),
        "400_entities": bad_request(
            "can't parse entities: Can't find end tag corresponding to start tag \"b\""
        ),
        "400_thread": bad_request("message thread not found"),
        "400_documents": bad_request("not enough rights to send documents to the chat"),
        "400_migrate": migrated(migrate_to),
        "401": ApiError(401, "Unauthorized"),
        "409": OTHER_POLLER,
        "500": ApiError(500, "Internal Server Error"),
    }
    return texts[fault.name]

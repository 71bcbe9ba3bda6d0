"""Why an article was told, or was not: the chain from the feed to the chat.

It ends at its first broken link, which is the answer. Each link is a sentence of `bot.wording`.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.alerts.decide import OF_STORY
from bot.alerts.joining import Joining, joining_steps
from bot.alerts.news import STORED
from bot.alerts.steps import Step


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry, as far as the chain is concerned."""

    outlet: str
    seen: datetime
    old: bool
    read_due: datetime | None
    text_from: str | None
    """page, walled (the feed's, as its page is behind a paywall), feed or title; gone: its text is
    kept no more; forgotten: nor is anything else; None: it was not read yet."""
    lists: Mapping[str, str]
    """The lists that match it, each with the first of its lines that does."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat: what it wants and what was done for it."""

    state: str | None
    """None: it is not known."""
    on: Sequence[str]
    """The lists that are on."""
    reasons: Sequence[str]
    """What was decided, the latest first."""
    kind: str | None = None
    """Of the message that tells of it: alert, return (after a mute), folded (as there was too much)
    or another digest; None: there is none."""
    message: str = ""
    """Its state in the outbox."""
    due: datetime | None = None
    changed: datetime | None = None
    error: str | None = None


Time = Callable[[datetime], str]
FIRST_POLL = "the feed listed it when it was first read"
NO_DECISION = "nothing was decided for the chat"
_BEST_TEXT = ("page", "walled", "feed", "title", "gone", "forgotten")


def chain(
    listed: Sequence[Listed], chat: Chat | None, time: Time, joining: Joining | None = None
) -> Sequence[Step]:
    """Return the chain of an address that at least one feed listed.

    Args:
        listed: its entries.
        chat: the chat in question; None: nobody in particular.
        time: writes an instant for whoever asks.
        joining: how it came to its story; None: it is in none.
    """
    steps: list[Step] = []
    for step in _chain(listed, chat, time, joining):
        steps.append(step)
        if step.broken:
            break
    return steps


def _chain(
    listed: Sequence[Listed], chat: Chat | None, time: Time, joining: Joining | None
) -> Iterator[Step]:
    for each in listed:
        said = {"outlet": each.outlet, "time": time(each.seen)}
        yield Step("listed_old" if each.old else "listed", said)
    read = [each.text_from for each in listed if each.text_from is not None]
    if not read:
        due = listed[0].read_due
        yield Step(
            "unread_due" if due else "unread", {"time": time(due) if due else ""}, broken=True
        )
        return
    best = min(read, key=_BEST_TEXT.index)
    if best == "forgotten":
        yield Step(best, broken=True)
        return
    yield Step(f"read_{best}")
    lists: dict[str, str] = {}
    for each in listed:
        lists = {**each.lists, **lists}
    if not lists:
        yield Step("no_match", broken=True)
        return
    wanted = {name: lists[name] for name in lists if chat and name in chat.on} or lists
    yield Step("match", {"lists": ", ".join(_named(wanted))})
    if joining is not None:
        yield from joining_steps(joining)
    if chat is not None:
        old = all(each.old for each in listed)
        yield from _of_chat(lists, chat, time, FIRST_POLL if old else NO_DECISION)


def _named(lists: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(lists):
        query = lists[name]
        yield f"{name} ({query})" if query and query.casefold() != name.casefold() else name


def _of_chat(lists: Collection[str], chat: Chat, time: Time, undecided: str) -> Iterator[Step]:
    if chat.state is None:
        yield Step("chat_unknown", broken=True)
        return
    if chat.state != "active":
        yield Step("chat_not_served", broken=True)
    if not set(lists) & set(chat.on):
        yield Step("list_off", broken=True)
    if chat.kind is None:
        reason = chat.reasons[0] if chat.reasons else undecided
        yield Step("not_told", {"reason": reason}, broken=True)
        return
    yield _of_message(chat, time)


def _is_one_of(reason: str, told: str) -> bool:
    """Tell whether a message told an article with others of its story, without its own link.

    What has news answers the alert; a digest has one link for each story.
    """
    return reason == OF_STORY or (told == "digest" and reason.startswith(STORED))


def _of_message(chat: Chat, time: Time) -> Step:
    what = chat.kind if chat.kind in {"alert", "return", "folded"} else "digest"
    match chat.message:
        case "sent":
            told = "alert" if what == "alert" else "digest"
            if chat.reasons and _is_one_of(chat.reasons[0], told):
                told = "story"
            return Step(f"told_{told}", {"time": time(chat.changed) if chat.changed else "?"})
        case "pending":
            return Step(f"waits_{what}", {"time": time(chat.due) if chat.due else "?"}, broken=True)
        case "sending":
            return Step("on_its_way")
        case "uncertain":
            return Step("uncertain")
        case _:
            return Step("not_sent", {"error": chat.error or "?"}, broken=True)

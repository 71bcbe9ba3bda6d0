"""Why an article was told, or was not: the chain from the feed to the chat, in English sentences.

It ends at its first broken link, which is the answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Step:
    """One link of the chain."""

    said: str
    broken: bool = False
    """The article came no further than this."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry, as far as the chain is concerned."""

    outlet: str
    seen: datetime
    old: bool
    read_due: datetime | None
    text_from: str | None
    """page, feed or title; None: it was not read yet."""
    lists: Sequence[str]


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
    """Of the message that tells of it; None: there is none."""
    message: str = ""
    """Its state in the outbox."""
    due: datetime | None = None
    changed: datetime | None = None
    error: str | None = None


_READ = {
    "page": "its page was read",
    "feed": "only the feed's text was read: its page is not wanted, behind a wall, or was not had",
    "title": "only its title was read: its page was not had, and the feed has no text",
}


def chain(listed: Sequence[Listed], chat: Chat | None) -> Sequence[Step]:
    """Return the chain of an address that at least one feed listed.

    Args:
        listed: its entries.
        chat: the chat in question; None: nobody in particular.
    """
    steps: list[Step] = []
    for step in _chain(listed, chat):
        steps.append(step)
        if step.broken:
            break
    return steps


def _chain(listed: Sequence[Listed], chat: Chat | None) -> Iterator[Step]:
    for each in listed:
        when = "at its first poll, so it counts as old" if each.old else f"at {_time(each.seen)}"
        yield Step(f"{each.outlet} listed it {when}")
    read = [each for each in listed if each.text_from is not None]
    if not read:
        due = listed[0].read_due
        yield Step(f"it was not read yet{f'; due at {_time(due)}' if due else ''}", broken=True)
        return
    yield Step(_READ[min((e.text_from or "title" for e in read), key=list(_READ).index)])
    lists = sorted({name for each in listed for name in each.lists})
    if not lists:
        yield Step("no watchlist matches it", broken=True)
        return
    yield Step(f"it matches {', '.join(lists)}")
    if chat is not None:
        yield from _of_chat(lists, chat)


def _of_chat(lists: Sequence[str], chat: Chat) -> Iterator[Step]:
    if chat.state is None:
        yield Step("this chat is not known", broken=True)
        return
    if chat.state != "active":
        yield Step(f"the chat is not served: it is {chat.state}", broken=True)
    if not set(lists) & set(chat.on):
        yield Step("none of these lists is on in the chat", broken=True)
    if chat.kind is None:
        reason = chat.reasons[0] if chat.reasons else "nothing was decided for the chat"
        yield Step(f"it was not told: {reason}", broken=True)
        return
    yield from _of_message(chat)


def _of_message(chat: Chat) -> Iterator[Step]:
    what = "an alert" if chat.kind == "alert" else "a digest"
    match chat.message:
        case "sent":
            yield Step(f"it was told in {what} at {_time(chat.changed)}")
        case "pending":
            yield Step(f"{what} with it waits, due at {_time(chat.due)}", broken=True)
        case "sending":
            yield Step(f"{what} with it is on its way")
        case "uncertain":
            yield Step(f"{what} with it may not have arrived; the next message names it")
        case _:
            yield Step(f"{what} with it was not sent: {chat.error or 'unknown'}", broken=True)


def _time(instant: datetime | None) -> str:
    return "an unknown time" if instant is None else f"{instant:%Y-%m-%d %H:%M} UTC"

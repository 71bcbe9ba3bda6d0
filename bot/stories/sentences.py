"""Why an article belongs to a story, in English, for the log and the command line."""

from bot.stories.judge import Nearest
from bot.stories.values import Decision
from bot.stories.window import Row

_WORDS = 5


def again(known: Row, *, changed: bool) -> str:
    """Return why an article is one that is known."""
    return f"{known.id} once more, {'with a changed text' if changed else 'unchanged'}"


def alone(what: str = "") -> str:
    """Return why an article opens a story.

    Args:
        what: what it is that keeps it apart: "a live page".
    """
    return f"{what}, which is a story of its own" if what else "nothing like it is known"


def joined(best: Nearest) -> str:
    """Return why an article joins a story."""
    if best.is_wire:
        return f"{best.score:.0%} of the shorter text is in both, like {best.row.id}"
    return f"as {best.row.id}: likeness {_likeness(best)}; {_shared(best)}"


def see_also(best: Nearest) -> str:
    """Return why an article opens a story although another one is near."""
    if best.joins:
        return f"would join {best.row.story}, but that is closed; likeness {_likeness(best)}"
    reason = "; ".join(best.vetoes) or f"likeness {_likeness(best)}"
    return f"near {best.row.id}, but apart: {reason}; {_shared(best)}"


def _likeness(best: Nearest) -> str:
    return f"{best.score:.2f}, need {best.threshold:.2f}"


def _shared(best: Nearest) -> str:
    words = ", ".join(list(best.shared)[:_WORDS])
    return f"shared: {words} ({len(best.shared)} words, mass {best.mass:.1f})"


def explained(decision: Decision) -> str:
    """Return all that a decision is based on, in one line."""
    found = [decision.why]
    if decision.agency:
        found.append(f"a text of {decision.agency}")
    if decision.correction:
        found.append("it says that it is a correction")
    if other := decision.runner_up:
        against = f" ({'; '.join(other.vetoes)})" if other.vetoes else ""
        found.append(f"next best: {other.document} of story {other.story}, {other.score}{against}")
    return "; ".join(found)

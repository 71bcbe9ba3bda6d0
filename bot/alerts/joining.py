"""Why an article belongs to its story, and to no other: the links of the chain that say so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.alerts.steps import Step

MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Near:
    """Another story that came into question."""

    title: str
    """Of its nearest article."""
    score: float
    vetoes: Sequence[str] = ()
    """What spoke against joining it, in English."""


@dataclass(frozen=True, slots=True)
class Joining:
    """How an article came to its story: see `bot.stories.values.Decision`."""

    verdict: Literal["new", "wire", "same", "related", "duplicate", "update", "split"]
    """`split`: somebody said that it is another story."""
    near: Near | None = None
    """The article that it was compared with; None: there was none like it."""
    threshold: float = 0.0
    shared: Sequence[str] = ()
    """Words that both have, the most telling first."""
    runner_up: Near | None = None


def joining_steps(joining: Joining) -> Iterator[Step]:
    """Return the links; none of them is ever broken."""
    near, verdict = joining.near, joining.verdict
    if near is None or verdict in {"new", "split"}:
        yield Step(f"story_{verdict if verdict == 'split' else 'new'}")
    elif verdict in {"duplicate", "update"}:
        yield Step("story_again", {"other": near.title})
    else:
        yield from _compared(joining, near)
    if joining.runner_up is not None:
        yield from _apart("story_next", joining.runner_up)


def _compared(joining: Joining, near: Near) -> Iterator[Step]:
    said = {
        "other": near.title,
        "score": _percent(near.score),
        "threshold": _percent(joining.threshold),
        "shared": ", ".join(joining.shared[:MOST_WORDS]) or "–",
    }
    yield Step(f"story_{joining.verdict}", said)
    if near.vetoes:
        yield Step("story_against", {"vetoes": "; ".join(near.vetoes)})


def _apart(key: str, near: Near) -> Iterator[Step]:
    yield Step(key, {"other": near.title, "score": _percent(near.score)})
    if near.vetoes:
        yield Step("story_against", {"vetoes": "; ".join(near.vetoes)})


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"

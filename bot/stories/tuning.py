"""The numbers that decide which articles are one story, and how much is remembered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta


def _headlines() -> Mapping[str, float]:
    return {"de": 0.19}


@dataclass(frozen=True, slots=True)
class Tuning:
    """The numbers that decide. All were chosen on the dev data: docs/stories.md says how."""

    headlines: Mapping[str, float] = field(default_factory=_headlines)
    """The likeness that titles need where one of the two has no text, in a small window, by
    language. German words have more forms, so that German titles have less in common."""
    other_headlines: float = 0.28
    growth: float = 0.08
    """What is added to that with every e-fold of articles: among more there are more by chance."""
    most_headlines: float = 0.45
    teasers: float = 0.40
    """The likeness that titles with teasers need."""
    with_text: float = 0.36
    related: float = 2 / 3
    """Of that likeness makes two stories related."""
    half_life: timedelta = timedelta(hours=48)
    nearest: float = 0.4
    """How much the nearest member counts; the rest is the mean over the story's latest."""
    latest: int = 16
    prior: float = 150.0
    """So many articles are thought to have been seen at the start, each word in one of them."""
    silence: timedelta = timedelta(hours=72)
    """A story is closed when it had no new member for so long."""
    longest: timedelta = timedelta(days=7)
    """A story is closed so long after its first article."""
    mass: float = 1.0
    """What shared words must tell together in a small window: so many times a word that is nowhere
    else. (How telling a word is: the natural logarithm of how many articles there are to one.)"""
    mass_growth: float = 0.35
    """What is added to that with every e-fold of articles."""
    most_mass: float = 2.1
    wire: float = 0.55
    """The share of the shorter text that a wire copy has in common with another."""
    wire_runs: int = 3
    """So many sampled runs of words at least."""
    wire_leads: float = 0.2
    """The share of either text's beginning that the other one has, somewhere."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is remembered. It should exceed what `Tuning` asks of a story."""

    documents: int = 250_000
    keep: timedelta | None = timedelta(days=14)
    """Before the latest document; None: however old."""

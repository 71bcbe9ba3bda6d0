"""The values of the story layer: what goes in and what comes out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Verdict = Literal["new", "wire", "same", "related", "duplicate", "update"]


@dataclass(frozen=True, slots=True)
class Document:
    """An article as the story layer sees it."""

    id: str
    """Unique among all documents; the same once more means the same article."""
    title: str
    text: str = ""
    published: datetime | None = None
    """The publisher's date; None: when it was seen."""
    seen: datetime | None = None
    """When it was found; the window goes by this. None: when it was published, or, without a date,
    when the document before it was seen."""
    outlet: str = ""
    url: str = ""
    """As written: it tells live pages, opinion, and the agency's id."""
    page: str = ""
    """One form for all addresses of the same article: `bot.feeds.urls.same_article` gives it."""
    guid: str = ""
    """The feed's id of the entry; counts within its outlet."""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """The nearest article of a story that comes into question."""

    document: str
    story: str
    score: float
    vetoes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """Which story an article belongs to, and why."""

    story: str
    """The id of the story's first document."""
    verdict: Verdict
    why: str
    """The decision in English."""
    score: float = 0.0
    threshold: float = 0.0
    """What the score needs: a share of the shorter text for a wire copy, else a likeness."""
    with_: str = ""
    """The document that it was compared with: for `related` one of another story, for `duplicate`
    and `update` the one that it is. Empty: none."""
    earlier: str = ""
    """For `related`: the story of `with_`, if this article would have joined it, had it not been
    closed already: it is in the news again."""
    shared: tuple[str, ...] = ()
    """Stems that both have, the most telling first."""
    mass: float = 0.0
    """How telling they are together: see `Tuning.mass`."""
    vetoes: tuple[str, ...] = ()
    """What spoke against joining the story of `with_`."""
    runner_up: Candidate | None = None
    """The nearest article of another story than that of `with_`."""
    agency: str = ""
    """Whose text it is, as far as it says."""
    correction: bool = False
    """It says that it corrects an earlier one."""

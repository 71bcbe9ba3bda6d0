"""The recorded news: reads the outlets and articles in the folder `newsroom`. All are invented."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


@dataclass(frozen=True, slots=True)
class Recording:
    """One recorded article.

    Attributes:
        slug: Last part of its address.
        title: Headline.
        summary: Teaser of one or two sentences, as the feed carries it.
        author: Byline.
        section: Department, such as "Politik".
        body: Paragraphs parted by blank lines; a line that begins with `## ` is a subheading.
        live: Published while the sandbox runs; otherwise in the feed from the start.
        age_minutes: How old it is when the sandbox starts; means nothing if it is live.
        teased: Other pages of the outlet may tease it, unless it is live.
    """

    slug: str
    title: str
    summary: str
    author: str
    section: str
    body: str
    live: bool = False
    age_minutes: int = 0
    teased: bool = True


@dataclass(frozen=True, slots=True)
class Outlet:
    """A feed's publisher.

    Attributes:
        name: Name of the feed, as in its address.
        title: Name for readers.
        description: What it is, one line.
        format: "rss" or "atom".
        layout: Name of its page template in the folder `newsroom`; empty for the plain page.
        recordings: Its recorded articles in the order of the file.
    """

    name: str
    title: str
    description: str
    format: str = "rss"
    layout: str = ""
    recordings: tuple[Recording, ...] = ()


@cache
def load_outlets() -> tuple[Outlet, ...]:
    """All recorded outlets, by name."""
    folder = newsroom()
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    return tuple(_read_outlet(folder / name) for name in names)


def newsroom() -> Traversable:
    """The folder with the recorded articles and the page templates."""
    return files(__package__) / "newsroom"


def _read_outlet(file: Traversable) -> Outlet:
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    recordings = tuple(Recording(**article) for article in table["article"])
    return Outlet(**table["outlet"], recordings=recordings)

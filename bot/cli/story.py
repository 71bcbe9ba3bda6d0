"""`ausguck story`: which articles of a stream are one story, and why."""

import json
from argparse import Namespace
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.articles.language import in_its_language
from bot.cli import DONE, MISTAKE, complain, json_line
from bot.cli.documents import read_bytes
from bot.cli.settings import configured
from bot.errors import Fault
from bot.feeds.urls import same_article
from bot.model import Article
from bot.stories.engine import Stories
from bot.stories.sentences import explained
from bot.stories.tuning import Limits
from bot.stories.values import Decision, Document

_REMEDY = 'write {"id", "title", "text", "outlet", "url", "guid", "lang", "published"}, one a line'
Id = str | int
_STRINGS = ("title", "text", "outlet", "url", "guid", "lang")


def story(arguments: Namespace) -> int:
    """Print the decision for every document, in the order given.

    A line that is no document is a MISTAKE; the others are put into stories all the same.
    """
    language = configured(arguments).watch.language
    # However old: dates need not be in order, and nothing arrives while it is read.
    stories = Stories(limits=Limits(keep=None))
    given: dict[str, Id] = {}
    code = DONE
    for found in _documents(arguments.file, language):
        if isinstance(found, Fault):
            complain(str(found))
            code = MISTAKE
            continue
        id_, document = found
        decision = stories.add(document)
        given.setdefault(document.id, id_)
        if arguments.json:
            print(json_line(_as_json(id_, decision, given)))
        else:
            print(f"{id_}: {decision.verdict}, story {decision.story}: {explained(decision)}")
    return code


class _Unreadable(Exception):
    """A line that is no document; the text says why."""


def _documents(name: str, language: str) -> Iterator[tuple[Id, Document] | Fault]:
    for number, line in enumerate(read_bytes(name).splitlines(), start=1):
        if line.strip():
            try:
                yield _document(line, f"{name}:{number}", language)
            except _Unreadable as error:
                yield Fault(name, str(error), _REMEDY, number)


def _document(line: bytes, id_: str, language: str) -> tuple[Id, Document]:
    """Return a line's id, as it is given, and its document.

    Raises:
        _Unreadable: it is no document; the text says why.
    """
    try:
        found: Any = json.loads(line)
    except RecursionError:
        raise _Unreadable("is nested too deeply") from None
    except ValueError as error:
        raise _Unreadable(f"is no JSON: {error}") from None
    if not isinstance(found, dict):
        raise _Unreadable("is no document")
    strings = {name: found.get(name) or "" for name in _STRINGS}
    for name, value in strings.items():
        if not isinstance(value, str):
            raise _Unreadable(f"{name} is no text")
    if not (strings["title"] or strings["text"]):
        raise _Unreadable("has neither title nor text")
    given = found.get("id")
    given = given if isinstance(given, str | int) and str(given) else id_
    article = Article(strings["title"], strings["text"], "page", strings["lang"] or None)
    return given, Document(
        id=str(given),
        title=strings["title"],
        text=strings["text"],
        published=_instant(found.get("published")),
        outlet=strings["outlet"],
        url=strings["url"],
        page=same_article(strings["url"]),
        guid=strings["guid"],
        language=in_its_language(article, language).language,
    )


def _instant(written: object) -> datetime | None:
    if written in (None, ""):
        return None
    try:
        found = datetime.fromisoformat(str(written))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise _Unreadable(f"published is no date: {written!r}, write 2026-05-09T08:00Z") from None


def _as_json(id_: Id, decision: Decision, given: Mapping[str, Id]) -> dict[str, Any]:
    """Return a result; the ids in it are as they were given: 5 is not "5"."""
    other = decision.runner_up
    return {
        "id": id_,
        "story": given[decision.story],
        "verdict": decision.verdict,
        "score": decision.score,
        "with": given[decision.with_] if decision.with_ else None,
        "why": explained(decision),
        "threshold": decision.threshold,
        "shared": decision.shared,
        "mass": decision.mass,
        "vetoes": decision.vetoes,
        "runner_up": other
        and {
            "id": given[other.document],
            "story": given[other.story],
            "score": other.score,
            "vetoes": other.vetoes,
        },
    }

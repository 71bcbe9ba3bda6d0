"""What a watchlist found, for tests of what is said of it: small articles, matched as always."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.model import Article, FoundArticle
from bot.text.languages import rules_for
from bot.watch.language import parse
from bot.watch.matcher import Matcher
from bot.watch.tally import Seen
from bot.watch.watchlist import Watchlist

NOW = datetime(2026, 5, 4, 8, tzinfo=UTC)


def a_list(*lines: str, name: str = "liste") -> Watchlist:
    """A watchlist with these lines."""
    return parse("\n".join(lines), "", name)


def article(title: str, text: str = "", number: int = 1) -> FoundArticle:
    """An article as it was read."""
    read = Article(title, text, "page", "de")
    return FoundArticle(
        number, "Depesche", f"https://d.example/{number}", read, NOW, NOW, False, False
    )


def matched(watchlist: Watchlist, *texts: tuple[str, str]) -> list[FoundArticle]:
    """The articles that a list matches, of these titles and texts."""
    matcher, found = Matcher([watchlist], rules_for), []
    for number, (title, text) in enumerate(texts, start=1):
        each = article(title, text, number)
        if matches := matcher.match(each.article):
            found.append(replace(each, matches=matches))
    return found


def seen(
    watchlist: Watchlist,
    texts: Sequence[str],
    stories: dict[int, int] | None = None,
    unwanted: Collection[int] = (),
) -> list[Seen]:
    """What a list brought in of these titles, numbered from 1.

    Args:
        watchlist: the list.
        texts: titles.
        stories: which of them are of one event; each of the others is one of its own.
        unwanted: which were called not relevant.
    """
    found = matched(watchlist, *((text, "") for text in texts))
    return [
        Seen(each, (stories or {}).get(each.entry_id, -each.entry_id), each.entry_id in unwanted)
        for each in found
    ]

"""`ausguck match`: which watchlists match a text, and why."""

from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from bot.articles.language import in_its_language
from bot.cli import DONE, MISTAKE, NO, complain, json_line
from bot.cli.documents import Document, documents
from bot.cli.settings import configured, named_watchlist, read_watchlists
from bot.config import Config
from bot.errors import Fault
from bot.model import Match, Span
from bot.text.languages import rules_for
from bot.watch.explain import Missing, sentence, why_not
from bot.watch.language import parse_query
from bot.watch.matcher import Matcher
from bot.watch.watchlist import Watchlist

AROUND = 30


def match(arguments: Namespace) -> int:
    """Print the matches of every document; NO where nothing matched at all.

    A document that cannot be read is a MISTAKE; the others are matched all the same.
    """
    config = configured(arguments)
    # A file on the command line is from no feed: lists that are kept to some feeds count, too.
    matcher = Matcher([_anywhere(each) for each in _chosen(arguments, config)], rules_for)
    code = NO
    for document in _documents(arguments.files, config):
        if isinstance(document, Fault):
            complain(str(document))
            code = MISTAKE
            continue
        found = matcher.match(document.article)
        code = DONE if found and code == NO else code
        missing = _missing(matcher, document) if arguments.why_not else []
        if arguments.json:
            print(json_line(_as_json(document, found, missing)))
        else:
            _print(document, found)
            _print_missing(missing)
    return code


def _documents(files: Iterable[str], config: Config) -> Iterator[Document | Fault]:
    for each in documents(files):
        if isinstance(each, Fault):
            yield each
        else:
            article = in_its_language(each.article, config.watch.language)
            yield replace(each, article=article)


def _missing(matcher: Matcher, document: Document) -> list[tuple[str, Missing]]:
    """Return what the lines that do not hold lack, with the names of their lists."""
    return [
        (each.name, missing)
        for each in matcher.watchlists
        for missing in why_not(each, document.article, rules_for)
    ]


def _chosen(arguments: Namespace, config: Config) -> Sequence[Watchlist]:
    if arguments.query is not None:
        return [parse_query(arguments.query)]
    if arguments.watchlist is not None:
        return [named_watchlist(config, arguments.watchlist)]
    lists, faults = read_watchlists(config)
    for fault in faults:
        complain(str(fault))
    return lists


def _anywhere(watchlist: Watchlist) -> Watchlist:
    return replace(watchlist, settings=replace(watchlist.settings, feeds=(), tags=()))


def _as_json(
    document: Document, found: Sequence[Match], missing: Sequence[tuple[str, Missing]]
) -> dict[str, Any]:
    lists: dict[str, list[dict[str, Any]]] = {}
    for each in found:
        spans = [span._asdict() for span in each.spans]
        query = {"query": each.query, "line": each.line, "spans": spans}
        lists.setdefault(each.watchlist, []).append(query)
    watchlists = [{"name": name or None, "queries": queries} for name, queries in lists.items()]
    result: dict[str, Any] = {"id": document.id, "watchlists": watchlists}
    if missing:
        result["why_not"] = [
            {
                "watchlist": name or None,
                "query": each.query.text,
                "line": each.query.line,
                "reasons": each.reasons,
            }
            for name, each in missing
        ]
    if document.extracted:
        result |= {"title": document.article.title, "text": document.article.text}
    return result


def _print(document: Document, found: Sequence[Match]) -> None:
    print(f"{document.id}: {'' if found else 'nothing matches'}".rstrip())
    for each in found:
        print(f"  {_named(each.watchlist, each.line)}{each.query}")
        for span in each.spans:
            print(f"    {span.field} {span.start}–{span.end}: {_shown(document, span)}")


def _print_missing(missing: Sequence[tuple[str, Missing]]) -> None:
    for name, each in missing:
        print(f"  {_named(name, each.query.line)}{each.query.text} does not match:")
        for reason in each.reasons:
            print(f"    {reason}")


def _named(watchlist: str, line: int) -> str:
    return f"{watchlist}, line {line}: " if watchlist else ""


def _shown(document: Document, span: Span) -> str:
    whole = document.article.title if span.field == "title" else document.article.text
    before = whole[max(0, span.start - AROUND) : span.start]
    after = whole[span.end : span.end + AROUND]
    return " ".join(f"{before}[{span.text}]{after}".split()) + f"  ({sentence(span)})"

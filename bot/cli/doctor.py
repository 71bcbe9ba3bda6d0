"""`ausguck doctor WATCHLIST`: what a list brought in, and what could be changed in it."""

from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from bot import clock
from bot.alerts.html import one_line, shorten
from bot.cli import DONE, json_line, printable
from bot.cli.archived import asked
from bot.cli.settings import configured, named_watchlist
from bot.pipeline.doctor import Report, examine
from bot.watch.diagnosis import Diagnosis, Implied
from bot.watch.edits import Replace, shown
from bot.watch.remedies import Remedy
from bot.watch.tally import FormCount, LineCount
from bot.watch.trial import Tried
from bot.watch.watchlist import Query

MOST, MOST_CHANGES, TITLE = 10, 6, 100
MOST_ARTICLES = 10_000
"""Whoever sits at the command line can wait."""
_WHY = {
    "excluded": "people exclude this",
    "unwanted_form": "this form brings false alarms",
    "unwanted_word": "false alarms have this word",
    "surprising_form": "this form alone brings events",
    "loud": "this line brings most",
    "superfluous": "another line makes it superfluous",
}
_IMPLIED = {
    "twin": "says the same as {by}",
    "cover": "finds nothing that {by} does not find",
    "veto": "never alerts: {by} excludes all of it",
}


def doctor(arguments: Namespace) -> int:
    """Print what there is to say of a list, then changes with what each would have done."""
    config = configured(arguments)
    watchlist = named_watchlist(config, arguments.watchlist)
    since = clock.now() - timedelta(days=arguments.days)
    report = asked(config, lambda store: examine(store, watchlist, since, MOST_ARTICLES))
    if arguments.json:
        print(json_line(_as_json(report)))
    else:
        print("\n".join(lines(report)))
    return DONE


def lines(report: Report) -> Iterator[str]:
    """Yield what there is to say, line by line."""
    found, counted = report.diagnosis, report.diagnosis.tally
    yield (
        f"{report.watchlist.name}, since {report.since:%Y-%m-%d}: {counted.articles} articles, "
        f"{counted.events} events, {counted.unwanted} of them called not relevant"
    )
    if report.cut:
        yield "it finds more than are examined: these are the newest"
    if report.anywhere:
        yield "articles of all feeds were examined: nothing says which tags theirs had"
    yield from _findings(found)
    if report.tried:
        yield "changes to consider:"
    for each in report.tried[:MOST_CHANGES]:
        yield from _change(each, found)


def _findings(found: Diagnosis) -> Iterator[str]:
    yield from _some("never found anything", map(_line, found.never))
    yield from _some("exclusions that kept nothing away", map(_line, found.idle))
    yield from _some("nine tenths of all events came by", map(_loud, found.loud))
    yield from _some("nine tenths of the false alarms came by", map(_unwanted, found.unwanted))
    yield from _some("forms of false alarms", map(_unwanted_form, found.unwanted_forms))
    yield from _some("forms that found events alone", map(_surprising, found.surprising))
    yield from _some("lines that another one makes superfluous", map(_implied, found.implied))
    if found.is_well:
        yield "nothing is wrong with it"


def _some(title: str, said: Iterator[str]) -> Iterator[str]:
    told = list(said)
    if told:
        yield f"{title}:"
        yield from (f"  {each}" for each in told[:MOST])
    if len(told) > MOST:
        yield f"  and {len(told) - MOST} more"


def _line(query: Query) -> str:
    return f"line {query.line}: {query.text}"


def _loud(count: LineCount) -> str:
    return f"{_line(count.query)} ({count.events} events, {count.alone} by it alone)"


def _unwanted(count: LineCount) -> str:
    return f"{_line(count.query)} ({count.unwanted} of {count.events} events)"


def _unwanted_form(form: FormCount) -> str:
    return f"{form.text}, {form.rule} ({form.unwanted} of {form.events} events)"


def _surprising(form: FormCount) -> str:
    return f"{form.text}, {form.rule} ({form.alone} of {form.events} events)"


def _implied(each: Implied) -> str:
    by = " or ".join(f"line {one.line} ({one.text})" for one in (each.by, *each.more))
    return f"{_line(each.query)} {_IMPLIED[each.how].format(by=by)}"


def _change(tried: Tried, found: Diagnosis) -> Iterator[str]:
    before = found.tally
    yield f"  {change(tried.remedy)}  ({_WHY[tried.remedy.why]})"
    yield (
        f"    {before.articles} → {tried.articles} articles, "
        f"{before.events} → {tried.events} events, "
        f"{before.unwanted} → {tried.unwanted} false alarms"
    )
    for article in tried.left_out:
        title = shorten(one_line(article.article.title), TITLE)
        yield f"    without: {printable(f'{article.outlet}: {title}')}"


def change(remedy: Remedy) -> str:
    """Return a change as one would say it."""
    match remedy.edit:
        case Replace(number, old, ""):
            return f"delete line {number}: {old}"
        case Replace(number, old, new):
            return f"line {number}: {old} → {new}"
        case edit:
            return f"add: {shown(edit)}"


def _as_json(report: Report) -> dict[str, Any]:
    found = report.diagnosis
    return {
        "watchlist": report.watchlist.name,
        "since": report.since.isoformat(),
        "cut": report.cut,
        "articles": found.tally.articles,
        "events": found.tally.events,
        "unwanted": found.tally.unwanted,
        "lines": [_line_as_json(each) for each in found.tally.lines],
        "never": [each.line for each in found.never],
        "idle": [each.line for each in found.idle],
        "loud": [each.query.line for each in found.loud],
        "unwanted_lines": [each.query.line for each in found.unwanted],
        "unwanted_forms": _forms_as_json(found.unwanted_forms),
        "surprising_forms": _forms_as_json(found.surprising),
        "implied": [
            {
                "line": each.query.line,
                "by": each.by.line,
                "how": each.how,
                "more": [other.line for other in each.more],
            }
            for each in found.implied
        ],
        "changes": [_change_as_json(each) for each in report.tried],
    }


def _line_as_json(count: LineCount) -> dict[str, Any]:
    query = {"line": count.query.line, "query": count.query.text}
    more = ("articles", "events", "alone", "unwanted")
    return {**query, **{name: getattr(count, name) for name in more}}


def _forms_as_json(forms: Sequence[FormCount]) -> list[dict[str, Any]]:
    return [form._asdict() for form in forms]


def _change_as_json(tried: Tried) -> dict[str, Any]:
    return {
        "change": change(tried.remedy),
        "why": tried.remedy.why,
        "articles": tried.articles,
        "events": tried.events,
        "unwanted": tried.unwanted,
        "left_out": [
            {"title": each.article.title, "url": each.link, "outlet": each.outlet}
            for each in tried.left_out
        ],
    }

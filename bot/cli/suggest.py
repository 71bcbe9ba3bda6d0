"""`ausguck suggest QUERY`: forms, names and words that go with a query in what was read."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import timedelta

from bot import clock
from bot.cli import DONE, NO, json_line
from bot.cli.archived import asked
from bot.cli.settings import configured, named_watchlist
from bot.errors import Fault, UserError
from bot.pipeline import suggest as pipeline
from bot.pipeline.suggest import Suggestion, Suggestions
from bot.watch.language import parse_query
from bot.watch.watchlist import Watchlist

MOST_FORMS = 15


def suggest(arguments: Namespace) -> int:
    """Print what goes with a query or a list; NO where nothing was found by it."""
    config, watchlist = configured(arguments), _wanted(arguments)
    since = clock.now() - timedelta(days=arguments.days)
    said = asked(config, lambda store: pipeline.suggest(store, watchlist, since))
    if arguments.json:
        _print_json(said)
    else:
        print("\n".join(lines(said)))
    return DONE if said.events else NO


def _wanted(arguments: Namespace) -> Watchlist:
    if (arguments.query is None) == (arguments.watchlist is None):
        what, remedy = "one of the two is wanted", "write QUERY or --watchlist NAME"
        raise UserError(Fault("suggest", what, remedy))
    if arguments.query is not None:
        return parse_query(arguments.query)
    return named_watchlist(configured(arguments), arguments.watchlist)


def lines(said: Suggestions) -> Iterator[str]:
    """Yield what there is to say, a line each."""
    least = "at least " if said.cut else ""
    yield f"found {least}{said.articles} articles, {said.events} events"
    if said.forms:
        shown = (f"{form.text} {form.events}" for form in said.forms[:MOST_FORMS])
        yield f"forms: {', '.join(shown)}"
    for each in said.found:
        yield f"  {each.line}  ({_told(each, said.events)})"


def _told(each: Suggestion, events: int) -> str:
    return f"in {each.events} of {events} events; in about {each.more} others"


def _print_json(said: Suggestions) -> None:
    for form in said.forms:
        print(json_line({"kind": "form", **form._asdict()}))
    for each in said.found:
        row = {"line": each.line, "events": each.events, "more": each.more}
        print(json_line({"kind": "suggestion", **row}))

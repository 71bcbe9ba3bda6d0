"""The command line's grammar. `call` names the function that carries a command out."""

from argparse import (
    ArgumentParser,
    ArgumentTypeError,
    RawDescriptionHelpFormatter,
    _SubParsersAction,
)
from pathlib import Path

from bot import __version__

MOST_DAYS = 3650
MOST_EVENTS = 100_000

STORY_LINES = """\
Each line of the file is an article as a JSON object, with these keys:
  "title", "text"  what is compared; one of them is needed, all else may be missing
  "id"             what the answer calls it, a text or a number; else file and line
  "outlet"         who published it
  "url", "guid"    its address, and its id in the feed: it is known again by them
  "lang"           the language's code, such as "de"; else it is detected
  "published"      when, such as "2026-05-04T08:00:00Z"; without a zone it is UTC
"""


def parser() -> ArgumentParser:
    """Return the parser of all commands."""
    top = ArgumentParser(
        prog="ausguck",
        description="News watch on Telegram: reads feeds, matches whole articles, alerts once.",
        epilog="Exit codes: 0 done, 1 the answer is no, 2 a mistake that you can mend.",
        formatter_class=RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"ausguck {__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    _serving(commands)
    _trying(commands)
    _lists(commands)
    _sources(commands)
    _people(commands)
    _state(commands)
    return top


def _command(
    commands: "_SubParsersAction[ArgumentParser]", name: str, call: str, help_: str
) -> ArgumentParser:
    made: ArgumentParser = commands.add_parser(name, help=help_, description=help_)
    made.add_argument("--config", type=Path, metavar="FILE", help="configuration (config.toml)")
    made.set_defaults(call=call)
    return made


def _json(command: ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="one JSON object a line")


def _serving(commands: "_SubParsersAction[ArgumentParser]") -> None:
    run = _command(commands, "run", "serving:run", "the daemon")
    run.add_argument(
        "--init", action="store_true", help="where nothing is configured, do as `init` first"
    )
    init = _command(commands, "init", "init:init", "write a commented config.toml and watchlists")
    init.add_argument(
        "folder", nargs="?", type=Path, default=Path(), metavar="FOLDER", help="where; here if none"
    )
    demo = _command(commands, "demo", "demo:demo", "try it: no token, no network, recorded news")
    demo.add_argument("--once", action="store_true", help="print the alerts and end")
    sandbox = _command(
        commands, "sandbox", "serving:sandbox", "a local Telegram and recorded feeds, alone"
    )
    sandbox.epilog = (
        "Its feeds are /feeds/NAME.xml; /feeds has the names, /chat a page to write to it."
    )
    sandbox.add_argument("--port", type=_port, default=0, help="0 picks a free one")


def _port(written: str) -> int:
    if not (written.isdecimal() and int(written) < 2**16):
        raise ArgumentTypeError("write a number from 0 to 65535; 0 picks a free port")
    return int(written)


def _trying(commands: "_SubParsersAction[ArgumentParser]") -> None:
    check = _command(
        commands, "check", "check:check", "config, feeds and watchlists: every fault at once"
    )
    check.add_argument("--online", action="store_true", help="also ask Telegram and every feed")
    match = _command(commands, "match", "match:match", "which watchlists match a text, and why")
    which = match.add_mutually_exclusive_group()
    which.add_argument("--watchlist", metavar="NAME", help="only this watchlist")
    which.add_argument("--query", metavar="Q", help="this query instead of the watchlists")
    match.add_argument("--why-not", action="store_true", help="also what every other line lacks")
    match.add_argument("files", nargs="+", metavar="FILE", help=".txt, .html, .jsonl; - is stdin")
    _json(match)
    extract = _command(commands, "extract", "extract:extract", "what the bot reads on a page")
    extract.add_argument("sources", nargs="+", metavar="FILE-or-URL")
    _json(extract)

    story = _command(commands, "story", "story:story", "which articles of a stream are one story")
    story.add_argument("file", metavar="FILE.jsonl", help="articles, one a line; - is stdin")
    story.formatter_class, story.epilog = RawDescriptionHelpFormatter, STORY_LINES
    _json(story)

    search = _command(commands, "search", "search:search", "what was read and matches a query")
    search.add_argument("query", metavar="QUERY", help="in the language of the watchlists")
    search.add_argument("--days", type=_days, default=7, metavar="N", help="so many days back (7)")
    search.add_argument("--best", action="store_true", help="the best first, and not the newest")
    search.add_argument("--most", type=_most, default=200, metavar="N", help="so many events (200)")
    _json(search)

    backtest = _command(
        commands, "backtest", "backtest:backtest", "what a watchlist would have alerted"
    )
    backtest.add_argument("watchlist", nargs="?", metavar="WATCHLIST", help="its name")
    backtest.add_argument("--query", metavar="Q", help="this query instead of a watchlist")
    backtest.add_argument(
        "--days", type=_days, default=30, metavar="N", help="so many days back (30)"
    )
    _json(backtest)
    _reports(commands)

    why = _command(commands, "why", "why:why", "why an article was told, or was not")
    why.add_argument("url", metavar="URL", help="the article's address")
    why.add_argument("--chat", type=int, metavar="ID", help="in this chat")
    _json(why)


def _reports(commands: "_SubParsersAction[ArgumentParser]") -> None:
    trend = _command(commands, "trend", "trend:trend", "how often it came up, day by day")
    trend.add_argument("query", metavar="QUERY", help="in the language of the watchlists")
    trend.add_argument("--days", type=_days, default=30, metavar="N", help="so many days (30)")
    trend.add_argument("--picture", type=Path, metavar="FILE.png", help="also as a picture")
    _json(trend)

    review = _command(commands, "review", "review:review", "press review: a file for each list")
    review.add_argument("--watchlist", metavar="NAME", help="only this watchlist")
    review.add_argument("--days", type=_days, default=1, metavar="N", help="so many days back (1)")
    review.add_argument("--out", type=Path, default=Path(), metavar="FOLDER", help="put them there")


def _most(written: str) -> int:
    if not (written.isascii() and written.isdecimal() and 0 < int(written) <= MOST_EVENTS):
        raise ArgumentTypeError(f"write a number of events from 1 to {MOST_EVENTS}")
    return int(written)


def _days(written: str) -> int:
    if not (written.isascii() and written.isdecimal() and 0 < int(written) <= MOST_DAYS):
        raise ArgumentTypeError(f"write a number of days from 1 to {MOST_DAYS}")
    return int(written)


def _lists(commands: "_SubParsersAction[ArgumentParser]") -> None:
    suggest = _command(
        commands, "suggest", "suggest:suggest", "names and words that go with a query"
    )
    suggest.add_argument("query", nargs="?", metavar="QUERY", help="as a watchlist has it")
    suggest.add_argument("--watchlist", metavar="NAME", help="this watchlist instead of a query")
    doctor = _command(commands, "doctor", "doctor:doctor", "what could be better in a watchlist")
    doctor.add_argument("watchlist", metavar="WATCHLIST", help="its name")
    for each in (suggest, doctor):
        each.add_argument(
            "--days", type=_days, default=30, metavar="N", help="so many days back (30)"
        )
        _json(each)


def _sources(commands: "_SubParsersAction[ArgumentParser]") -> None:
    poll = _command(commands, "poll", "poll:poll", "poll once, up to the outbox; sends nothing")
    which = poll.add_mutually_exclusive_group()
    which.add_argument("--due", action="store_true", help="the feeds that are due (the default)")
    which.add_argument("--all", action="store_true", help="every feed, due or not")
    which.add_argument("--feed", metavar="URL", help="this one, due or not")
    _json(poll)

    feeds = commands.add_parser("feeds", help="which sources are polled")
    verbs = feeds.add_subparsers(required=True)
    _json(_command(verbs, "list", "feeds:list_", "all feeds and how they are"))
    for name, call, help_ in (
        ("remove", "feeds:remove", "poll this feed no more"),
        ("pause", "feeds:pause", "leave this feed alone for now"),
        ("resume", "feeds:resume", "poll it again"),
        ("test", "feeds:test", "fetch it and show what is in it; stores nothing"),
    ):
        _command(verbs, name, call, help_).add_argument("url", metavar="URL")
    add = _command(verbs, "add", "adding:add", "poll this feed too, or the feed of this site")
    add.add_argument("url", metavar="URL", help="a feed, or a page of a site")
    import_ = _command(verbs, "import", "adding:import_", "add the feeds of an OPML file")
    import_.add_argument("file", type=Path, metavar="FILE.opml")
    for each in (add, import_):
        each.add_argument("--offline", action="store_true", help="add it as it is, ask nobody")
    _command(verbs, "export", "feeds:export", "print all feeds as OPML")
    atom = _command(commands, "atom", "atom:atom", "a watchlist as a feed for other readers")
    atom.add_argument("list", metavar="LIST", help="the name of its file, without .txt")
    how = atom.add_mutually_exclusive_group()
    how.add_argument("--new", action="store_true", help="at a new address; the old one ends")
    how.add_argument("--off", action="store_true", help="end it")
    _json(atom)


def _people(commands: "_SubParsersAction[ArgumentParser]") -> None:
    chats = commands.add_parser("chats", help="who is served")
    verbs = chats.add_subparsers(required=True)
    _json(_command(verbs, "list", "chats:list_", "all chats: language, state, watchlists"))
    for name, help_ in (
        ("admin", "make this person an admin"),
        ("export", "print all that is kept of this chat, as JSON"),
        ("erase", "erase this chat for good, without a question"),
    ):
        made = _command(verbs, name, f"chats:{name}", help_)
        made.add_argument("id", type=_chat, metavar="ID", help="`ausguck chats list` shows it")


def _chat(written: str) -> int:
    try:
        number = int(written)
    except ValueError:
        number = 0
    if not number or abs(number) >= 2**63:
        raise ArgumentTypeError("write the chat's id, such as 1001 or -1001234567890")
    return number


def _state(commands: "_SubParsersAction[ArgumentParser]") -> None:
    _json(_command(commands, "status", "state:status", "how it is going"))
    _command(commands, "health", "health:health", "container health check: 0 well, 1 not")
    backup = _command(commands, "backup", "backup:backup", "one file with all but the tokens")
    backup.add_argument("file", type=Path, metavar="FILE", help="a ZIP file that is made")
    backup.add_argument("--replace", action="store_true", help="write over a file that is there")
    restore = _command(commands, "restore", "backup:restore", "back to what a backup holds")
    restore.add_argument("file", type=Path, metavar="FILE", help="made by backup; or backups/*.db")

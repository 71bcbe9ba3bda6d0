"""`ausguck suggest` and `doctor`: what goes with a query, and what could be better in a list."""

from pathlib import Path

import pytest

from bot import clock
from bot.model import Article
from bot.store import Transaction, entries
from tests.cli_kit import Command, arrange, write
from tests.store_kit import a_feed, an_entry

TEXTS = (
    ("Bank erhöht Zinsen", "Die Bank folgt der EZB."),
    ("Bank schließt", "Die Bank verweist auf die EZB."),
    ("Bank zieht um", "Die Bank fragte die EZB."),
    ("Boot in Not", "Das Boot der EZB strandete auf einer Sandbank."),
    ("Robben gezählt", "Die EZB zählte sie auf der Sandbank."),
    *((f"Regen {n}", "Am Abend regnete es.") for n in range(9)),
)


async def _read(tx: Transaction) -> None:
    feed, now = await a_feed(tx), clock.now()
    read = []
    for number, (title, text) in enumerate(TEXTS):
        entry = await an_entry(tx, feed, f"k{number}", published=now, title=title)
        read.append((entry, Article(title, text, "page", "de")))
    await entries.keep_articles(tx, read, now)


@pytest.fixture
def lists(command: Command) -> None:
    """A list of banks, and an archive that it finds some of."""
    write(Path(), banken="Bank\nGold & Silber\n")
    arrange(_read)


@pytest.mark.usefixtures("lists")
def test_what_goes_with_a_query_is_printed(command: Command) -> None:
    said = command("suggest", "Bank")

    assert said.code == 0
    assert said.out.splitlines() == [
        "found 5 articles, 5 events",
        "forms: Bank 3, Sandbank 2",
        "  EZB  (in 5 of 5 events; in about 0 others)",
    ]


@pytest.mark.usefixtures("lists")
def test_what_goes_with_a_list_is_printed_as_json(command: Command) -> None:
    rows = command("suggest", "--json", "--watchlist", "banken").rows

    assert [(row["kind"], row.get("text", row.get("line"))) for row in rows] == [
        ("form", "Bank"),
        ("form", "Sandbank"),
        ("suggestion", "EZB"),
    ]


@pytest.mark.usefixtures("lists")
def test_what_there_is_to_say_of_a_list_is_printed_with_what_changes_would_do(
    command: Command,
) -> None:
    said = command("doctor", "banken")

    lines = said.out.splitlines()
    assert said.code == 0
    assert lines[0].endswith("5 articles, 5 events, 0 of them called not relevant")
    assert lines[lines.index("never found anything:") + 1] == "  line 2: Gold & Silber"
    change = lines.index("  add: @ignore Sandbank  (this form alone brings events)")
    assert lines[change + 1] == "    5 → 3 articles, 5 → 3 events, 0 → 0 false alarms"
    assert {line.rpartition(": ")[2] for line in lines[change + 2 : change + 4]} == {
        "Boot in Not",
        "Robben gezählt",
    }


@pytest.mark.usefixtures("lists")
def test_the_same_as_json(command: Command) -> None:
    [row] = command("doctor", "--json", "banken").rows

    assert (row["articles"], row["events"], row["never"]) == (5, 5, [2])
    assert [line["articles"] for line in row["lines"]] == [5, 0]
    assert row["surprising_forms"][0]["text"] == "Sandbank"
    assert row["changes"][0]["change"] == "add: @ignore Sandbank"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("doctor", "silber"), "there is no silber"),
        (("suggest",), "write QUERY or --watchlist NAME"),
        (("suggest", "Bank", "--watchlist", "banken"), "write QUERY or --watchlist NAME"),
        (("suggest", "(Bank"), "parenthesis"),
        (("doctor", "banken", "--days", "0"), "number of days"),
    ],
)
@pytest.mark.usefixtures("lists")
def test_a_mistake_is_told_in_a_line(command: Command, words: tuple[str, ...], said: str) -> None:
    answer = command(*words)

    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_an_empty_archive_has_no_suggestions_and_a_list_that_never_found_anything(
    command: Command,
) -> None:
    write(Path(), banken="Bank\n")

    assert command("suggest", "Bank").code == 1
    examined = command("doctor", "banken")
    assert "line 1: Bank" in examined.out
    assert "nothing was read yet" in examined.err

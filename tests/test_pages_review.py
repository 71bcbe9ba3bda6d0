"""A press review as a page and as a table: whole, in order, offline, and harmless."""

import csv
import re
from datetime import UTC, datetime, timedelta
from io import StringIO
from urllib.parse import unquote

import pytest
from lxml import html

from bot.pages.review import Review, Source, Story, page, table
from bot.pages.values import Part
from bot.wording import Sentences
from bot.wording.de import GERMAN
from bot.wording.en import ENGLISH

UNTIL = datetime(2026, 11, 26, 6, 30, tzinfo=UTC)
LINK = "https://depesche.example/parade?a=1&b=2"
PASSAGE = (Part("Erstmals sind "), Part("nordkoreanische", marked=True), Part(" Soldaten …"))


def source(title: str = "Parade", outlet: str = "Depesche", link: str | None = LINK) -> Source:
    return Source(outlet, title, link, UNTIL - timedelta(hours=3), PASSAGE)


def review(*stories: Story, label: str = "Nordkorea", left_out: int = 0) -> Review:
    return Review(label, UNTIL - timedelta(days=1), UNTIL, stories, left_out)


def cells(of: Review, separator: str = ";") -> list[list[str]]:
    text = table(of, GERMAN.reports).decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=separator))


TWO = review(Story([source(), source("Nachzügler", "Kontor")], "dpa"), Story([source("Weizen")]))


def test_the_page_names_the_list_the_time_and_how_much_there_is() -> None:
    text = page(TWO, GERMAN.reports, "de")

    tree = html.fromstring(text)
    assert tree.get("lang") == "de"
    assert tree.findtext(".//h1") == "Pressespiegel: Nordkorea"
    assert "Mi., 25. Nov., 6:30 Uhr bis Do., 26. Nov., 6:30 Uhr" in text
    assert "2 Ereignisse, 3 Artikel" in text


def test_every_story_is_in_the_contents_and_can_be_jumped_to() -> None:
    tree = html.fromstring(page(TWO, GERMAN.reports, "de"))

    there = {each.get("id") for each in tree.iter() if each.get("id")}
    jumps = [link.get("href") for link in tree.iterfind(".//nav//a")]
    assert jumps == ["#story-1", "#story-2"]
    assert {jump.removeprefix("#") for jump in jumps} <= there
    assert [each.text_content() for each in tree.iterfind(".//nav//a")] == ["Parade", "Weizen"]


def test_who_was_first_is_marked_and_what_matched_too() -> None:
    tree = html.fromstring(page(TWO, GERMAN.reports, "de"))

    first = tree.find(".//article")
    assert first is not None
    rows = [" ".join(row.text_content().split()) for row in first.iterfind(".//tr")]
    assert "Depesche zuerst" in rows[0]
    assert "zuerst" not in rows[1]
    assert first.findtext(".//mark") == "nordkoreanische"


def test_paper_shows_where_links_lead() -> None:
    text = page(TWO, GERMAN.reports, "de")

    shown = [each.text_content() for each in html.fromstring(text).find_class("address")]
    assert shown == [LINK] * 3
    assert "@media print" in text
    assert "size: A4" in text


def test_nothing_is_loaded_from_anywhere() -> None:
    text = page(TWO, GERMAN.reports, "de")

    assert re.findall(r"<(?:script|link|img|iframe|object)\b|@import|url\(", text) == []


EVIL = '"><script>alert(1)</script>'


def test_whatever_a_publisher_writes_is_text() -> None:
    evil = Source(EVIL, EVIL, f"https://x.example/{EVIL}", UNTIL, [Part(EVIL, marked=True)])

    text = page(review(Story([evil], EVIL), label=EVIL), GERMAN.reports, "de")

    assert "<script" not in text
    assert EVIL in html.fromstring(text).findtext(".//h1", "")


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "//x.example", None])
def test_only_addresses_of_the_web_are_links(link: str | None) -> None:
    of = review(Story([source(link=link)]))

    tree = html.fromstring(page(of, GERMAN.reports, "de"))
    assert [each.get("href") for each in tree.iter("a")] == ["#story-1", "#contents"]
    assert cells(of)[1][-1] == ""


def test_where_nothing_came_the_page_says_so() -> None:
    assert "In dieser Zeit kam nichts Neues." in page(review(), GERMAN.reports, "de")


def test_what_has_no_room_is_counted() -> None:
    text = page(review(Story([source()]), left_out=1_200), ENGLISH.reports, "en")

    assert "no room here for 1,200 more events" in text


# The table


def test_a_row_for_each_article_with_its_story() -> None:
    header, *rows = cells(TWO)

    assert header == list(GERMAN.reports.paper_columns.values())
    assert [row[0] for row in rows] == ["1", "1", "2"]
    assert rows[0][2:8] == [
        *("Parade", "Depesche", "2026-11-26", "03:30", "ja"),
        "Erstmals sind nordkoreanische Soldaten …",
    ]
    assert rows[1][6] == ""


def test_it_opens_in_a_german_and_in_an_english_spreadsheet() -> None:
    german, english = table(TWO, GERMAN.reports), table(TWO, ENGLISH.reports)

    assert german.startswith(b"\xef\xbb\xbfEreignis;")
    assert english.startswith(b"\xef\xbb\xbfEvent,")
    assert german.count(b"\r\n") == 4


@pytest.mark.parametrize(
    "begin", ["=", "+", "-", "@", "\tx", "\rx", "\nx", " =", "\xa0@", "\uff1d", " \uff0b"]
)
def test_a_title_that_would_be_a_formula_is_none(begin: str) -> None:
    title = f"{begin}cmd|' /C calc'!A0"

    _, row = cells(review(Story([source(title, outlet=title)])))

    assert (row[1], row[2], row[3]) == (f"'{title}",) * 3


@pytest.mark.parametrize("title", ['Er sagte: "Nein"', "a;b,c", "zwei\nZeilen", "Ende'"])
def test_what_separates_cells_and_rows_stays_within_one(title: str) -> None:
    header, row = cells(review(Story([source(title)])))

    assert row[2] == title
    assert len(row) == len(header)


CALLS = "=cmd|' /C calc'!A0"
# In what a spreadsheet may take for a cell's beginning, quotes and spaces do not count.
FORMULA = re.compile(r'[\s"]*[=+\-@\uff1d\uff0b\uff0d\uff20]')


def read_with(separator: str, written: bytes) -> list[str]:
    """Return the cells that a spreadsheet may see, whatever it makes of quotes."""
    text = written.decode("utf-8-sig")
    understood = csv.reader(StringIO(text, newline=""), delimiter=separator)
    return [
        *(cell for row in understood for cell in row),
        *re.split(rf"[\r\n{re.escape(separator)}]", text),
    ]


@pytest.mark.parametrize("words", [GERMAN, ENGLISH], ids=["de", "en"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "between", [",", ";", "\t", "|", "\n", "\r", ", ", ';"', '"," "', ";;", ",\xa0"]
)
def test_no_spreadsheet_reads_a_formula_whatever_separates_its_cells(
    words: Sentences, separator: str, between: str
) -> None:
    evil = f"Weizen{between}{CALLS}{between}\uff0b{CALLS}"
    link = f"https://depesche.example/{evil}"
    of = review(Story([Source(evil, evil, link, UNTIL, [Part(evil)])]), Story([source(evil)]))

    shown = read_with(separator, table(of, words.reports))

    assert [cell for cell in shown if FORMULA.match(cell)] == []


def test_addresses_in_the_table_lead_where_they_did() -> None:
    plain = "https://depesche.example/0,1518,parade;jsessionid=7.html?a=1,2&b=-3"
    evil = f"https://depesche.example/?a=1,-2;{CALLS}"
    of = review(Story([source(link=plain), source(link=evil)]))

    shown = [row[-1] for row in cells(of)[1:]]

    assert shown[0] == plain
    assert unquote(shown[1]) == evil


@pytest.mark.parametrize("title", ["1:0, dann 2-1", "C++; ab 5 + 3", "a|b, c-d", "Gold = Geld"])
def test_ordinary_titles_stay_as_they_are(title: str) -> None:
    assert cells(review(Story([source(title)])))[1][2] == title

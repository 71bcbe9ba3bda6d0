"""What a search found is shown with its words in bold, whatever stands in a title or text."""

from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.finds import finds, passage, title
from bot.alerts.telling import Reader, Telling
from bot.model import Article, Field, FoundArticle, Match, Span
from bot.sandbox.html import parse_html
from bot.wording import sentences
from tests.store_kit import NOW

READER = Reader(sentences("de"), ZoneInfo("Europe/Berlin"), {})
HOSTILE = st.text(alphabet='<>&"/ab; \n\u202e', max_size=400) | st.text(max_size=400)


def an_article(
    heading: str, said: str, *places: tuple[Field, int, int], link: str = "https://a.example/"
) -> FoundArticle:
    spans = tuple(Span(field, start, end, "", "") for field, start, end in places)
    article = Article(heading, said, "page", "de")
    found = FoundArticle(1, "Depesche", link, article, NOW, NOW, old=False, late=False)
    return FoundArticle(
        *(found.entry_id, found.outlet, found.link, article, NOW, NOW),
        old=False,
        late=False,
        matches=(Match("", "a", 1, spans),),
    )


def test_words_in_the_title_are_bold() -> None:
    found = an_article("Mehr Weizen & Mais", "", ("title", 5, 11))

    assert title(found) == "Mehr <b>Weizen</b> &amp; Mais"


def test_a_title_that_is_too_long_ends_at_a_word() -> None:
    found = an_article("Weizen " * 40, "", ("title", 0, 6), ("title", 273, 279))

    shown, _ = parse_html(title(found, 30))
    assert shown == "Weizen Weizen Weizen Weizen…"


def test_where_the_title_does_not_match_a_passage_shows_what_does() -> None:
    text = f"{'Wort ' * 20}Der Weizen ist <teuer>. {'Wort ' * 30}"
    place = text.index("Weizen")
    found = an_article("Ernte", text, ("text", place, place + 6))

    [shown] = finds([Telling(found, ())], READER)

    head, passage_, foot = shown.split("\n")
    assert head == '• <a href="https://a.example/">Ernte</a>'
    assert passage_.startswith("  … ")
    assert "Wort Der <b>Weizen</b> ist &lt;teuer&gt;. Wort" in passage_
    assert passage_.endswith("Wort …")
    assert foot == "  <i>Depesche · 9. Mai 2025, 10:00 Uhr</i>"


def test_a_title_that_matches_needs_no_passage() -> None:
    found = an_article("Weizen", "Weizen", ("title", 0, 6), ("text", 0, 6))

    [shown] = finds([Telling(found, ())], READER)

    assert shown.count("Weizen") == 1


def test_what_has_no_title_is_shown_by_its_address() -> None:
    assert title(an_article(" \u202e ", "")) == "https://a.example/"
    assert title(an_article("", "", link="")) == "–"


def test_an_address_that_is_none_of_the_web_is_no_link() -> None:
    [shown] = finds([Telling(an_article("A", "", link="javascript:alert(1)"), ())], READER)

    assert "href" not in shown


@given(HOSTILE, st.integers(0, 400), st.integers(0, 30))
def test_whatever_stands_there_is_text(said: str, start: int, length: int) -> None:
    places: list[tuple[Field, int, int]] = [("title", start, start + length)]
    found = an_article(said, said, *places, ("text", start, start + length))

    for shown in (title(found), passage(found), *finds([Telling(found, ())], READER)):
        _, entities = parse_html(shown)
        assert {each.kind for each in entities} <= {"bold", "italic", "text_link"}

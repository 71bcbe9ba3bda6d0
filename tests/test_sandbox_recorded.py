"""The recorded news: what the demo and the tests may rely on. See test_sandbox_press.py too."""

import re
from datetime import UTC, datetime

import pytest
import trafilatura

from bot.sandbox.press_data import Recording, load_outlets
from bot.sandbox.recorded import Press

NORDKOREA = re.compile(r"nordkorea", re.IGNORECASE)
SIEGESPARADE = re.compile(r"siegesparade|siegestag|militärparade", re.IGNORECASE)


@pytest.fixture
def press() -> Press:
    """With all live articles published."""
    press = Press(base_url="http://127.0.0.1:8799", now=lambda: datetime(2025, 5, 9, tzinfo=UTC))
    while press.publish_next():
        pass
    return press


def page(press: Press, outlet: str, article: Recording) -> str:
    document = press.page(f"{outlet}/{article.slug}")
    assert document is not None
    return document.body.decode()


def extracted(html: str) -> str:
    return trafilatura.extract(html, include_comments=False) or ""


def flat(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").split())


def words_of(article: Recording) -> str:
    return flat(f"{article.title} {article.summary} {article.body}")


def recordings() -> list[tuple[str, Recording]]:
    return [(outlet.name, article) for outlet in load_outlets() for article in outlet.recordings]


def is_parade_report(article: Recording) -> bool:
    text = words_of(article)
    return bool(NORDKOREA.search(text) or SIEGESPARADE.search(text))


def test_there_are_nine_feeds_and_38_articles_of_which_18_are_live() -> None:
    assert len(load_outlets()) == 9
    assert sum(outlet.format == "atom" for outlet in load_outlets()) == 3
    assert len(recordings()) == 38
    assert sum(article.live for _, article in recordings()) == 18


def test_eight_live_articles_of_eight_outlets_and_two_older_ones_report_the_parade() -> None:
    live = [name for name, a in recordings() if a.live and is_parade_report(a)]
    older = [name for name, a in recordings() if not a.live and is_parade_report(a)]

    assert len(live) == len(set(live)) == 8
    assert older == ["mittelfunk", "tageslage"]


def test_the_first_live_article_is_a_parade_report_and_the_others_are_spread() -> None:
    by_slug = {article.slug: article for _, article in recordings()}
    press = Press(base_url="http://sandbox", now=lambda: datetime(2025, 5, 9, tzinfo=UTC))
    order = ""
    while published := press.publish_next():
        slug = published.url.rsplit("/", 1)[-1]
        order += "P" if is_parade_report(by_slug[slug]) else "-"

    assert order == "P-P-P---P-P-P-P-P-"


def test_the_parade_reports_use_the_words_in_different_ways() -> None:
    reports = {a.slug: a for _, a in recordings() if is_parade_report(a)}

    only_country = {s for s, a in reports.items() if not SIEGESPARADE.search(words_of(a))}
    only_parade = {s for s, a in reports.items() if not NORDKOREA.search(words_of(a))}
    only_in_body = {s for s, a in reports.items() if not NORDKOREA.search(a.title + a.summary)}
    with_soft_hyphen = {s for s, a in reports.items() if "\u00ad" in a.body}
    in_capitals = {s for s, a in reports.items() if "NORDKOREANISCHE" in a.title}

    assert only_country == {"pjoengjang-moskau-geschaeft", "seoul-protest-truppen-moskau"}
    assert only_parade == {"siegesparade-als-buehne"}
    assert "satellitenbilder-marschblock" in only_in_body
    assert with_soft_hyphen == {"gaeste-aus-dem-norden"}
    assert in_capitals == {"eilmeldung-parade-moskau"}


def test_every_body_has_between_120_and_350_words() -> None:
    lengths = {a.slug: len(re.findall(r"\w+", a.body)) for _, a in recordings()}

    assert {slug: n for slug, n in lengths.items() if not 120 <= n <= 350} == {}


def test_no_other_page_mentions_the_parade_not_even_in_a_teaser(press: Press) -> None:
    for name, article in recordings():
        if not is_parade_report(article):
            html = flat(page(press, name, article))
            assert not NORDKOREA.search(html), article.slug
            assert not SIEGESPARADE.search(html), article.slug


def test_trafilatura_finds_every_paragraph_and_little_else(press: Press) -> None:
    for name, article in recordings():
        rest = flat(extracted(page(press, name, article)))
        for block in article.body.strip().split("\n\n"):
            paragraph = flat(block.removeprefix("## "))
            assert paragraph in rest, article.slug
            rest = rest.replace(paragraph, "", 1)
        assert rest.strip() in ("", flat(article.summary)), article.slug

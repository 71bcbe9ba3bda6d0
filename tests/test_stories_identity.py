"""The same article is never a second one; what it says may change."""

import pytest

from bot.stories.engine import Stories
from tests.stories_kit import DAY, HOUR, MISSILE, OTHER_WORDS, WIRE, decided, document

URL = "https://www.zeitung.example/politik/parade-123"


def test_case_10_another_title_at_the_same_address_is_an_update() -> None:
    first, second = decided(
        document("a", "Kim schickt Soldaten", WIRE, url=URL),
        document("b", "Kreml erwartet 300 Nordkoreaner", WIRE, HOUR, url=URL),
    )
    assert (second.verdict, second.story, second.with_) == ("update", first.story, "a")


def test_the_very_same_again_is_a_duplicate() -> None:
    first, second = decided(
        document("a", "Kim schickt Soldaten", WIRE, url=URL),
        document("b", "Kim schickt  Soldaten ", WIRE, HOUR, url=URL + "?utm_source=rss"),
    )
    assert (second.verdict, second.story) == ("duplicate", first.story)


def test_a_text_that_flips_between_two_versions_stays_one_article() -> None:
    versions = [document(str(n), title, WIRE, url=URL) for n, title in enumerate("ABA")]
    assert [each.verdict for each in decided(*versions)] == ["new", "update", "update"]


def test_case_12_another_feed_id_and_another_date_are_the_same_article() -> None:
    stories = Stories()
    for n, after in enumerate((0 * HOUR, HOUR, DAY)):
        decision = stories.add(document(str(n), "Kim", WIRE, after, url=URL, guid=f"id-{n}"))
        assert decision.verdict == ("duplicate" if n else "new")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.zeitung.example/a-1", "http://zeitung.example/a-1/"),
        ("https://www.zeitung.example/a-1", "https://m.zeitung.example/a-1"),
        ("https://www.zeitung.example/a-1", "https://amp.zeitung.example/a-1"),
        ("https://www.zeitung.example/a-1", "https://www.zeitung.example/amp/a-1"),
        ("https://zeitung.example/a-1.html", "https://zeitung.example/a-1.amp.html?utm_medium=x"),
        ("https://web.de/magazine/politik/a-40001", "https://www.gmx.net/magazine/politik/a-40001"),
    ],
)
def test_case_13_aliases_of_an_address_are_the_same_article(one: str, other: str) -> None:
    first, second = decided(
        document("a", "Kim schickt Soldaten", WIRE, url=one, outlet="one"),
        document("b", "Kim schickt Soldaten", WIRE, HOUR, url=other, outlet="other"),
    )
    assert (second.verdict, second.story) == ("duplicate", first.story)


def test_a_feed_id_is_known_again_where_there_is_no_address() -> None:
    _, second = decided(
        document("a", "Kim schickt Soldaten", WIRE, outlet="z", guid="7"),
        document("b", "Kim schickt Truppen", WIRE, HOUR, outlet="z", guid="7"),
    )
    assert second.verdict == "update"


def test_a_feed_that_gives_all_entries_one_id_has_many_articles() -> None:
    first, second = decided(
        document("a", "Kim schickt Soldaten", WIRE, url=URL, outlet="z", guid="7"),
        document("b", "Rakete", MISSILE, HOUR, url=URL + "4", outlet="z", guid="7"),
    )
    assert second.story != first.story


def test_two_outlets_may_have_the_same_feed_id() -> None:
    first, second = decided(
        document("a", "Kim schickt Soldaten", WIRE, outlet="y", guid="7"),
        document("b", "Rakete", MISSILE, HOUR, outlet="z", guid="7"),
    )
    assert second.story != first.story


def test_a_sites_front_page_is_no_article() -> None:
    first, second = decided(
        document("a", "Kim schickt Soldaten", WIRE, url="https://z.example/"),
        document("b", "Rakete", MISSILE, HOUR, url="https://z.example"),
    )
    assert second.story != first.story


def test_the_agencys_id_in_two_addresses_is_one_story() -> None:
    urn = "dpa.urn-newsml-dpa-com-20090101-260504-99-872260"
    first, second = decided(
        document("a", "Kim", WIRE, url=f"https://a.example/kim-{urn}", outlet="a"),
        document("b", "Parade", MISSILE, HOUR, url=f"https://b.example/p-{urn}", outlet="b"),
    )
    assert (second.verdict, second.story) == ("wire", first.story)


def test_what_an_article_says_after_an_update_is_what_others_are_compared_with() -> None:
    *_, third = decided(
        document("a", "Eilmeldung aus Moskau", "Mehr in Kürze.", url=URL),
        document("b", "Kim schickt Soldaten zur Siegesparade", WIRE, HOUR, url=URL),
        document("c", "Truppen aus Pjöngjang", OTHER_WORDS, 2 * HOUR),
    )
    assert (third.verdict, third.story) == ("same", "a")

"""What a chat would have been told, article by article: one case for each rule."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.alerts.rehearsal import Arrived, Place, Terms, rehearse
from tests.alerts_kit import PUBLISHED, found

TERMS = Terms(timedelta(days=7))
HOUR = timedelta(hours=1)


def arrived(number: int, *, hours: float = 0, story: int | None = None, **more: object) -> Arrived:
    """An article that came so many hours after the first."""
    said = more.pop("said", {})
    subject = str(more.pop("subject", f"subject {number}"))
    place = Place(story, "same", said) if story is not None else None  # type: ignore[arg-type]
    at = PUBLISHED + hours * HOUR
    given: dict[str, object] = {"entry_id": number, "published": at, "outlet": f"Blatt {number}"}
    article = replace(found(f"Titel {number}"), **(given | more))  # type: ignore[arg-type]
    return Arrived(article, subject, at, place)


def actions(some: Sequence[Arrived], terms: Terms = TERMS) -> list[str]:
    return [each.decision.action for each in rehearse(some, "liste", terms)]


def test_each_article_that_is_news_is_told() -> None:
    assert actions([arrived(1), arrived(2)]) == ["now", "now"]


def test_the_same_article_in_another_feed_is_not_told_again() -> None:
    assert actions([arrived(1, subject="s"), arrived(2, subject="s")]) == ["now", "silent"]


def test_what_was_there_when_its_feed_was_first_read_is_not_told() -> None:
    assert actions([arrived(1, old=True)]) == ["silent"]


def test_what_is_older_than_news_can_be_is_not_told() -> None:
    assert actions([arrived(1, published=PUBLISHED - timedelta(days=8))]) == ["silent"]


def test_what_was_found_after_a_gap_is_collected() -> None:
    assert actions([arrived(1, late=True)]) == ["catch_up"]


def test_an_article_of_a_story_that_was_told_changes_the_alert() -> None:
    assert actions([arrived(1, story=1), arrived(2, hours=1, story=1)]) == ["now", "edit"]


def test_an_article_of_a_story_that_has_news_is_told() -> None:
    first = arrived(1, story=1, said={"numbers": {"tote": "19"}})
    second = arrived(2, hours=1, story=1, said={"numbers": {"tote": "31"}})

    assert actions([first, second]) == ["now", "answer"]


def test_what_comes_in_the_same_moment_is_one_alert_unless_it_contradicts() -> None:
    first = arrived(1, story=1)
    second = arrived(2, story=1, said={"names": ["Kim"]})

    assert actions([first, second]) == ["now", "edit"]


def test_old_articles_open_no_story_for_the_chat() -> None:
    assert actions([arrived(1, story=1, old=True), arrived(2, hours=1, story=1)]) == [
        "silent",
        "now",
    ]


def test_a_list_that_wants_no_stories_has_each_article_told() -> None:
    some = [arrived(1, story=1), arrived(2, hours=1, story=1)]

    assert actions(some, Terms(timedelta(days=7), "off")) == ["now", "now"]
    assert actions(some, Terms(timedelta(days=7), "wire")) == ["now", "now"]

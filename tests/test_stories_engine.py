"""What holds for any stream: one story each, the same after a restart, bounded, never an error."""

import pickle
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.stories.engine import Stories
from bot.stories.reading import read_all
from bot.stories.tuning import Limits, Tuning
from bot.stories.values import Decision, Document
from tests.stories_kit import DAY, HOUR, LOCAL, MISSILE, OTHER_WORDS, START, WIRE, document

PIECES = [WIRE, OTHER_WORDS, MISSILE, LOCAL, WIRE[:500], WIRE + LOCAL, "", "Kurz."]
TITLES = ["Kim schickt Soldaten nach Moskau", "Siegesparade 2025", "Siegesparade 2026", "Live: Kim",
          "Bilder des Tages", "Kommentar: Kim", "Rakete über dem Meer", ""]  # fmt: skip
STREAMS = st.lists(
    st.tuples(
        st.sampled_from(TITLES), st.sampled_from(PIECES), st.integers(0, 30), st.integers(0, 6)
    ),
    max_size=25,
)


def stream(drawn: list[tuple[str, str, int, int]]) -> list[Document]:
    """Return documents of a few outlets; the hours between them add up."""
    documents, after = [], timedelta(0)
    for number, (title, text, hours, page) in enumerate(drawn):
        after += hours * HOUR
        url = f"https://z{page % 3}.example/a{page}" if page else ""
        documents.append(document(str(number), title, text, after, url=url, outlet=f"z{page % 3}"))
    return documents


def remembered(documents: list[Document], decisions: list[Decision]) -> Stories:
    """Return stories as after a restart: each article once, as it reads now."""
    current: dict[str, tuple[Document, str]] = {}
    for each, decision in zip(documents, decisions, strict=True):
        if decision.verdict == "duplicate":
            continue
        if decision.verdict == "update":
            first, story = current[decision.with_]
            seen = first.seen or first.published
            given_ = Document(
                first.id, each.title, each.text, first.published, seen, each.outlet, each.url,
                each.page, each.guid, each.language,
            )  # fmt: skip
            current[decision.with_] = given_, story
        else:
            current[each.id] = each, decision.story
    stories = Stories()
    for each, story in current.values():
        stories.remember(each, story)
    return stories


@settings(max_examples=60, deadline=None)
@given(STREAMS)
def test_every_article_is_in_exactly_one_story_which_its_first_article_names(
    drawn: list[tuple[str, str, int, int]],
) -> None:
    documents = stream(drawn)
    stories, of = Stories(), dict[str, str]()
    for each in documents:
        decision = stories.add(each)
        if decision.verdict in {"new", "related"}:
            assert decision.story == each.id
        else:
            assert decision.story == of[decision.with_]
        of[each.id] = decision.story
    assert all(of[story] == story for story in of.values())


@settings(max_examples=60, deadline=None)
@given(STREAMS)
def test_what_is_read_elsewhere_is_decided_as_the_article_is(
    drawn: list[tuple[str, str, int, int]],
) -> None:
    documents = stream(drawn)
    here, there = Stories(), Stories()

    readings = pickle.loads(pickle.dumps(read_all(documents)))

    assert [there.add(each) for each in readings] == [here.add(each) for each in documents]


@settings(max_examples=60, deadline=None)
@given(STREAMS, st.integers(0, 25))
def test_a_restart_changes_nothing(drawn: list[tuple[str, str, int, int]], at: int) -> None:
    documents = stream(drawn)
    whole = Stories()
    decisions = [whole.add(each) for each in documents]
    after = remembered(documents[:at], decisions[:at])
    assert [after.add(each) for each in documents[at:]] == decisions[at:]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text(), st.text(), st.text(max_size=40)), max_size=8))
def test_no_text_is_an_error(drawn: list[tuple[str, str, str]]) -> None:
    stories = Stories()
    for number, (title, text, url) in enumerate(drawn):
        given_ = Document(str(number), title, text * 50, START, url=url, page=url, guid=url)
        assert stories.add(given_).story


@pytest.mark.parametrize(
    "text", ["\ud800" * 300, "\0" * 500, "a" * 500_000, "1. " * 9_000, "東京" * 900]
)
def test_hostile_texts_are_no_error(text: str) -> None:
    stories = Stories()
    for number in range(3):
        assert stories.add(Document(str(number), text[:900], text, START)).story


@settings(max_examples=30, deadline=None)
@given(STREAMS)
def test_no_story_has_a_member_outside_its_window(drawn: list[tuple[str, str, int, int]]) -> None:
    documents = stream(drawn)
    stories, members = Stories(), dict[str, list[Document]]()
    for each in documents:
        decision = stories.add(each)
        if decision.verdict not in {"duplicate", "update"}:
            members.setdefault(decision.story, []).append(each)
    for own in members.values():
        times = [each.published for each in own if each.published]
        assert max(times) - min(times) <= Tuning().longest
        gaps = [later - one for one, later in pairwise(times)]
        assert max(gaps, default=HOUR) <= Tuning().silence


def test_the_window_holds_no_more_than_it_may() -> None:
    stories = Stories(limits=Limits(documents=5))
    for number in range(50):
        stories.add(document(str(number), f"Titel {number} über Kassel {number * 7}", WIRE))
        assert len(stories) <= 5
    assert not set(map(str, range(45))) & {each.id for each in stories._window.rows.values()}


def test_what_is_too_old_is_forgotten_with_all_its_terms() -> None:
    stories = Stories(limits=Limits(keep=timedelta(days=2)))
    stories.add(document("a", "Kim schickt Soldaten", WIRE, url="https://z.example/a", guid="1"))
    stories.add(document("b", "Rathaus", LOCAL, 5 * DAY))
    assert [each.id for each in stories._window.rows.values()] == ["b"]
    alone = Stories()
    alone.add(document("b", "Rathaus", LOCAL, 5 * DAY))
    assert stories._window._having.keys() == alone._window._having.keys()
    assert stories._window._by_key.keys() == alone._window._by_key.keys()
    assert set(stories._stories) == {"b"}


def test_case_20_a_chain_does_not_snowball() -> None:
    words = [f"wort{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(260)]
    stories = Stories()
    found = []
    for n in range(30):
        text = ". ".join(words[n * 6 : n * 6 + 60])
        found.append(
            stories.add(document(str(n), " ".join(words[n * 6 : n * 6 + 4]), text, n * DAY))
        )
    sizes = [sum(each.story == story for each in found) for story in {e.story for e in found}]
    assert max(sizes) <= 8  # a week's
    assert len(sizes) >= 4


def test_a_split_article_is_apart_for_good_and_the_others_stay() -> None:
    stories = Stories()
    for id_, text in (("a", WIRE), ("b", OTHER_WORDS), ("c", WIRE)):
        assert (
            stories.add(document(id_, "Kim schickt Soldaten zur Siegesparade", text)).story == "a"
        )
    assert stories.split("b") == "b"
    assert stories.split("a") is None
    assert stories.split("unknown") is None
    again = stories.add(document("b", "Neuer Titel", OTHER_WORDS, HOUR))
    assert (again.verdict, again.story) == ("update", "b")
    copy = stories.add(document("d", "Truppen aus Nordkorea", OTHER_WORDS, 2 * HOUR))
    assert copy.story == "b"
    assert stories.add(document("e", "Soldaten", WIRE, 2 * HOUR)).story == "a"


def test_a_date_in_the_future_counts_as_now() -> None:
    seen = START
    stories = Stories()
    stories.add(Document("a", "Kim schickt Soldaten", WIRE, START + 400 * DAY, seen))
    second = stories.add(Document("b", "Kim schickt Truppen", WIRE, START, START))
    assert second.story == "a"


def test_articles_without_a_date_follow_the_one_before() -> None:
    stories = Stories()
    stories.add(Document("a", "Kim schickt Soldaten", WIRE, START))
    assert stories.add(Document("b", "Kim schickt Truppen", WIRE)).story == "a"

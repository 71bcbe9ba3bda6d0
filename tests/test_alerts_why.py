"""The chain from the feed to the chat ends at its first broken link."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.alerts.joining import Joining, Near
from bot.alerts.steps import Step
from bot.alerts.why import Chat, Listed, chain
from bot.wording import sentences

SEEN = datetime(2025, 5, 9, 8, 0, tzinfo=UTC)
LISTED = Listed(
    "Depesche", SEEN, old=False, read_due=None, text_from="page", lists={"a": "", "b": "x*"}
)
CHAT = Chat("active", ("a",), (), kind="alert", message="sent", changed=SEEN)


def said(step: Step) -> str:
    return sentences("en").why[step.key].format(**step.params)


def written(instant: datetime) -> str:
    return f"{instant:%H:%M}"


def last(listed: Listed, chat: Chat | None = None) -> tuple[str, bool]:
    step = chain([listed], chat, written)[-1]
    return said(step), step.broken


def test_an_article_that_was_told_has_an_unbroken_chain() -> None:
    steps = chain([LISTED], CHAT, written)

    assert [said(step) for step in steps] == [
        "Depesche listed it at 08:00",
        "its page was read",
        "it matches a",
        "it was told in an alert at 08:00",
    ]
    assert not any(step.broken for step in steps)


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (replace(LISTED, text_from=None, lists={}), "it was not read yet"),
        (
            replace(LISTED, text_from=None, lists={}, read_due=SEEN),
            "it was not read yet; due at 08:00",
        ),
        (replace(LISTED, lists={}), "no watchlist matches it"),
    ],
)
def test_what_did_not_come_to_a_match_ends_there(listed: Listed, expected: str) -> None:
    assert last(listed, CHAT) == (expected, True)


@pytest.mark.parametrize(
    ("chat", "expected"),
    [
        (Chat(None, (), ()), "this chat is not known"),
        (replace(CHAT, state="paused"), "the chat is not served at present"),
        (replace(CHAT, on=("c",)), "none of these lists is on in the chat"),
        (
            replace(CHAT, kind=None, reasons=("it is dated more than 7 days ago",)),
            "it was not told: it is dated more than 7 days ago",
        ),
        (replace(CHAT, kind=None), "it was not told: nothing was decided for the chat"),
        (
            replace(CHAT, kind="digest", message="pending", due=SEEN),
            "a digest with it waits, due at 08:00",
        ),
        (
            replace(CHAT, message="dead", error="Forbidden"),
            "its message was not sent: Forbidden",
        ),
    ],
)
def test_what_did_not_come_to_the_chat_ends_at_the_reason(chat: Chat, expected: str) -> None:
    assert last(LISTED, chat) == (expected, True)


def test_what_may_not_have_arrived_is_said_so() -> None:
    answer, broken = last(LISTED, replace(CHAT, message="uncertain"))

    assert "may not have arrived" in answer
    assert not broken


def test_of_several_feeds_the_best_text_counts() -> None:
    other = replace(LISTED, outlet="Kurier", text_from="feed", old=True)

    steps = [said(step) for step in chain([other, LISTED], None, written)]

    assert steps[0] == "Kurier listed it at its first poll, so it counts as old"
    assert "its page was read" in steps


def test_what_a_digest_tells_with_others_of_its_story_is_said_to_be_of_that() -> None:
    news = "its story has news: it is reported again after a while"
    collected = replace(CHAT, kind="digest", reasons=(news,))
    assert last(LISTED, collected)[0] == "it is of a story that was told at 08:00"
    assert last(LISTED, replace(collected, kind="alert"))[0] == "it was told in an alert at 08:00"


def test_the_lists_that_are_on_are_named_with_the_line_that_matched() -> None:
    assert last(LISTED) == ("it matches a, b (x*)", False)
    on = replace(CHAT, on=("b",))
    assert "it matches b (x*)" in [said(step) for step in chain([LISTED], on, written)]


def test_what_was_there_before_the_first_poll_has_that_for_a_reason() -> None:
    old, untold = replace(LISTED, old=True), Chat("active", ("a",), ())
    reason = "it was not told: the feed listed it when it was first read"
    assert last(old, untold) == (reason, True)


def story(joining: Joining) -> list[str]:
    """Return what is said of how an article came to its story."""
    return [said(step) for step in chain([LISTED], None, written, joining)][3:]


@pytest.mark.parametrize(
    ("joining", "expected"),
    [
        (Joining("new"), ["it opens a story"]),
        (Joining("split"), ["somebody said that it is a story of its own"]),
        (Joining("duplicate", Near("Parade", 0.0)), ["the article was known: Parade"]),
        (
            Joining("wire", Near("Parade", 0.871), 0.55, ("kim",)),
            ["the same text as “Parade”: 87% of the shorter one is in both (needed: 55%)"],
        ),
        (
            Joining("same", Near("Parade", 0.52), 0.36, ("Kim", "Moskau"), Near("Rakete", 0.21)),
            [
                "the same story as “Parade”: likeness 52% (needed: 36%), shared: Kim, Moskau",
                "next best was “Rakete”: likeness 21%",
            ],
        ),
        (
            Joining("related", Near("Parade", 0.52, ("place kassel ≠ rostock",)), 0.36, ("Kim",)),
            [
                (
                    "a story of its own, but related to “Parade”: likeness 52% (needed: 36%), "
                    "shared: Kim"
                ),
                "against it: place kassel ≠ rostock",
            ],
        ),
        (
            Joining("new", runner_up=Near("Rakete", 0.3, ("the title is a kicker",))),
            [
                "it opens a story",
                "next best was “Rakete”: likeness 30%",
                "against it: the title is a kicker",
            ],
        ),
    ],
)
def test_how_it_came_to_its_story_is_said(joining: Joining, expected: list[str]) -> None:
    assert story(joining) == expected

"""What is warned of in a list beside others, and beside the feeds that there are."""

from typing import NamedTuple

import pytest

from bot.watch.among import Around
from bot.watch.check import warnings
from bot.watch.language import parse
from bot.watch.watchlist import Watchlist


class Feed(NamedTuple):
    """A feed, as far as a list can keep to it."""

    name: str
    tags: tuple[str, ...] = ()


FEEDS = (Feed("tagesschau"), Feed("ORF", ("österreich",)))


def read(text: str, name: str = "liste") -> Watchlist:
    return parse(text, f"{name}.txt", name)


def warned(text: str, *feeds: Feed, others: tuple[Watchlist, ...] = ()) -> list[str]:
    """What is told of a list."""
    found = warnings([read(text)], lambda _: False, Around((read(text), *others), feeds))
    return [str(each) for each in found]


# Feeds and tags


def test_a_name_that_no_feed_has_is_warned_of_at_its_place_with_the_nearest_one() -> None:
    assert warned("Kim\n@feeds ORF, Tageschau  # nur die", *FEEDS) == [
        "liste.txt:2:13: no feed is called Tageschau; did you mean tagesschau?"
    ]


def test_a_tag_that_no_feed_has_is_warned_of_with_those_that_there_are() -> None:
    assert warned("@tags technik, Österreich\nKim", *FEEDS) == [
        "liste.txt:1:7: no feed has the tag technik; known are österreich"
    ]
    assert warned("@tags technik\n@feeds ORF\nKim", Feed("ORF")) == [
        "liste.txt:1:7: no feed has the tag technik; feeds get their tags in config.toml"
    ]


def test_a_list_that_no_feed_is_for_is_told_that_it_never_alerts() -> None:
    assert [each.partition("; ")[0] for each in warned("@feeds NDR, MDR\nKim", *FEEDS)] == [
        "liste.txt:1:8: no feed is called NDR",
        "liste.txt:1:13: no feed is called MDR, so this list never alerts",
    ]


def test_part_of_a_name_is_enough_to_find_the_one_that_is_meant() -> None:
    (said,) = warned("@feeds NDR\nKim", Feed("Nachrichten des NDR aus Hamburg"))

    assert said.endswith("did you mean Nachrichten des NDR aus Hamburg?")


@pytest.mark.parametrize(
    ("text", "feeds"),
    [
        ("@feeds TAGESSCHAU\n@tags Österreich\nKim", FEEDS),
        ("@feeds NDR\n@tags technik\nKim", ()),
        ("@feeds NDR\nKim", (Feed("tagesschau"), Feed(""))),
    ],
    ids=["known", "no feeds are known", "a feed's name is not known yet"],
)
def test_what_may_be_a_feed_is_not_warned_of(text: str, feeds: tuple[Feed, ...]) -> None:
    assert warned(text, *feeds) == []


# Lists of the same name


def test_two_lists_with_the_same_label_are_warned_of() -> None:
    other = read("@label Nordkorea\nPutin", "alt")

    assert warned("@label nordkorea\nKim", others=(other,)) == [
        "liste.txt:1:8: alt.txt is called nordkorea, too; give one of the two another @label"
    ]


def test_a_label_that_is_the_name_of_another_file_is_warned_of() -> None:
    assert warned("Kim", others=(read("@label Liste\nPutin", "alt"),)) == [
        "liste.txt: alt.txt is called liste, too; give one of the two another @label"
    ]


def test_lists_with_the_same_label_that_nobody_sees_both_of_are_not_warned_of() -> None:
    other = read("@label Meine\n@visible 1001\nPutin", "alt")

    assert warned("@label Meine\n@visible 1002\nKim", others=(other,)) == []
    assert warned("@label Meine\n@visible admins\nKim", others=(other,))

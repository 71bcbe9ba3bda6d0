"""Lists that get another name, losses that are meant, and names that a list can have."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.watch.files import (
    COPIED,
    SETTLE,
    Content,
    Event,
    Held,
    Loaded,
    Removed,
    Renamed,
    Shelf,
    wanted_name,
)

NOW = datetime(2026, 5, 9, 12, 0, tzinfo=UTC)
SOON = NOW + timedelta(seconds=1)
SETTLED = NOW + SETTLE
GOOD, EMPTY = b"Nordkorea\nKim\nPutin\n", b"# leer\n"
LABELLED = b"@label Korea\nNordkorea\nKim\nPutin\n"


def names(shelf: Shelf) -> list[str]:
    return [watchlist.name for watchlist in shelf.in_force]


def shelf_with(**files: bytes) -> Shelf:
    return Shelf({name: content.decode() for name, content in files.items()})


def test_a_list_whose_text_has_another_name_is_renamed_once_the_old_one_stays_away() -> None:
    shelf = shelf_with(nord=GOOD)

    loaded, held = shelf.observe({"korea.txt": GOOD}, NOW)

    assert (type(loaded), held) == (Loaded, Held("nord", "its file is gone"))
    assert names(shelf) == ["korea", "nord"]
    assert shelf.observe({"korea.txt": GOOD}, SETTLED) == (Renamed("nord", "korea"),)
    assert names(shelf) == ["korea"]


def test_a_list_with_the_label_and_most_lines_of_another_one_is_that_one() -> None:
    shelf = shelf_with(nord=LABELLED)
    shelf.observe({"korea.txt": LABELLED + b"Xi\n"}, NOW)

    events = shelf.observe({"korea.txt": LABELLED + b"Xi\n"}, SETTLED)

    assert events == (Renamed("nord", "korea"),)


def test_of_several_lists_that_are_alike_the_one_with_the_same_text_is_meant() -> None:
    shelf = shelf_with(nord=LABELLED)
    files: dict[str, Content] = {"a.txt": LABELLED + b"Xi\n", "b.txt": LABELLED}
    shelf.observe(files, NOW)

    assert shelf.observe(files, SETTLED) == (Renamed("nord", "b"),)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(GOOD, GOOD + b"Xi\n", id="alike, without a label"),
        pytest.param(LABELLED, LABELLED.replace(b"Korea", b"Kim"), id="another label"),
        pytest.param(LABELLED, b"@label Korea\nNordkorea\nXi\n", id="mostly other lines"),
        pytest.param(EMPTY, EMPTY, id="nothing in either"),
    ],
)
def test_lists_that_are_not_alike_are_two(old: bytes, new: bytes) -> None:
    shelf = shelf_with(nord=old)
    shelf.observe({"korea.txt": new}, NOW)

    assert shelf.observe({"korea.txt": new}, SETTLED) == (Removed("nord"),)


@pytest.mark.parametrize(
    ("before", "event"),
    [(COPIED, Renamed("nord", "korea")), (COPIED + SETTLE, Removed("nord"))],
    ids=["as people rename", "long before"],
)
def test_a_copy_is_a_new_name_only_if_it_came_a_short_while_before(
    before: timedelta, event: Event
) -> None:
    shelf = shelf_with(nord=GOOD)
    shelf.observe({"korea.txt": GOOD, "nord.txt": GOOD}, NOW - before)
    shelf.observe({"korea.txt": GOOD}, NOW)

    assert shelf.observe({"korea.txt": GOOD}, SETTLED) == (event,)


def test_that_a_list_came_a_short_while_ago_is_known_after_a_restart_too() -> None:
    stored = {"nord": GOOD.decode(), "korea": GOOD.decode()}
    shelf = Shelf(stored, {"nord": NOW - timedelta(days=9), "korea": NOW})
    shelf.observe({"korea.txt": GOOD}, SOON)

    assert shelf.observe({"korea.txt": GOOD}, SOON + SETTLE) == (Renamed("nord", "korea"),)


def test_a_loss_that_is_meant_is_believed_at_once() -> None:
    shelf = shelf_with(nord=GOOD)
    shelf.expect("nord", b"Kim\n")

    assert shelf.observe({"nord.txt": b"Kim\n"}, NOW) == (
        Loaded("nord", (), ("Nordkorea", "Putin")),
    )


def test_another_loss_than_the_one_that_is_meant_must_last() -> None:
    shelf = shelf_with(nord=GOOD)
    shelf.expect("nord", b"Kim\n")

    assert shelf.observe({"nord.txt": b""}, NOW) == (Held("nord", "its file became empty"),)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("nordkorea.txt", "nordkorea"),
        (" Türkei & Syrien ", "Türkei & Syrien"),
        ("Tu\u0308rkei.TXT", "Türkei"),
        ("a.b.txt", "a.b"),
        ("ä" * 100, "ä" * 100),
    ],
)
def test_a_name_is_what_is_written_without_its_ending(written: str, name: str) -> None:
    assert wanted_name(written) == name


@pytest.mark.parametrize(
    "written",
    [
        *("", " ", ".txt", ".nord", "~$nord", "#nord", "../nord", "a/b", "a\\b", "a:b", "a\nb"),
        *("ä" * 101, "a\0b", "nord.", 'a"b', "a\u202eb", "a\ud800b", "<b>"),
    ],
)
def test_a_name_that_no_file_should_have_is_none(written: str) -> None:
    assert wanted_name(written) is None

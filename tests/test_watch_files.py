"""What is in force, whatever happens to the folder."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Fault
from bot.watch.files import (
    SETTLE,
    Broken,
    Content,
    FolderGone,
    Held,
    Loaded,
    Removed,
    Renamed,
    Shelf,
    is_watchlist_file,
)

NOW = datetime(2026, 5, 9, 12, 0, tzinfo=UTC)
SOON = NOW + timedelta(seconds=1)
SETTLED = NOW + SETTLE
GOOD, OTHER, BAD, EMPTY = b"Nordkorea\nKim\nPutin\n", b"Siegestag\n", b"A & (B\n", b"# leer\n"


def names(shelf: Shelf) -> list[str]:
    return [watchlist.name for watchlist in shelf.in_force]


def source(shelf: Shelf, name: str) -> str:
    return next(watchlist.source for watchlist in shelf.in_force if watchlist.name == name)


def shelf_with(**files: bytes) -> Shelf:
    return Shelf({name: content.decode() for name, content in files.items()})


def test_a_new_file_takes_effect_at_once() -> None:
    shelf = Shelf({})

    events = shelf.observe({"nord.txt": b"Nordkorea\n-Spiel\n"}, NOW)

    assert events == (Loaded("nord", ("Nordkorea", "-Spiel"), ()),)
    assert names(shelf) == ["nord"]


def test_a_changed_file_takes_effect_at_once_and_its_lines_are_told() -> None:
    shelf = shelf_with(nord=GOOD)

    events = shelf.observe({"nord.txt": b"Nordkorea\nKim\nXi\n"}, NOW)

    assert events == (Loaded("nord", ("Xi",), ("Putin",)),)


def test_an_unchanged_file_is_no_event() -> None:
    shelf = shelf_with(nord=GOOD)

    assert shelf.observe({"nord.txt": GOOD}, NOW) == ()


def test_a_broken_file_keeps_its_last_good_version_and_is_told_once() -> None:
    shelf = shelf_with(nord=GOOD)

    (event,) = shelf.observe({"nord.txt": BAD}, NOW)

    assert isinstance(event, Broken)
    assert [fault.where for fault in event.faults] == ["nord.txt"]
    assert shelf.observe({"nord.txt": BAD}, SOON) == ()
    assert source(shelf, "nord") == GOOD.decode()


def test_a_new_file_that_is_broken_has_no_good_version() -> None:
    shelf = shelf_with(nord=GOOD)

    (event,) = shelf.observe({"nord.txt": GOOD, "sieg.txt": BAD}, NOW)

    assert isinstance(event, Broken)
    assert not event.has_good


def test_other_faults_in_the_same_file_are_told_again() -> None:
    shelf = shelf_with(nord=GOOD)
    shelf.observe({"nord.txt": BAD}, NOW)

    (event,) = shelf.observe({"nord.txt": b"A |\n"}, SOON)

    assert isinstance(event, Broken)


def test_a_file_that_was_mended_and_breaks_again_is_told_again() -> None:
    shelf = shelf_with(nord=GOOD)
    shelf.observe({"nord.txt": BAD}, NOW)
    shelf.observe({"nord.txt": GOOD}, NOW)

    assert len(shelf.observe({"nord.txt": BAD}, SOON)) == 1


def test_a_file_that_cannot_be_read_leaves_the_others_alone() -> None:
    shelf = shelf_with(nord=GOOD)
    fault = Fault("nord.txt", "cannot be read")

    events = shelf.observe({"nord.txt": fault, "sieg.txt": OTHER}, NOW)

    assert events == (Broken("nord", (fault,)), Loaded("sieg", ("Siegestag",), ()))
    assert names(shelf) == ["nord", "sieg"]


def test_an_emptied_file_is_believed_only_after_it_stayed_so() -> None:
    shelf = shelf_with(nord=GOOD)

    assert shelf.observe({"nord.txt": EMPTY}, NOW) == (Held("nord", "its file became empty"),)
    assert shelf.wake_at == SETTLED
    assert shelf.observe({"nord.txt": EMPTY}, SOON) == ()
    assert source(shelf, "nord") == GOOD.decode()
    assert shelf.observe({"nord.txt": EMPTY}, SETTLED) == (
        Loaded("nord", (), ("Nordkorea", "Kim", "Putin")),
    )
    assert shelf.wake_at is None


def test_losing_over_half_of_the_queries_must_last_too() -> None:
    shelf = shelf_with(nord=GOOD)

    assert shelf.observe({"nord.txt": b"Nordkorea\n"}, NOW) == (
        Held("nord", "2 of 3 queries are gone"),
    )
    assert shelf.observe({"nord.txt": b"Nordkorea\n"}, SETTLED) == (
        Loaded("nord", (), ("Kim", "Putin")),
    )


def test_a_loss_that_changes_begins_to_wait_anew() -> None:
    shelf = shelf_with(nord=GOOD)
    shelf.observe({"nord.txt": b""}, NOW)
    shelf.observe({"nord.txt": b"Nord"}, SOON)

    assert shelf.observe({"nord.txt": b"Nord"}, SETTLED) == ()
    assert shelf.wake_at == SOON + SETTLE


def test_a_file_that_is_back_in_time_was_never_gone() -> None:
    shelf = shelf_with(nord=GOOD, sieg=OTHER)
    shelf.observe({"sieg.txt": OTHER}, NOW)
    shelf.observe({"nord.txt": GOOD, "sieg.txt": OTHER}, SOON)

    assert shelf.wake_at is None
    assert shelf.observe({"nord.txt": GOOD, "sieg.txt": OTHER}, SETTLED) == ()


def test_a_vanished_file_is_removed_after_a_while() -> None:
    shelf = shelf_with(nord=GOOD, sieg=OTHER)

    assert shelf.observe({"sieg.txt": OTHER}, NOW) == (Held("nord", "its file is gone"),)
    assert shelf.observe({"sieg.txt": OTHER}, SETTLED) == (Removed("nord"),)
    assert names(shelf) == ["sieg"]


def test_an_empty_or_missing_folder_takes_nothing_and_is_told_once() -> None:
    shelf = shelf_with(nord=GOOD)

    assert shelf.observe(None, NOW) == (FolderGone(),)
    assert shelf.observe({}, SETTLED) == ()
    assert shelf.observe({"notes.md": b""}, SETTLED + SETTLE) == ()
    assert names(shelf) == ["nord"]
    assert shelf.wake_at is None


def test_a_folder_that_is_gone_again_is_told_again() -> None:
    shelf = shelf_with(nord=GOOD)
    shelf.observe(None, NOW)
    shelf.observe({"nord.txt": GOOD}, SOON)

    assert shelf.observe(None, SETTLED) == (FolderGone(),)


def test_a_folder_deleted_file_by_file_takes_nothing() -> None:
    shelf = shelf_with(nord=GOOD, sieg=OTHER)
    shelf.observe({"sieg.txt": OTHER}, NOW)
    shelf.observe({}, SOON)

    shelf.observe({}, SETTLED)

    assert names(shelf) == ["nord", "sieg"]


def test_a_missing_folder_is_no_news_where_no_list_was_ever_in_force() -> None:
    assert Shelf({}).observe(None, NOW) == ()


def test_a_stored_version_that_can_no_longer_be_read_does_not_stop_the_start() -> None:
    shelf = Shelf({"alt": "A & (B", "nord": "Nordkorea"})

    assert names(shelf) == ["nord"]


def test_a_clock_set_back_only_delays() -> None:
    shelf = shelf_with(nord=GOOD, sieg=OTHER)
    shelf.observe({"sieg.txt": OTHER}, NOW)
    earlier = NOW - timedelta(hours=1)
    shelf.observe({"sieg.txt": OTHER}, earlier)

    assert shelf.observe({"sieg.txt": OTHER}, earlier + SETTLE) == (Removed("nord"),)


def test_names_of_editors_and_systems_are_no_watchlists() -> None:
    ignored = [".nord.txt", "._nord.txt", "~$nord.txt", "nord.txt~", "#nord.txt#", "nord.tmp"]
    ignored += ["4913", "@eaDir", ".nord.txt.swp", "nord.md", ".txt", "x" * 200 + ".txt"]

    assert not any(map(is_watchlist_file, ignored))
    assert is_watchlist_file("Türkei & Syrien.txt")


def test_a_name_is_the_same_however_its_umlauts_are_stored() -> None:
    shelf = Shelf({"Türkei": "Ankara"})

    assert shelf.observe({"Tu\u0308rkei.txt": b"Ankara"}, NOW) == ()


CONTENTS: st.SearchStrategy[Content] = st.sampled_from(
    [GOOD, OTHER, BAD, EMPTY, b"", b"Nordkorea\n", Fault("x", "cannot be read")]
)
FOLDERS = st.none() | st.dictionaries(st.sampled_from(["a.txt", "b.txt", "c.md"]), CONTENTS)
HISTORIES = st.lists(st.tuples(FOLDERS, st.integers(0, 3)), max_size=12)


def is_gone(files: dict[str, Content] | None) -> bool:
    return not any(name.endswith(".txt") for name in files or ())


@given(HISTORIES)
def test_no_list_is_lost_while_the_folder_is_empty(
    history: list[tuple[dict[str, Content] | None, int]],
) -> None:
    shelf, now = Shelf({"a": "Nordkorea"}), NOW

    for files, seconds in history:
        now += timedelta(seconds=seconds)
        before = shelf.in_force
        shelf.observe(files, now)
        if is_gone(files):
            assert shelf.in_force == before


@given(HISTORIES)
def test_only_removal_and_a_new_name_take_a_list_and_every_change_is_told(
    history: list[tuple[dict[str, Content] | None, int]],
) -> None:
    shelf, now = Shelf({"a": "Nordkorea"}), NOW

    for files, seconds in history:
        now += timedelta(seconds=seconds)
        before = {each.name: each for each in shelf.in_force}
        events = shelf.observe(files, now)
        after = {each.name: each for each in shelf.in_force}
        changed = {name for name in after if before.get(name) != after[name]}
        assert changed == {event.name for event in events if isinstance(event, Loaded)}
        gone = {event.name for event in events if isinstance(event, Removed | Renamed)}
        assert before.keys() - after.keys() == gone
        assert shelf.observe(files, now) == ()

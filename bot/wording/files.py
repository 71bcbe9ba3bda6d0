"""Which sentences there are. Watchlists that are sent as files, and what became of them."""

from dataclasses import dataclass

from bot.wording.kinds import Counted


@dataclass(frozen=True, slots=True, kw_only=True)
class FileWords:
    """Watchlists that are sent as files, and what became of them."""

    unknown_kind: str
    too_large: str
    not_had: str

    # How a file was read.
    no_name: str
    no_text: str
    nothing_in_it: str
    read: Counted
    """Above the lines."""
    faulty: Counted
    """Above what is wrong."""
    line: str
    """Where something is wrong."""
    more_lines: Counted
    more_faults: Counted
    more_surprises: Counted
    is_new: str
    replaces: str
    same: str
    """What saving does to the list of that name."""
    changed_meanwhile: str
    button_save: str
    button_discard: str

    # What became of it.
    saved: str
    discarded: str
    not_writable: str
    folder_gone: str
    answer_changed: str
    """It was not undone, as there is a later version."""
    answer_not_kept: str
    answer_undone: str
    answer_removed: str
    answer_not_removed: str
    button_undo: str
    button_bring_back: str

    # Sending a list back.
    unknown_list: str
    export_empty: str

    # What admins are told of a save.
    was_changed: str
    was_undone: str
    was_added: str
    was_renamed: str
    is_back: str
    lines_added: Counted
    lines_removed: Counted
    unchanged: str

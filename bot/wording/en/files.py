"""English. Watchlists that are sent as files, and what became of them."""

from bot.wording.files import FileWords


def _lines(count: int) -> str:
    return "one line" if count == 1 else f"{count} lines"


def _further(count: int, one: str, many: str) -> str:
    return f"… and {one}" if count == 1 else f"… and {count} {many}"


def _more_lines(count: int) -> str:
    return _further(count, "one more line", "more lines")


FILES = FileWords(
    unknown_kind=(
        "I do not know what to do with this file. A .txt file becomes a watchlist, "
        "and from an .opml file I take the feeds."
    ),
    not_had="This file could not be downloaded. Please send it again.",
    too_large="This file is too large. I take no more than 5 MB.",
    no_name=(
        "A watchlist cannot be called <b>{name}</b>. Give the file a shorter name of letters, "
        "digits, spaces and hyphens, or write the name along with it."
    ),
    no_text=(
        "This is not a text file. Save the watchlist as plain text, preferably in UTF-8, "
        "and send it to me again."
    ),
    nothing_in_it=(
        "There is nothing in <b>{name}</b> that I could look for. Write one word on each line, "
        "such as <code>Nordkorea</code>."
    ),
    read=lambda count: f"📄 <b>{{name}}</b> – {_lines(count)}, read like this:",
    faulty=lambda count: (
        "📄 I cannot take <b>{name}</b> yet: "
        + ("one place is" if count == 1 else f"{count} places are")
        + " not right. Nothing is saved."
    ),
    line="<b>Line {line}</b>",
    more_lines=_more_lines,
    more_faults=lambda count: _further(count, "one more place", "more places"),
    more_surprises=lambda count: _further(count, "one more hint", "more hints"),
    is_new="This will be a new watchlist.",
    replaces="It replaces the present version. Lines added: {added}, removed: {removed}.",
    same="It looks for the same as now.",
    changed_meanwhile="⚠️ The watchlist was changed in the meantime. This is how it is now:",
    button_save="💾 Save as {name}",
    button_discard="🗑 Discard",
    saved="✅ <b>{name}</b> is saved and in force now.",
    discarded="🗑 Discarded. <b>{name}</b> stays as it is.",
    not_writable=(
        "⚠️ I cannot save <b>{name}</b>: the folder <code>{folder}</code> is not writable "
        "(<i>{why}</i>). The user that I run as, <code>{user}</code>, must be able to write there: "
        "<code>chown -R {user}</code>, in a container for the folder that is mounted there, and "
        "without <code>ro</code>. Nothing is lost: tap again after that."
    ),
    folder_gone=(
        "⚠️ I cannot save <b>{name}</b>: the folder <code>{folder}</code> is empty or gone. "
        "All lists stay in force until it is back. Nothing is lost: tap again after that."
    ),
    answer_changed=("The watchlist has changed since. Only its last change can be undone."),
    answer_not_kept="I no longer keep this version.",
    answer_removed="The file is removed; in a moment the list no longer counts",
    answer_not_removed="This list cannot be removed: it is the only one",
    answer_undone="The version before is in force again",
    button_undo="↩️ Undo",
    button_bring_back="↩️ Bring it back",
    unknown_list="There is no watchlist called “{name}”. There are: {names}",
    export_empty="There is nothing in <b>{name}</b>.",
    was_changed="📝 The watchlist <b>{name}</b> was changed.",
    was_undone="↩️ The watchlist <b>{name}</b> is again as it was before.",
    was_added="📝 A new watchlist: <b>{name}</b>",
    was_renamed=(
        "🏷 The watchlist <b>{old}</b> is now called <b>{name}</b>. Whoever has it on keeps it."
    ),
    is_back="▶️ The watchlist <b>{name}</b> is back and in force.",
    lines_added=lambda count: f"➕ {_lines(count)} added",
    lines_removed=lambda count: f"➖ {_lines(count)} removed",
    unchanged="It looks for the same as before.",
)

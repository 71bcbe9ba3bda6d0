"""English. Watchlists that are sent as files, and what became of them."""

from bot.wording.files import FileWords

FILES = FileWords(
    unknown_kind=(
        "I do not know what to do with this file. A .txt file becomes a watchlist, "
        "and from an .opml file I take the feeds."
    ),
    too_large="This file is too large. I take no more than 5 MB.",
    not_writable="The watchlists’ folder cannot be written.",
)

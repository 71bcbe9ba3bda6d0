"""English. Watchlists that are sent as files, and what became of them."""

from bot.wording.files import FileWords

FILES = FileWords(
    not_writable="The watchlists’ folder cannot be written.",
)

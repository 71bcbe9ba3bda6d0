"""German. Watchlists that are sent as files, and what became of them."""

from bot.wording.files import FileWords

FILES = FileWords(
    not_writable="Der Ordner der Wortlisten lässt sich nicht beschreiben.",
)

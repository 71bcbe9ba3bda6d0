"""German. Watchlists that are sent as files, and what became of them."""

from bot.wording.files import FileWords

FILES = FileWords(
    unknown_kind=(
        "Mit dieser Datei kann ich nichts anfangen. Eine .txt-Datei wird zur Wortliste, "
        "aus einer .opml-Datei übernehme ich Quellen."
    ),
    too_large="Diese Datei ist zu groß. Mehr als 5 MB nehme ich nicht.",
    not_writable="Der Ordner der Wortlisten lässt sich nicht beschreiben.",
)

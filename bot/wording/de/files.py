"""German. Watchlists that are sent as files, and what became of them."""

from bot.wording.files import FileWords


def _lines(count: int) -> str:
    return "eine Zeile" if count == 1 else f"{count} Zeilen"


def _further(count: int, one: str, many: str) -> str:
    return f"… und {one}" if count == 1 else f"… und {count} {many}"


def _more_lines(count: int) -> str:
    return _further(count, "eine weitere Zeile", "weitere Zeilen")


FILES = FileWords(
    unknown_kind=(
        "Mit dieser Datei kann ich nichts anfangen. Eine .txt-Datei wird zur Wortliste, "
        "aus einer .opml-Datei übernehme ich Quellen."
    ),
    not_had="Diese Datei ließ sich nicht laden. Bitte schicken Sie sie noch einmal.",
    too_large="Diese Datei ist zu groß. Mehr als 5 MB nehme ich nicht.",
    no_name=(
        "So kann eine Wortliste nicht heißen: <b>{name}</b>. Geben Sie der Datei einen kürzeren "
        "Namen aus Buchstaben, Ziffern, Leerzeichen und Bindestrichen, oder schreiben Sie ihn "
        "beim Senden dazu."
    ),
    no_text=(
        "Das ist keine Textdatei. Speichern Sie die Wortliste als reinen Text, am besten in "
        "UTF-8, und schicken Sie sie mir noch einmal."
    ),
    nothing_in_it=(
        "In <b>{name}</b> steht nichts, wonach ich suchen könnte. Schreiben Sie in jede Zeile "
        "ein Wort, zum Beispiel <code>Nordkorea</code>."
    ),
    read=lambda count: f"📄 <b>{{name}}</b> – {_lines(count)}, so habe ich sie gelesen:",
    faulty=lambda count: (
        "📄 <b>{name}</b> kann ich so nicht übernehmen: "
        + ("Eine Stelle stimmt" if count == 1 else f"{count} Stellen stimmen")
        + " noch nicht. Gespeichert ist nichts."
    ),
    line="<b>Zeile {line}</b>",
    more_lines=_more_lines,
    more_faults=lambda count: _further(count, "eine weitere Stelle", "weitere Stellen"),
    more_surprises=lambda count: _further(count, "ein weiterer Hinweis", "weitere Hinweise"),
    is_new="Das wird eine neue Wortliste.",
    replaces=(
        "Damit ersetzen Sie die jetzige Fassung. Neue Zeilen: {added}, wegfallende: {removed}."
    ),
    same="Gesucht wird dann dasselbe wie jetzt.",
    changed_meanwhile="⚠️ Die Wortliste wurde inzwischen geändert. So steht es jetzt:",
    button_save="💾 Als {name} speichern",
    button_discard="🗑 Verwerfen",
    saved="✅ <b>{name}</b> ist gespeichert und gilt ab sofort.",
    discarded="🗑 Verworfen. An <b>{name}</b> ändert sich nichts.",
    not_writable=(
        "⚠️ Ich kann <b>{name}</b> nicht speichern: In den Ordner <code>{folder}</code> lässt sich "
        "nicht schreiben (<i>{why}</i>). Er muss für den Benutzer <code>{user}</code> beschreibbar "
        "sein, unter dem ich laufe: <code>chown -R {user}</code>, in einem Container für den "
        "Ordner, der dort eingebunden ist, und ohne <code>ro</code>. "
        "Verloren ist nichts: Tippen Sie danach noch einmal."
    ),
    folder_gone=(
        "⚠️ Ich kann <b>{name}</b> nicht speichern: Der Ordner <code>{folder}</code> ist leer oder "
        "verschwunden. Alle Listen gelten weiter, bis er wieder da ist. Verloren ist nichts: "
        "Tippen Sie danach noch einmal."
    ),
    answer_changed=(
        "Die Wortliste ist inzwischen eine andere. Zurücknehmen lässt sich nur die letzte Änderung."
    ),
    answer_not_kept="Diese Fassung bewahre ich nicht mehr auf.",
    answer_removed="Die Datei ist entfernt; gleich gilt die Liste nicht mehr",
    answer_not_removed="Diese Liste lässt sich nicht entfernen: Sie ist die einzige",
    answer_undone="Die Fassung davor gilt wieder",
    button_undo="↩️ Rückgängig",
    button_bring_back="↩️ Zurückholen",
    unknown_list="Eine Wortliste namens „{name}“ gibt es nicht. Es gibt: {names}",
    export_empty="In <b>{name}</b> steht nichts.",
    was_changed="📝 Die Wortliste <b>{name}</b> wurde geändert.",
    was_undone="↩️ Die Wortliste <b>{name}</b> ist wieder, wie sie vorher war.",
    was_added="📝 Neue Wortliste: <b>{name}</b>",
    was_renamed=(
        "🏷 Die Wortliste <b>{old}</b> heißt jetzt <b>{name}</b>. "
        "Wer sie eingeschaltet hat, behält sie."
    ),
    is_back="▶️ Die Wortliste <b>{name}</b> ist wieder da und gilt.",
    lines_added=lambda count: "➕ eine neue Zeile" if count == 1 else f"➕ {count} neue Zeilen",
    lines_removed=lambda count: f"➖ {_lines(count)} weniger",
    unchanged="Gesucht wird dasselbe wie vorher.",
)

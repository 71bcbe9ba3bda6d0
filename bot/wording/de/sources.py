"""German. Feeds, and how the service is doing."""

from bot.wording.de.errors import ERRORS
from bot.wording.sources import SourceWords, either


def _added(count: int) -> str:
    said = "✅ <b>{title}</b> lese ich ab jetzt. "
    if count == 0:
        return said + "Noch steht dort nichts."
    return said + ("Dort steht ein Artikel:" if count == 1 else f"Dort stehen {count} Artikel:")


def _per_day(count: int) -> str:
    if count == 0:
        return "weniger als ein Artikel am Tag"
    return "etwa ein Artikel am Tag" if count == 1 else f"etwa {count} Artikel am Tag"


def _entries(count: int) -> str:
    return "noch leer" if count == 0 else either("ein Artikel", "# Artikel")(count)


SOURCES = SourceWords(
    seconds=either("eine Sekunde", "# Sekunden"),
    minutes=either("eine Minute", "# Minuten"),
    hours=either("eine Stunde", "# Stunden"),
    days=either("einen Tag", "# Tage"),
    just_now="gerade eben",
    minutes_ago=either("vor einer Minute", "vor # Minuten"),
    hours_ago=either("vor einer Stunde", "vor # Stunden"),
    days_ago=either("vor einem Tag", "vor # Tagen"),
    soon="gleich",
    zone="{time} ({zone})",
    errors=ERRORS,
    title=either("<b>Eine Quelle</b>", "<b># Quellen</b>"),
    none="Noch lese ich keine Quelle. Mit /addfeed kommt eine dazu, mit /import viele auf einmal.",
    page="Seite {page} von {pages}",
    health={
        "ill": "🔴 gestört",
        "gone": "⚫️ abgeschaltet",
        "silent": "🔇 still",
        "failing": "🟠 zuletzt nicht zu lesen",
        "paused": "⏸ Pause",
        "new": "🆕 noch nicht gelesen",
        "well": "🟢 in Ordnung",
    },
    last_read="Gelesen: {ago}",
    never_read="Gelesen: noch nie",
    last_new="Zuletzt Neues: {ago}",
    never_new="Zuletzt Neues: noch nie",
    failures=either(
        "Der letzte Versuch ist gescheitert", "Die letzten # Versuche sind gescheitert"
    ),
    per_day=_per_day,
    in_config="Diese Quelle steht in der Datei config.toml und wird dort geändert.",
    remove_asked=(
        "Soll ich <b>{name}</b> nicht mehr lesen? Was von dort schon gemeldet ist, bleibt stehen."
    ),
    button_earlier="◀️ Zurück",
    button_later="Weiter ▶️",
    button_all="📡 Alle Quellen",
    button_pause="⏸ Pause",
    button_resume="▶️ Wieder lesen",
    button_remove="🗑 Entfernen",
    button_remove_now="🗑 Ja, entfernen",
    button_keep="Behalten",
    answer_paused="„{name}“ macht Pause",
    answer_resumed="„{name}“ wird wieder gelesen",
    answer_removed="„{name}“ ist entfernt",
    how_to_add=(
        "Welche Seite soll ich lesen? Schreiben Sie ihre Adresse hinter den Befehl, zum Beispiel\n"
        "<code>/addfeed tagesschau.de</code>\n"
        "Die passende Quelle (RSS oder Atom) suche ich dort selbst."
    ),
    no_address=(
        "„{written}“ ist keine Webadresse. "
        "Schreiben Sie zum Beispiel <code>/addfeed tagesschau.de</code>."
    ),
    looking="🔎 Ich sehe bei {host} nach …",
    added=_added,
    added_old="Was dort schon steht, gilt als alt. Gemeldet wird, was ab jetzt erscheint.",
    known="Diese Quelle lese ich schon.",
    added_unread=(
        "✅ Aufgenommen, auch wenn ich sie gerade nicht lesen kann: {error}. "
        "Ich versuche es weiter; wie es ihr geht, steht unter /feeds."
    ),
    no_host=(
        "Nicht aufgenommen: {error}. Stimmt die Schreibweise? "
        "Wenn ja, versuchen Sie es später noch einmal."
    ),
    not_allowed="Das darf ich nicht abrufen: {error}.",
    nothing_found=(
        "Bei {host} habe ich keine Quelle gefunden. Kennen Sie ihre genaue Adresse, schicken Sie "
        "mir diese mit /addfeed. Nachgesehen habe ich hier:"
    ),
    too_slow=(
        "{host} antwortet zu langsam, ich habe aufgehört zu warten. Versuchen Sie es später noch "
        "einmal, oder schicken Sie mir die genaue Adresse der Quelle."
    ),
    several=either(
        "Dort gibt es eine Quelle. Soll ich sie lesen?",
        "Dort gibt es # Quellen. Welche soll ich lesen?",
    ),
    may_be_more="Vielleicht gibt es dort noch mehr, ich bin nicht jedem Link gefolgt.",
    entries=_entries,
    button_found="▫️ {title}",
    button_taken="✅ {title}",
    answer_added="„{name}“ lese ich ab jetzt",
    answer_known="Diese Quelle lese ich schon",
    how_to_import=(
        "Schicken Sie mir eine <b>.opml-Datei</b>, einfach so, als Anhang. Feedreader wie Feedly, "
        "Inoreader oder Thunderbird geben ihre Quellen als solche Datei aus. "
        "Was ich schon lese, bleibt, wie es ist."
    ),
    unreadable="Diese Datei kann ich nicht lesen: {error}.",
    unreadable_line="Diese Datei kann ich nicht lesen: {error} (Zeile {line}).",
    too_many=(
        "Das sind {count} Quellen, und mehr als {most} auf einmal nehme ich nicht. "
        "Teilen Sie die Datei bitte auf."
    ),
    asking=either(
        "📥 In der Datei steht eine Quelle. Ich prüfe, ob sie antwortet …",
        "📥 In der Datei stehen # Quellen. Ich prüfe bei jeder, ob sie antwortet. "
        "Das dauert höchstens eine Minute …",
    ),
    imported=(
        "📥 <b>Fertig.</b>\nNeu aufgenommen: {added}\nSchon vorher dabei: {known}\n"
        "Ausgelassen: {left_out}"
    ),
    left_out="<b>Ausgelassen:</b>",
    not_answering="<b>Aufgenommen, aber gerade nicht zu lesen:</b>",
    unasked=either(
        "Eine Quelle hat in der Zeit nicht geantwortet. Ich habe sie trotzdem aufgenommen; "
        "wie es ihr geht, steht bald unter /feeds.",
        "# Quellen haben in der Zeit nicht geantwortet. Ich habe sie trotzdem aufgenommen; "
        "wie es ihnen geht, steht bald unter /feeds.",
    ),
    more=either("… und eine weitere.", "… und # weitere."),
    exported="📡 Alle Quellen als OPML-Datei, für jeden Feedreader.",
    exports_lists="Mit <code>/export LISTE</code> schicke ich eine Wortliste.",
    exports_admins=(
        "Wortlisten und Quellen schicke ich nur Administratoren als Datei. "
        "Ihre eigenen Daten bekommen Sie mit <code>/export</code>, ohne etwas dahinter."
    ),
    exported_own="🗂 Das ist alles, was ich über diesen Chat weiß.",
    only_private="Das schicke ich nur im privaten Chat mit mir. Bitte fragen Sie mich dort.",
    status="<b>So steht es</b>",
    chat_id="Kennung dieses Chats: <code>{id}</code>",
    channel_id="Kennung des Kanals: <code>{id}</code>",
    topic="Thema: <code>{thread}</code>",
    states={
        "active": "🔔 Hier kommen Meldungen an.",
        "paused": "⏸ Hier ist Pause. Mit /start geht es weiter.",
        "asleep": "🔔 Hier kommen wieder Meldungen an.",
    },
    reading=either("📡 Ich lese eine Quelle.", "📡 Ich lese # Quellen."),
    told="⏱ Meldungen kommen im Mittel {length} nach dem Erscheinen.",
    not_told="⏱ In den letzten sieben Tagen gab es nichts zu melden.",
    unread=either(
        "📖 Ein Artikel wartet darauf, gelesen zu werden.",
        "📖 # Artikel warten darauf, gelesen zu werden.",
    ),
    unsent=either(
        "✉️ Für diesen Chat wartet eine Nachricht. Sie kommt: {time}.",
        "✉️ Für diesen Chat warten # Nachrichten. Die nächste kommt: {time}.",
    ),
    status_admin="<b>Für Administratoren</b>",
    entries_a_day="Artikel am Tag: {count}",
    discovery="Gefunden im Mittel {length} nach dem Erscheinen",
    network_down="⚠️ Unser eigenes Netz ist gestört, zuerst bemerkt {ago}.",
    canary="🐤 Der stündliche Probelauf kam zuletzt {ago} durch und brauchte {length}.",
    database={
        "full": "⚠️ Die Festplatte ist voll, bemerkt {ago}. Sobald Platz ist, geht es weiter.",
        "read_only": "⚠️ Auf meine Daten kann ich nur noch lesend zugreifen, bemerkt {ago}.",
        "locked": "⚠️ Ein anderes Programm hält meine Datenbank fest, bemerkt {ago}.",
        "failing": "⚠️ Die Festplatte antwortet nicht, wie sie soll, bemerkt {ago}.",
        "damaged": "⚠️ Meine Datenbank ist beschädigt, bemerkt {ago}.",
    },
    chats="Chats: {count} · Administratoren: {admins}",
    letters="Nachrichten: {states}",
    letter_states={
        "pending": "{count} noch zu senden",
        "sending": "{count} unterwegs",
        "sent": "{count} gesendet",
        "uncertain": "{count} vielleicht nicht angekommen",
        "dead": "{count} gesammelt gemeldet oder nicht mehr nötig",
    },
    told_most="Fast alle Meldungen (95 %) kommen spätestens {length} nach dem Erscheinen.",
    plain="Ohne Formatierung gesendet: {count}",
)

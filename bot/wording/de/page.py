"""German. The status page."""

from bot.wording.page import PageWords
from bot.wording.sources import either

PAGE = PageWords(
    title="Ausguck",
    as_of="Stand {time} Uhr",
    other_language="English",
    day="{day}. {month}",
    thousands=".",
    then="{day}, {clock}",
    well="Alles in Ordnung",
    ill=either("Eine Quelle braucht Aufmerksamkeit", "# Quellen brauchen Aufmerksamkeit"),
    network_down="Unser eigenes Netz ist gestört, zuerst bemerkt {ago}",
    troubles={
        "Telegram cannot be reached": "Telegram ist gerade nicht zu erreichen",
        "Telegram refuses the token; copy it again from @BotFather": (
            "Telegram lehnt den Token ab; kopieren Sie ihn noch einmal von @BotFather"
        ),
        "another process uses this token; end it, or give one of the two another token": (
            "Ein zweiter Bot benutzt denselben Token; beenden Sie ihn, "
            "oder geben Sie einem der beiden einen anderen"
        ),
    },
    database_down="Die Datenbank antwortet gerade nicht. Versuchen Sie es gleich noch einmal.",
    feeds="Quellen",
    feeds_well="{count} in Ordnung",
    alerts_today="Meldungen in 24 Stunden",
    told="im Mittel {length} nach dem Erscheinen",
    not_told="noch keine Meldung",
    waiting="Zu senden",
    nothing_waits="nichts wartet",
    unread=either("ein Artikel wartet auf das Lesen", "# Artikel warten auf das Lesen"),
    articles_today="Artikel in 24 Stunden",
    begin="So geht es los",
    begin_feeds=(
        "Sagen Sie dem Ausguck, was er lesen soll: im Chat mit `/addfeed tagesschau.de`, "
        "oder mit Blöcken `[[feeds]]` in `config.toml`."
    ),
    begin_lists=(
        "Sagen Sie ihm, wonach er Ausschau halten soll: im Chat mit `/add Nordkorea`, "
        "oder mit einer Textdatei im Ordner `watchlists`, ein Suchwort je Zeile."
    ),
    begin_chats="Schalten Sie die Wortlisten im Chat mit `/lists` ein. Dann kommen Meldungen.",
    no_alerts="Noch keine Meldungen. Ist im Chat mit `/lists` eine Wortliste eingeschaltet?",
    no_alerts_yet=(
        "Noch keine Meldungen. Sobald etwas zu Ihren Wortlisten erscheint, steht es hier."
    ),
    no_lists=(
        "Noch keine Wortlisten. Legen Sie im Ordner `watchlists` eine Textdatei an, "
        "ein Suchwort je Zeile."
    ),
    no_feeds="Noch keine Quellen. Im Chat nimmt `/addfeed tagesschau.de` eine auf.",
    attention="Braucht Aufmerksamkeit",
    all_feeds=either("Eine Quelle", "Alle # Quellen"),
    show_all=either("Noch eine Quelle zeigen", "Noch # Quellen zeigen"),
    feed="Quelle",
    state="Zustand",
    last_read="Gelesen",
    next_due="Nächstes Mal",
    last_new="Zuletzt Neues",
    never="noch nie",
    now_due="gleich",
    health={
        "ill": "gestört",
        "gone": "abgeschaltet",
        "silent": "still",
        "failing": "zuletzt nicht zu lesen",
        "paused": "Pause",
        "new": "noch nicht gelesen",
        "well": "in Ordnung",
    },
    failures=either(
        "Der letzte Versuch ist gescheitert", "Die letzten # Versuche sind gescheitert"
    ),
    lists="Wortlisten",
    hits="Treffer in 30 Tagen",
    days_30=either("30 Tage: ein Treffer", "30 Tage: # Treffer"),
    busiest=either("am meisten am {day}: einer", "am meisten am {day}: #"),
    last_hit="zuletzt {ago}",
    no_hit="noch kein Treffer",
    chats=either("in einem Chat an", "in # Chats an"),
    more_lists=either("… und eine weitere Wortliste", "… und # weitere Wortlisten"),
    restricted="nicht für alle sichtbar",
    alerts="Letzte Meldungen",
    also=either("und ein weiteres Medium", "und # weitere Medien"),
    sent=either("an einen Chat gesendet", "an # Chats gesendet"),
    waits=either("für einen Chat noch zu senden", "für # Chats noch zu senden"),
    uncertain=either(
        "in einem Chat vielleicht nicht angekommen", "in # Chats vielleicht nicht angekommen"
    ),
    dead=either("für einen Chat nicht mehr nötig", "für # Chats nicht mehr nötig"),
    outbox="Was noch zu senden ist",
    outbox_waits=either("Eine Nachricht wartet", "# Nachrichten warten"),
    outbox_uncertain=either(
        "eine ist vielleicht nicht angekommen", "# sind vielleicht nicht angekommen"
    ),
    kinds={
        "alert": "Meldung",
        "digest": "Sammelmeldung",
        "catch_up": "Nachtrag",
        "return": "Rückblick nach der Stille",
        "doubt": "Hinweis auf Verlorenes",
        "notice": "Nachricht an Administratoren",
        "edit": "Änderung einer Meldung",
    },
    chat_types={
        "private": "privater Chat",
        "group": "Gruppe",
        "supergroup": "Gruppe",
        "channel": "Kanal",
    },
    doubted="vielleicht nicht angekommen",
    next_letter="die nächste: {time}",
    attempts=either("ein Versuch", "# Versuche"),
    more_letters=either("… und eine weitere", "… und # weitere"),
    search="Suche",
    search_label="Gelesenes durchsuchen",
    search_hint="Nordkorea & (Soldat | Truppen)",
    within="Zeitraum",
    days=either("1 Tag", "# Tage"),
    button_search="Suchen",
    back="Zur Übersicht",
    found=either("Gefunden zu „{query}“ in 24 Stunden", "Gefunden zu „{query}“ in # Tagen"),
    nothing_found=either(
        "Zu „{query}“ habe ich in den letzten 24 Stunden nichts gelesen.",
        "Zu „{query}“ habe ich in den letzten # Tagen nichts gelesen.",
    ),
    fault="Diese Suche verstehe ich nicht",
    too_long="Diese Suche ist zu lang. Höchstens {most} Zeichen gehen.",
    slow="Die Suche dauert zu lange. Suchen Sie genauer oder weniger weit zurück.",
    busy="Gerade suchen schon andere. Versuchen Sie es gleich noch einmal.",
    damaged=(
        "Das Verzeichnis der Artikel war beschädigt und wird neu angelegt. "
        "Versuchen Sie es in einigen Minuten noch einmal."
    ),
    button_newer="Neuere",
    button_older="Ältere",
    atom_title="Ausguck: {label}",
    atom_also="Auch bei: {outlets}",
)

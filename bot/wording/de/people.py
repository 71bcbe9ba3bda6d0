"""German. People: invitations, handing over, privacy, channels, leaving."""

from bot.wording.people import PeopleWords


def _invited(count: int) -> str:
    who = "eine Person" if count == 1 else f"{count} Personen"
    return f"🎟 Diese Einladung gilt für {who}, bis {{until}}:"


def _taken_more(count: int) -> str:
    return "… und eine weitere Liste" if count == 1 else f"… und {count} weitere Listen"


def _taken_queries(count: int) -> str:
    return "🔎 eine eigene Suche" if count == 1 else f"🔎 {count} eigene Suchen"


def _taken_exclusions(count: int) -> str:
    return "🚫 ein Ausschluss" if count == 1 else f"🚫 {count} Ausschlüsse"


def _left_out(count: int) -> str:
    what = "Eine Suche hat" if count == 1 else f"{count} Suchen haben"
    return f"{what} nicht mehr gepasst: Sie haben schon viele eigene. Mit /remove machen Sie Platz."


PEOPLE = PeopleWords(
    menu_add="Nach einem eigenen Stichwort suchen",
    only_admins="Das kann nur, wer diesen Ausguck betreibt.",
    invite_unread=(
        "Schreiben Sie <code>/invite</code> oder <code>/invite 20</code> für 20 Personen. "
        "Mehr als {most} auf einmal sind nicht möglich."
    ),
    invited=_invited,
    no_access_yet=(
        "Guten Tag! Dieser Ausguck steht nur Eingeladenen offen. Ihre Kennung ist "
        "<code>{id}</code>. Seine Administratoren habe ich gefragt; "
        "lässt einer Sie zu, melde ich mich hier."
    ),
    dead_entry="Dieser Link gilt nicht mehr.",
    already_in="{id} liest inzwischen schon mit.",
    stop_group="Gemeint ist die ganze Gruppe, mit allen ihren Themen.",
    stop_topic="Gemeint ist nur dieses Thema; der Rest der Gruppe bleibt, wie er ist.",
    before_erasing={
        "invited": (
            "⚠️ Nach dem Löschen kommen Sie nur mit einer neuen Einladung zurück, "
            "nach einer Pause einfach so."
        ),
        "admitted": (
            "⚠️ Nach dem Löschen schaltet mich hier nur ein Administrator dieses Ausgucks "
            "wieder frei."
        ),
        "owner": (
            "⚠️ Sie sind der letzte Administrator dieses Ausgucks: Löschen Sie alles, gehört er "
            "niemandem mehr. Einen neuen Link für den Besitzer gibt dann nur "
            "<code>ausguck status</code> in einem Terminal aus."
        ),
    },
    way_back={
        "start": "Mit /start fangen wir neu an.",
        "invited": "Wenn Sie wieder mitlesen möchten, brauchen Sie eine neue Einladung.",
        "admitted": "Wieder frei schaltet mich hier ein Administrator dieses Ausgucks.",
        "owner": (
            "Dieser Ausguck gehört jetzt niemandem. Wenn Sie ihn wieder übernehmen möchten, gibt "
            "Ihnen <code>ausguck status</code> in einem Terminal den Link dafür."
        ),
    },
    all_that_was_kept="🗂 Das war alles, was ich über diesen Chat wusste.",
    all_that_is_kept="🗂 Das ist alles, was ich über diesen Chat weiß.",
    not_sent="Die Datei ließ sich gerade nicht schicken. Bitte versuchen Sie es noch einmal.",
    erased_unsent=(
        "🗑 Alles gelöscht. Die Datei mit Ihren Daten ließ sich vorher leider nicht schicken. "
        "Auf Wiedersehen! {way_back}"
    ),
    not_erased="Das Löschen hat gerade nicht geklappt. Bitte versuchen Sie es noch einmal.",
    answer_erased_before="Das ist schon gelöscht.",
    privacy=(
        "<b>Was ich über Sie weiß</b>\n\n"
        "<b>Ich merke mir:</b> die Kennung dieses Chats, Sprache, Zeitzone und Einstellungen, "
        "welche Wortlisten eingeschaltet sind, eigene Suchen und Ausschlüsse, und was ich wann "
        "gemeldet habe und warum. Übernimmt jemand in einer Gruppe eine Meldung oder findet sie "
        "unpassend, merke ich mir auch seine Kennung.\n\n"
        "<b>Ich merke mir nicht:</b> Namen, Telefonnummern und alles, was Sie sonst schreiben.\n\n"
        "<b>Wie lange:</b> Meldungen und ihre Gründe {days} Tage, alles andere, bis Sie es ändern. "
        "Einen Chat, in den ich {asleep} Tage lang nicht schreiben kann, lösche ich.\n\n"
        "<b>Ansehen:</b> Der Knopf unten schickt Ihnen alles als Datei.\n"
        "<b>Löschen:</b> /stop. Danach bleiben nur die Kennung und der Zeitpunkt, damit auch eine "
        "ältere Sicherungskopie nichts zurückbringt.\n\n"
        "{operator}"
    ),
    operator="<b>Betreiber:</b> {contact}",
    operator_unknown=(
        "<b>Betreiber:</b> wer diesen Bot eingerichtet hat. Eine Adresse ist nicht hinterlegt."
    ),
    button_my_data="🗂 Alles als Datei",
    share=(
        "🎁 Schicken Sie diesen Link weiter: Wer ihn öffnet, übernimmt Listen, eigene Suchen, "
        "Ausschlüsse und Zeiten von hier. Bei Ihnen bleibt alles, wie es ist. "
        "Er gilt einmal, bis {until}:"
    ),
    handover=(
        "🤝 Schicken Sie diesen Link weiter: Wer ihn öffnet, übernimmt Ihre Listen, eigenen "
        "Suchen, Ausschlüsse und Zeiten, und ich melde mich dort statt bei Ihnen. "
        "Er gilt einmal, bis {until}:"
    ),
    handover_in_private=(
        "Übergeben können Sie nur Ihren eigenen Chat. Von hier gibt /share alles weiter."
    ),
    nothing_to_share="Hier ist noch nichts eingestellt. Mit /lists wählen Sie Listen aus.",
    own_link=(
        "Das ist Ihr eigener Link, er gilt weiter. Schicken Sie ihn der Person, die Ihre "
        "Einstellungen übernehmen soll."
    ),
    dead_link=(
        "Dieser Link gilt nicht mehr. Bitten Sie um einen neuen, oder wählen Sie mit /lists selbst "
        "aus."
    ),
    taken="🎁 <b>Das haben Sie übernommen:</b>",
    handed_nothing=(
        "🤝 Was es hier zu übernehmen gibt, hatten Sie schon. "
        "Übergeben ist es trotzdem: Beim bisherigen Chat mache ich Pause."
    ),
    taken_nothing="Was es hier zu übernehmen gibt, haben Sie schon. Alles bleibt, wie es ist.",
    taken_more=_taken_more,
    taken_queries=_taken_queries,
    taken_exclusions=_taken_exclusions,
    taken_quiet="🌙 die Ruhezeit {hours} Uhr",
    taken_digests="🗞 Sammelmeldungen um {times} Uhr",
    left_out=_left_out,
    handed_over=(
        "🤝 Ihre Einstellungen sind übergeben. Bei Ihnen mache ich Pause, "
        "mit /start geht es weiter."
    ),
    welcome_group=(
        "👋 Guten Tag! Ich bin der <b>Ausguck</b>. Ich lese laufend Nachrichtenseiten und melde "
        "hier, was zu Ihren Themen erscheint.\n\n"
        "Wonach ich Ausschau halte, wählt ein Administrator der Gruppe aus."
    ),
    channel_ready="📣 Im Kanal {title} kann ich jetzt schreiben. Was soll ich dort melden?",
    channel_mute=(
        "📣 Im Kanal {title} darf ich noch nicht schreiben. Öffnen Sie dort die Administratoren, "
        "tippen Sie auf mich und erlauben Sie mir, Nachrichten zu veröffentlichen."
    ),
    channel_refused=(
        "Kanäle schaltet ein Administrator dieses Ausgucks frei: Er fügt mich dort selbst hinzu."
    ),
    button_manage="⚙️ Einrichten",
    manage="Was möchten Sie einstellen? Was Sie hier schreiben und antippen, gilt dann dort.",
    manage_none=(
        "Noch gibt es keinen Kanal und keine Gruppe, die Sie einstellen können. Fügen Sie mich "
        "einer Gruppe hinzu, oder einem Kanal als Administrator."
    ),
    manage_in_private="Das geht nur im privaten Chat mit mir.",
    manages=(
        "Was Sie hier einstellen, gilt ab jetzt für {title}. "
        "Zu Ihrem eigenen Chat geht es mit /manage zurück."
    ),
    manages_own="Ab jetzt geht es hier wieder um Ihren eigenen Chat.",
    manages_no_more=(
        "Ich konnte nicht feststellen, dass Sie {title} noch verwalten. Ab jetzt geht es hier "
        "wieder um Ihren eigenen Chat; mit /manage wechseln Sie."
    ),
    button_own_chat="Mein eigener Chat",
    answer_not_yours="Das kann nur einstellen, wer dort Administrator ist.",
)

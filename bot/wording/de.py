"""German."""

from datetime import datetime

from bot.wording.sentences import Sentences


def _moment(local: datetime, months: tuple[str, ...]) -> str:
    return f"{local.day}. {months[local.month - 1]} {local.year}, {local:%H:%M} Uhr"


def _recent_title(label: str, count: int) -> str:
    if count == 0:
        return f"Zu {label} gab es in den letzten 24 Stunden nichts. Ich halte Ausschau."
    if count == 1:
        return f"Zu {label} erschien in den letzten 24 Stunden ein Artikel:"
    return f"Zu {label} erschienen in den letzten 24 Stunden {count} Artikel:"


def _catch_up_title(count: int) -> str:
    which = "diesen Artikel" if count == 1 else f"diese {count} Artikel"
    return (
        "🕰 <b>Nachgereicht:</b> Ich konnte eine Zeit lang keine Quellen lesen und habe "
        f"{which} erst jetzt gefunden:"
    )


def _digest_title(count: int) -> str:
    return "🗞 <b>Gesammelt:</b> " + ("ein Artikel" if count == 1 else f"{count} Artikel")


GERMAN = Sentences(
    months=(
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ),
    moment=_moment,
    menu_start="Beginnen",
    menu_lists="Wortlisten ein- und ausschalten",
    menu_help="Was ich kann",
    menu_stop="Pause machen oder abmelden",
    welcome=(
        "👋 Guten Tag! Ich bin der <b>Ausguck</b>.\n\n"
        "Ich lese laufend Nachrichtenseiten, ganze Artikel, nicht nur Überschriften. "
        "Sobald etwas zu Ihren Themen erscheint, schicke ich Ihnen den Link und die Textstelle, "
        "und zwar nur einmal.\n\n"
        "Wählen Sie jetzt, wonach ich Ausschau halten soll."
    ),
    welcome_back="👋 Schön, dass Sie wieder da sind. Ihre Wortlisten gelten wie zuvor.",
    welcome_owner=(
        "🔑 Dieser Ausguck gehört jetzt Ihnen.\n"
        "Schreibt mir jemand Neues, frage ich Sie, ob er mitlesen darf."
    ),
    help=(
        "<b>Was ich kann</b>\n\n"
        "/lists – Wortlisten ein- und ausschalten\n"
        "/stop – Pause machen oder abmelden und alles löschen\n"
        "/help – diese Hilfe\n\n"
        "Eine Wortliste ist ein Thema, zum Beispiel „Nordkorea“. Ist sie eingeschaltet, "
        "bekommen Sie eine Meldung, sobald ein Artikel dazu erscheint."
    ),
    lists="<b>Wortlisten</b>\nTippen Sie auf eine Liste, um sie ein- oder auszuschalten.",
    no_lists=(
        "Noch gibt es keine Wortliste. Wer diesen Ausguck betreibt, legt sie als Textdatei an."
    ),
    list_on="„{name}“ ist eingeschaltet",
    list_off="„{name}“ ist ausgeschaltet",
    button_lists="📋 Wortlisten",
    stop_asked=(
        "Möchten Sie eine <b>Pause</b>? Dann bleiben Ihre Einstellungen, "
        "und mit /start geht es weiter.\n"
        "Oder soll ich <b>alles löschen</b>, was ich über diesen Chat weiß?"
    ),
    button_pause="⏸ Pause",
    button_erase="🗑 Alles löschen",
    button_keep="Weiter wie bisher",
    paused="⏸ Pause. Mit /start geht es weiter.",
    erased="🗑 Alles gelöscht. Auf Wiedersehen! Mit /start fangen wir neu an.",
    kept="Alles bleibt, wie es ist.",
    stale_button="Diese Schaltfläche ist veraltet. Mit /lists bekommen Sie eine neue.",
    no_access=(
        "Guten Tag! Dieser Ausguck steht nur Eingeladenen offen. Ihre Kennung ist "
        "<code>{id}</code>; nennen Sie sie dem Betreiber, wenn Sie mitlesen möchten."
    ),
    access_asked="🚪 Jemand möchte mitlesen: {name}, Kennung <code>{id}</code>.",
    button_let_in="Zulassen",
    button_refuse="Ablehnen",
    let_in="✅ {id} liest jetzt mit.",
    refused="{id} wurde abgelehnt.",
    private_only="Gruppen schaltet ein Administrator dieses Ausgucks frei.",
    recent_title=_recent_title,
    recent_more=lambda count: f"… und {count} weitere.",
    from_feed="🗒 Ich konnte nur den Vorspann lesen.",
    from_title="🗒 Ich konnte nur die Überschrift lesen.",
    button_article="↗️ Zum Artikel",
    catch_up_title=_catch_up_title,
    digest_title=_digest_title,
    digest_burst="Es kam viel auf einmal, deshalb steht das Weitere hier beisammen.",
    button_at_once="🔔 Künftig alles sofort",
    button_hourly="🕐 Stündlich",
    button_folded="👍 So lassen",
    folding_at_once="Ab jetzt kommt jede Meldung sofort",
    folding_hourly="Wird es viel, kommt ab jetzt stündlich eine Sammelmeldung",
    folding_left="Alles bleibt, wie es ist",
    doubt="⚠️ Vielleicht nicht angekommen: {article}",
    doubt_title="Beim Senden ist die Verbindung abgebrochen. Vorsichtshalber noch einmal:",
    notices={
        "list_broken": (
            "⚠️ Die Wortliste <b>{name}</b> hat einen Fehler. Die letzte gute Fassung gilt weiter."
            "\n<pre>{faults}</pre>"
        ),
        "folder_gone": (
            "⚠️ Der Ordner mit den Wortlisten ist leer oder verschwunden. "
            "Alle Listen gelten weiter, bis er wieder da ist."
        ),
        "feed_gone": (
            "⚠️ Die Quelle <b>{name}</b> gibt es nicht mehr: Ihr Verlag hat sie endgültig "
            "abgeschaltet. Ich frage sie nicht mehr ab.\n{url}"
        ),
        "list_removed": "Die Wortliste <b>{name}</b> wurde entfernt und meldet nichts mehr.",
        "topic_gone": (
            "⚠️ In der Gruppe <code>{chat}</code> gibt es das Thema {thread} nicht mehr. "
            "Meldungen kommen dort jetzt in den Hauptverlauf."
        ),
        "feed_ill": (
            "⚠️ Die Quelle <b>{name}</b> lässt sich nicht mehr lesen. "
            "{errors} Versuche hintereinander sind gescheitert, zuletzt: <i>{error}</i>. "
            "Ich versuche es weiter und sage Bescheid, wenn es wieder geht.\n{url}"
        ),
        "feed_well": "✅ Die Quelle <b>{name}</b> lässt sich wieder lesen.\n{url}",
        "feed_silent": (
            "🔇 Die Quelle <b>{name}</b> antwortet, bringt aber seit {days} Tagen nichts Neues. "
            "Einen Nachfolger habe ich auf ihrer Seite nicht gefunden.\n{url}"
        ),
        "feed_silent_successor": (
            "🔇 Die Quelle <b>{name}</b> antwortet, bringt aber seit {days} Tagen nichts Neues.\n"
            "{url}\nNeues gibt es auf derselben Seite hier:\n{found}"
        ),
        "network_down": (
            "⚠️ {failed} von {hosts} Webseiten sind auf einmal nicht zu erreichen: Das liegt wohl "
            "an unserem eigenen Netz. Keiner Quelle wird das angerechnet, und sobald es wieder "
            "geht, hole ich alles nach."
        ),
    },
)

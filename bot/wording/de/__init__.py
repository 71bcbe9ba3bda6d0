"""German."""

from collections.abc import Sequence
from datetime import datetime

from bot.wording.de.doctor import DOCTOR
from bot.wording.de.files import FILES
from bot.wording.de.help import HELP, HELP_ADMIN
from bot.wording.de.notices import NOTICES
from bot.wording.de.own import OWN
from bot.wording.de.page import PAGE
from bot.wording.de.people import PEOPLE
from bot.wording.de.reading import READING
from bot.wording.de.reports import REPORTS
from bot.wording.de.sources import SOURCES
from bot.wording.de.trials import TRIALS
from bot.wording.de.watch import WATCH
from bot.wording.de.why import WHY, against, news, why_reason
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


def _quiet_now(hours: str, how: str) -> str:
    if not hours:
        return "🔔 Es gibt keine Ruhezeit. Mit <code>/quiet 22-7</code> stellen Sie eine ein."
    if how == "collect":
        what = "Was in dieser Zeit erscheint, sammle ich und melde es danach."
    else:
        what = "In dieser Zeit kommen Meldungen lautlos."
    return f"🌙 Die Ruhezeit ist <b>{hours} Uhr</b>. {what}"


def _mute_now(time: str) -> str:
    if not time:
        return "🔔 Ich melde alles. Wie lange soll ich still sein?"
    return (
        f"🔇 Ich bin still bis <b>{time}</b>. Was bis dahin kommt, steht danach in einer Nachricht."
    )


def _button_mute(hours: int) -> str:
    if hours < 48:
        return f"{hours} Stunden"
    return f"{hours // 24} Tage"


def _digest_now(times: Sequence[str]) -> str:
    if not times:
        return "🔔 Jede Meldung kommt sofort. Wann soll ich stattdessen gesammelt melden?"
    what = "Eine Sammelmeldung kommt" if len(times) == 1 else "Sammelmeldungen kommen"
    *others, last = times
    when = f"{', '.join(others)} und {last}" if others else last
    return f"🗞 {what} täglich um <b>{when} Uhr</b>."


def _last_title(count: int) -> str:
    if count == 0:
        return "Bisher gab es hier keine Meldung."
    return "Die letzte Meldung:" if count == 1 else f"Die letzten {count} Meldungen:"


def _return_title(count: int) -> str:
    what = "kam eine Meldung" if count == 1 else f"kamen {count} Meldungen"
    return f"🔔 Ich melde wieder. In der Zwischenzeit {what}:"


GERMAN = Sentences(
    months=(
        *("Januar", "Februar", "März", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ),
    moment=_moment,
    menu_lists="Wortlisten ein- und ausschalten",
    menu_help="Was ich kann",
    menu_stop="Pause machen oder abmelden",
    welcome=(
        "👋 Guten Tag! Ich bin der <b>Ausguck</b>.\n\n"
        "Ich lese laufend Nachrichtenseiten, ganze Artikel, nicht nur Überschriften. "
        "Sobald etwas zu Ihren Themen erscheint, schicke ich Ihnen den Link und die passende "
        "Stelle, zu jedem Ereignis nur eine Meldung.\n\n"
        "Wählen Sie jetzt, wonach ich Ausschau halten soll."
    ),
    welcome_back="👋 Schön, dass Sie wieder da sind. Ihre Wortlisten gelten wie zuvor.",
    welcome_owner=(
        "🔑 Dieser Ausguck gehört jetzt Ihnen: Sie sind sein Administrator.\n"
        "Schreibt mir jemand Neues, frage ich Sie, ob er mitlesen darf. "
        "Was Sie sonst noch können, steht unter /help."
    ),
    help=HELP,
    lists="<b>Wortlisten</b>\nTippen Sie auf eine Liste, um sie ein- oder auszuschalten.",
    lists_group=(
        "<b>Wortlisten</b>\nAdministratoren dieser Gruppe schalten sie durch Antippen ein und aus."
    ),
    no_lists=(
        "Noch gibt es keine Wortliste. Wer diesen Ausguck betreibt, legt sie als Textdatei an. "
        "Nach etwas Eigenem suchen Sie schon jetzt mit /add."
    ),
    list_on="„{name}“ ist eingeschaltet",
    list_off="„{name}“ ist ausgeschaltet",
    button_lists="📋 Wortlisten",
    stop_asked=(
        "Möchten Sie eine <b>Pause</b>? Dann bleiben Ihre Einstellungen erhalten, "
        "und mit /start geht es weiter.\n"
        "Oder soll ich <b>alles löschen</b>, was ich über diesen Chat weiß?"
    ),
    button_pause="⏸ Pause",
    button_erase="🗑 Alles löschen",
    button_keep="Weiter wie bisher",
    paused="⏸ Pause. Mit /start geht es weiter.",
    erased="🗑 Alles gelöscht. Auf Wiedersehen! {way_back}",
    kept="Alles bleibt, wie es ist.",
    stale_button="Dieser Knopf ist veraltet. Alle Befehle stehen unter /help.",
    no_access=(
        "Guten Tag! Dieser Ausguck steht nur Eingeladenen offen. Ihre Kennung ist "
        "<code>{id}</code>; nennen Sie sie dem Betreiber, wenn Sie mitlesen möchten."
    ),
    access_asked="🚪 Jemand möchte mitlesen: {name}, Kennung <code>{id}</code>.",
    button_let_in="Zulassen",
    button_refuse="Ablehnen",
    let_in="✅ {id} liest jetzt mit.",
    refused="{id} wurde abgelehnt.",
    private_only=(
        "Gruppen schaltet ein Administrator dieses Ausgucks frei: Er fügt mich hier selbst hinzu."
    ),
    menu_last="Die letzten Meldungen",
    menu_quiet="Ruhezeit einstellen",
    menu_why="Warum eine Meldung kam oder nicht",
    help_admin=HELP_ADMIN,
    welcome_list="👋 Guten Tag! „{label}“ ist eingeschaltet. Das gibt es sonst noch:",
    only_administrators="Das kann hier nur ein Administrator.",
    quiet_now=_quiet_now,
    quiet_unread=(
        "Das habe ich nicht verstanden. Schreiben Sie zum Beispiel <code>/quiet 22-7</code>."
    ),
    button_quiet_silent="🔕 22–7 Uhr lautlos",
    button_quiet_collect="🗞 22–7 Uhr sammeln",
    button_quiet_off="Keine Ruhezeit",
    through="einschließlich {day}",
    mute_off="🔔 Ich melde wieder alles.",
    mute_some="🔔 Ich melde alles bis auf das, was hier steht. Soll ich ganz still sein?",
    mute_list_asked="Wie lange soll <b>{label}</b> stumm sein?",
    mute_now=_mute_now,
    mute_unread=(
        "Bis wann? Der Zeitpunkt muss in der Zukunft liegen, höchstens ein Jahr voraus, zum "
        "Beispiel: <code>/mute 2h</code>, "
        "<code>/mute bis Freitag</code>, <code>/mute bis 3.8.</code> "
        "oder <code>/mute Nordkorea 14 Tage</code>."
    ),
    mute_list=("🔇 <b>{label}</b>: stumm bis {time}. Was bis dahin kommt, melde ich danach."),
    mute_list_off="🔔 <b>{label}</b>: Ich melde wieder.",
    mute_story=(
        "🔇 Von diesem Ereignis hören Sie bis {time} nichts Neues. Wer noch berichtet, ergänze ich "
        "still in der Meldung."
    ),
    mute_story_off="🔔 Neues zu diesem Ereignis melde ich wieder.",
    mute_unknown_list=(
        "Eine Liste namens „{label}“ ist hier nicht eingeschaltet. Welche es sind, zeigt /subs."
    ),
    button_mute=_button_mute,
    button_unmute="🔔 Wieder melden",
    digest_now=_digest_now,
    digest_unread=(
        "Das habe ich nicht verstanden. Schreiben Sie zum Beispiel <code>/digest 8 18:30</code>."
    ),
    digest_sent_now="🗞 Was ich gesammelt habe, kommt jetzt.",
    digest_empty="🗞 Gesammelt ist gerade nichts.",
    button_digest_off="Alles sofort",
    zone_now="🌍 Die Zeitzone ist <b>{zone}</b>. Dort ist jetzt der {time}.",
    zone_how=(
        "Eine andere stellen Sie mit einer Stadt ein, zum Beispiel <code>/timezone Wien</code> "
        "oder <code>/timezone Europe/Vienna</code>."
    ),
    zone_unread=(
        "Diese Zeitzone kenne ich nicht. Schreiben Sie eine große Stadt, zum Beispiel "
        "<code>/timezone Wien</code>, oder <code>/timezone Europe/Vienna</code>."
    ),
    language_now="🇩🇪 Ab jetzt schreibe ich Deutsch. Alle Befehle stehen unter /help.",
    language_which="🗣 Sprache: <b>{language}</b>. Zum Wechseln tippen Sie auf einen Knopf.",
    language_unread="Ich schreibe nur Deutsch oder Englisch. Was soll es sein?",
    subs_title="<b>Ihre Einstellungen</b>",
    subs_title_here="<b>So ist es hier eingestellt</b>",
    subs_none="Noch ist keine Wortliste eingeschaltet. Mit /lists wählen Sie welche aus.",
    subs_muted="{label} – stumm bis {time}",
    subs_gone="⏸ <b>{name}</b> macht Pause: Die Datei der Wortliste fehlt.",
    subs_paused="⏸ Hier ist gerade Pause. Mit /start geht es weiter.",
    last_title=_last_title,
    return_title=_return_title,
    return_more=lambda count: (
        ("… und eine weitere." if count == 1 else f"… und {count} weitere.")
        + " Mit /last sehen Sie die neuesten."
    ),
    why=WHY,
    why_reason=why_reason,
    news=news,
    against=against,
    why_unread=(
        "Das ist keine Adresse, die ich verstehe. Schreiben Sie <code>/why LINK</code>, "
        "oder antworten Sie mit /why auf eine Meldung."
    ),
    why_asked=(
        "Antworten Sie mit /why auf eine Meldung, oder schreiben Sie <code>/why LINK</code>: "
        "Ich sage, warum ein Artikel gemeldet wurde oder warum nicht."
    ),
    recent_title=_recent_title,
    recent_more=lambda count: "… und ein weiterer." if count == 1 else f"… und {count} weitere.",
    from_feed="🗒 Ich konnte nur den Vorspann lesen.",
    from_title="🗒 Ich konnte nur die Überschrift lesen.",
    from_walled="🔒 Ich konnte nur den Vorspann lesen, der Artikel ist nicht frei zugänglich.",
    from_walled_title=(
        "🔒 Ich konnte nur die Überschrift lesen, der Artikel ist nicht frei zugänglich."
    ),
    also="➕ auch bei: {outlets}",
    also_agency=lambda count: f"📰 {{agency}}, bei {count} Medien, auch: {{outlets}}",
    also_more=lambda count: f"und {count} weiteren",
    see_also="↪️ siehe auch: {article}",
    button_article="↗️ Artikel",
    button_mute_day="🔇 24 Stunden",
    button_irrelevant="👎 Passt nicht",
    button_settings="⚙️ Einstellen",
    button_claim="🙋 Übernehme ich",
    catch_up_title=_catch_up_title,
    digest_title=_digest_title,
    digest_burst=(
        "Es kam viel auf einmal, deshalb steht der Rest hier gesammelt. "
        "Wie soll ich das künftig halten?"
    ),
    button_at_once="🔔 Künftig alles sofort",
    button_hourly="🕐 Stündlich",
    button_folded="👍 So lassen",
    folding_at_once="Ab jetzt kommt jede Meldung sofort",
    folding_hourly="Wird es viel, kommt ab jetzt stündlich eine Sammelmeldung",
    folding_left="Alles bleibt, wie es ist",
    doubt="⚠️ Vielleicht nicht angekommen: {article}",
    doubt_title="Beim Senden ist die Verbindung abgebrochen. Vorsichtshalber noch einmal:",
    notices=NOTICES,
    own=OWN,
    page=PAGE,
    reading=READING,
    watch=WATCH,
    files=FILES,
    sources=SOURCES,
    people=PEOPLE,
    trials=TRIALS,
    reports=REPORTS,
    doctor=DOCTOR,
)

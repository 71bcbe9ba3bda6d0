"""German. What a chat looks for itself, and what it wants to hear nothing of."""

from bot.wording.own import OwnWords


def _counted(count: int) -> str:
    if count == 1:
        return "Gezählt: Eine Person findet das unpassend. Einstellen kann es ein Administrator."
    return f"Gezählt: {count} finden das unpassend. Einstellen kann es ein Administrator."


def _story_title(count: int) -> str:
    return (
        "📰 Darüber berichtet ein Medium:"
        if count == 1
        else f"📰 Darüber berichten {count} Medien:"
    )


def _days(count: int) -> str:
    return "in den letzten 24 Stunden" if count == 1 else f"in den letzten {count} Tagen"


OWN = OwnWords(
    label="Eigene Suchen",
    how_to_add=(
        "Wonach soll ich für Sie suchen? Schreiben Sie zum Beispiel\n"
        "<code>/add Siegesparade</code>\n"
        "<code>/add Nordkorea &amp; (Soldat | Truppen)</code>\n"
        '<code>/add "Kim Jong Un"</code>\n'
        "<code>/add -Videospiel</code>, um Artikel mit diesem Wort auszuschließen."
    ),
    which_to_remove="Wonach soll ich nicht mehr suchen?",
    unknown_query="Danach suche ich hier nicht. Welche dieser Suchen soll weg?",
    unreadable=(
        "⚠️ Ihre eigenen Suchen kann ich nicht mehr lesen, und bis das behoben ist, melde ich dazu "
        "nichts. Entfernen Sie, was nicht stimmt, und suchen Sie es mit /add neu:"
    ),
    added="🔎 Danach suche ich ab jetzt:",
    added_exclusion="🚫 Bei Ihren eigenen Suchen lasse ich ab jetzt weg:",
    found_already="💡 Danach sucht hier schon die Wortliste <b>{label}</b>.",
    nothing_added="Gespeichert ist davon nichts.",
    removed="Nach <code>{query}</code> suche ich nicht mehr.",
    too_long="Das ist zu lang: Eine Suche darf höchstens {most} Zeichen haben.",
    too_many="Mehr als {most} eigene Suchen sind nicht möglich. Mit /remove machen Sie Platz.",
    button_undo="✖️ Doch nicht",
    plain_text=(
        "Soll ich danach suchen? Dann tippen Sie auf diese Zeile, um sie zu kopieren, "
        "und schicken Sie sie mir:\n<code>/add {text}</code>\n"
        "Alles, was ich kann, steht unter /help."
    ),
    plain_link=(
        "Schreiben Sie <code>/why LINK</code>, um zu erfahren, warum ein Artikel gemeldet wurde "
        "oder nicht, oder <code>/test LINK</code>, um Ihre Listen daran auszuprobieren."
    ),
    unknown_command="Diesen Befehl kenne ich nicht. Alles, was ich kann, steht unter /help.",
    too_much=(
        "Das geht mir zu schnell. In einer Minute bin ich wieder da; "
        "was Sie bis dahin schreiben, lese ich nicht."
    ),
    how_to_test=(
        "Schreiben Sie <code>/test</code> mit einem Text oder einem LINK dahinter, oder antworten "
        "Sie damit auf eine Nachricht. Ich sage Ihnen, welche Listen dazu passen und warum."
    ),
    test_title="🧪 <b>{title}</b>",
    test_matches="✅ <b>{label}</b>: <code>{query}</code>",
    test_excluded="🚫 <b>{label}</b> würde passen, aber ausgeschlossen ist: <code>{line}</code>",
    test_nothing="Keine Liste passt dazu.",
    how_to_search=(
        "Wonach soll ich suchen? Schreiben Sie zum Beispiel <code>/search Nordkorea</code> oder "
        "<code>/search Nordkorea &amp; Weizen 30d</code>. Ohne Zahl am Ende sind es sieben Tage; "
        "mit <code>beste</code> am Ende steht das Beste oben und nicht das Neueste."
    ),
    search_title=lambda days: f"🔎 <code>{{query}}</code> {_days(days)}:",
    search_nothing=lambda days: f"🔎 Zu <code>{{query}}</code> stand {_days(days)} nichts.",
    search_best=lambda days: f"🔎 <code>{{query}}</code> {_days(days)}, das Beste zuerst:",
    search_ranked="… Das ist nur das Beste vom Neuesten: Es gibt noch mehr.",
    search_many="… und noch mehr. Mit einem weiteren Wort oder weniger Tagen wird es weniger.",
    search_since="ℹ️ Ich suche in allem, was ich seit {time} gelesen habe; Älteres habe ich nicht.",
    search_empty="Ich habe noch nichts gelesen, worin ich suchen könnte.",
    search_slow=(
        "Diese Suche dauert mir zu lange. Versuchen Sie es mit einem weiteren Wort oder mit "
        "weniger Tagen."
    ),
    search_damaged=(
        "Mein Verzeichnis war beschädigt, ich lege es gerade neu an. Verloren ist nichts: Suchen "
        "Sie in ein paar Minuten noch einmal."
    ),
    search_being_filled=(
        "⚠️ Mein Verzeichnis war beschädigt, ich lege es gerade neu an: Noch finde ich nicht alles."
    ),
    test_nearest="Am nächsten dran:",
    test_unreadable="Diese Seite konnte ich nicht lesen: {error}.",
    text_gone="🗒 Den Text bewahre ich nicht mehr auf.",
    claimed="🙋 {name} übernimmt, {time} Uhr",
    somebody="Jemand",
    answer_claimed_before="Das hat schon jemand übernommen",
    answer_claim_of_another="Das kann nur zurücknehmen, wer es übernommen hat",
    answer_muted="Stumm bis {time}",
    answer_counted=_counted,
    which_to_exclude=(
        "Was passt daran nicht? Artikel mit dem Wort, das Sie wählen, lasse ich in diesem Chat bei "
        "{lists} künftig weg. <code>title:</code> heißt: nur, wenn es in der Überschrift steht."
    ),
    nothing_to_exclude=(
        "In diesem Artikel finde ich kein Wort, das sich ausschließen ließe. "
        "Für Ihre eigenen Suchen schließen Sie mit <code>/add -Wort</code> selbst eines aus."
    ),
    button_exclude="ohne {line}",
    button_relevant="Nichts ändern",
    kept="Alles bleibt, wie es ist.",
    excluded=(
        "👍 Bei {lists} kommt hier nichts mehr, worauf <code>{line}</code> zutrifft. "
        "Unter /subs können Sie das zurücknehmen."
    ),
    exclusion_dropped="<code>{line}</code> ist bei {list} nicht mehr ausgeschlossen.",
    subs_exclusion="{list}, ohne <code>{line}</code>",
    which_story=(
        "Antworten Sie mit /story auf eine Meldung, oder schreiben Sie <code>/story LINK</code>. "
        "Ich zeige, wer darüber berichtet und wer zuerst."
    ),
    story_title=_story_title,
    story_more=lambda count: f"… und {count} weitere.",
    which_split=(
        "Schreiben Sie <code>/split LINK</code> mit dem Artikel, der nicht zu dem Ereignis gehört."
    ),
    split_alone="Von diesem Ereignis kenne ich nur diesen einen Artikel.",
    unknown_article=(
        "Zu diesem Artikel kenne ich kein Ereignis: Keine Wortliste passt, oder ich habe ihn "
        "nicht gelesen. Mehr sagt <code>/why LINK</code>."
    ),
    split="✂️ Dieser Artikel gilt jetzt als eigenes Ereignis, und dabei bleibt es.",
    split_first=(
        "Mit diesem Artikel hat das Ereignis begonnen. "
        "Nennen Sie die anderen, die nicht dazugehören."
    ),
    list_settings="⚙️ <b>{label}</b>\nSo wird gemeldet: {mode}.",
    list_muted="🔇 Stumm bis {time}.",
    modes={
        "urgent": "sofort, auch in der Ruhezeit",
        "now": "sofort",
        "quiet": "lautlos",
        "digest": "gesammelt",
    },
    button_mute_day="🔇 24 Stunden",
    button_mute_week="🔇 7 Tage",
    button_off="✖️ Abschalten",
    button_collect="🗞 Künftig gesammelt",
    button_as_before="👍 So lassen",
    button_to_file="📝 In die Wortliste schreiben",
    in_file=(
        "📝 In der Wortliste <b>{list}</b> steht jetzt <code>-{line}</code>. Das gilt für alle."
    ),
    not_in_file=(
        "⚠️ In die Wortliste <b>{list}</b> ließ sich <code>-{line}</code> nicht schreiben. "
        "Prüfen Sie, ob ich in ihren Ordner schreiben darf, und tippen Sie dann noch einmal."
    ),
)

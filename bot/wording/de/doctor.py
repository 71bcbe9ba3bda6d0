"""German. What goes with a query, and what could be better in a list."""

from bot.wording.doctor import DoctorWords


def _days(count: int) -> str:
    return "in den letzten 24 Stunden" if count == 1 else f"in den letzten {count} Tagen"


DOCTOR = DoctorWords(
    how_to_suggest=(
        "Wozu soll ich etwas vorschlagen? Schreiben Sie zum Beispiel "
        "<code>/suggest Nordkorea</code> oder <code>/suggest Nordkorea 90d</code>. Ich zeige, "
        "welche Namen und Wörter oft in denselben Artikeln stehen. Ohne Zahl am Ende sind es "
        "dreißig Tage."
    ),
    suggest_title=lambda days: f"💡 <code>{{query}}</code> {_days(days)}:",
    suggest_nothing=lambda days: f"💡 Zu <code>{{query}}</code> stand {_days(days)} nichts.",
    found="Ereignisse: {events}, Artikel: {articles}.",
    found_cut="Ausgewertet sind nur die neuesten Artikel; es gibt noch mehr.",
    forms="<b>So steht es da</b>\n{forms}",
    beside="<b>Was oft dabeisteht</b>, in Ereignissen",
    suggestion="• {line}: {events}, {elsewhere}",
    elsewhere=lambda count: f"sonst etwa {count}" if count else "sonst nirgends",
    no_suggestion="Auffällig oft steht nichts anderes dabei.",
    tap_to_add="Tippen Sie an, wonach ich auch suchen soll.",
    button_suggest="💡 Was passt dazu?",
    answer_added="Danach suche ich ab jetzt auch",
    answer_too_many="So viele eigene Suchen sind nicht möglich",
    slow=(
        "Das dauert mir zu lange. Versuchen Sie es mit weniger Tagen, zum Beispiel mit "
        "<code>7d</code> am Ende."
    ),
    how_to_doctor=(
        "Welche Liste soll ich prüfen? Schreiben Sie <code>/doctor</code>, um Ihre eigenen Suchen "
        "prüfen zu lassen; suchen Sie vorher mit /add nach etwas. Als Administrator schreiben "
        "Sie zum Beispiel <code>/doctor Nordkorea 90d</code>."
    ),
    which_list="Welche Liste soll ich prüfen?",
    unknown_list="Eine Liste namens „{name}“ gibt es nicht.",
    too_large="Diese Liste ist mir zu lang: Mehr als {most} Zeilen prüfe ich hier nicht.",
    title=lambda days: f"🩺 <b>{{label}}</b> {_days(days)}",
    counted="Ereignisse: {events}, Artikel: {articles}.",
    counted_unwanted="Ereignisse: {events}, Artikel: {articles}; unpassend: {unwanted}.",
    cut="Geprüft sind nur die neuesten Artikel; es gibt noch mehr.",
    anywhere="Geprüft ist mit Artikeln aller Quellen, auch ohne die Schlagwörter der Liste.",
    well="👍 Daran fällt mir nichts auf.",
    never="<b>Hat nie etwas gefunden</b>",
    idle="<b>Hat nie etwas ausgeschlossen</b>",
    loud="<b>Das bringt neun Zehntel der Ereignisse</b>",
    unwanted="<b>Das bringt neun Zehntel des Unpassenden</b>",
    unwanted_forms="<b>Diese Wörter brachten Unpassendes</b>",
    surprising="<b>Nur wegen dieser Wörter gefunden</b>",
    implied="<b>Das ist überflüssig</b>",
    implied_how={
        "twin": "• <code>{line}</code> steht auch in Zeile {number}",
        "cover": "• <code>{line}</code>: das findet alles schon <code>{by}</code>",
        "veto": "• <code>{line}</code> meldet nie: <code>{by}</code> schließt alles davon aus",
    },
    share="• {what}: {count} von {all}",
    of_events="• {what}: {count}",
    more="… und {count} weitere",
    changes="<b>Das könnten Sie ändern</b>",
    delete="<s>{line}</s>",
    replace="<code>{old}</code> → <code>{new}</code>",
    effect="Ereignisse {events} → {events_after}, Artikel {articles} → {articles_after}",
    effect_none="am Gefundenen ändert das nichts",
    effect_unwanted="unpassend {unwanted} → {unwanted_after}",
    why={
        "excluded": "das haben Leser ausgeschlossen",
        "unwanted_form": "diese Form bringt Unpassendes",
        "unwanted_word": "das steht in Unpassendem",
        "surprising_form": "ein anderes Wort, als Sie vielleicht meinen",
        "loud": "davon kommt am meisten",
        "superfluous": "eine andere Zeile genügt",
    },
    left_out="weg fiele:",
    no_changes="Eine Änderung, die hilft, habe ich nicht gefunden.",
    button_apply="{number}. übernehmen",
    applied="📝 In <b>{label}</b> gilt jetzt: <code>{line}</code>",
    deleted="📝 In <b>{label}</b> steht nicht mehr: <code>{line}</code>",
    answer_changed="Das ist schon so, oder die Liste ist inzwischen eine andere",
    not_written=(
        "⚠️ Die Wortliste <b>{label}</b> ließ sich nicht ändern. Prüfen Sie, ob ich in ihren "
        "Ordner schreiben darf, und tippen Sie dann noch einmal."
    ),
)

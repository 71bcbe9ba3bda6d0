"""German. What a query, a list or an exclusion would have done."""

from bot.wording.trials import TrialWords


def _days(count: int) -> str:
    return "In den letzten 24 Stunden" if count == 1 else f"In den letzten {count} Tagen"


def _old(count: int) -> str:
    if count == 1:
        return "Ein Artikel passt, war aber schon da, als seine Quelle aufgenommen wurde."
    return f"{count} Artikel passen, waren aber schon da, als ihre Quellen aufgenommen wurden."


TRIALS = TrialWords(
    would="📊 {days} hätte das <b>{alerts}</b> zu {events} gebracht, zum Beispiel:",
    days=_days,
    alerts=lambda count: "1 Meldung" if count == 1 else f"{count} Meldungen",
    events=lambda count: "1 Ereignis" if count == 1 else f"{count} Ereignissen",
    nothing=lambda days: f"📊 {_days(days)} hätte das nichts gemeldet.",
    old=_old,
    unread="📊 Ausprobieren kann ich das noch nicht: Ich habe noch keinen Artikel gelesen.",
    slow="📊 Das an allem auszuprobieren, was ich gelesen habe, dauert mir zu lange.",
    damaged=(
        "📊 Ausprobieren kann ich das gerade nicht: Mein Verzeichnis war beschädigt, ich lege es "
        "neu an. Verloren ist nichts."
    ),
    narrower="{form} (<code>{query}</code>): {alerts}. Es fehlte etwa „{title}“.",
    forms={
        "exact": "✂️ Nur genau so",
        "often": "✂️ Nur wenn öfter genannt",
        "title": "✂️ Nur in der Überschrift",
    },
    of_list="📊 {days}, bei {list}:",
    less="<code>{line}</code>: {left} statt {alerts}. Es fehlte etwa „{title}“.",
    less_nothing="<code>{line}</code>: hätte keine Meldung verhindert.",
    asks="Gespeichert ist das noch nicht. Soll ich ab jetzt danach suchen?",
    button_save="💾 Speichern",
    button_discard="✖️ Verwerfen",
    discarded="Verworfen. Danach suche ich nicht.",
)

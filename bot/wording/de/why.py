"""German: why an article was told, or was not, by the steps of `bot.alerts.why`."""

import re

WHY = {
    "listed": "Der Artikel stand bei {outlet}, gefunden am {time}",
    "listed_old": (
        "Bei {outlet} stand der Artikel schon, als ich diese Quelle zum ersten Mal las; "
        "er gilt deshalb als alt"
    ),
    "unread": "Ich habe den Artikel noch nicht gelesen",
    "unread_due": "Ich habe den Artikel noch nicht gelesen; geplant: {time}",
    "read_page": "Ich habe die ganze Seite gelesen",
    "read_feed": "Ich habe nur den Vorspann gelesen: Die Seite war nicht zu bekommen",
    "read_walled": (
        "Ich habe nur den Vorspann gelesen: Der Artikel steht hinter einer Bezahlschranke"
    ),
    "read_title": "Ich habe nur die Überschrift gelesen: Die Seite war nicht zu bekommen",
    "read_gone": "Ich habe den Artikel gelesen; den Text bewahre ich nicht mehr auf",
    "forgotten": "Das ist lange her; was daraus wurde, bewahre ich nicht mehr auf",
    "no_match": "Keine Wortliste passt dazu",
    "match": "Der Artikel passt zu {lists}",
    "chat_unknown": "Diesen Chat kenne ich nicht",
    "chat_not_served": "Dieser Chat bekommt zurzeit nichts; mit /start geht es weiter",
    "list_off": "Keine dieser Listen ist hier eingeschaltet; mit /lists schalten Sie sie ein",
    "not_told": "Nicht gemeldet: {reason}",
    "told_alert": "Gemeldet: {time}",
    "told_story": "Der Artikel gehört zu einem Ereignis, das schon gemeldet ist: {time}",
    "told_digest": "In einer Sammelmeldung gemeldet: {time}",
    "waits_alert": "Die Meldung wartet noch; geplant: {time}",
    "waits_return": "Hier ist es gerade stumm; der Artikel steht in der Nachricht danach: {time}",
    "waits_folded": "Es kam viel auf einmal; der Artikel steht in der Sammelmeldung: {time}",
    "waits_digest": "Der Artikel steht in der nächsten Sammelmeldung: {time}",
    "on_its_way": "Die Meldung ist gerade unterwegs",
    "uncertain": "Vielleicht nicht angekommen; die nächste Nachricht nennt den Artikel",
    "not_sent": "Die Meldung ließ sich nicht senden: {error}",
    "story_new": "Damit beginnt ein Ereignis",
    "story_split": "Jemand hat gesagt, dass dies ein eigenes Ereignis ist",
    "story_again": "Ich kannte den Artikel schon: {other}",
    "story_wire": (
        "Derselbe Text wie „{other}“: "
        "{score} % des kürzeren stehen in beiden (nötig: {threshold} %)"
    ),
    "story_same": (
        "Dasselbe Ereignis wie „{other}“: "
        "Ähnlichkeit {score} % (nötig: {threshold} %), gemeinsam: {shared}"
    ),
    "story_related": (
        "Ein eigenes Ereignis, aber verwandt mit „{other}“: "
        "Ähnlichkeit {score} % (nötig: {threshold} %), gemeinsam: {shared}"
    ),
    "story_next": "Am nächsten kam sonst „{other}“: Ähnlichkeit {score} %",
    "story_against": "Dagegen sprach: {vetoes}",
    "no_feed": "In keiner meiner Quellen stand diese Adresse",
    "site_feed": "Von dieser Seite lese ich {name}, zuletzt: {time}",
    "site_feed_ill": "Von dieser Seite lese ich {name}, doch das klappt gerade nicht: {error}",
    "site_feed_off": "Die Quelle {name} auf dieser Seite lese ich zurzeit nicht",
    "no_site_feed": "Von dieser Seite lese ich keine Quelle; Admins nehmen sie mit /addfeed auf",
}
_REASONS = {
    "the chat is not served at present": "dieser Chat bekommt zurzeit nichts",
    "the chat was told of this article before": "er wurde hier schon früher gemeldet",
    "the feed listed it when it was first read": (
        "er stand schon in der Quelle, als ich sie zum ersten Mal las"
    ),
    "it was found only after a gap in polling": "er wurde erst nach einer Unterbrechung gefunden",
    "it is new": "er ist neu",
    "the chat was told of its story": "er gehört zu einem Ereignis, das schon gemeldet ist",
    "shown when the list was switched on": "er wurde beim Einschalten der Liste gezeigt",
    "nothing was decided for the chat": "als er kam, war die Liste hier noch ausgeschaltet",
}


_NEWS = {
    "it corrects an earlier report": "eine frühere Meldung wird berichtigt",
    "another number, (.+)": "andere Zahl: {}",
    "another place, (.+)": "anderer Ort: {}",
    "another day, (.+)": "anderer Tag: {}",
    "a new name, (.+)": "neuer Name: {}",
    "another list matches it": "jetzt passt eine weitere Wortliste",
    "it is reported again after a while": "nach einer Pause wird wieder darüber berichtet",
    "it is reported again in the morning": "am Morgen wird wieder darüber berichtet",
    r"(\d+) outlets report it by now": "inzwischen berichten {} Medien darüber",
}


def news(said: str) -> str:
    """Return what is new about a story, from a decision's reason as it is stored, in German."""
    for said_so, words in _NEWS.items():
        if found := re.fullmatch(rf"its story has news: {said_so}", said):
            return words.format(*found.groups())
    return said


def why_reason(said: str) -> str:
    """Return a decision's reason, as it is stored, in German."""
    if said.startswith("its story has news: "):
        return f"Neues von einem Ereignis, das schon gemeldet ist – {news(said)}"
    excluded = re.fullmatch(r"it is excluded here: (.+)", said)
    if excluded:
        return f"er ist hier ausgeschlossen: {excluded[1]}"
    dated = re.fullmatch(r"it is dated more than (\d+) days ago", said)
    if dated:
        return "er ist älter als " + ("ein Tag" if dated[1] == "1" else f"{dated[1]} Tage")
    return _REASONS.get(said, said)


_AGAINST = {
    r"only (\d+) shared words, need (\d+)": "nur {} gemeinsame Wörter (nötig: {})",
    "shared words tell too little: (.+), need (.+)": "die gemeinsamen Wörter sagen zu wenig",
    "the title is a kicker": "die Überschrift ist nur ein Stichwort",
    "one of them is opinion": "einer der beiden ist Meinung",
    "one has a passage of the other, and begins with something else": (
        "nur eine Passage stimmt überein"
    ),
    "year: one of them looks back": "einer der beiden blickt zurück",
    r"year (.+) ≠ (.+) \(.+\)": "anderes Jahr ({} ≠ {})",
    "date (.+) ≠ (.+)": "anderer Tag ({} ≠ {})",
    "place (.+) ≠ (.+)": "anderer Ort ({} ≠ {})",
    r"number (.+) ≠ (.+) \(.+\)": "andere Zahl ({} ≠ {})",
}


def against(said: str) -> str:
    """Return why an article is not of a story, as it is stored, in German."""
    for said_so, words in _AGAINST.items():
        if found := re.fullmatch(said_so, said):
            return words.format(*found.groups())
    return said

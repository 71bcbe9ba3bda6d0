"""German: why an article was told, or was not, by the steps of `bot.alerts.why`."""

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
    "no_match": "Keine Wortliste passt dazu",
    "match": "Der Artikel passt zu {lists}",
    "chat_unknown": "Diesen Chat kenne ich nicht",
    "chat_not_served": "Dieser Chat bekommt zurzeit nichts",
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
    "no_feed": "In keiner meiner Quellen stand diese Adresse",
    "site_feed": "Von dieser Seite lese ich die Quelle {name}: {state}",
    "no_site_feed": "Von dieser Seite lese ich keine Quelle",
}

"""German: why an article was told, or was not, by the steps of `bot.alerts.why`."""

WHY = {
    "listed": "{outlet} hat ihn gelistet, gesehen {time}",
    "listed_old": "{outlet} hatte ihn schon bei der ersten Abfrage, er gilt deshalb als alt",
    "unread": "er ist noch nicht gelesen",
    "unread_due": "er ist noch nicht gelesen; geplant: {time}",
    "read_page": "die Seite wurde gelesen",
    "read_feed": (
        "gelesen wurde nur der Vorspann: die Seite liegt hinter einer Schranke "
        "oder war nicht zu haben"
    ),
    "read_title": "gelesen wurde nur die Überschrift: die Seite war nicht zu haben",
    "no_match": "keine Wortliste trifft zu",
    "match": "er passt zu {lists}",
    "chat_unknown": "diesen Chat kenne ich nicht",
    "chat_not_served": "dieser Chat bekommt zurzeit nichts",
    "list_off": "keine dieser Listen ist hier eingeschaltet",
    "not_told": "nicht gemeldet: {reason}",
    "told_alert": "gemeldet: {time}",
    "told_digest": "in einer Sammelmeldung gemeldet: {time}",
    "waits_alert": "die Meldung wartet noch; geplant: {time}",
    "waits_digest": "er steht in der nächsten Sammelmeldung: {time}",
    "on_its_way": "die Meldung ist gerade unterwegs",
    "uncertain": "vielleicht nicht angekommen; die nächste Nachricht nennt ihn",
    "not_sent": "die Meldung ließ sich nicht senden: {error}",
    "no_feed": "keine Quelle hat diese Adresse gelistet",
    "site_feed": "die Quelle {name} dieser Seite: {state}",
    "no_site_feed": "von dieser Seite wird keine Quelle abgefragt",
}

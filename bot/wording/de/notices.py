"""German: what chats are told about the service, by the key in the outbox."""

NOTICES = {
    "list_broken": (
        "⚠️ Die Wortliste <b>{name}</b> hat einen Fehler. Die letzte gute Fassung gilt weiter, "
        "bis er behoben ist."
        "\n<pre>{faults}</pre>"
    ),
    "list_broken_new": (
        "⚠️ Die Wortliste <b>{name}</b> hat einen Fehler. Sie gilt erst, wenn er behoben ist."
        "\n<pre>{faults}</pre>"
    ),
    "folder_gone": (
        "⚠️ Der Ordner mit den Wortlisten ist leer oder verschwunden. "
        "Alle Listen gelten weiter, bis er wieder da ist."
    ),
    "feed_gone": (
        "⚠️ Die Quelle <b>{name}</b> gibt es nicht mehr: Ihr Verlag hat sie endgültig "
        "abgeschaltet. Ich frage sie nicht mehr ab; eine andere nehmen Sie mit /addfeed auf."
        "\n{url}"
    ),
    "list_removed": (
        "⏸ Die Datei der Wortliste <b>{name}</b> ist weg, die Liste macht deshalb Pause. "
        "Wer sie eingeschaltet hat, weiß Bescheid. Kommt die Datei zurück, geht es weiter."
    ),
    "list_paused": (
        "⏸ <b>{label}</b> macht Pause: Diese Wortliste wurde vorerst entfernt. "
        "Sie bleibt bei Ihnen eingeschaltet; kommt sie zurück, melde ich weiter."
    ),
    "list_back": "▶️ <b>{label}</b> ist wieder da. Ich melde weiter, was dazu erscheint.",
    "chat_parked": (
        "⏳ Telegram möchte, dass ich den Chat <code>{chat}</code> {minutes} Minuten lang "
        "in Ruhe lasse. Was bis dahin zusammenkommt, steht danach in einer Sammelmeldung."
    ),
    "topic_gone": (
        "⚠️ In der Gruppe <code>{chat}</code> gibt es das Thema {thread} nicht mehr. "
        "Meldungen kommen dort jetzt in den Hauptverlauf."
    ),
    "feed_ill": (
        "⚠️ Die Quelle <b>{name}</b> lässt sich nicht mehr lesen. "
        "{errors} Versuche hintereinander sind gescheitert, zuletzt: <i>{error}</i>. "
        "Ich versuche es weiter und sage Bescheid, wenn es wieder geht.\n{url}"
    ),
    "feed_never_read": (
        "⚠️ Die Quelle <b>{name}</b> ließ sich noch nie lesen. "
        "{errors} Versuche hintereinander sind gescheitert, zuletzt: <i>{error}</i>. "
        "Stimmt die Adresse? Ich versuche es weiter und sage Bescheid, wenn es geht.\n{url}"
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
    "exclusion_proposed": (
        "💡 Ein Chat lässt bei der Wortliste <b>{list}</b> jetzt etwas weg: "
        "<code>-{line}</code>. Soll das für alle gelten?"
    ),
    "weekly": (
        "📅 <b>Die vergangene Woche</b>\n"
        "Quellen: {fine} in Ordnung, {silent} still, {ill} gestört (/feeds)\n"
        "Gesendete Meldungen: {sent}\nVielleicht nicht angekommen: {uncertain}"
    ),
    "offer_digest": (
        "📬 Zu <b>{list}</b> kamen hier heute mehr als 30 Meldungen. "
        "Soll ich diese Liste lieber zweimal am Tag gesammelt melden?"
    ),
}

"""German: what can be wrong with a feed, by what the log says of it; the particular come first."""

ERRORS = {
    "the name {host} does not resolve": (
        "{host} gibt es nicht, oder der Name lässt sich gerade nicht auflösen"
    ),
    "the certificate of {host} is not valid": "das Zertifikat von {host} ist ungültig",
    "no secure connection to {host}": "mit {host} kommt keine sichere Verbindung zustande",
    "no connection to {host} in time": "{host} nimmt die Verbindung nicht rechtzeitig an",
    "no connection to {host}": "{host} nimmt keine Verbindung an",
    "{host} took too long to answer": "{host} hat zu lange nicht geantwortet",
    "{host} is no name of a host": "{host} kann keine Webadresse sein",
    "the answer of {host} broke off or cannot be read": (
        "die Antwort von {host} ist abgebrochen oder unlesbar"
    ),
    "what {host} answers is no HTTP": "{host} antwortet, aber nicht wie eine Webseite",
    "{host} closed the connection without an answer": (
        "{host} hat die Verbindung ohne Antwort beendet"
    ),
    "{host} is an address of a private network that net.allow does not name": (
        "{host} gehört zu einem privaten Netz, das in der Konfiguration "
        "(net.allow) nicht freigegeben ist"
    ),
    "{host} asked to be left alone; {minutes} min of that are left": (
        "{host} bittet um Ruhe, noch {minutes} min"
    ),
    "the answer is packed as {kind}, which was not asked for": (
        "die Antwort ist in einem Format gepackt, das ich nicht lese: {kind}"
    ),
    "the answer is packed {times} times over": "die Antwort ist {times}-mal ineinander gepackt",
    "more than {most} redirects": "die Adresse leitet mehr als {most}-mal weiter",
    "only http and https addresses are fetched": (
        "nur Adressen mit http:// oder https:// lassen sich abrufen"
    ),
    "a redirect to what is no address": "die Adresse leitet ins Leere weiter",
    "a redirect from https to http": "die Adresse leitet auf eine unverschlüsselte weiter",
    "more than {size} MB": "dort steht viel zu viel, mehr als {size} MB",
    "HTTP 401": "der Zugang ist gesperrt (HTTP 401)",
    "HTTP 403": "der Zugang ist gesperrt (HTTP 403)",
    "HTTP 404": "unter dieser Adresse gibt es nichts (HTTP 404)",
    "HTTP 410": "unter dieser Adresse gibt es nichts mehr (HTTP 410)",
    "HTTP 429": "die Seite möchte nicht so oft gefragt werden (HTTP 429)",
    "HTTP 5{rest}": "der Server der Seite ist gestört (HTTP 5{rest})",
    "HTTP {status}": "die Seite lehnt die Anfrage ab (HTTP {status})",
    "the body is empty": "dort steht nichts",
    "this is a PDF": "das ist ein PDF",
    "this is a compressed file": "das ist ein gepacktes Archiv",
    "this is JSON, but no JSON Feed": "das sind Daten, aber keine Nachrichtenquelle",
    "this is an HTML page, not a feed": "das ist eine gewöhnliche Webseite, keine Quelle",
    "this is XML or HTML, but neither RSS nor Atom": "das ist weder RSS noch Atom",
    "this is no feed": "das ist keine Nachrichtenquelle",
    "reading it took too long": "das Lesen hat zu lange gedauert",
    "reading it broke off": "das Lesen ist abgebrochen",
    "no valid XML: {why}": "das ist kein gültiges XML",
    "it declares entities": "die Datei enthält eine DOCTYPE-Angabe, die es hier nicht geben darf",
    "this is no OPML: it begins with {tag}": "das ist keine OPML-Datei, sie beginnt mit {tag}",
    "there is no feed in it": "es steht keine Quelle darin",
    "{url} is no http or https address": "{url} ist keine Webadresse",
    # Of an article's page.
    "this is no HTML page": "das ist keine Webseite",
    "{kind} is no page": "das ist keine Webseite, sondern {kind}",
    "the publisher reserves it from text and data mining": (
        "der Verlag erlaubt es nicht, die Seite automatisch auszuwerten"
    ),
    "the page is another one than the feed's": "die Seite gehört zu einem anderen Artikel",
    "it leads to a consent wall": "die Seite verlangt zuerst eine Einwilligung",
    "a link of Google News does not say where it leads": (
        "ein Link von Google News verrät nicht, wohin er führt"
    ),
    "it is a video or audio portal": "das ist ein Portal für Videos oder Tonaufnahmen",
    "the page has no article's text": "auf der Seite steht kein Artikel",
    "the page is a consent wall or a check for robots": (
        "die Seite verlangt zuerst eine Einwilligung oder hält mich für einen Roboter"
    ),
    "the page says that it does not exist": "die Seite gibt es nicht mehr",
    "the page is a video or audio": "auf der Seite ist nur ein Video oder eine Tonaufnahme",
}

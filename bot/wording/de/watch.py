"""German: what the watch says, by its English words (see `bot.wording.watch`).

All begins with a small letter where German allows it, as the English does: it may stand behind a
place, or behind the sentence before it.
"""

from bot.wording.de.faults import FAULTS
from bot.wording.watch import Phrases, WatchWords

_SETTINGS = {
    "there is no setting @{name}": "die Einstellung @{name} gibt es nicht",
    "@{name} is set twice": "@{name} steht zweimal da",
    "keep one of them": "behalten Sie eine der beiden Zeilen",
    "@{name} has no value": "hinter @{name} steht nichts",
    "this is no value for @{name}": "das passt nicht zu @{name}",
    "did you mean @lang {code}?": "meinten Sie @lang {code}?",
    "write @label NAME, at most {most} characters": (
        "schreiben Sie @label NAME, höchstens {most} Zeichen"
    ),
    "write a language code: @lang de": "schreiben Sie das Kürzel einer Sprache: @lang de",
    "write names of feeds with commas between: @feeds Tagesschau, NDR": (
        "schreiben Sie Namen von Quellen mit Kommas dazwischen: @feeds Tagesschau, NDR"
    ),
    "write tags with commas between: @tags politik, ausland": (
        "schreiben Sie Schlagwörter mit Kommas dazwischen: @tags politik, ausland"
    ),
    "write word forms: @ignore Auswahl Wortwahl": (
        "schreiben Sie Wortformen: @ignore Auswahl Wortwahl"
    ),
    "write story, wire or off": "schreiben Sie story, wire oder off",
    "write urgent, now, quiet or digest": "schreiben Sie urgent, now, quiet oder digest",
    "write all, admins or chat ids": "schreiben Sie all, admins oder Kennungen von Chats",
    "the settings are @{names}; a name that begins with @ is written without it": (
        "es gibt @{names}; einen Namen, der mit @ beginnt, schreiben Sie ohne das @"
    ),
}

_FILES = {
    "this word is in nearly every article": "dieses Wort steht in fast jedem Artikel",
    "write what the article is to be about": "schreiben Sie, worum es gehen soll",
    "this is not one query": "das ist nicht genau eine Suche",
    "write one line: A & B": "schreiben Sie eine Zeile: A & B",
    "a setting cannot stand here": "Einstellungen mit @ gehen hier nicht",
    "write words to look for": "schreiben Sie Wörter, nach denen ich suchen soll",
    "this is no text": "das ist kein Text",
    "save the file as UTF-8 text": "speichern Sie die Datei als Text in UTF-8",
    "this line has more than 10,000 characters": "diese Zeile hat mehr als 10.000 Zeichen",
    "write several lines: any of them is enough": (
        "schreiben Sie mehrere Zeilen: es genügt, wenn eine davon zutrifft"
    ),
    "the file's name is not UTF-8": "der Name der Datei lässt sich nicht lesen",
    "give it another name": "geben Sie ihr einen anderen",
    "cannot be read ({reason})": "die Datei lässt sich nicht lesen ({reason})",
    "cannot be read (Permission denied)": "die Datei lässt sich nicht lesen: Es fehlt das Recht",
    "make it readable for the bot": "geben Sie dem Ausguck das Recht, sie zu lesen",
    "is larger than 5 MB": "die Datei ist größer als 5 MB",
    "split it into several watchlists": "teilen Sie sie auf mehrere Wortlisten auf",
    "its file is gone": "die Datei ist weg",
    "its file became empty": "die Datei ist auf einmal leer",
    "{gone} of {before} queries are gone": "{gone} von {before} Suchen fehlen auf einmal",
}

_WARNINGS = {
    "by its name this file is a copy, and it counts as a list of its own": (
        "dem Namen nach ist diese Datei eine Kopie, und sie zählt als eigene Liste"
    ),
    "delete or rename it if {file}.txt is meant": (
        "löschen Sie sie oder benennen Sie sie um, falls {file}.txt gemeint ist"
    ),
    "{file}.txt is called {label}, too": "auch {file}.txt heißt {label}",
    "give one of the two another @label": "geben Sie einer von beiden ein anderes @label",
    "no feed is called {name}": "keine Quelle heißt {name}",
    "no feed has the tag {tag}": "keine Quelle hat das Schlagwort {tag}",
    "{said}, so this list never alerts": "{said}, deshalb meldet diese Liste nie etwas",
    "known are {names}": "es gibt {names}",
    "feeds get their tags in config.toml": "Schlagwörter bekommen Quellen in config.toml",
    "a single letter is often found by accident": "ein einzelner Buchstabe passt oft zufällig",
    "a word of {count} letters is often found by accident": (
        "ein Wort mit nur {count} Buchstaben passt oft zufällig"
    ),
    "write ={word} for exactly this form": "mit ={word} gilt genau diese Schreibweise",
    "{word} in small letters is a word of the phrase, not an operator": (
        "klein geschrieben ist „{word}“ ein Wort wie jedes andere und verknüpft nichts"
    ),
    "write {query}, or {quoted} if the phrase is meant": (
        "schreiben Sie {query}, oder {quoted}, falls die Wortfolge gemeint ist"
    ),
    "these words are looked for in this order only": (
        "diese Wörter werden nur in dieser Reihenfolge gesucht"
    ),
    "both anywhere: {query}; the phrase: {quoted}": (
        "einzeln, gleich wo: {query}; als Wortfolge: {quoted}"
    ),
    "this can never match": "das kann nie zutreffen",
    "it asks for what it excludes, or for two fields": (
        "es verlangt, was es ausschließt, oder Überschrift und Text zugleich"
    ),
    "this is line {line} again": "das steht schon in Zeile {line}",
    "delete one of them": "löschen Sie eines von beiden",
    "line {line} ({query}) finds all that this finds": (
        "Zeile {line} ({query}) findet alles, was diese findet"
    ),
    "lines {lines} together find all that this finds": (
        "die Zeilen {lines} finden zusammen alles, was diese findet"
    ),
    "lines {lines} together exclude all that this finds": (
        "die Zeilen {lines} schließen zusammen alles aus, was diese findet"
    ),
    "delete this line": "löschen Sie diese Zeile",
    "delete this line, or that one": "löschen Sie diese Zeile oder jene",
    "line {line} ({query}) excludes all that this finds": (
        "Zeile {line} ({query}) schließt alles aus, was diese findet"
    ),
    "@ignore says that this very word does not count": (
        "@ignore sagt, dass gerade dieses Wort nicht zählt"
    ),
}

_REASONS = {
    "there is no {term}": "{term} kommt nicht vor",
    "{said}; '{word}' is another word": "{said}; „{word}“ ist ein anderes Wort",
    "{said}; other words are {words}": "{said}; nur ähnlich sind {words}",
    "there is '{word}', which {query} excludes": "„{word}“ kommt vor, und {query} schließt das aus",
    "{left} is wanted within {distance} words of {right}": (
        "{left} soll höchstens {distance} Wörter von {right} entfernt stehen"
    ),
    "{left} is wanted next to {right}": "{left} soll direkt neben {right} stehen",
    "{said}; one is in the title, the other in the text": (
        "{said}; das eine steht in der Überschrift, das andere im Text"
    ),
    "{said}; the nearest was {nearest} words away": (
        "{said}; am nächsten waren sie sich mit {nearest} Wörtern Abstand"
    ),
    "{said}; both are the same word": "{said}; beides ist dasselbe Wort",
    "{query} is wanted {times} times; it is there once": (
        "{query} soll {times}-mal vorkommen; es kommt einmal vor"
    ),
    "{query} is wanted {times} times; it is there {found} times": (
        "{query} soll {times}-mal vorkommen; es kommt {found}-mal vor"
    ),
    "{query} is in the text, but the query wants it in the title": (
        "{query} kommt nur im Text vor, nicht wie gewünscht in der Überschrift"
    ),
    "{query} is in the title, but the query wants it in the text": (
        "{query} kommt nur in der Überschrift vor, nicht wie gewünscht im Text"
    ),
    "not all of {query} is in the title": "{query} steht nicht ganz in der Überschrift",
    "not all of {query} is in the text": "{query} steht nicht ganz im Text",
    "line {line} ({query}) excludes it, for '{word}'": (
        "Zeile {line} ({query}) schließt den Artikel aus, wegen „{word}“"
    ),
}

_RULES = {
    "the word {word}": "das Wort {word}",
    "inflected form of {word}": "eine Form von {word}",
    "adjective of {word}": "Adjektiv zu {word}",
    "inhabitant of {word}": "Einwohner von {word}",
    "adjective or inhabitant of {word}": "Adjektiv oder Einwohner von {word}",
    "derived from {word}": "abgeleitet von {word}",
    "another name of {word}": "anderer Name für {word}",
    "another spelling of {word}": "andere Schreibweise von {word}",
    "begins with {word}": "beginnt mit {word}",
    "ends with {word}": "endet auf {word}",
    "contains {word}": "enthält {word}",
    "begins with the letters {letters}": "beginnt mit {letters}",
    "ends with the letters {letters}": "endet auf {letters}",
    "contains the characters {characters}": "enthält {characters}",
    "these words, inflected or not": "diese Wörter, in jeder Form",
    "exactly these words": "genau so geschrieben",
    "exactly this form": "genau diese Schreibweise",
    "matches the pattern": "passt zum Muster",
}

WATCH = WatchWords(
    faults=Phrases(FAULTS | _SETTINGS | _FILES | _WARNINGS),
    reasons=Phrases(_REASONS),
    rules=Phrases(_RULES),
    itself="das Wort selbst",
)

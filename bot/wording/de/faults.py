"""German: what may be wrong with a query, by its English words (see `bot.wording.watch`)."""

# What was written, sign by sign.
_WRITTEN = {
    "! stands alone": "ein ! steht allein",
    "write !Word to exclude, or leave it out": (
        "schreiben Sie !Wort, um ein Wort auszuschließen, oder lassen Sie das ! weg"
    ),
    "a dash stands alone": "ein Strich steht allein",
    "write A -B to exclude B, A-B for one name, or leave the dash out": (
        "schreiben Sie A -B, um B auszuschließen, A-B für einen Namen, oder lassen Sie den Strich "
        "weg"
    ),
    "write -Word to exclude, Word to watch": (
        "schreiben Sie -Wort, um ein Wort auszuschließen, oder nur Wort, um es zu suchen"
    ),
    "a comma or semicolon stands between words": "zwischen Wörtern steht ein Komma oder Semikolon",
    "write one word or phrase per line, or | between them": (
        "schreiben Sie jeden Begriff in eine eigene Zeile, oder | dazwischen"
    ),
    "the second quote is missing": "zu diesem Anführungszeichen fehlt das zweite",
    'write "these words", all of it before a # comment': (
        'schreiben Sie "diese Wörter", alles vor einem Kommentar mit #'
    ),
    "there is no word in these quotes": "zwischen diesen Anführungszeichen steht kein Wort",
    'write "these words"': 'schreiben Sie "diese Wörter"',
    "{sign} has no space by it": "neben {sign} fehlt ein Leerzeichen",
    'write A & B, or put the name into "quotes"': (
        'schreiben Sie A & B, oder setzen Sie den Namen in "Anführungszeichen"'
    ),
    "write {example}": "schreiben Sie {example}",
    'write {example}, or "quotes" around a name': (
        'schreiben Sie {example}, oder setzen Sie einen Namen in "Anführungszeichen"'
    ),
    "did you mean {meant}?": "meinten Sie {meant}?",
    "{sign} is no operator": "hier gibt es kein {sign}",
    "{operator} has no number": "bei {operator} fehlt die Zahl",
    "the number of {operator} is from 1 to {most}": (
        "die Zahl bei {operator} liegt zwischen 1 und {most}"
    ),
    "there is no word here": "hier steht kein Wort",
    "write a word, or # before a comment": "schreiben Sie ein Wort, oder # vor einen Kommentar",
    "= cannot stand here": "hier kann kein = stehen",
    '= begins a term, directly before a word: =EU; a name with = goes into "quotes"': (
        "= gehört an den Anfang, direkt vor ein Wort: =EU; "
        'einen Namen mit = setzen Sie in "Anführungszeichen"'
    ),
}

_WILDCARDS = {
    "a * has no effect in quotes": "in Anführungszeichen wirkt ein * nicht",
    "leave it out, or write Word* without quotes": (
        "lassen Sie es weg, oder schreiben Sie Wort* ohne Anführungszeichen"
    ),
    "a * needs at least {fewest} letters beside it": (
        "neben einem * müssen mindestens {fewest} Buchstaben stehen"
    ),
    "write more of the word, or the words themselves": (
        "schreiben Sie mehr von dem Wort, oder die gemeinten Wörter selbst"
    ),
    "a word with * has letters, digits and hyphens only": (
        "ein Wort mit * besteht nur aus Buchstaben, Ziffern und Bindestrichen"
    ),
    "write the * directly beside a letter: Siegespar*": (
        "setzen Sie das * direkt neben einen Buchstaben: Siegespar*"
    ),
    "= and * do not go together": "= und * vertragen sich nicht",
    "write =EU or Siegespar*": "schreiben Sie =EU oder Siegespar*",
    "a * cannot stand in a phrase": "in einer Wortfolge kann kein * stehen",
    "write A & Siegespar*, or the words": "schreiben Sie A & Siegespar*, oder die Wörter selbst",
    "a * stands alone": "ein * steht allein",
    "write Siegespar* or *parade": "schreiben Sie Siegespar* oder *parade",
    "a * stands at both ends": "an beiden Enden steht ein *",
    "write Siegespar* | *parade: one end of a word": (
        "schreiben Sie Siegespar* | *parade: jeweils nur an einem Ende"
    ),
    "a * stands within a word": "mitten im Wort steht ein *",
}

_HABITS = {
    '{said}; a name goes into "quotes"': '{said}; einen Namen setzen Sie in "Anführungszeichen"',
    "inflection is known without it; write Word": (
        "gebeugte Formen finde ich auch so; schreiben Sie Wort"
    ),
    "? is no wildcard": "ein ? steht nicht für beliebige Buchstaben",
    "write Siegespar*, or leave it out": "schreiben Sie Siegespar*, oder lassen Sie es weg",
    "these brackets mean nothing here": "diese Klammern bedeuten hier nichts",
    "write ( and )": "nehmen Sie ( und )",
    "a / stands between words": "zwischen Wörtern steht ein /",
    "write | for either, & for both": "schreiben Sie | für „oder“, & für „und“",
    "this is no operator": "das gibt es hier nicht",
    "this is no prefix": "was hier vor dem Doppelpunkt steht, kenne ich nicht",
    "did you mean title: ?": "mit title: suchen Sie in der Überschrift",
    "did you mean text: ?": "mit text: suchen Sie im Text",
    "write a line @feeds Tagesschau, NDR to keep to feeds": (
        "eine eigene Zeile @feeds Tagesschau, NDR beschränkt die Liste auf diese Quellen"
    ),
    "write a line @lang de to set the language": (
        "eine eigene Zeile @lang de legt die Sprache fest"
    ),
    "there are title: and text: only": "es gibt nur title: und text:",
}

_STRUCTURE = {
    "{operator} has nothing before it": "vor {operator} steht nichts",
    "{operator} has nothing after it": "nach {operator} steht nichts",
    "there is nothing between {left} and {right}": "zwischen {left} und {right} steht nichts",
    "write a word there, or leave the operator out": (
        "schreiben Sie ein Wort dorthin, oder lassen Sie das Zeichen weg"
    ),
    'write a word there, or "quotes" around a name': (
        'schreiben Sie ein Wort dorthin, oder setzen Sie einen Namen in "Anführungszeichen"'
    ),
    "it is not clear how far the - at the beginning reaches": (
        "es ist nicht klar, wie weit das - am Anfang reicht"
    ),
    "write -(A & B), or -A and -B on lines of their own": (
        "schreiben Sie -(A & B), oder -A und -B in eigene Zeilen"
    ),
    "an operator is missing before this": "davor fehlt eine Verknüpfung",
    "write A & !B, or A -B": "schreiben Sie A & !B oder A -B",
    "write & (both) or | (either) between them": (
        "schreiben Sie & (beides) oder | (eines von beiden) dazwischen"
    ),
    "a double negation": "das ist doppelt verneint",
    "leave both out": "lassen Sie beides weg",
    "this is nested more than {deepest} levels deep": (
        "hier stecken mehr als {deepest} Ebenen ineinander"
    ),
    "write it as several lines": "verteilen Sie das auf mehrere Zeilen",
    "the opening parenthesis is missing": "die öffnende Klammer fehlt",
    "add it, or remove this one": "ergänzen Sie sie, oder nehmen Sie diese hier weg",
    "the closing parenthesis is missing": "die schließende Klammer fehlt",
    "add it where it belongs": "ergänzen Sie sie an der passenden Stelle",
    "there is nothing in these parentheses": "in diesen Klammern steht nichts",
    "write a word, or leave them out": (
        "schreiben Sie ein Wort hinein, oder lassen Sie die Klammern weg"
    ),
    "this cannot stand here": "das kann hier nicht stehen",
    "write A & B, A | B or A -B": "schreiben Sie A & B, A | B oder A -B",
    "this only excludes; nothing is looked for": "das schließt nur aus; gesucht wird nichts",
    "leave ! out": "lassen Sie das ! weg",
    "write -Word on a line of its own": "schreiben Sie -Wort in eine eigene Zeile",
    "an exclusion beside | would fit nearly every article": (
        "ein Ausschluss neben | träfe auf fast jeden Artikel zu"
    ),
    "write A & !B, or -B on a line of its own": (
        "schreiben Sie A & !B, oder -B in eine eigene Zeile"
    ),
    "NEAR joins two terms, not three": "NEAR verbindet zwei Begriffe, nicht drei",
    "! stands after the prefix": "das ! steht hinter dem Doppelpunkt",
    "write !title:A": "schreiben Sie !title:A",
    "{operator} of an exclusion": "bei {operator} lässt sich nichts ausschließen",
    "{operator} of title: or text:": "{operator} steht hier vor title: oder text:",
    "{operator} takes a word, a phrase or (A | B)": (
        "zu {operator} gehört ein Wort, eine Wortfolge oder (A | B)"
    ),
    "join several with &: {example} & C": "verbinden Sie mehreres mit &: {example} & C",
}

_EXPRESSIONS = {
    "this / begins a regular expression that never ends": (
        "mit diesem / beginnt ein regulärer Ausdruck, der nie endet"
    ),
    'write /expression/, or "quotes" around a name': (
        'schreiben Sie /Ausdruck/, oder setzen Sie einen Namen in "Anführungszeichen"'
    ),
    'mend the expression, or write "quotes" if it is a name': (
        'berichtigen Sie den Ausdruck, oder setzen Sie einen Namen in "Anführungszeichen"'
    ),
    "this regular expression is empty": "dieser reguläre Ausdruck ist leer",
    "this regular expression has more than {most} characters": (
        "dieser reguläre Ausdruck hat mehr als {most} Zeichen"
    ),
    "this character cannot be in a text": "dieses Zeichen kommt in keinem Text vor",
    "this regular expression matches everywhere: the empty text fits it": (
        "dieser reguläre Ausdruck passt überall, sogar auf einen leeren Text"
    ),
    # RE2 has a dozen sentences of its own; another is shown as it is.
    "RE2 refuses this: {said}": "dieser reguläre Ausdruck geht so nicht: {said}",
    "RE2 refuses this: {reason}": "dieser reguläre Ausdruck geht so nicht: {reason}",
    "missing ): {part}": "zu einer Klammer fehlt ) in {part}",
    "missing ]: {part}": "zu einer Klammer fehlt ] in {part}",
    "unexpected ): {part}": "zu einer Klammer fehlt ( in {part}",
    "trailing \\": "am Ende steht ein einzelner \\",
    "invalid character class range: {part}": "diesen Bereich gibt es nicht: {part}",
    "invalid escape sequence: {part}": "ein \\ vor diesem Zeichen bedeutet nichts: {part}",
    "no argument for repetition operator: {part}": "vor {part} fehlt, was sich wiederholen soll",
    "bad repetition operator: {part}": "zwei Wiederholungen folgen aufeinander: {part}",
    "invalid repetition size: {part}": "diese Zahl von Wiederholungen ist nicht möglich: {part}",
    "invalid perl operator: {part}": "das gibt es hier nicht: {part}",
    "invalid named capture group: {part}": "so lässt sich keine Gruppe benennen: {part}",
    "pattern too large - compile failed": "er ist zu umfangreich",
}

FAULTS = _WRITTEN | _WILDCARDS | _HABITS | _STRUCTURE | _EXPRESSIONS

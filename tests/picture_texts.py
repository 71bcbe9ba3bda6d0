"""What the pictures of the chat show: watchlists and articles, all of them invented."""

LISTS = {
    "nordkorea": "@label Nordkorea\nNordkorea\nKim Jong Un\n",
    "siegesparade": "@label Siegesparade\nSiegesparade | Siegestag | Militärparade\n",
    "energie": "@label Energie\nStromnetz\nGaskraftwerk\n",
}
PARADE = (
    "Nordkoreas Soldaten bei der Siegesparade in Moskau",
    (
        "Erstmals sind nordkoreanische Soldaten bei der Siegesparade auf dem Roten Platz "
        "marschiert. Präsident Wladimir Putin begrüßte die Abordnung persönlich."
    ),
)
FILE = """@label Energie
Stromnetz
Gaskraftwerk, Kohle
"Netzausbau | Trasse
Windpark*
"""
KOREA = (
    ("Nordkorea testet Rakete", "Nordkorea feuerte eine Rakete ab. Kim Jong-un sah in Wonsan zu."),
    ("Zug aus dem Norden", "Kim Jong-un verließ Nordkorea mit dem Zug, der aus Pjöngjang kam."),
    ("Truppen für Kursk", "Nordkoreanische Soldaten kämpfen bei Kursk, gab Pjöngjang bekannt."),
    ("Orchester tritt auf", "In Nordkorea spielte ein Orchester aus Pjöngjang vor Kim Jong-un."),
    ("Ernte verdorben", "Nordkoreas Felder sind zerstört. Kim Jong-un reiste hin, so Pjöngjang."),
)
OTHER_NEWS = (
    *("Brücke wieder offen", "Neue Schule in Kassel", "Museum zieht um", "Streik am Flughafen"),
    *("Markt auf dem Rathausplatz", "Sturm über der Ostsee", "Bäcker backt Riesenbrot"),
)
BANKS = "@label Banken\nBank\nBank & Zinsen\nSparkasse\nBörse & Frankfurt\n-Parkbank\n"
OF_BANKS = (
    *("Bank erhöht die Zinsen", "Deutsche Bank streicht Stellen", "Sparkasse warnt vor Betrug"),
    *("Segler strandet auf Sandbank", "Robben auf der Sandbank gezählt", "Volksbank fusioniert"),
    *("Angeklagter schweigt auf der Anklagebank", "Neue Bank öffnet in Leipzig"),
    "Kegelrobbe stirbt auf Sandbank",
)
WHEAT = (
    (
        "Weizen wird knapp: Ernte in Kanada bricht ein",
        """In Kanada fehlt der Weizen nach der Dürre. Um ein Drittel kleiner als zuletzt fällt die
        Ernte aus, teilte das Landwirtschaftsamt in Ottawa mit; am stärksten betroffen ist die
        Provinz Saskatchewan, in der seit Mai kaum Regen fiel.""",
    ),
    (
        "Bäcker erhöhen die Preise",
        """Das Brot wird teurer, weil Weizen und Strom mehr kosten. Die Innung in Bremen rechnet mit
        30 Cent je Laib und verweist auf gestiegene Löhne; zwei Betriebe haben im Sommer ganz
        aufgegeben, ein dritter sucht einen Nachfolger.""",
    ),
    (
        "Schiff mit Weizen erreicht Hamburg",
        """Im Hafen löschen Kräne 30.000 Tonnen Weizen. Der Frachter war drei Wochen lang aus Odessa
        unterwegs und musste vor Gibraltar einen Sturm abwarten, sagte der Kapitän am Kai; die
        Ladung geht mit Binnenschiffen weiter nach Magdeburg.""",
    ),
    (
        "Hafenfest zieht Tausende an",
        """Auf dem Fest gab es auch Brot aus altem Weizen zu kosten. Ein Feuerwerk beschloss den
        zweiten Abend, an dem eine Kapelle aus Rostock spielte; die Polizei zählte 12.000
        Besucher und sprach von einem ruhigen Verlauf.""",
    ),
)

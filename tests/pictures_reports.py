"""The news that the pictures of trends and press reviews are about."""

from tests.reviews_kit import Report

DAY = 24
OUTLETS = ("Depesche", "Kontor", "Blickpunkt", "Wochenpost", "Nordblatt", "Tagesecho", "Rundschau")
PARADE = (
    "Erstmals sind nordkoreanische Soldaten bei der Siegesparade auf dem Roten Platz in Moskau "
    "marschiert. Präsident Wladimir Putin begrüßte die Abordnung persönlich, wie der Kreml am "
    "Freitag mitteilte."
)
ROCKET = (
    "Nordkorea hat nach Angaben aus Seoul eine Rakete in Richtung des Japanischen Meers "
    "geschossen. Die Regierung in Tokio protestierte scharf gegen den Start am Morgen."
)
SHIP = (
    "Kim Jong Un hat eine Werft an der Ostküste besucht und dort einen neuen Zerstörer besichtigt. "
    "Das Schiff soll im kommenden Jahr in Dienst gestellt werden."
)
WHEAT = (
    "Russland will im Winter 200.000 Tonnen Weizen nach Nordkorea liefern. Darauf hätten sich "
    "beide Seiten bei einem Besuch in Pjöngjang verständigt, hieß es aus dem Ministerium."
)
GRID = "Das Stromnetz blieb trotz des Sturms stabil, teilten die Betreiber am Abend mit."

_LATELY = (
    ("parade", PARADE, 3.2, (
        "Nordkoreas Soldaten bei der Siegesparade in Moskau",
        "Putin empfängt Abordnung aus Pjöngjang",
        "Nordkoreanische Truppen auf dem Roten Platz",
        "Parade in Moskau: Erstmals marschieren Nordkoreaner",
        "Was Nordkoreas Auftritt in Moskau bedeutet",
    )),
    ("rocket", ROCKET, 9.5, (
        "Nordkorea feuert Rakete ins Japanische Meer",
        "Tokio protestiert gegen Raketenstart aus Nordkorea",
        "Seoul: Nordkorea testet erneut eine Rakete",
    )),
    ("wheat", WHEAT, 14.0, (
        "Russland liefert Weizen nach Nordkorea",
        "Weizen für Pjöngjang: Moskau sagt Lieferung zu",
    )),
    ("ship", SHIP, 20.0, ("Kim Jong Un besichtigt neuen Zerstörer",)),
)  # fmt: skip


def lately() -> list[Report]:
    """What came in the last 24 hours."""
    reports = [
        Report(title, OUTLETS[number], hours - number * 0.4, story, text)
        for story, text, hours, titles in _LATELY
        for number, title in enumerate(titles)
    ]
    grid = Report("Stromnetz hält dem Sturm stand", "Nordblatt", 6, "grid", GRID)
    return [*reports, grid]


def of_a_month() -> list[Report]:
    """What came about one subject in 30 days: little on most of them, very much on two."""
    made = []
    for day in range(30):
        stories = 1 + (day * 7) % 4
        for story in range(stories):
            articles = 1 + (day * 5 + story * 3) % 4
            made += _told(day, f"{day}-{story}", articles, _TITLES[(day + story) % len(_TITLES)])
    made += _told(22, "rocket", 24, "Nordkorea feuert Rakete ins Japanische Meer")
    made += _told(9, "parade", 41, "Nordkoreas Soldaten bei der Siegesparade in Moskau")
    return made + _told(3, "wheat", 15, "Russland liefert 200.000 Tonnen Weizen nach Nordkorea")


_TITLES = (
    "Seoul bietet Nordkorea Gespräche an",
    "Nordkorea öffnet Grenzübergang für Händler",
    "Hochwasser in Nordkorea",
    "Nordkorea kündigt Manöver an",
    "UN-Bericht über Nordkorea",
)


def _told(day: int, story: str, articles: int, title: str) -> list[Report]:
    return [
        Report(title, OUTLETS[n % len(OUTLETS)], day * DAY + 2 + (n % 20) * 0.3, story, ROCKET)
        for n in range(articles)
    ]

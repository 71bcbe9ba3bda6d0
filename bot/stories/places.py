"""Where an article says that something is: towns and countries after "in", "bei" and the like."""

import re
from functools import lru_cache

from bot.text import states
from bot.text.fold import fold
from bot.text.stems import may_be_a_name

_PLACE = re.compile(
    r"\b(?:[Ii]n|[Bb]ei|[Aa]us|[Nn]ahe|[Nn]ach|[Nn]ear|[Aa]t|[Vv]on) "
    r"((?:(?:Bad|St\.|San|Los|New|Nord|Süd|Ost|West)[ -])?[A-ZÄÖÜ][\w-]{2,})"
    r"|(?m:^)([A-ZÄÖÜ][\w-]{2,})(?:/[A-Z]\w+)?(?:,? \d.{0,12})? (?:\([\w/-]{2,12}\)|[-–—:] )"
)

# What may stand there without an article, and is no place.
_NO_PLACE = frozenset(
    fold(
        """
        Haft Not Kraft Sicht Betrieb Gefahr Zukunft Rente Form Führung Frage Sachen Zeiten Krise
        Folge Höhe Kürze Planung Arbeit Bewegung Brand Flammen Szene Serie Teilen Gang Schwung
        Angst Sorge Sicherheit Wahrheit Wirklichkeit Corona Angaben Ansicht Informationen
        Medienberichten Polizeiangaben Berichten Kritik Protesten Streit Unfall Angriff Hause
        Stunden Tagen Wochen Jahren Monaten Trümmern Panik Quarantäne Behandlung Untersuchungshaft
        Auftrag Vertretung Anspruch Augenschein Montag Dienstag Mittwoch Donnerstag Freitag
        Samstag Sonntag Januar Februar März April Mai Juni Juli August September Oktober November
        Dezember Trump Putin Merkel Scholz Merz Jugendlichen Deutschlands Europas
        The This That Least First Home Work School Night Monday Tuesday Wednesday Thursday Friday
        Saturday Sunday January February March June July October December
        """
    ).split()
)

# Larger than a town: who says "in Bayern" may mean what another puts into Passau.
_REGIONS = frozenset(
    fold(
        """
        Baden-Württemberg Bayern Brandenburg Hessen Mecklenburg-Vorpommern Niedersachsen
        Nordrhein-Westfalen NRW Rheinland-Pfalz Saarland Sachsen Sachsen-Anhalt Schleswig-Holstein
        Thüringen Tirol Vorarlberg Kärnten Steiermark Burgenland Oberösterreich Niederösterreich
        Europa Afrika Asien Amerika Nahost Südtirol Oberbayern Franken Ostdeutschland
        Westdeutschland Kalifornien Florida Texas California England Schottland Wales Ostukraine
        """
    ).split()
)


def places(text: str, language: str) -> tuple[set[str], set[str]]:
    """Return the towns and the countries that a text puts something into.

    Towns are folded words that may be names; countries the names of `bot.text.states`. Regions
    are neither: they would differ from every town inside them.
    """
    towns, countries = set(), set()
    for after, at_head in _PLACE.findall(text):
        name = fold(after or at_head)
        state = _state(name, language)
        if state:
            countries.add(state)
        elif name not in _NO_PLACE and name not in _REGIONS and may_be_a_name(name, language):
            towns.add(name)
    return towns, countries


@lru_cache(maxsize=4_096)
def _state(name: str, language: str) -> str:
    state = states.of_name(name, language)
    return state.name if state else ""

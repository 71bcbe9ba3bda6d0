"""What kind of article it is, as far as title and address tell: live pages, columns, opinion.

A live page and a recurring column have the words of many events; an opinion is about one, and no
report of it. Each would draw into a story what does not belong there.
"""

import re
from typing import Literal

Kind = Literal["report", "live", "column", "opinion"]

_LIVE_TITLE = re.compile(
    r"\+\+\+|\b(?:live|news|corona|eil|kriegs|börsen|wahl|transfer)[ -]?(?:blog|ticker)s?\b"
    r"|\bticker\b|\bim live\b|^live\b|\blive:|\blive updates?\b|\bupdates? live\b|minutenprotokoll"
    r"|\b(?:zum|im) nachlesen\b|\blive$|\|\s*live\b",
    re.IGNORECASE,
)
_LIVE_URL = re.compile(r"live-?(?:blog|ticker)|news-?(?:blog|ticker)|/live[/.-]|-live[/.-]|-ticker")

_COLUMN = re.compile(
    r"(?:bilder|fotos?|wort|zitat|zahl|karikatur|witz|rezept|frage|spruch) (?:des tages|der woche)"
    r"|das (?:war|wird|bringt|ist) (?:der|die) (?:tag|woche|wochenende)|der tag (?:in|im|kompakt)\b"
    r"|lotto(?:zahlen)?\b|eurojackpot|gewinnzahlen|horoskop|\bwetter(?:bericht|vorhersage)?\b"
    r"|tv-programm|tv-tipps?|fernsehprogramm|sudoku|kreuzworträtsel|newsletter|nachrichtenüberblick"
    r"|(?:\bdax|börse|aktien|devisen|anleihen)\b.*\b(?:aktuell|im überblick|schluss|eröffnung)\b"
    r"|\b(?:tages|wochen|medaillen|morgen|abend)(?:überblick|rückblick|briefing|lage|spiegel)\b"
    r"|^(?:die )?(?:lage am|nachrichten am|der morgen|der abend|kurz und bündig)\b"
    r"|\bmorning briefing\b|\bpictures of the (?:day|week)\b|\bphotos of the (?:day|week)\b"
    r"|\bhoroscope\b|\bcrossword\b|\blottery results?\b|\bmedal (?:table|count|tracker)\b",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"^(?:kommentare?|meinung|leitartikel|glosse|kolumne|gastbeitrag|essay|pressestimmen?|quiz"
    r"|umfrage|analyse|interview|porträt|leserbriefe?|opinion|comment|editorial|analysis|column)"
    r"\b[^:|–]{0,30}\s*[:|–+]"
    r"|[|(–:-]\s*(?:ein |eine )?(?:kommentar|meinung|leitartikel|glosse|kolumne|gastbeitrag|quiz"
    r"|pressestimmen|opinion)\b[^:]{0,25}$"
    r"|^(?:ein )?(?:kommentar|gastbeitrag) von\b",
    re.IGNORECASE,
)
_OPINION_URL = re.compile(
    r"/(?:meinung|kommentare?|kolumnen?|debatte|gastbeitr[a-z]*|leitartikel|opinion"
    r"|commentisfree|editorials?|quiz)[/-]"
)

_CORRECTION = re.compile(
    r"\b(?:berichtigung|korrektur|korrigiert|richtigstellung|correction|corrected)\b", re.IGNORECASE
)

_SUFFIX = re.compile(
    r"\s+\|\s+[^|]{2,50}$"
    r"|\s+[-–]\s+(?:[^-–|]{2,25}\s+[-–]\s+)?"
    r"(?:[A-ZÄÖÜ]{3,}(?: [A-ZÄÖÜ]{3,}){0,2}|\S*\.(?:de|at|ch|net|com|org|eu)"
    r"|(?:\S+ ){0,3}\S*(?:[Zz]eitung|[Nn]achrichten|[Pp]resse|[Kk]urier|[Aa]nzeiger|[Bb]latt|Post"
    r"|Rundschau|Verlagshaus \S+|[Vv]erlag|News|Times|Herald|Tribune|Chronicle|Broadcasting))$"
)
_LEAST_BEFORE_SUFFIX = 3
_TIMES = re.compile(r"\+\+\+.*?(?:\+\+\+|$)|\b\d{1,2}[:.]\d{2}(?: uhr)?\b", re.IGNORECASE)


def kind(title: str, url: str) -> Kind:
    """Return what an article is by its title and address; a report, if nothing says otherwise."""
    if _LIVE_TITLE.search(title) or _LIVE_URL.search(url):
        return "live"
    if _COLUMN.search(title):
        return "column"
    if _OPINION.search(title) or _OPINION_URL.search(url):
        return "opinion"
    return "report"


def is_correction(title: str, text: str) -> bool:
    """Return whether an article says of itself that it corrects another."""
    return bool(_CORRECTION.search(title) or _CORRECTION.search(text[:200]))


def without_outlet(title: str) -> str:
    """Return a title without the outlet's name at its end: "… in Split - Sport - RHEINPFALZ"."""
    shorter = _SUFFIX.sub("", title)
    return shorter if len(shorter.split()) >= _LEAST_BEFORE_SUFFIX else title


def without_times(title: str) -> str:
    """Return a live page's title without what changes: times of day, the latest news in +++."""
    return _TIMES.sub(" ", title)

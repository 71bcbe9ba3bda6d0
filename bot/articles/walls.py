"""Pages that stand where an article should be: consent walls, checks for robots, other pages.

They are recognised and never passed: the feed's own text stands in for what is behind them.
"""

import re
from urllib.parse import parse_qs, unquote, urlsplit

MOST_LEFT = 300
"""Characters beside a wall's own sentences; with more of them it is an article."""
_SHORT = 1_500
_LONGEST = 6_000

_GOOGLE_NEWS = re.compile(r"^/(?:rss/)?(?:articles|read|stories)/", re.IGNORECASE)
_NO_PAGE = re.compile(
    r"\.(?:pdf|epub|docx?|xlsx?|pptx?|zip|jpe?g|png|gif|webp|svg|mp[34]|m4[av]|ogg|webm|mov|wav)$",
    re.IGNORECASE,
)
_PORTALS = re.compile(
    r"(?:^|\.)(?:youtube\.com|youtu\.be|vimeo\.com|dailymotion\.com|twitch\.tv|tiktok\.com"
    r"|soundcloud\.com|spotify\.com|podcasts\.apple\.com)$"
)
_WALL_HOST = re.compile(
    r"^(?:consent|zustimmung|cmp|privacy-?gate|guce|myprivacy)\.", re.IGNORECASE
)
_WALL_PATH = re.compile(
    r"^/(?:consent(?:-a)?-?/?$|consent[-/]|zustimmung/?$|zustimmung/|cookie-?(?:wall|consent)"
    r"|privacy-?(?:gate|wall)|pur-?abo|captcha|cdn-cgi/challenge)",
    re.IGNORECASE,
)
_WALLS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bpur[-\s]?(?:abo|modell|angebot|version|zugang)|\bcontentpass\b",
        r"\b(?:mit|ohne)\s+werbung\b.{0,60}\b(?:lesen|nutzen|weiter|abo|tracking|cookies)",
        r"\bwerbefrei\b.{0,60}\b(?:lesen|nutzen|weiter|abo)|\bweiter\s+mit\s+werbung",
        (
            r"\b(?:cookies?|tracking)\b.{0,250}\b(?:zustimm|einwillig|akzeptier|ablehn|einverstanden"
            r"|consent|accept)"
        ),
        r"\b(?:zustimm|einwillig)\w*\b.{0,200}\b(?:cookies?|tracking|widerr|werbung|daten)",
        r"\bunsere[nr]?\s+(?:\w+\s+)?(?:\d+\s+)?(?:partner|drittanbieter)\b|\bour\s+\d*\s*partners",
        r"\bwiderruf\w*\b.{0,60}\bjederzeit|\bjederzeit\b.{0,80}\bwiderr",
        r"\bbevor\s+sie\s+(?:zu|auf)\s+\w+\s+(?:weiter|gelangen)|\bbefore\s+you\s+continue\b",
        r"\b(?:privacy|datenschutz)[-\s]?(?:center|einstellungen|settings)",
        r"\bverif\w+\s+(?:that\s+)?you\s+are\s+(?:a\s+)?human|\bchecking\s+your\s+browser",
        r"\b(?:enable|aktivieren\s+sie)\b.{0,40}\b(?:javascript|cookies|js)\b|\bunusual\s+traffic",
        r"\bcaptcha\b|\bjust\s+a\s+moment\b|\bkein\s+roboter\b|\baccess\s+denied\b",
        r"\b(?:bereits|schon)\s+(?:\w+-?)?(?:abonnent|abo|kunde)\w*\b.{0,40}\b(?:anmelden|login)",
    )
)
_ADDRESSED = re.compile(
    r"\b(?:wir|unsere\w*|sie|ihre\w*|du|dein\w*|we|our|you|your)\b", re.IGNORECASE
)
_GONE = re.compile(
    r"^(?:fehler\s+)?404\b|\b(?:seite|page|artikel|inhalt)\s+(?:wurde\s+)?(?:nicht|not)\s+(?:mehr\s+)?"
    r"(?:gefunden|found|verfügbar)",
    re.IGNORECASE,
)
_SIGNIFICANT = re.compile(r"\w{5,}")
_STEM = 5


def never_an_article(url: str) -> str:
    """Say why an address is not even fetched; "" where it may have an article."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if host == "news.google.com" and _GOOGLE_NEWS.match(parts.path):
        return "a link of Google News does not say where it leads"
    if _PORTALS.search(host):
        return "it is a video or audio portal"
    if found := _NO_PAGE.search(parts.path):
        return f"{found[0].lower()} is no page"
    return f"{host} is a consent wall" if is_wall(url) else ""


def is_wall(url: str) -> bool:
    """Tell whether an address is that of a consent wall or a check for robots."""
    parts = urlsplit(url)
    return bool(_WALL_HOST.match(parts.hostname or "") or _WALL_PATH.match(parts.path))


def publishers_own(url: str) -> str:
    """Return the publisher's address of a page in an AMP cache; any other comes back as it is."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if host in {"www.google.com", "google.com", "www.google.de"} and parts.path == "/url":
        target = parse_qs(parts.query).get("url", parse_qs(parts.query).get("q", [""]))[0]
        return target if target.startswith(("https://", "http://")) else url
    cached = re.match(r"^/(?:amp|[cv])/(s/)?([^/]+\.[^/]+/.*)$", parts.path)
    if cached and (
        host.endswith(".cdn.ampproject.org") or host in {"www.google.com", "google.com"}
    ):
        query = f"?{parts.query}" if parts.query else ""
        return f"http{'s' if cached[1] else ''}://{unquote(cached[2])}{query}"
    return url


def is_wall_text(text: str) -> bool:
    """Tell whether a page's text is that of a wall: its sentences, and hardly anything else.

    An article about consent walls says more than they do, or does not speak to its reader.
    """
    return _wall_sentences(text) >= 2


def may_be_wall_text(text: str) -> bool:
    """Tell whether a text could be a wall's, to be asked where its title is another one's too."""
    return len(text) <= _SHORT and _wall_sentences(text) >= 1


def _wall_sentences(text: str) -> int:
    """Count the kinds of a wall's sentences; 0 where the text is more than a wall."""
    if len(text) > _LONGEST:
        return 0
    found: set[re.Pattern[str]] = set()
    left, addressed = 0, False
    for line in text.splitlines():
        walls = {wall for wall in _WALLS if wall.search(line)}
        found |= walls
        addressed = addressed or bool(walls and _ADDRESSED.search(line))
        left += 0 if walls else len(line)
        if left > MOST_LEFT:
            return 0
    return len(found) if addressed else 0


def is_gone(title: str, text: str) -> bool:
    """Tell whether a page that was answered with success says that there is none."""
    return len(text) <= _SHORT and bool(_GONE.search(title))


def is_another(expected: str, title: str, text: str) -> bool:
    """Tell whether a page has not one significant word of the title that its feed gave it."""
    wanted = {word[:_STEM] for word in _SIGNIFICANT.findall(expected.casefold())}
    if len(wanted) < 2:
        return False
    said = f"{title}\n{text}".casefold()
    return not any(word in said for word in wanted)


def leads_elsewhere(asked: str, came: str) -> bool:
    """Tell whether a redirect changed more than scheme, host, query or a slash."""
    return urlsplit(asked).path.rstrip("/") != urlsplit(came).path.rstrip("/")

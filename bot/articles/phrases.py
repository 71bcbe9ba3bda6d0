"""The sentences that publishers put between and around their articles, German and English.

All are judged a line at a time, and only short lines: an article about newsletters stays whole.
"""

import re

LONGEST = 320
"""Characters of a prompt; the longest ask for consent to foreign content."""
_BYLINE = 90
_TEASER = 220


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_TEASER_WORDS = (
    r"(?:lesen|hören|sehen|schauen)\s+sie\s+(?:auch|mehr|hier|dazu|zum thema)",
    r"(?:auch|hier|jetzt|dazu)\s+(?:lesen|weiterlesen)|lies\s+(?:auch|hier|dazu|mehr)",
    r"auch\s+interessant|schon\s+gelesen\?|weiterlesen|zum\s+weiterlesen|lesetipps?|lese-tipps?",
    (
        r"(?:mehr|weitere|alle|ähnliche|aktuelle|neueste|passende|verwandte|empfohlene|beliebte)s?\s+"
        r"(?:\w+\s+)?(?:zum thema|zu diesem thema|themen|artikel|beiträge|meldungen|nachrichten"
        r"|news|storys|stories|inhalte|links|videos|bilder|tipps|texte|infos|informationen)"
    ),
    r"mehr\s+(?:zum|zu\s+dem|zu\s+diesem|über\s+das)\s+thema|mehr\s+dazu|mehr\s+(?:aus|von|über)",
    r"das\s+könnte\s+(?:sie|dich|euch)\s+(?:auch\s+)?interessieren",
    r"(?:für\s+(?:sie|dich)\s+)?empfohlen(?:e\w*)?(?:\s+(?:beiträge|artikel))?(?=\s*:?$)",
    r"passend\s+(?:dazu|zum\s+thema)|verwandte\s+themen|zum\s+thema(?=\s*(?::|$))",
    r"top-?(?:themen|artikel)|meistgelesen(?:e\w*)?|meist\s+gelesen|beliebt(?:e\w*)?(?=\s*:?$)",
    r"unsere?\s+(?:empfehlung|lesetipp)\w*|(?:die\s+)?redaktion\s+empfiehlt|im\s+überblick:",
    r"read\s+(?:also|more|next)|related(?:\s+(?:articles|stories|posts|content|topics))?(?=\s*:?$)",
    r"more\s+(?:on\s+this\s+story|from|stories)|recommended(?=\s|:|$)|you\s+(?:may|might)\s+also",
)
_TEASER_START = re.compile(
    rf"(?:{'|'.join(_TEASER_WORDS)})(?P<rest>\s*[:!|–—-]?.*)$", re.IGNORECASE
)
_HEADINGS = _any(
    r"(?:über\s+(?:den\s+autor|die\s+autor(?:in|en)|uns)|zur\s+person|autor(?:in)?)\s*:?$",
    r"(?:\d+\s+|keine\s+)?kommentare?n?\s*(?:\(\d+\)|lesen|schreiben|verfassen)?\s*:?$",
    r"(?:themen|schlagw(?:ö|o)rte?r?|schlagworte|tags|stichw(?:ö|o)rte?r?)\s*:?$",
    r"(?:diskutieren\s+sie\s+mit|ihre\s+meinung|leserkommentare|beiträge\s+aus\s+dem\s+forum)",
    r"vorschau\s+auf\s+den\s+nächsten\s+artikel",
)
_CREDIT = _any(
    r"(?:©|\(c\)\s|copyright\b|&copy;)",
    r"(?:symbol|beitrags|titel|archiv|agentur|vorschau|rubriklisten|teaser)?(?:foto|bild|fotos"
    r"|bilder|grafik|video|illustration|karte|screenshot|fotocredits?|bildnachweis|bildquelle|bildrechte"
    r"|bildlegende|quelle|quellen)(?:\s*/\s*\w+)?\s*:\s*\S",
    r"(?:symbol|archiv|agentur)(?:bild|foto)\w*\W*$",
    r"bild\s+(?:anzeigen|vergrößern|\d+\s*(?:/|von)\s*\d+)|bildbeschreibung\b",
    r"(?:bilder|foto)?(?:galerie|strecke)\s*:\s*\S|(?:bilder|foto|video)s?\s+zum\s+artikel",
    r"dpa-infocom|dpa:\d",
    r"video\s+verfügbar\s+bis",
)
_MONTH = r"(?:jan|feb|mär|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec)[a-zäö]*\.?"
_DAY = (
    r"(?:(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag"
    r"|mo|di|mi|do|fr|sa|so)\.?,?\s+)?(?:den\s+)?"
)
_YEAR = r"(?:\d{4}|\d{2}(?![:.\d]))"
_DATE = rf"{_DAY}(?:\d{{1,2}}\.\s?(?:\d{{1,2}}\.|{_MONTH})\s?{_YEAR}?|\d{{4}}-\d\d-\d\d)"
_TIME = r"\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:uhr|h)?"
# Atomic, as dates can be cut up in many ways, and a line of nothing else would try them all.
_ONE = rf"(?>{_DATE}|{_TIME})"
_MOMENT = rf"{_ONE}(?:\s*(?:(?:[-–—|·•,/]|um)\s*)?{_ONE})*+"
_DATELINE = _any(
    rf"{_DAY}{_MOMENT}\W*$",
    r"(?:(?:zuletzt\s+)?(?:aktualisiert|geändert)|veröffentlicht|veröffentlichung|erstellt"
    r"|publiziert|erschienen|stand|artikel\s+vom|letzte\s+(?:aktualisierung|änderung)|update"
    r"|datum|published|updated|last\s+updated)"
    rf"(?:\s+(?:am|um|vom|on))?\s*:?\s*{_MOMENT}\W*(?:(?:von|by)\s+[^.!?]{{2,40}})?$",
    r"(?:lesezeit|lesedauer|geschätzte\s+lesezeit)\b|(?:ca\.?\s*)?\d+\s*min(?:\.|uten?)?"
    r"(?:\s+(?:lesezeit|lesedauer|read))?\W*$",
)
_NAME = r"[A-ZÄÖÜ][\w.'’-]*"
_WHOLE = rf"{_NAME}(?:\s+(?:{_NAME}|von|van|de|der)){{0,3}}\s+{_NAME}"
_AUTHOR = re.compile(
    rf"(?:(?:[Vv]on|VON|[Bb]y|Ein\s+\w+\s+von)\s+{_WHOLE}"
    rf"(?:(?:,|\s+und|\s+and|\s*/)\s+(?:{_WHOLE}|{_NAME})){{0,4}}"
    r"|(?:Autor(?:in|en)?|Redaktion|Text|Interview)\s*:\s*[^.!?]{2,70})\W*$"
)
_PROMPT = _any(
    r"(?:artikel\s+|beitrag\s+|seite\s+)?(?:teilen|drucken|merken|vorlesen|anhören|kopieren"
    r"|versenden|verschicken|empfehlen|kommentieren|speichern|bewerten|share|print)"
    r"(?:\s+(?:auf|per|mit|via|auf\s+\w+|\w+))?\s*:?$",
    r"(?:auf|per|via)\s+(?:facebook|twitter|x|whatsapp|e-?mail|linkedin|xing|telegram)\b.{0,20}$",
    r"(?:facebook|twitter|whatsapp|linkedin|xing|telegram|pinterest|pocket|e-?mail|instagram)$",
    r"(?:zur\s+(?:startseite|übersicht|homepage|galerie)|nach\s+oben|zurück(?:\s+zur?\s+\w+)?)$",
    r"(?:werbung|anzeige|advertisement|sponsored|affiliate|anzeige,\s+enthält.*)\W*$",
    r"(?:inhaltsverzeichnis|auf\s+einer\s+seite\s+lesen|inhalt|hauptinhalt|exklusiv|plus)$",
    r"(?:login|anmelden|registrieren|einloggen|mehr\s+anzeigen|ausblenden|mehr|newsletter)$",
    r"(?:melden?|abonnieren?|tragen?|bestellen?|erhalten?|registrieren?|sign\s+up|subscribe)\b"
    r".{0,140}\bnewsletter",
    r"(?:abonnieren\s+sie|jetzt\s+(?:abonnieren|anmelden|registrieren|testen|kostenlos))\b",
    r"(?:folgen|folge|besuchen)\s+(?:sie|uns|du)\b.{0,120}"
    r"\b(?:facebook|twitter|instagram|telegram|whatsapp|google|youtube|tiktok)\b",
    r"(?:sie|du)\s+(?:haben|sind|hast|bist)\b.{0,40}\b(?:abonnent|abo|eingeloggt|angemeldet)",
    r"(?:dieser|der)\s+(?:artikel|beitrag|text)\s+ist\s+(?:nur\s+)?(?:für|exklusiv)\b.{0,80}"
    r"\b(?:abonnent|leser|mitglied|registriert)",
    r"(?:kommentare?\s+(?:lesen|schreiben|verfassen)|schreiben\s+sie\s+(?:einen|uns)|"
    r"\d+\s+kommentare?|keine\s+kommentare)\b",
    r"(?:it\W+)?if\s+you\s+enjoyed\s+reading|lust\s+auf\s+mehr\?",
    r"(?:lesen|hören|sehen|schauen)\s+sie\b.{0,40}\b(?:auch|mehr|hier|dazu|zum\s+thema)\b",
    r"(?:mehr|alles|alle|weitere)\b.{0,80}\b(?:lesen|finden|erfahren|hören|sehen)\s+sie\b",
    r"hier\s+(?:geht(?:['’]s|\s+es)\s+zu|lesen\s+sie|finden\s+sie|kommen\s+sie)",
    r"(?:skip|weiter|zum)\s+(?:to\s+content|zum\s+inhalt|inhalt\s+springen)",
    r"(?:an\s+dieser\s+stelle|hier|dieser?)\b.{0,60}\bextern\w*\s+(?:\w+\s+){0,2}inhalte?n?\b",
    r"externer?\s+inhalt\b|ich\s+(?:bin|möchte)\b.{0,40}\b(?:einverstanden|inhalte?)\b",
    r"empfohlene[r]?\s+(?:redaktionelle[r]?|externe[r]?)\s+inhalte?",
    r"(?:mit\s+(?:dem\s+)?klick|durch\s+(?:das\s+)?(?:an)?klicken|beim\s+(?:an)?klick|um\s+diesen?"
    r"\s+inhalte?)\b.{0,200}\b(?:datenschutz|zustimm|einwillig|akzeptier|laden|angezeigt)",
    r"(?:dieser|der|dieses)\s+(?:inhalt|video|podcast)\b.{0,120}\b(?:zustimm|einwillig|geladen)",
    r"(?:bitte\s+)?(?:aktivieren|aktiviere)\s+(?:sie\s+)?javascript",
    r"(?:über\s+)?dieses\s+thema\s+(?:im\s+programm|berichte\w*)\b",
    r"(?:hat|war|ist|gefällt|fanden|finden|wie)\b.{0,30}\b(?:artikel|beitrag|text)\b.{0,30}"
    r"(?:gefallen|hilfreich|nützlich|gefällt)?\?$",
    r"fehler\s+(?:im\s+\w{1,20}\s+)?(?:gefunden|entdeckt|melden)\b",
    r"(?:bitte\s+)?(?:unterstütz(?:en\s+sie|e|t)|helfen\s+sie)\s+(?:uns|unsere\w?)\b",
    r"\[.{10,280}\b(?:hier|newsletter|newsblog|liveblog|app|lesen|abonnieren)\b.{0,120}\]$",
    r"(?:\*|mit\s).{0,60}\b(?:gekennzeichnet\w*|stern\w*|markiert\w*)\b.{0,80}\blinks?\b",
)
# What may begin anywhere in a line; without one of the hints there is nothing to look for.
_HINTS = (
    "newsletter", "abo", "anmelden", "bestellen", "whatsapp", "push", "extern", "personenbezogen",
    "datenschutz", "journalismus", "alliance", "getty", "imago", "shutterstock", "stock", "pixabay",
    "unsplash", "dpa",
)  # fmt: skip
_INSIDE = _any(
    r"(?:picture[\s-]*alliance|getty\s*images|imago(?:\s+images)?|shutterstock|istock"
    r"|adobe\s*stock|pixabay|unsplash|dpa[-\s]?(?:bildfunk|zentralbild))\b[^.!?]*$",
    r"\b(?:unser\w*|kostenlos\w*|täglich\w*|jetzt|hier|our|free)\b.{0,120}\bnewsletter\b",
    r"\bnewsletter\b.{0,80}\b(?:abonnieren|anmelden|bestellen|eintragen|sign\s*up)\b\W*$",
    r"\b(?:jetzt|hier)\s+(?:kostenlos\s+|gratis\s+)?(?:abonnieren|bestellen|anmelden)\b.{0,20}$",
    r"\bwhatsapp-kanal\b.{0,80}\b(?:abonnieren|folgen)",
    r"\bpush-?(?:nachricht|benachrichtigung|mitteilung)\w*\b.{0,60}\b(?:aktivier|abonnier)",
    r"\b(?:mit|im|per)\s+(?:\w+[-+]?)?abo\b.{0,40}\b(?:weiterlesen|lesen)\b",
    r"\bextern\w*\s+(?:\w+\s+){0,2}inhalte?n?\b.{0,80}\b(?:angezeigt|anzeigen|geladen|laden|von)\b",
    r"\bkönnen\b.{0,20}\bpersonenbezogene\s+daten\b.{0,60}\bdritt",
    r"^(?=.*\b(?:uns|unser\w*|wir)\b)(?=.*\b(?:unterstütz|spende))(?=.*journalismus)",
    r"\b(?:unsere?[rn]?|akzeptier\w*|finden\s+sie|zustimm\w*|einverstanden|gelten)\b.{0,120}"
    r"\bdatenschutz-?\W*(?:erklärung|bestimmungen|hinweise|einstellungen|und\s+nutzungs)",
)


def is_addition(line: str) -> bool:
    """Tell whether a line is no part of an article: credit, byline, date, prompt, single teaser."""
    if len(line) > LONGEST:
        return False
    if len(line) <= _BYLINE and (_DATELINE.match(line) or _AUTHOR.match(line)):
        return True
    if len(line) <= _TEASER and (_CREDIT.match(line) or _is_teaser(line)):
        return True
    if _PROMPT.match(line):
        return True
    lowered = line.casefold()
    return any(hint in lowered for hint in _HINTS) and bool(_INSIDE.search(line))


def is_teaser_heading(line: str) -> bool:
    """Tell whether teasers of other articles, comments or a box on the author follow."""
    if len(line) > 70:
        return False
    if _HEADINGS.match(line):
        return True
    found = _TEASER_START.match(line)
    return bool(found and (len(found["rest"].strip(" :!|–—-")) == 0 or line.endswith(":")))


def _is_teaser(line: str) -> bool:
    """Tell "Lesen Sie auch: Ein Titel"; a sentence that only begins so is none."""
    found = _TEASER_START.match(line)
    return bool(found and re.match(r"\s*[:!|–—]", found["rest"]))

"""Which news agency a text is from, by its byline, its credit or the id in its address."""

import re

_NAMES = {
    "dpa": "dpa", "dpa-afx": "dpa-AFX", "afp": "AFP", "reuters": "Reuters", "rtr": "Reuters",
    "ap": "AP", "associated press": "AP", "kna": "KNA", "epd": "epd", "sid": "SID", "apa": "APA",
    "sda": "sda", "keystone-sda": "sda", "ats": "sda", "dts": "dts", "dapd": "dapd", "ansa": "ANSA",
    "efe": "EFE", "pa media": "PA", "tass": "TASS", "xinhua": "Xinhua", "ots": "ots",
}  # fmt: skip
_ANY = (
    r"dpa-AFX|dpa|AFP|Reuters|REUTERS|rtr|The Associated Press|Associated Press|AP|KNA|epd|SID|APA"
    r"|Keystone-SDA|KEYSTONE-SDA|sda|SDA|ats|dts|dapd|ANSA|EFE|PA Media|TASS|Xinhua|ots"
)
_BYLINE = re.compile(  # Berlin (dpa/bb) - , WASHINGTON (Reuters) - , (APA, 12. 3. 2016)
    rf"\((?:[\w.]{{1,12}}[/,] ?)?({_ANY})(?:-[A-Z]{{3}})?(?:[/,][^()]{{0,30}})?\)"
)
_CREDIT = re.compile(  # © dpa-infocom, dpa:210704-99-1234; Quelle: dpa; Mit Material von AFP
    r"(?:©|\(c\)|Quellen?:|Source:|[Mm]aterial (?:von|der)|[Aa]gentur(?:en)?:?)\s*(?:der )?"
    rf"({_ANY})\b"
)
_LAST_WORD = re.compile(rf"(?:^|[\s/,(])({_ANY})[/\w., ]{{0,14}}\)?\s*$")
_IN_URL = re.compile(
    r"urn[-:]newsml[-:](dpa|afp|reuters|apa|kna|epd)[-.]com?|[-/.](dpa|afp|sid|kna|epd)[-.](?=\d)"
)
_ID_IN_URL = re.compile(
    r"urn[-:_]newsml[-:_](dpa|afp)[-._]com[-:_]\d{8}[-:_](\d{6}[-:_]\d{2,3}[-:_]\d{3,8})",
    re.IGNORECASE,
)
_AT_HEAD, _AT_END = 300, 300


def agency(text: str, url: str = "") -> str:
    """Return the agency's name as it writes itself, such as "dpa"; empty where nothing says so.

    Args:
        text: of the article, as written; its head and its end count.
        url: its address.
    """
    head, end = text[:_AT_HEAD], text[-_AT_END:]
    for found in (
        _BYLINE.search(head),
        _CREDIT.search(end),
        _BYLINE.search(end),
        _LAST_WORD.search(end.rstrip(" .\n")),
        _IN_URL.search(url),
    ):
        if found:
            return _name(next(group for group in found.groups() if group))
    return ""


def agency_id(url: str) -> str:
    """Return the agency's own id of the text that an address carries; empty where it has none.

    "…-dpa.urn-newsml-dpa-com-20090101-240501-99-872260" gives "dpa:240501-99-872260".
    """
    found = _ID_IN_URL.search(url)
    return f"{found[1].lower()}:{re.sub('[:_]', '-', found[2])}" if found else ""


def _name(written: str) -> str:
    return _NAMES.get(written.lower().removeprefix("the "), written)

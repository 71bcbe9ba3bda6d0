"""The language codes that @lang takes: ISO 639-1, and three letters for what has no two."""

import re

_CODES = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de
dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia
id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo
lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl
ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk
tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
_TWO_LETTERS = frozenset(_CODES.split())
# What people write instead; also countries whose code is not that of their language.
_MEANT = {
    "deutsch": "de", "german": "de", "ger": "de", "deu": "de", "at": "de",
    "englisch": "en", "english": "en", "eng": "en", "gb": "en", "us": "en",
    "französisch": "fr", "french": "fr", "fra": "fr", "fre": "fr",
    "russisch": "ru", "russian": "ru", "rus": "ru",
    "ukrainisch": "uk", "ukrainian": "uk", "ukr": "uk", "ua": "uk",
    "spanisch": "es", "spanish": "es", "spa": "es",
    "italienisch": "it", "italian": "it", "ita": "it",
    "polnisch": "pl", "polish": "pl", "pol": "pl",
    "chinesisch": "zh", "chinese": "zh", "zho": "zh", "chi": "zh", "cn": "zh",
    "japanisch": "ja", "japanese": "ja", "jpn": "ja", "jp": "ja",
    "koreanisch": "ko", "korean": "ko", "kor": "ko", "kp": "ko",
    "türkisch": "tr", "turkish": "tr", "tur": "tr",
    "arabisch": "ar", "arabic": "ar", "ara": "ar",
    "niederländisch": "nl", "dutch": "nl", "nld": "nl",
    "tschechisch": "cs", "czech": "cs", "ces": "cs", "cz": "cs",
    "dänisch": "da", "danish": "da", "dan": "da", "dk": "da",
    "schwedisch": "sv", "swedish": "sv", "swe": "sv",
}  # fmt: skip


def is_language(code: str) -> bool:
    """Return whether this is a language code, in small letters."""
    return code in _TWO_LETTERS or (
        re.fullmatch("[a-z]{3}", code) is not None and code not in _MEANT
    )


def meant_language(value: str) -> str:
    """Return the code that was probably meant by what is none, or an empty text."""
    folded = value.casefold()
    main = re.split("[-_ ,;]", folded)[0]
    return _MEANT.get(folded) or _MEANT.get(main) or (main if is_language(main) else "")

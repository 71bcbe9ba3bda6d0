"""The letters in pictures. Pillow's own font has no umlauts, so that one comes along."""

from functools import cache
from importlib.resources import files
from io import BytesIO

from PIL import ImageFont

RANGES = (
    *((0x20, 0x17F), (0x218, 0x21B), (0x386, 0x3CE), (0x400, 0x45F), (0x490, 0x491)),
    *((0x1E9E, 0x1E9E), (0x2010, 0x2027), (0x20AC, 0x20AC)),
)
"""What the font has; anything else would be drawn as an empty box."""
LONGEST = 2_000
"""No picture has room for more, and the library refuses a million."""
_UNSEEN = frozenset({0x7F, *range(0x80, 0xA0), 0xAD})


@cache
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Return the font in a size."""
    name = f"NotoSans-{'Bold' if bold else 'Regular'}.ttf"
    return ImageFont.truetype(BytesIO((files("bot.charts.data") / name).read_bytes()), size)


def drawable(text: str) -> str:
    """Return what of a text can be drawn, on one line; of a long one its beginning."""
    drawn = (char if _is_drawn(ord(char)) else " " for char in " ".join(text[:LONGEST].split()))
    return " ".join("".join(drawn).split())


def _is_drawn(code: int) -> bool:
    return code not in _UNSEEN and any(first <= code <= last for first, last in RANGES)


def fitted(text: str, of: ImageFont.FreeTypeFont, width: float) -> str:
    """Return as much of a text as is so wide, cut between words where that is near."""
    if of.getlength(text) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (
            (middle, high) if of.getlength(_cut(text, middle)) <= width else (low, middle - 1)
        )
    return _cut(text, low)


def _cut(text: str, most: int) -> str:
    head = text[:most].rpartition(" ")[0]
    kept = head if len(head) > most * 2 // 3 else text[:most]
    return kept.rstrip(" ,;:–-") + "…"

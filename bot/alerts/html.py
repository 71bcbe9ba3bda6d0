"""Telegram HTML from escaped parts: the only way in which text becomes markup.

Everything that came from outside goes through `escape`; tags are only ever written here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.model import Span

# Written from the Bot API's "HTML style": these three and nothing else.
_REPLACED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})

# Marks that turn the reading direction or are invisible could make a title show as another one.
_DIRECTION = dict.fromkeys(
    [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0]
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of plain text, bold or not."""

    text: str
    bold: bool = False


def escape(text: str) -> str:
    """Return plain text as HTML that shows exactly it, on as many lines."""
    return text.translate(_DIRECTION).translate(_REPLACED)


def undirected(text: str) -> str:
    """Return plain text without the marks that turn the direction in which it is read."""
    return text.translate(_DIRECTION)


def one_line(text: str) -> str:
    """Return what is to be seen of plain text, with every run of white space as one space."""
    return " ".join(text.translate(_DIRECTION).split())


def shorten(text: str, limit: int) -> str:
    """Return at most `limit` code points of `text`, cut between words where that is near."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    head = cut.rpartition(" ")[0]
    return (head if len(head) > limit // 2 else cut).rstrip(" ,;:–-") + "…"


def capital(sentence: str) -> str:
    """Return a clause as a sentence begins."""
    return sentence[:1].upper() + sentence[1:]


def sentence(clause: str) -> str:
    """Return a clause as a sentence of its own."""
    said = capital(clause)
    return said if said.endswith(("?", "!", ".", "…")) else f"{said}."


def bold(text: str) -> str:
    """Return plain text as bold HTML."""
    return f"<b>{escape(text)}</b>"


def is_web(url: str) -> bool:
    """Tell whether an address may be a link or a button: `javascript:` and its like may not."""
    return url.lower().startswith(("http://", "https://"))


def link(text: str, url: str | None) -> str:
    """Return plain text as a link; as plain text where the URL is no http(s) one."""
    if url is None or not is_web(url):
        return escape(text)
    return f'<a href="{escape(url)}">{escape(text)}</a>'


def pieces(text: str, start: int, end: int, spans: Sequence[Span]) -> list[Piece]:
    """Cut `text[start:end]` at the spans; what lies in a span is bold. Spans may overlap."""
    cut: list[Piece] = []
    here = start
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        first, last = max(span.start, here), min(span.end, end)
        if first >= last:
            continue
        if first > here:
            cut.append(Piece(text[here:first]))
        cut.append(Piece(text[first:last], bold=True))
        here = last
    if here < end:
        cut.append(Piece(text[here:end]))
    return cut


def trimmed(cut: Sequence[Piece]) -> list[Piece]:
    """Return pieces without white space at both ends."""
    kept = list(cut)
    while kept and not kept[0].text.strip():
        del kept[0]
    while kept and not kept[-1].text.strip():
        del kept[-1]
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip())
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return kept


def render(cut: Sequence[Piece]) -> str:
    """Return pieces as HTML; paragraphs on a line each."""
    return "".join(bold(_flat(p.text)) if p.bold else escape(_flat(p.text)) for p in cut)


def _flat(text: str) -> str:
    """White space as one line's end where there is one in it, else as one space."""
    return _BLANK.sub(lambda blank: "\n" if "\n" in blank[0] else " ", text)


_BLANK = re.compile(r"\s+")
_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
_TAG = re.compile(r"</?[a-z][^<>]*>")


def plain(html: str) -> str:
    """Return our own HTML as plain text, links written out."""
    text = _TAG.sub("", _LINK.sub(r"\2 (\1)", html))
    for sign, written in (("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("&", "&amp;")):
        text = text.replace(written, sign)
    return text

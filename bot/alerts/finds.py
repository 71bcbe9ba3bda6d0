"""Shows what a search found, with the words that were found in bold."""

import re
from collections.abc import Sequence

from bot.alerts.html import escape, is_web, one_line, pieces, render, shorten
from bot.alerts.lines import ITEM_TITLE, OUTLET, outlets
from bot.alerts.telling import Reader, Telling
from bot.model import Field, FoundArticle, Span

BEFORE, AFTER = 40, 80
BOLD = 4
"""Places of a title or passage that are bold; Telegram takes a hundred in a message."""
_BLANK = re.compile(r"\s")


def finds(told: Sequence[Telling], reader: Reader) -> list[str]:
    """Return articles as HTML: title, a passage if the title does not match, outlets and time."""
    return [_item(each, reader) for each in told]


def _item(told: Telling, reader: Reader) -> str:
    found = told.found
    lines = [f"• {_linked(title(found), told.link)}"]
    if not _spans(found, "title") and (shown := passage(found)):
        lines.append(f"  {shown}")
    at = escape(reader.time(found.published))
    return "\n".join([*lines, f"  <i>{outlets(told, OUTLET)} · {at}</i>"])


def title(found: FoundArticle, limit: int = ITEM_TITLE) -> str:
    """Return the title on one line as HTML; a title that says nothing as its link."""
    text = found.article.title
    if not one_line(text):
        return escape(shorten(found.link or "–", limit))
    if len(text) <= limit:
        return _marked(text, 0, len(text), _spans(found, "title"))
    end = len(shorten(text, limit)) - 1
    return _marked(text, 0, end, _spans(found, "title")) + "…"


def passage(found: FoundArticle) -> str:
    """Return a few words around the first place in the text as HTML; empty: there is none."""
    text, spans = found.article.text, _spans(found, "text")
    if not spans:
        return ""
    start, end = max(0, spans[0].start - BEFORE), min(len(text), spans[0].end + AFTER)
    if start > 0 and (blank := _BLANK.search(text, start, spans[0].start)):
        start = blank.end()
    if end < len(text):
        end = max(text.rfind(" ", spans[0].end, end), min(len(text), spans[0].end))
    shown = _marked(text, start, end, spans)
    return f"{'… ' if start > 0 else ''}{shown}{' …' if end < len(text) else ''}"


def _marked(text: str, start: int, end: int, spans: Sequence[Span]) -> str:
    """Return a stretch of a text on one line, the first places in it bold."""
    there = [span for span in spans if start <= span.start < end][:BOLD]
    return " ".join(render(pieces(text, start, end, there)).split())


def _spans(found: FoundArticle, field: Field) -> Sequence[Span]:
    """Return the places in a field, in order, each once."""
    spans = (span for match in found.matches for span in match.spans if span.field == field)
    places = {(span.start, span.end): span for span in spans}
    return [places[each] for each in sorted(places)]


def _linked(html: str, url: str | None) -> str:
    return f'<a href="{escape(url)}">{html}</a>' if url and is_web(url) else html

"""Parts of messages that name lists, articles and outlets, as HTML."""

from collections.abc import Sequence

from bot.alerts.html import bold, escape, link, one_line, shorten
from bot.alerts.telling import Reader, Telling

LABEL, LABELS = 60, 8
TITLE, ITEM_TITLE, SHORT_TITLE = 200, 110, 80
OUTLET, SHORT_OUTLET = 40, 20


def labels(watchlists: Sequence[str], reader: Reader) -> str:
    """Return the labels of lists, bold; of many the first."""
    shown = [bold(shorten(one_line(reader.label(name)), LABEL)) for name in watchlists[:LABELS]]
    more = len(watchlists) - len(shown)
    return " · ".join([*shown, f"+{more}"] if more else shown)


def items(told: Sequence[Telling], reader: Reader) -> list[str]:
    """Return articles, each with its outlet and time on a second line."""
    return [
        f"• {title(each, ITEM_TITLE)}\n  <i>{outlets(each, OUTLET)} · "
        f"{escape(reader.time(each.found.published))}</i>"
        for each in told
    ]


def short_items(told: Sequence[Telling]) -> list[str]:
    """Return articles on a line each."""
    return [f"• {title(each, SHORT_TITLE)} – {outlets(each, SHORT_OUTLET)}" for each in told]


def title(told: Telling, limit: int = TITLE) -> str:
    """Return the title of what is told, as a link to where it can be read."""
    shown = shorten(one_line(told.found.article.title) or told.found.link or "–", limit)
    return link(shown, told.link)


def outlets(told: Telling, limit: int = OUTLET) -> str:
    """Return who reported it first, and how many others did."""
    first, *others = told.outlets
    more = f" +{len(others)}" if others else ""
    return escape(shorten(one_line(first), limit)) + more

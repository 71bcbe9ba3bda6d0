"""Passages of articles, as pages have them."""

import re
from collections.abc import Iterator

from bot.alerts.html import plain
from bot.alerts.snippet import snippet
from bot.model import FoundArticle
from bot.pages.values import Part

_BOLD = re.compile(r"<b>(.*?)</b>", re.DOTALL)


def passage(found: FoundArticle) -> Iterator[Part]:
    """Yield the passages of an article that show why it matched, what matched marked."""
    for n, html in enumerate(_BOLD.split(snippet(found.article, found.matches))):
        if html:
            yield Part(plain(html), marked=n % 2 == 1)

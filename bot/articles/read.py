"""From an address to its article: fetched here, extracted in a worker."""

from datetime import timedelta
from typing import Protocol

from bot.articles.extract import Extracted, extract_page
from bot.errors import NotAnArticle
from bot.workers import Workers

PAGES = frozenset({"", "text/html", "application/xhtml+xml"})
"""Content types that are read; a missing one is a page until shown otherwise."""


class Page(Protocol):
    """A page as it was fetched; `bot.net.Fetched` is one."""

    @property
    def url(self) -> str:
        """Its address after redirects."""

    @property
    def body(self) -> bytes:
        """Decompressed."""

    @property
    def content_type(self) -> str:
        """The HTTP header as it came; may be empty."""


class Pages(Protocol):
    """Where pages come from; `bot.net.Fetcher` is one."""

    async def page(self, url: str) -> Page:
        """Fetch a page within the limits of one; raises SourceError."""


async def read_page(fetcher: Pages, workers: Workers, url: str, deadline: timedelta) -> Extracted:
    """Fetch a page and read its article.

    Args:
        fetcher: has limits of its own.
        workers: extract there.
        url: http or https.
        deadline: for the extraction.

    Raises:
        SourceError: the page cannot be had, or has no article (`NotAnArticle`).
        WorkerError: the extraction took too long or crashed.
    """
    page = await fetcher.page(url)
    kind = page.content_type.partition(";")[0].strip().lower()
    if kind not in PAGES:
        raise NotAnArticle(f"{kind[:60]} is no page")
    return await workers.run(
        extract_page, page.body, page.url, page.content_type, deadline=deadline
    )

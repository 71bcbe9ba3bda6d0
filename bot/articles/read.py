"""From an address to its article: permitted, fetched here, extracted in a worker."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.articles import walls
from bot.articles.extract import Extracted, extract_page
from bot.articles.permission import Page, Pages, Permission
from bot.errors import NotAnArticle
from bot.model import Rank
from bot.workers import Workers

__all__ = ["ArticleReader", "Page", "Pages", "product"]

PAGES = frozenset({"", "text/html", "application/xhtml+xml"})
"""Content types that are read; a missing one is a page until shown otherwise."""


def product(user_agent: str) -> str:
    """Return the name by which robots.txt knows a User-Agent: "Ausguck/0.1 (…)" is "Ausguck"."""
    found = re.match(r"[A-Za-z_-]+", user_agent.strip())
    return found[0] if found else "Ausguck"


class ArticleReader:
    """Reads articles, and remembers which sites let it."""

    def __init__(
        self,
        fetcher: Pages,
        workers: Workers,
        deadline: timedelta,
        agent: str,
        now: Callable[[], datetime],
    ) -> None:
        """Read nothing yet.

        Args:
            fetcher: has limits of its own.
            workers: extract there.
            deadline: for each extraction.
            agent: how the bot introduces itself, or only its product's name.
            now: the clock.
        """
        self._fetcher = fetcher
        self._workers = workers
        self._deadline = deadline
        self._permission = Permission(fetcher, product(agent), now)

    async def read(self, url: str, expected: str = "", rank: Rank = Rank.PAGE) -> Extracted:
        """Fetch a page and read its article.

        Args:
            url: http or https.
            expected: the title that a feed gave the article, to tell when this is another page.
            rank: whether it goes before others that wait for its host.

        Raises:
            SourceError: the page cannot be had or must not be read, or it has no article
                (`NotAnArticle`).
            WorkerError: the extraction took too long or crashed.
        """
        url = walls.publishers_own(url)
        if reason := walls.never_an_article(url):
            raise NotAnArticle(reason)
        await self._permission.check(url)
        page = await self._fetcher.page(url, rank)
        await self._check(url, page)
        found = await self._workers.run(
            extract_page,
            page.body,
            page.url,
            page.content_type,
            page.tdm_reservation,
            deadline=self._deadline,
        )
        doubtful = walls.leads_elsewhere(url, page.url) or walls.may_be_wall_text(found.text)
        if doubtful and walls.is_another(expected, found.title, found.text):
            raise NotAnArticle("the page is another one than the feed's")
        return found

    async def _check(self, asked: str, page: Page) -> None:
        """Refuse what the answer's address or type shows to be no article that may be read."""
        if walls.is_wall(page.url):
            raise NotAnArticle("it leads to a consent wall")
        kind = page.content_type.partition(";")[0].strip().lower()
        if kind not in PAGES:
            raise NotAnArticle(f"{kind[:60]} is no page")
        if page.url != asked:
            await self._permission.check(page.url)

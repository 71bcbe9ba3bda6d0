"""`ausguck extract`: what the bot reads on a page."""

import asyncio
from argparse import Namespace
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from bot import clock
from bot.articles.extract import Extracted, extract_page
from bot.articles.read import ArticleReader
from bot.cli import DONE, MISTAKE, code_of, complain, json_line
from bot.cli.documents import EXTRACT_DEADLINE, read_bytes
from bot.cli.fetching import open_tools
from bot.cli.settings import configured, finish
from bot.config import Config
from bot.errors import SourceError, UserError, WorkerError
from bot.workers import Workers

# Enough to keep every core busy, and no more pages in memory than that.
AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was asked for, with what was read on it or why nothing was."""

    source: str
    found: Extracted | None
    error: str = ""
    code: int = DONE


def extract(arguments: Namespace) -> int:
    """Print what is read on every page, in the order given; one page that was read is enough."""
    config = configured(arguments)
    return finish(_extract(config, arguments.sources, as_json=arguments.json))


async def _extract(config: Config, sources: Sequence[str], *, as_json: bool) -> int:
    codes = set()
    async with open_tools(config) as (fetcher, workers):
        deadline, agent = config.articles.deadline, config.net.user_agent
        reader = ArticleReader(fetcher, workers, deadline, agent, clock.now)
        async for page in _pages(sources, workers, reader):
            codes.add(page.code)
            if page.found is None:
                complain(f"{page.source}: {page.error}")
            if as_json:
                print(json_line(_as_json(page)))
            elif page.found is not None:
                print(f"{page.source}: {page.found.title}\n\n{page.found.text}\n")
    return DONE if DONE in codes else max(codes)


async def _pages(
    sources: Sequence[str], workers: Workers, reader: ArticleReader
) -> AsyncIterator[Page]:
    """Read several pages at once and yield them in the order asked for."""
    waiting: list[asyncio.Task[Page]] = []
    for source in sources:
        waiting.append(asyncio.create_task(_page(source, workers, reader)))
        if len(waiting) >= AT_ONCE:
            yield await waiting.pop(0)
    while waiting:
        yield await waiting.pop(0)


async def _page(source: str, workers: Workers, reader: ArticleReader) -> Page:
    try:
        if source.startswith(("http://", "https://")):
            found = await reader.read(source)
        else:
            html = await asyncio.to_thread(read_bytes, source)
            found = await workers.run(extract_page, html, None, deadline=EXTRACT_DEADLINE)
    except UserError as error:
        return Page(source, None, error.faults[0].what, MISTAKE)
    except (SourceError, WorkerError) as error:
        return Page(source, None, str(error), code_of(error))
    return Page(source, found)


def _as_json(page: Page) -> dict[str, object]:
    found = page.found
    return {
        "file": page.source,
        "title": found.title if found else "",
        "text": found.text if found else "",
        "text_from": "page" if found else None,
        "language": found.language if found else None,
        "paywalled": found.paywalled if found else None,
    }

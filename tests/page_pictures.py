"""Pictures of the status page for the documentation: a part of `make pictures`."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

from bot.pipeline import archive
from bot.store import Store
from tests.browser import Tab, browsing
from tests.page_kit import LISTS, newsroom, sicken, the_page
from tests.store_kit import opened
from tests.web_kit import serving

Arranged = Callable[[Store], Awaitable[None]]
DESK, PHONE = 1100, 390


async def nothing(_store: Store) -> None:
    """A new installation."""


async def sick(store: Store) -> None:
    """A newsroom in which something is wrong."""
    await newsroom(store)
    await sicken(store)


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A picture of a page: what is in the database, and how it is looked at."""

    name: str
    arrange: Arranged = newsroom
    way: str = ""
    width: int = DESK
    dark: bool = False
    lists: Mapping[str, str] | None = None


PICTURES = (
    PagePicture("page"),
    PagePicture("page-dark", dark=True),
    PagePicture("page-phone", sick, width=PHONE),
    PagePicture("page-empty", nothing, lists={}),
    PagePicture("page-sick", sick),
    PagePicture("page-search", way="?q=Siegesparade+%7C+Gaskraftwerk+%7C+Museum&days=30"),
)


async def take(picture: PagePicture, tab: Tab) -> bytes:
    """Arrange a database, serve its page, and photograph it."""
    lists = LISTS if picture.lists is None else picture.lists
    with tempfile.TemporaryDirectory() as folder:
        async with opened(Path(folder)) as store:
            await picture.arrange(store)
            await archive.catch_up(store)
            async with serving(routes=the_page(store, lists).routes) as client:
                address, is_phone = f"{client.base_url}{picture.way}", picture.width == PHONE
                scale = 1.5 if is_phone else 1.0
                await tab.show(address, picture.width, dark=picture.dark, scale=scale)
                return _smaller(await tab.photograph(1_500 if is_phone else 1_400))


def _smaller(shot: bytes) -> bytes:
    """A third as large: a page has few colours."""
    made = BytesIO()
    Image.open(BytesIO(shot)).convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE).save(
        made, "PNG", optimize=True
    )
    return made.getvalue()


async def main(wanted: list[str], folder: Path) -> None:
    """Take the pictures of these names; without any, all."""
    chosen = [each for each in PICTURES if not wanted or each.name in wanted]
    if not chosen:
        return
    async with browsing() as tab:
        for picture in chosen:
            shot = await take(picture, tab)
            await asyncio.to_thread((folder / f"{picture.name}.png").write_bytes, shot)

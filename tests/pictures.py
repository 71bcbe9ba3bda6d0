"""Pictures for the documentation, taken in Chromium: `make pictures`. Those of the chat are here.

Each arranges a conversation with the real bot in the sandbox, as `tests.telegram_kit` runs it, and
photographs the sandbox's chat page at a phone's width. Look at them before they are committed.
"""

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot import clock
from bot.pipeline import archive
from bot.sandbox import people
from tests import page_pictures
from tests.picture_texts import BANKS, FILE, KOREA, LISTS, OF_BANKS, OTHER_NEWS, PARADE, WHEAT
from tests.pictures_reports import lately, of_a_month
from tests.reviews_kit import have_read
from tests.telegram_kit import PERSON, Service, until, working

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
WIDTH, HEIGHT, SCALE = 430, 900, 1.5
HEADLESS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
Scene = Callable[[Service], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: what happens before it is taken."""

    name: str
    scene: Scene
    hours: int = 0
    """How long it takes."""


async def start(bot: Service) -> None:
    await bot.ask("/start")


async def subscribing(bot: Service) -> None:
    await bot.bring(*PARADE)
    await bot.ask("/lists")
    await bot.press("Nordkorea")
    await bot.message(1)


async def alert(bot: Service) -> None:
    await bot.serve(PERSON, "nordkorea", "siegesparade")
    await bot.bring(*PARADE)
    await until(bot.titles, "the alert")


async def not_relevant(bot: Service) -> None:
    await bot.serve(PERSON, "nordkorea")
    await bot.bring(
        "Nordkorea wird Schauplatz im Videospiel",
        "Ein Videospiel führt im Herbst nach Nordkorea. Das Studio zeigte erste Szenen.",
    )
    await until(bot.titles, "the alert")
    await bot.press("👎")
    await bot.press("Videospiel")


async def digest(bot: Service) -> None:
    await bot.serve(PERSON, "nordkorea", "energie")
    await bot.ask("/digest 8 18")
    await bot.bring(*PARADE)
    await bot.bring("Kim Jong Un besucht Werft im Osten", "Kim Jong Un besuchte eine Werft.")
    await bot.bring("Stromnetz hält dem Sturm stand", "Das Stromnetz blieb stabil.")
    await bot.bring("Neues Gaskraftwerk für Leipzig", "Leipzig baut ein Gaskraftwerk.")
    await bot.settled()
    await bot.ask("/digest jetzt")
    await until(lambda: "🗞 Gesammelt:" in bot.texts()[-1], "the digest")


async def settings(bot: Service) -> None:
    await bot.serve(PERSON, "nordkorea", "energie")
    await bot.add("Leuchtturm & Sturm")
    await bot.ask("/quiet 22-7 sammeln")
    await bot.ask("/subs")


async def query(bot: Service) -> None:
    await bot.serve(PERSON)
    await bot.ask("/add Nordkorea & (Soldat | Truppen")
    await bot.ask("/add Nordkorea & (Soldat | Truppen)")


async def watchlist(bot: Service) -> None:
    await bot.serve(PERSON, admin=True)
    await _send(bot, FILE)
    await bot.message(0)
    await _send(bot, FILE.replace(", Kohle", "").replace('"Netzausbau', "Netzausbau"))
    await bot.message(1)


async def why(bot: Service) -> None:
    await bot.serve(PERSON, "nordkorea")
    link = await bot.bring(
        "Südkorea öffnet Grenzübergang", "Südkorea öffnete am Freitag einen Grenzübergang."
    )
    await bot.ask(f"/why {link}")


async def trial(bot: Service) -> None:
    await bot.serve(PERSON)
    await _of_wheat(bot)
    await archive.catch_up(bot.store)
    await bot.ask("/add Weizen")


async def search(bot: Service) -> None:
    await bot.serve(PERSON)
    await _of_wheat(bot)
    title, text = WHEAT[0]
    await bot.bring(title, page=f"<p>{text}</p>", outlet="Bote")
    await archive.catch_up(bot.store)
    await bot.ask("/suche Weizen & !Fest")


async def _of_wheat(bot: Service) -> None:
    for title, text in WHEAT:
        await bot.bring(title, page=f"<p>{text}</p>")


async def trend(bot: Service) -> None:
    await bot.serve(PERSON, "nordkorea")
    await have_read(bot.store, of_a_month(), bot.clock())
    await bot.ask("/trend Nordkorea")


async def review(bot: Service) -> None:
    await bot.serve(PERSON, "energie", "nordkorea", "siegesparade")
    await have_read(bot.store, lately(), bot.clock(), bot.library.watchlists)
    await bot.ask("/review 6:30")
    bot.say("/review jetzt")
    await bot.message(5)


async def suggest(bot: Service) -> None:
    await bot.serve(PERSON)
    for title, text in KOREA:
        await bot.bring(title, text)
    for title in OTHER_NEWS:
        await bot.bring(title, f"{title}: Mehr war am Montag nicht zu erfahren.")
    await archive.catch_up(bot.store)
    await bot.ask("/suggest Nordkorea")
    await bot.press("Kim Jong-un")
    await until(lambda: any("✅" in b for b in bot.buttons(bot.messages()[-1])), "the mark")


async def doctor(bot: Service) -> None:
    await bot.write(banken=BANKS)
    await bot.serve(PERSON, admin=True)
    for title in OF_BANKS:
        await bot.bring(title, f"{title}, wie es am Freitag hieß.")
    await archive.catch_up(bot.store)
    await bot.ask("/doctor Banken")


async def _send(bot: Service, text: str) -> None:
    world = bot.sandbox.world
    file = world.keep_file("energie.txt", text.encode(), "text/plain")
    people.say(world, world.chats[PERSON], people.document_body(file))


PICTURES = (
    Picture("start", start),
    Picture("subscribing", subscribing, 1),
    Picture("alert", alert, 1),
    Picture("not-relevant", not_relevant, 1),
    Picture("digest", digest, 4),
    Picture("settings", settings),
    Picture("query", query),
    Picture("watchlist", watchlist),
    Picture("why", why, 1),
    Picture("trial", trial, 4),
    Picture("search", search, 5),
    Picture("trend", trend),
    Picture("review", review),
    Picture("suggest", suggest, 14),
    Picture("doctor", doctor, 12),
)


async def take(picture: Picture, browser: str) -> None:
    """Arrange the conversation and photograph it."""
    with tempfile.TemporaryDirectory() as folder:
        async with working(Path(folder), lists=LISTS) as bot:
            # What is published takes an hour each time.
            bot.clock.present = clock.now() - timedelta(hours=picture.hours)
            await picture.scene(bot)
            await bot.settled()
            place = FOLDER / f"{picture.name}.png"
            await photograph(browser, bot.sandbox.chat_page, place)
            await _files(bot, Path(folder), browser)


async def _files(bot: Service, folder: Path, browser: str) -> None:
    """Save what the bot sent as files: a picture as it is, a page on screen and on paper."""
    for message in bot.messages():
        for photo in message.get("photo", ()):
            drawn = bot.sandbox.world.files[photo["file_id"]].content
            (FOLDER / "trend-picture.png").write_bytes(drawn)
        name = message.get("document", {}).get("file_name", "")
        if name.startswith("Pressespiegel-Nordkorea"):
            page = folder / name
            page.write_bytes(bot.sandbox.world.files[message["document"]["file_id"]].content)
            await photograph(browser, page.as_uri(), FOLDER / "review-page.png", (820, 1000))
            await _print(browser, page, FOLDER / "review-print.png")


async def _print(browser: str, page: Path, place: Path) -> None:
    """Have Chromium print a page; save the first sheet as a picture."""
    sheets = page.with_suffix(".pdf")
    await run(browser, *HEADLESS, "--no-pdf-header-footer", f"--print-to-pdf={sheets}", str(page))
    sheet = ("-png", "-r", "80", "-singlefile", str(sheets), str(place.with_suffix("")))
    await run("pdftoppm", *sheet)


async def run(*command: str) -> None:
    """Run a command to its end."""
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(
        *command, env={**os.environ, "TZ": "Europe/Berlin"}, stdout=quiet, stderr=quiet
    )
    if await process.wait():
        raise SystemExit(f"{command[0]} failed: {command[-1]}")


async def photograph(
    browser: str, page: str, place: Path, window: tuple[int, int] = (WIDTH, HEIGHT)
) -> None:
    """Have Chromium show a page, in German and at a phone's width, and save what it shows."""
    width, height = window
    with tempfile.TemporaryDirectory() as profile:
        await run(
            *(browser, *HEADLESS, "--accept-lang=de-DE", f"--user-data-dir={profile}"),
            *(f"--window-size={width},{height}", f"--force-device-scale-factor={SCALE}"),
            *("--timeout=3000", f"--screenshot={place}", page),
        )


async def main(wanted: list[str]) -> None:
    """Take the pictures of these names; without any, all."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        raise SystemExit("Chromium is missing: apt-get install -y chromium fonts-noto-color-emoji")
    FOLDER.mkdir(exist_ok=True)
    for picture in PICTURES:
        if not wanted or picture.name in wanted:
            await take(picture, browser)
            sys.stdout.write(f"{FOLDER / picture.name}.png\n")
    await page_pictures.main(wanted, FOLDER)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))

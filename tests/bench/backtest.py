"""Whether the backtest names what was sent, and how long one takes.

    .venv/bin/python -m tests.bench.backtest history [ARTICLES]
    .venv/bin/python -m tests.bench.backtest speed FOLDER [ARTICLES]

`history`: real front pages of 13 outlets go through the sandbox's feeds, the pipeline, the outbox
and Telegram's double, ten articles a minute. What people were sent is read off their messages, by
the addresses, and compared with what the backtest of their lists names. `speed`: the archive of
`tests.bench.archive`, in its folder if it is there; a backtest over 30 days, and the longest that
the loop stood still meanwhile.
"""

import asyncio
import gc
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.alerts.rehearsal import Terms
from bot.config.sections import ArticlesSection
from bot.pipeline import archive
from bot.pipeline.backtest import Backtest, backtest, terms
from bot.sandbox.recorded import Publication
from bot.store import Store
from bot.watch.language import parse
from bot.workers import Workers
from tests.bench import corpus
from tests.bench.archive import NOW, fill, timed, yardstick
from tests.hurried import HurriedLoop
from tests.telegram_kit import PERSON, Service, slug, working

HISTORY, ARCHIVE = 5_000, 180_000
HOW = Terms(timedelta(days=7))
AT_ONCE = 10
PATIENCE = 120.0
LISTS = {
    "iran": "Iran\nTeheran\nDubai\n",
    "politik": "Merz\nBundestag\nSPD\n-Fußball\n",
    "polizei": "@stories wire\nPolizei\nUnfall\n",
    "sport": "@stories off\nFußball\nBundesliga\n",
}
USUAL = (
    "Nordkorea\nSiegesparade\nUkraine & Waffen\nKim Jong Un\n*parade\nWeizen | Mais\n"
    "title:Merkel\nATLEAST/3 Gas\nErdbeben\nMindestlohn\nBrexit\nHochwasser\nRazzia\n"
    "Hypo Alpe Adria\nFeinstaub\nVorratsdatenspeicherung\nVolkswagen & Abgas\n"
    "Syrien & Waffenruhe\nAsylobergrenze\nPolizei NEAR/3 Wien\n"
)
"""Twenty lines, as a press office might have them."""
BROAD = USUAL + "Flüchtling\nTürkei\nBank\n"
"""With these it matches every third article of the corpus."""


def main() -> None:
    """Run what is asked for."""
    corpus.needed()
    what, *more = sys.argv[1:] or ["history"]
    if what == "history":
        with asyncio.Runner(loop_factory=HurriedLoop) as runner:
            runner.run(history(int(more[0]) if more else HISTORY))
    else:
        folder, *count = more
        asyncio.run(speed(Path(folder), int(count[0]) if count else ARCHIVE))


async def history(count: int) -> None:
    """Send what is news, then ask the backtest what that was."""
    path = corpus.CORPUS / "stories" / "frontpages-2026-03-01.jsonl.gz"
    pages = [each | {"outlet": _outlet(each)} for each in corpus.lines(path)][:count]
    outlets = sorted({each["outlet"] for each in pages})
    with tempfile.TemporaryDirectory() as folder:
        async with working(Path(folder), stories="story", lists=LISTS, pace=1_000) as bot:
            bot.config = bot.config.model_copy(update={"articles": ArticlesSection(fetch="never")})
            await bot.serve(PERSON, *LISTS)
            for outlet in outlets:
                await bot.follow(outlet)
            bot.clock.move(60)
            for some in _some(pages):
                await publish(bot, some)
            await compare(bot)


def _outlet(page: dict[str, Any]) -> str:
    return str(page["outlet"]).replace(".", " ")  # as the sandbox can call a feed


def _some(pages: Sequence[dict[str, Any]]) -> Iterator[Sequence[dict[str, Any]]]:
    return (pages[at : at + AT_ONCE] for at in range(0, len(pages), AT_ONCE))


async def publish(bot: Service, pages: Sequence[dict[str, Any]]) -> None:
    """Have articles published, polled, told and delivered; a minute passes."""
    for each in pages:
        dated = bot.clock().isoformat()
        article = Publication(each["title"], "<p></p>", each["url"], dated, each["teaser"])
        bot.sandbox.press.publish(slug(each["outlet"]), article)
    bot.clock.move(30)
    await bot.poll(*sorted({each["outlet"] for each in pages}))
    await bot.settled(PATIENCE)
    bot.clock.move(30)


async def compare(bot: Service) -> None:
    """Print what was sent, what the backtest names, and where they differ."""
    sent = [url for message in bot.messages() for url in told_in(message)]
    begun = time.perf_counter()
    await archive.catch_up(bot.store)
    print(f"{time.perf_counter() - begun:.1f} s to take all into the index")
    since, named = bot.clock() - timedelta(days=30), set()
    for watchlist in bot.library.watchlists:
        found = await backtest(bot.store, watchlist, since, terms(bot.config), bot.tools.workers)
        print(f"  {watchlist.name:10} {len(found.told):4} of {len(found.rehearsed):4} told")
        named |= {each.found.link for each in found.told}
    print(f"sent {len(sent)} ({len(set(sent))} addresses), named {len(named)}")
    print(f"  sent and not named: {sorted(set(sent) - named)}")
    print(f"  named and not sent: {sorted(filter(None, named - set(sent)))}")


def told_in(message: dict[str, Any]) -> Sequence[str]:
    """Return the articles that a message tells: the first link, of a digest of late ones all."""
    links = [each["url"] for each in message["entities"] if each["type"] == "text_link"]
    if message["text"].startswith(("🔔", "🆕")):
        return links[:1]
    return links if message["text"].startswith("🕰") else ()


async def speed(folder: Path, count: int) -> None:
    """Time a backtest of a query of two words, of a list of twenty lines, and of a broad one."""
    is_there = (folder / "a.db").exists()
    store = await Store.open("sqlite:///a.db", folder)
    if not is_there:
        await fill(store, count)
    await archive.catch_up(store)
    workers = Workers()
    # Loads the rules.
    await backtest(store, parse("Haus", "", ""), NOW - timedelta(days=1), HOW, workers)
    gc.freeze()
    print(f"yardstick: {yardstick():.2f} s")
    for name, written in (("two words", "Ukraine & Waffen"), ("20 lines", USUAL), ("broad", BROAD)):
        found: list[Backtest] = []

        async def work(source: str = written, found: list[Backtest] = found) -> None:
            since = NOW - timedelta(days=30)
            watchlist = parse(source, "", "probe")
            found.append(await backtest(store, watchlist, since, HOW, workers))

        took = await timed(work())
        print(
            f"{name:10} {len(found[0].told)} of {len(found[0].arrived)} told, "
            f"{took.wall / 1000:.1f} s ({took.cpu / 1000:.1f} s CPU), stall {took.gap:.0f} ms"
        )
    await workers.close()
    await store.close()


if __name__ == "__main__":
    main()

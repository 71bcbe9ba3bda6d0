"""How long the doctor for lists and the suggestions take, and what they say, to be read.

    .venv/bin/python -m tests.bench.doctor [ARTICLES]

On the corpus as `tests.bench.archive` multiplies it.
"""

import asyncio
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from bot.cli.doctor import lines as doctor_lines
from bot.cli.suggest import lines as suggest_lines
from bot.pipeline import archive
from bot.pipeline.doctor import examine
from bot.pipeline.suggest import suggest
from bot.store import Store
from bot.watch.language import parse, parse_query
from tests.bench import corpus
from tests.bench.archive import NOW, fill

ARTICLES = 3_000
QUERIES = ("Nordkorea", "Russland", "Flüchtling", "Bank", "Rapid", "Merkel | Hollande", "Apple")
LISTS = {
    "bank": "Bank\nSparkasse\nBankomat\nHypo | Bawag\nGroßbank\n-Fußball\n-Kreissparkasse Köln\n",
    "wahl": "Wahl\nWahlkampf & Partei\nAbstimmung\nBundespräsident\nStimmzettel der Antarktis\n",
    "polizei": "Polizei\nKriminalität | Mord\nRaub\n@ignore Polizeiruf\n",
}


def main() -> None:
    """Print what is said of each, and how long it took."""
    corpus.needed()
    ours = {path.stem: path.read_text("utf-8") for path in Path("watchlists").glob("*.txt")}
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    asyncio.run(measure(count, {**LISTS, **ours}))


async def measure(count: int, lists: dict[str, str]) -> None:
    """Fill an archive, then ask."""
    since = NOW - timedelta(days=31)
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open("sqlite:///a.db", Path(folder))
        await fill(store, count)
        await archive.catch_up(store)
        for query in QUERIES:
            begun, cost = time.perf_counter(), time.process_time()
            found = await suggest(store, parse_query(query), since)
            print(f"\n== {query}: {_took(begun, cost)}")
            print("\n".join(suggest_lines(found)))
        for name, text in lists.items():
            begun, cost = time.perf_counter(), time.process_time()
            report = await examine(store, parse(text, name, name), since)
            print(f"\n== {name}: {_took(begun, cost)}")
            print("\n".join(doctor_lines(report)))
        await store.close()


def _took(begun: float, cost: float) -> str:
    """Return the time since then, by the wall and of the processor."""
    wall, processor = time.perf_counter() - begun, time.process_time() - cost
    return f"{wall:.1f} s, of the processor {processor:.1f} s"


if __name__ == "__main__":
    main()

"""What goes with a query is weighed beside the event loop: of much text it takes a second."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.pipeline import suggest
from bot.store import Store
from bot.watch.companions import Companion, Elsewhere, Mentions, companions
from bot.watch.language import parse
from tests.reviews_kit import Report, have_read
from tests.store_kit import migrated

NOW = datetime(2026, 11, 26, 5, 30, tzinfo=UTC)
READ = [
    *(Report(t, text=f"{t}: Der Weizen wird teuer, sagte Dietrich Krantz.") for t in "ABCD"),
    *(Report(f"Regen {number}", text="Es regnet am Montag.") for number in range(5)),
]


async def test_companions_are_weighed_beside_the_event_loop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = list[threading.Thread]()

    def weighed(found: Mentions, elsewhere: Elsewhere) -> list[Companion]:
        where.append(threading.current_thread())
        return companions(found, elsewhere)

    monkeypatch.setattr(suggest, "companions", weighed)
    (tmp_path / "a.db").write_bytes(migrated())
    store = await Store.open("sqlite:///a.db", tmp_path)
    await have_read(store, READ, NOW)

    watchlist = parse("Weizen\n", "weizen.txt", "weizen")
    told = await suggest.suggest(store, watchlist, NOW - timedelta(days=1))
    await store.close()

    assert [each.line for each in told.found] == ["Dietrich Krantz"]
    assert threading.current_thread() not in where
    assert len(where) == 1

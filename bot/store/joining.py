"""How an entry came to its story, as it is written down: for the question why."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.joining import Joining, Near
from bot.store.schema import articles, members
from bot.store.stories import SPLIT
from bot.text.fold import fold


async def joining(tx: AsyncConnection, entry_ids: Sequence[int]) -> Joining | None:
    """Return how the first of entries that is in a story came to it; None: none is in any."""
    which = select(members.c.entry_id, members.c.verdict, members.c.decision)
    of_them = which.where(members.c.entry_id.in_(entry_ids))
    row = (await tx.execute(of_them.order_by(members.c.id).limit(1))).one_or_none()
    if row is None:
        return None
    decided: Mapping[str, Any] = row.decision
    other, next_best = decided.get("with_") or "", decided.get("runner_up") or {}
    ids = [row.entry_id, *(int(each) for each in (other, next_best.get("document")) if each)]
    found = await tx.execute(
        select(articles.c.entry_id, articles.c.title, articles.c.text).where(
            articles.c.entry_id.in_(ids)
        )
    )
    texts = {str(each.entry_id): each for each in found}

    def near(document: str, of: Mapping[str, Any]) -> Near | None:
        if document not in texts:
            return None
        return Near(texts[document].title, of.get("score") or 0.0, of.get("vetoes") or ())

    mine = texts.get(str(row.entry_id))
    return Joining(
        "split" if decided.get("why") == SPLIT else row.verdict,
        near(other, decided),
        decided.get("threshold") or 0.0,
        _written(decided.get("shared") or (), f"{mine.title} {mine.text}" if mine else ""),
        near(next_best.get("document", ""), next_best),
    )


def _written(stems: Iterable[str], text: str) -> list[str]:
    """Return stems as the words that an article has them in."""
    words: dict[str, str] = {}
    for word in text.split():
        bare = word.strip(".,;:!?()[]{}»«„“”\"'–-")
        words.setdefault(fold(bare), bare)
    return [next((words[w] for w in words if w.startswith(stem)), stem) for stem in stems]

"""Lets go what was kept for its time, in steps so small that nothing waits for them."""

from datetime import datetime, timedelta

import structlog

from bot.config import Config
from bot.store import Store, retention

log = structlog.get_logger()

IDENTITY = timedelta(days=730)
"""So long after its feed has listed it last an entry stays known at least: it is no news then."""
MOST_STEPS = 50
"""Of each kind at a time; the rest is left for the next time."""


async def age(store: Store, config: Config, now: datetime) -> None:
    """Let go texts, titles, what chats were told, and what no feed lists any more."""
    long, text = now - config.store.keep, now - config.store.keep_text
    for step, instant in (
        (retention.forget, long),
        (retention.forget_decisions, long),
        (retention.age_texts, text),
        (retention.note_unlisted, now),
        (retention.forget_articles, long),
        (retention.forget_entries, now - max(IDENTITY, config.store.keep)),
    ):
        done = 0
        for _ in range(MOST_STEPS):
            async with store.write() as tx:
                some = await step(tx, instant)
            done += some
            if some < retention.STEP:
                break
        if done:
            log.debug("aging.done", step=step.__name__, rows=done)

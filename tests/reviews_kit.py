"""What tests and pictures of trends and press reviews share: articles that have been read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model import Article
from bot.pipeline import archive
from bot.store import Store, alerts, entries, feeds, listing, stories
from bot.store.listing import Listing, NewEntry
from bot.text.languages import rules_for
from bot.watch.matcher import Matcher
from bot.watch.watchlist import Watchlist


@dataclass(frozen=True, slots=True)
class Report:
    """An article as an outlet published it."""

    title: str
    outlet: str = "Depesche"
    hours: float = 1
    """How long ago it was published, and found."""
    story: str = ""
    """What it reports; what reports the same is one story. Empty: it is in none."""
    text: str = ""
    link: str | None = ""
    """Empty: one of its own."""
    old: bool = False


async def have_read(
    store: Store, reports: Iterable[Report], now: datetime, lists: Sequence[Watchlist] = ()
) -> list[int]:
    """Have these articles in the store, matched and in the index; return their entries' ids."""
    matcher, opened, ids = Matcher(list(lists), rules_for), dict[str, int](), []
    for number, each in enumerate(sorted(reports, key=lambda report: -report.hours)):
        then = now - timedelta(hours=each.hours)
        url = f"https://{each.outlet.casefold().replace(' ', '-')}.example/feed.xml"
        link = (
            f"{url.rpartition('/')[0]}/{number}-{then:%Y%m%d%H%M}" if each.link == "" else each.link
        )
        key = f"{link}-{number}-{then.isoformat()}"
        article = Article(each.title, each.text or f"{each.title}.", "page", "de")
        async with store.write() as tx:
            await feeds.add(tx, feeds.Source(url, each.outlet), then)
            [feed] = await feeds.claim_all(tx, now + timedelta(hours=1), timedelta(), url)
            said = (key, key, link, each.title, "", key, then)
            new = NewEntry(*said, dated=True, old=each.old, late=False)
            [entry] = (await listing.keep(tx, feed.id, Listing((new,), complete=False), then)).new
            [waiting] = await entries.waiting(tx, [entry])
            await entries.were_read(tx, [entries.Done(waiting, None, 1)])
            await entries.keep_articles(tx, [(entry, article)], then)
            await alerts.keep_matches(tx, {entry: matcher.match(article)}, then)
            if each.story:
                story = opened.setdefault(each.story, entry)
                decision = {"story": str(story), "verdict": "same", "with_": "", "why": ""}
                await stories.keep(tx, entry, decision, then)
        ids.append(entry)
    await archive.catch_up(store)
    return ids

"""A newsroom's database for the status page, and the page of it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import update

from bot.model import Article, Feed, Match
from bot.store import Store, Transaction, alerts, chats, entries, feeds, outbox, stories
from bot.store.alerts import Told
from bot.store.feeds import Source
from bot.store.schema import entries as entry_rows
from bot.store.schema import feeds as feed_rows
from bot.store.schema import outbox as letters
from bot.text.languages import rules_for
from bot.watch.language import parse
from bot.watch.matcher import Matcher
from bot.watch.watchlist import Watchlist
from bot.web.page import Page
from tests.store_kit import DAY, HOUR, MINUTE, NOW, a_chat, an_entry

LISTS = {
    "nordkorea": "@label Nordkorea\nNordkorea\nSiegesparade | Siegestag | Militärparade\n",
    "energie": "@label Energie und Netze\nStromnetz\nGaskraftwerk\n",
    "kultur": "@label Kultur in Sachsen\nMuseum\nSemperoper\n",
    "vorstand": "@label Vorstand\n@visible admins\nVorstandsvorsitzende\n",
}
OUTLETS = (
    *("Depesche", "Das Foyer", "Elbe-Kurier", "Morgenblatt", "Radio Weser", "Tageszeiger"),
    *("Netzpolitische Rundschau", "Hafenbote", "Süddeutsches Journal", "Agentur Nord"),
)
NEWS = (
    ("Nordkoreas Soldaten bei der Siegesparade in Moskau", "nordkorea", 7, 6 * MINUTE),
    ("Neues Gaskraftwerk für Leipzig: Stadtrat stimmt am Abend ab", "energie", 2, 41 * MINUTE),
    ("Museum zeigt Beutekunst aus drei Jahrhunderten", "kultur", 1, 2 * HOUR),
    ("Kim Jong Un besucht Werft im Osten Nordkoreas", "nordkorea", 4, 5 * HOUR),
    ("Stromnetz hält dem Sturm stand", "energie", 3, 11 * HOUR),
    ("Vorstandsvorsitzende der Hafenwerke tritt zurück", "vorstand", 1, 20 * HOUR),
    ("Semperoper bleibt im Sommer geschlossen", "kultur", 2, 27 * HOUR),
)


def watchlists(sources: Mapping[str, str] = LISTS) -> list[Watchlist]:
    """The lists in force."""
    return [parse(source, name, name) for name, source in sources.items()]


async def newsroom(store: Store) -> None:
    """Ten feeds that are well, a month of matches, and a morning's alerts in three chats."""
    async with store.write() as tx:
        known = [await well(tx, name, n) for n, name in enumerate(OUTLETS)]
        for chat_id in (1001, 1002, -1003):
            await a_chat(tx, chat_id)
            for name in LISTS:
                await chats.subscribe(tx, chat_id, name, NOW)
        await a_month(tx, known[0])
        for n, (title, name, outlets, ago) in reversed(list(enumerate(NEWS))):
            await event(tx, known[n : n + outlets] or known[:1], title, name, ago)
        await tx.execute(update(entry_rows).where(entry_rows.c.id > 3).values(read_due=None))
        await outbox.post(tx, 1002, "digest", NOW + 4 * HOUR, NOW)
        await outbox.post(tx, -1003, "digest", NOW + 10 * HOUR, NOW)


async def well(tx: Transaction, name: str, number: int = 0) -> Feed:
    """A feed that was read a few minutes ago."""
    url = f"https://{name.lower().replace(' ', '-')}.example/feed.xml"
    await feeds.add(tx, Source(url, name), NOW - 40 * DAY)
    news = NOW - (7 + 11 * number) * MINUTE
    minutes = round(news.timestamp() / 60)
    read, due = NOW - (1 + number) * MINUTE, NOW + (3 + 2 * number) * MINUTE
    await set_feed(tx, url, last_success=read, next_due=due, rhythm=[minutes])
    [feed] = await feeds.claim_all(tx, NOW, HOUR, url)
    return feed


async def set_feed(tx: Transaction, url: str, **values: object) -> None:
    """Change a feed's row."""
    await tx.execute(update(feed_rows).where(feed_rows.c.url == url).values(**values))


async def a_month(tx: Transaction, feed: Feed) -> None:
    """Thirty days of articles that the lists matched."""
    chance = Random(5)
    for days in range(30, 0, -1):
        for name, usual in (("nordkorea", 5), ("energie", 3), ("kultur", 1)):
            peak = 14 if days in {4, 5} and name == "nordkorea" else 0
            for n in range(chance.randint(0, usual) + peak):
                then = NOW - days * DAY + n * MINUTE
                entry = await an_entry(tx, feed, f"{name} {days} {n}", published=then, old=True)
                await alerts.keep_matches(tx, {entry: [Match(name, "", 1, ())]}, then)


async def event(
    tx: Transaction, outlets: Sequence[Feed], title: str, name: str, ago: timedelta
) -> None:
    """A story that some outlets report, told in all chats."""
    then, story, ids = NOW - ago, 0, []
    for n, feed in enumerate(outlets):
        key = f"{name} {ago} {n}"
        entry = await an_entry(tx, feed, key, title=title, published=then - (5 + n) * MINUTE)
        story = story or entry
        ids.append(entry)
        article = Article(title, f"{title}. Davon war am Freitag die Rede.", "page", "de")
        await entries.keep_articles(tx, [(entry, article)], then)
        matched = Matcher(watchlists(), rules_for).match(article)
        await alerts.keep_matches(tx, {entry: matched}, then)
        await stories.keep(tx, entry, {"story": story, "verdict": "same"}, then)
    for chat_id in (1001, 1002, -1003):
        letter = await outbox.post(tx, chat_id, "alert", then, then)
        told = Told(chat_id, (name,), "now", "it is new", story)
        await alerts.keep_decision(tx, ids[0], told, then)
        await alerts.open_alert(tx, ids[0], told, letter, then)
        await outbox.sent(tx, letter, letter, then)


async def told_alone(store: Store) -> None:
    """An alert for what one person looks for."""
    async with store.write() as tx:
        feed = await well(tx, "Privatsache")
        entry = await an_entry(tx, feed, "privat", title="Ganz privat")
        letter = await outbox.post(tx, 1001, "alert", NOW, NOW)
        await alerts.open_alert(tx, entry, Told(1001, ("own/1",), "now", "it is new"), letter, NOW)


async def sicken(store: Store) -> None:
    """Three of the feeds are not well, and a message has not arrived."""
    ill = {"errors": 14, "last_error": "HTTP 503", "last_success": NOW - 9 * HOUR}
    failing = {"errors": 1, "last_error": "hafenbote.example took too long to answer"}
    async with store.write() as tx:
        await set_feed(tx, "https://elbe-kurier.example/feed.xml", **ill, streak=14.0)
        await set_feed(tx, "https://hafenbote.example/feed.xml", **failing)
        await set_feed(
            tx,
            "https://radio-weser.example/feed.xml",
            state="gone",
            last_error="HTTP 410",
            last_success=NOW - 3 * DAY,
        )
        doubted = await outbox.post(tx, 1001, "alert", NOW - 4 * MINUTE, NOW)
        values = {"state": "uncertain", "attempts": 1, "error": "the answer was lost"}
        await tx.execute(update(letters).where(letters.c.id == doubted).values(**values))


def the_page(store: Store, sources: Mapping[str, str] = LISTS, trouble: str | None = None) -> Page:
    """The page of a store, as of `NOW` and in Berlin."""
    lists, zone = watchlists(sources), ZoneInfo("Europe/Berlin")
    return Page(store, lambda: lists, zone, lambda: NOW, lambda: trouble)

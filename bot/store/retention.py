"""What is kept for a time only: texts, titles and links, what chats were told, what was listed.

All of it is done in small steps: each function takes a transaction and touches `STEP` rows of a
kind at most, the oldest; one that returns `STEP` has perhaps left some.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    delete,
    exists,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy import text as sql
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.feeds import GONE, REMOVED
from bot.store.schema import (
    alerts,
    articles,
    decisions,
    entries,
    feeds,
    heard,
    matches,
    members,
    notices,
    outbox,
)

DONE = ("sent", "dead")
STEP = 200
# As the indexes have them: SQLite uses those only for the same words.
_HAS_TEXT = sql("articles.text_from <> 'gone'")
_HAS_TEASER = sql("entries.text <> ''")
_LISTED = sql("entries.listed = 1")
# Of nearly all entries: the plus keeps SQLite from looking that up first.
_WAS_READ = sql("+entries.read_due IS NULL")


async def forget(tx: AsyncConnection, before: datetime) -> int:
    """Forget what was told before that: alerts, letters, notices without a letter.

    What is still to be sent stays, however long it waits, and so does that the chat knows the
    article: else it would be news again.
    """
    done = select(outbox.c.id).where(outbox.c.state.in_(DONE), outbox.c.changed < before)
    shown = and_(alerts.c.outbox_id.is_(None), alerts.c.created < before)
    old = select(alerts.c.id).where(or_(alerts.c.outbox_id.in_(done), shown)).limit(STEP)
    ids = (await tx.scalars(old)).all()
    known = select(alerts.c.chat_id, alerts.c.subject).where(alerts.c.id.in_(ids))
    columns = ["chat_id", "subject"]
    await tx.execute(insert(heard).from_select(columns, known).prefix_with("OR IGNORE"))
    await tx.execute(delete(alerts).where(alerts.c.id.in_(ids)))
    carries = exists().where(alerts.c.outbox_id == outbox.c.id)
    free = done.where(~carries).limit(STEP)
    letters_gone = await tx.execute(delete(outbox).where(outbox.c.id.in_(free)))
    named = exists().where(outbox.c.notice_id == notices.c.id)
    unsent = select(notices.c.id).where(notices.c.created < before, ~named).limit(STEP)
    notices_gone = await tx.execute(delete(notices).where(notices.c.id.in_(unsent)))
    return max(len(ids), letters_gone.rowcount, notices_gone.rowcount)


async def forget_decisions(tx: AsyncConnection, before: datetime) -> int:
    """Forget why something was told, or was not, before that."""
    row: ColumnElement[int] = literal_column("decisions.rowid")
    old = select(row).select_from(decisions).where(decisions.c.decided < before).limit(STEP)
    gone = await tx.execute(delete(decisions).where(row.in_(old)))
    return int(gone.rowcount)


async def age_texts(tx: AsyncConnection, before: datetime) -> int:
    """Let go the texts that were read before that, of articles and of what feeds said of them.

    Titles stay. What is still to be read, or to be told, keeps its text.
    """
    old = _settled(select(entries.c.id).join(articles)).where(_HAS_TEXT, articles.c.read < before)
    ids = (await tx.scalars(old.order_by(articles.c.read).limit(STEP))).all()
    aged = update(articles).where(articles.c.entry_id.in_(ids))
    await tx.execute(aged.values(text="", text_from="gone"))
    read = exists().where(articles.c.entry_id == entries.c.id, articles.c.text_from != "gone")
    said = _settled(select(entries.c.id)).where(_HAS_TEASER, entries.c.seen < before, ~read)
    teasers = (await tx.scalars(said.order_by(entries.c.seen).limit(STEP))).all()
    await tx.execute(update(entries).where(entries.c.id.in_(teasers)).values(text=""))
    return max(len(ids), len(teasers))


async def note_unlisted(tx: AsyncConnection, now: datetime) -> int:
    """Note that feeds which are read no more list nothing any more."""
    ended = select(feeds.c.id).where(feeds.c.state.in_([REMOVED, GONE]))
    left = select(entries.c.id).where(_LISTED, entries.c.feed_id.in_(ended)).limit(STEP)
    gone = update(entries).where(entries.c.id.in_(left)).values(listed=False, unlisted=now)
    return int((await tx.execute(gone)).rowcount)


async def forget_articles(tx: AsyncConnection, before: datetime) -> int:
    """Forget titles, links, matches and stories of what was read before that and is listed no more.

    What a feed lists still keeps title and link: entries that share a page are told apart by them.
    """
    old = _settled(select(entries.c.id).join(articles)).where(articles.c.read < before)
    old = old.where(entries.c.listed.is_(False), articles.c.text_from == "gone")
    ids = (await tx.scalars(old.order_by(articles.c.read).limit(STEP))).all()
    for table in (articles, matches, members):
        await tx.execute(delete(table).where(table.c.entry_id.in_(ids)))
    blank = update(entries).where(entries.c.id.in_(ids))
    await tx.execute(blank.values(title="", text="", link=None))
    return len(ids)


async def forget_entries(tx: AsyncConnection, before: datetime) -> int:
    """Forget the entries that were listed last before that, where no feed has the same one since.

    Should one be listed again after that, it is a new one.
    """
    same = entries.alias("same")
    since = or_(same.c.unlisted.is_(None), same.c.unlisted >= before)
    elsewhere = exists().where(same.c.subject == entries.c.subject, since)
    old = _settled(select(entries.c.id, entries.c.subject))
    old = old.where(entries.c.unlisted < before, ~elsewhere).limit(STEP)
    rows = (await tx.execute(old)).all()
    await tx.execute(delete(heard).where(heard.c.subject.in_([row.subject for row in rows])))
    await tx.execute(delete(entries).where(entries.c.id.in_([row.id for row in rows])))
    return len(rows)


def _settled(wanted: Select[Any]) -> Select[Any]:
    """Leave out what is still to be read, or to be told."""
    waits = outbox.c.state.not_in(DONE)
    told = exists().where(alerts.c.entry_id == entries.c.id, alerts.c.outbox_id == outbox.c.id)
    return wanted.where(_WAS_READ, ~told.where(waits))

"""The archive's index: which articles have which words. It only narrows; the matcher judges.

The words of articles are numbered in `words`, and the index, FTS5 without content or positions,
holds numbers alone. What the numbers of an article are is kept beside it, packed, so that it can be
taken out again whatever the article says by then.
"""

import asyncio
import json
import zlib
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    column,
    delete,
    func,
    literal_column,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Article
from bot.store.schema import archived, articles, entries, words
from bot.watch.needs import AllOf, AnyOf, Need, Word

PIECE = 3
"""Letters of a piece that `pieces` can find; a shorter one is looked for in each entry."""
_PIECES = table("pieces", column("rowid"))
AT_ONCE = 500
"""So many values in one statement."""
_PUT = text("INSERT INTO archive(rowid, words) VALUES (:id, :words)")
# As JSON, which costs a tenth of some thousand parameters.
_KNOWN = text(
    "SELECT id, word FROM words "
    "WHERE language = :language AND word IN (SELECT value FROM json_each(:wanted))"
)
_ADD_PIECES = text(
    "INSERT INTO pieces(rowid, entry) SELECT id, entry FROM words "
    "WHERE id > coalesce((SELECT max(id) FROM pieces_docsize), 0)"
)
"""Words are only ever added, so that those with the highest numbers are the ones to come."""
_TAKE = text("INSERT INTO archive(archive, rowid, words) VALUES ('delete', :id, :words)")


class Unread(NamedTuple):
    """An article that the index does not have, or not as it reads now."""

    entry_id: int
    read: datetime
    article: Article


class Indexed(NamedTuple):
    """What is put into the index."""

    entry_id: int
    read: datetime
    language: str
    """The code of the language that its words are in."""
    words: Collection[str]


async def missing(tx: AsyncConnection, most: int) -> Sequence[int]:
    """Return the entries of articles that are to be put into the index, as many at most."""
    same = archived.c.entry_id == articles.c.entry_id
    differs = or_(archived.c.entry_id.is_(None), archived.c.read != articles.c.read)
    joined = articles.outerjoin(archived, same)
    ids = select(articles.c.entry_id).select_from(joined).where(differs)
    return (await tx.scalars(ids.order_by(articles.c.read).limit(most))).all()


async def unread(tx: AsyncConnection, entry_ids: Sequence[int]) -> Sequence[Unread]:
    """Return the articles of entries as they read now."""
    rows = await tx.execute(select(articles).where(articles.c.entry_id.in_(entry_ids)))
    return [
        Unread(
            row.entry_id,
            row.read,
            Article(row.title, row.text, row.text_from, row.language, row.walled),
        )
        for row in rows
    ]


async def known(tx: AsyncConnection, language: str, wanted: Collection[str]) -> Mapping[str, int]:
    """Return the numbers of those of the words of a language that have one."""
    asked = {"language": language, "wanted": json.dumps(sorted(wanted))}
    return {row.word: row.id for row in await tx.execute(_KNOWN, asked)}


async def add_words(tx: AsyncConnection, language: str, entries_of: Mapping[str, str]) -> None:
    """Number words of a language, each with its entry; one that has a number keeps it."""
    rows = [
        {"language": language, "word": word, "entry": entry} for word, entry in entries_of.items()
    ]
    if rows:
        await tx.execute(insert(words).on_conflict_do_nothing(), rows)
        await tx.execute(_ADD_PIECES)


async def put(
    tx: AsyncConnection, indexed: Sequence[Indexed], now_known: Mapping[str, int]
) -> None:
    """Put articles into the index, in place of what they said before.

    Args:
        tx: the transaction.
        indexed: articles in one language.
        now_known: the numbers of all their words.
    """
    await take_out(tx, [each.entry_id for each in indexed])
    kept, put_in = [], []
    for each in indexed:
        numbers = array("I", sorted(now_known[word] for word in each.words))
        packed = zlib.compress(numbers.tobytes())
        kept.append({"entry_id": each.entry_id, "read": each.read, "words": packed})
        put_in.append({"id": each.entry_id, "words": _written(numbers)})
    if kept:
        await tx.execute(insert(archived), kept)
        await tx.execute(_PUT, put_in)


async def take_out(tx: AsyncConnection, entry_ids: Sequence[int]) -> None:
    """Take entries out of the index, as far as they are in it."""
    which = archived.c.entry_id.in_(entry_ids)
    for row in (await tx.execute(select(archived).where(which))).all():
        numbers = array("I")
        numbers.frombytes(zlib.decompress(row.words))
        await tx.execute(_TAKE, {"id": row.entry_id, "words": _written(numbers)})
    await tx.execute(delete(archived).where(which))


async def reset(tx: AsyncConnection) -> None:
    """Empty the index, whatever state it is in: all articles are missing afterwards."""
    await tx.execute(text("INSERT INTO archive(archive) VALUES ('delete-all')"))
    await tx.execute(text("INSERT INTO pieces(pieces) VALUES ('rebuild')"))
    await tx.execute(delete(archived))


def is_damage(error: SQLAlchemyError) -> bool:
    """Tell whether an error means that the index cannot be read, as after a fault of a disk."""
    said = str(error)
    return "malformed" in said or "corrupt" in said


async def gone(tx: AsyncConnection, most: int) -> Sequence[int]:
    """Return entries that the index has and that are no articles any more, as many at most."""
    there = select(articles.c.entry_id).where(articles.c.entry_id == archived.c.entry_id)
    which = select(archived.c.entry_id).where(~there.exists()).limit(most)
    return (await tx.scalars(which)).all()


async def languages(tx: AsyncConnection) -> Sequence[str]:
    """Return the languages that the index has words of."""
    return (await tx.scalars(select(words.c.language).distinct())).all()


async def find(
    tx: AsyncConnection, needs: Mapping[str, Need | None], since: datetime
) -> Sequence[int]:
    """Return the entries since then that may match, newest first.

    Args:
        tx: a connection.
        needs: what an article in a language must have; None: nothing is known, all may match.
        since: of their dates.
    """
    newest = select(entries.c.id).where(entries.c.published >= since)
    newest = newest.order_by(entries.c.published.desc(), entries.c.id.desc())
    if None in needs.values():
        return (await tx.scalars(newest.join(articles, articles.c.entry_id == entries.c.id))).all()
    asked = [await _expression(tx, code, need) for code, need in needs.items() if need is not None]
    expression = " OR ".join(filter(None, asked))
    if not expression:
        return ()
    found = text("SELECT rowid FROM archive WHERE archive MATCH :expression")
    rows = await tx.scalars(found, {"expression": expression})
    ids: list[tuple[datetime, int]] = []
    for some in _some(rows.all()):
        dated = select(entries.c.id, entries.c.published)
        which = entries.c.id.in_(some) & (entries.c.published >= since)
        ids += [(row.published, row.id) for row in await tx.execute(dated.where(which))]
    return [entry_id for _, entry_id in sorted(ids, reverse=True)]


async def _expression(tx: AsyncConnection, language: str, need: Need) -> str:
    """Return a need in the language of FTS5; empty: no article can have that."""
    match need:
        case Word():
            return _joined(" OR ", map(str, await _numbers(tx, language, need)))
        case AllOf(parts):
            # A word of two letters is in too many others to narrow anything.
            telling = [p for p in parts if not (isinstance(p, Word) and _is_short(p))] or parts
            asked = [await _expression(tx, language, part) for part in telling]
            return _joined(" AND ", asked) if all(asked) else ""
        case AnyOf(parts):
            asked = [await _expression(tx, language, part) for part in parts]
            return _joined(" OR ", filter(None, asked))


def _is_short(wanted: Word) -> bool:
    return any(len(key) < PIECE for key in wanted.keys)


async def _numbers(tx: AsyncConnection, language: str, wanted: Word) -> Sequence[int]:
    """Return the numbers of the words that would do."""
    looked: list[ColumnElement[bool]] = [words.c.word == ""]
    for key in wanted.keys:
        has_it = func.instr(words.c.entry, key) > 0
        if len(key) >= PIECE:
            quoted = '"' + key.replace('"', '""') + '"'
            ids = select(_PIECES.c.rowid).where(literal_column("pieces").op("MATCH")(quoted))
            looked.append(words.c.id.in_(ids))
        else:
            looked.append(has_it)
    found: dict[str, int] = {}
    for each in looked:
        which = (words.c.language == language) & each
        rows = await tx.execute(select(words.c.id, words.c.word).where(which))
        found |= {row.word: row.id for row in rows}
    fitting = await asyncio.to_thread(lambda: [n for w, n in found.items() if wanted.fits(w)])
    return sorted(fitting)


def _joined(by: str, parts: Iterable[str]) -> str:
    joined = by.join(parts)
    return f"({joined})" if joined else ""


def _written(numbers: Iterable[int]) -> str:
    return " ".join(map(str, numbers))


def _some(values: Sequence[int]) -> Iterable[Sequence[int]]:
    return (values[at : at + AT_ONCE] for at in range(0, len(values), AT_ONCE))

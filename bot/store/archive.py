"""The archive's index: which articles have which words. It only narrows; the matcher judges.

The words of articles are numbered in `words`, and the index, FTS5 without content or positions,
holds numbers alone. What the numbers of an article are is kept beside it, packed, so that it can be
taken out again whatever the article says by then.
"""

import asyncio
import json
import sqlite3
import zlib
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import (
    bindparam,
    delete,
    except_,
    func,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Article
from bot.store.schema import archived, articles, words
from bot.store.types import Instant
from bot.watch.needs import AllOf, AnyOf, Need, Word

PIECE = 3
"""Letters of a piece that `pieces` can find; a shorter one is looked for in each entry."""
_WITH_PIECES = text(
    "SELECT word, id FROM pieces CROSS JOIN words ON words.id = pieces.rowid "
    "WHERE pieces MATCH :pieces AND language = :language"
)
_HAS_TEXT = text("articles.text_from <> 'gone'")
"""As its index has it: SQLite uses that only for the same words."""
_PUT = text("INSERT INTO archive(rowid, words) VALUES (:id, :words)")
# As JSON, which costs a tenth of some thousand parameters.
_KNOWN = text(
    "SELECT id, word FROM words "
    "WHERE language = :language AND word IN (SELECT value FROM json_each(:wanted))"
)
_ADD_PIECES = text(
    "INSERT INTO pieces(rowid, entry) SELECT id, entry FROM words "
    "WHERE id > coalesce((SELECT max(id) FROM pieces_docsize), 0) ORDER BY id LIMIT 20000"
)
"""That with the highest number never goes, so that those above it are the ones to come."""
Fitting = Mapping[str, Mapping[Word, Mapping[str, int]]]
"""Of each language, for what is looked for in it: the words that would do, with their numbers."""
_NEXT_LANGUAGE = text(
    "SELECT language FROM words WHERE language > :after ORDER BY language LIMIT 1"
)
# As one JSON text: some ten thousand rows would hold everything else up.
_FOUND = text(
    "SELECT json_group_array(id) FROM (SELECT entries.id FROM ("
    "SELECT rowid AS id FROM archive "
    "WHERE archive MATCH :expression ORDER BY rowid DESC LIMIT :most"
    ") AS latest CROSS JOIN entries ON entries.id = latest.id WHERE entries.published >= :since "
    "ORDER BY entries.published DESC, entries.id DESC)"
).bindparams(bindparam("since", type_=Instant))
_ALL = text(
    "SELECT json_group_array(id) FROM (SELECT entries.id FROM articles "
    "CROSS JOIN entries ON entries.id = articles.entry_id "
    "WHERE articles.text_from <> 'gone' AND entries.published >= :since "
    "ORDER BY entries.published DESC, entries.id DESC)"
).bindparams(bindparam("since", type_=Instant))
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


async def missing(tx: AsyncConnection, most: int) -> Mapping[int, datetime]:
    """Return the entries of articles that are to be put into the index, as many at most.

    With each when its article was read. Not of those whose text is kept no more.
    """
    same = archived.c.entry_id == articles.c.entry_id
    differs = or_(archived.c.entry_id.is_(None), archived.c.read != articles.c.read)
    joined = articles.outerjoin(archived, same)
    columns = (articles.c.entry_id, articles.c.read)
    found = select(*columns).select_from(joined).where(_HAS_TEXT, differs)
    rows = await tx.execute(found.order_by(articles.c.read).limit(most))
    return {row.entry_id: row.read for row in rows}


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


async def titles(tx: AsyncConnection, entry_ids: Sequence[int]) -> Mapping[int, Article]:
    """Return the titles of entries, as articles that say no more."""
    columns = (articles.c.entry_id, articles.c.title, articles.c.language)
    rows = await tx.execute(select(*columns).where(articles.c.entry_id.in_(entry_ids)))
    return {row.entry_id: Article(row.title, "", "title", row.language) for row in rows}


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
        await add_pieces(tx)


async def add_pieces(tx: AsyncConnection) -> bool:
    """Let some words be found by their pieces that are not yet; False: there are none."""
    return bool((await tx.execute(_ADD_PIECES)).rowcount)


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
    """Empty the index, whatever state it is in: all articles and pieces are missing afterwards."""
    await tx.execute(text("INSERT INTO archive(archive) VALUES ('delete-all')"))
    await tx.execute(text("INSERT INTO pieces(pieces) VALUES ('delete-all')"))
    await tx.execute(delete(archived))


def is_damage(error: SQLAlchemyError) -> bool:
    """Tell whether an error means that something cannot be read, as after a fault of a disk.

    Of the index or of what it is made from: FTS5 hands on what it meets in its own tables.
    """
    code = getattr(getattr(error, "orig", None), "sqlite_errorcode", 0)
    return int(code) & 0xFF == sqlite3.SQLITE_CORRUPT


async def gone(tx: AsyncConnection, most: int) -> Sequence[int]:
    """Return entries that the index has and whose text is there no more, as many at most."""
    # One comparison of all: to look into each article takes ten times as long.
    there = select(articles.c.entry_id).where(_HAS_TEXT)
    which = except_(select(archived.c.entry_id), there).limit(most)
    return (await tx.scalars(which)).all()


async def languages(tx: AsyncConnection) -> Sequence[str]:
    """Return the languages that the index has words of."""
    found: list[str] = []
    while (
        code := await tx.scalar(_NEXT_LANGUAGE, {"after": found[-1] if found else ""})
    ) is not None:
        found.append(code)
    return found


async def find(
    tx: AsyncConnection,
    needs: Mapping[str, Need | None],
    fitting: Fitting,
    since: datetime,
    most: int | None = None,
) -> Sequence[int]:
    """Return the entries since then that may match, newest first.

    Args:
        tx: a connection.
        needs: what an article in a language must have; None: nothing is known, all may match.
        fitting: of each language the words that would do, for what it must have.
        since: of their dates.
        most: so many of those that came last are enough, where something is known; None: all.
    """
    if None in needs.values():
        found: str | None = await tx.scalar(_ALL, {"since": since})
        return tuple(json.loads(found or "[]"))
    asked = [
        _expression(need, fitting.get(code, {})) for code, need in needs.items() if need is not None
    ]
    expression = " OR ".join(filter(None, asked))
    if not expression:
        return ()
    asked_of = {"expression": expression, "since": since, "most": -1 if most is None else most}
    found = await tx.scalar(_FOUND, asked_of)
    return tuple(json.loads(found or "[]"))


def _expression(need: Need, fitting: Mapping[Word, Mapping[str, int]]) -> str:
    """Return a need in the language of FTS5; empty: no article can have that."""
    match need:
        case Word():
            return _joined(" OR ", map(str, sorted(fitting[need].values())))
        case AllOf():
            asked = [_expression(part, fitting) for part in telling(need)]
            return _joined(" AND ", asked) if all(asked) else ""
        case AnyOf(parts):
            asked = [_expression(part, fitting) for part in parts]
            return _joined(" OR ", filter(None, asked))


def asked_for(need: Need) -> Iterator[Word]:
    """Yield the words that the index is asked for."""
    match need:
        case Word():
            yield need
        case AllOf():
            for part in telling(need):
                yield from asked_for(part)
        case AnyOf(parts):
            for part in parts:
                yield from asked_for(part)


def telling(need: AllOf) -> Sequence[Need]:
    """Return the parts that narrow: a word of two letters is in too many others."""
    return [p for p in need.parts if not (isinstance(p, Word) and is_short(p))] or need.parts


def is_short(wanted: Word) -> bool:
    """Tell whether each word there is must be looked at to find those that would do."""
    return any(len(key) < PIECE for key in wanted.keys)


async def fitting(tx: AsyncConnection, language: str, wanted: Word) -> Mapping[str, int]:
    """Return the words that would do, with their numbers."""
    keys = [key for key in wanted.keys if not any(k in key for k in wanted.keys if k != key)]
    quoted = ['"' + key.replace('"', '""') + '"' for key in keys if len(key) >= PIECE]
    has_it = [func.instr(words.c.entry, key) > 0 for key in keys if len(key) < PIECE]
    which = (words.c.language == language) & or_(words.c.word == "", *has_it)
    rows = (await tx.execute(select(words.c.word, words.c.id).where(which))).all()
    if quoted:
        asked = {"language": language, "pieces": " OR ".join(quoted)}
        rows = [*rows, *await tx.execute(_WITH_PIECES, asked)]
    return await asyncio.to_thread(lambda: {w: n for w, n in rows if wanted.fits(w)})


def _joined(by: str, parts: Iterable[str]) -> str:
    joined = by.join(parts)
    return f"({joined})" if joined else ""


def _written(numbers: Iterable[int]) -> str:
    return " ".join(map(str, numbers))

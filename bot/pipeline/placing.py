"""Puts articles that came, and that match, into the stories that they would be in."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import aclosing
from dataclasses import replace

from bot.alerts.ongoing import AGAIN
from bot.alerts.rehearsal import Arrived, Place
from bot.pipeline.beside import Helpers
from bot.pipeline.joining import LEAD
from bot.pipeline.stories import as_stored, document, recall
from bot.stories.engine import Stories
from bot.stories.facts import READ
from bot.stories.reading import Reading, read_all
from bot.stories.said import Said, said_by
from bot.stories.values import Document

AT_ONCE = 100
"""So many articles are asked together what they say: some tenths of a second."""
Part = Sequence[Arrived]
"""Some of the articles, in the order in which they came."""


async def placed(arrived: AsyncIterator[Part], mode: str, helpers: Helpers) -> Part:
    """Return articles with their stories: the one that each is in, or else the one it would join.

    Those that join do so by their titles and the beginnings of their texts, as if these were the
    only articles that any list matched. Where a story has several, each comes with what it says.

    Args:
        arrived: articles in the order in which they came, some at a time.
        mode: which articles are told as one: see `bot.alerts.rehearsal.Terms`.
        helpers: who reads.
    """
    first: list[Part] = []
    async for some in arrived:
        first.append(some)
        if mode != "off" and any(each.place is None for each in some):
            break
    else:
        # Nothing has to be worked out where all of them are in stories, or none is to be.
        return [each for some in first for each in some]
    engine, found = Stories(), list[Arrived]()
    async with aclosing(helpers.in_order(_read(first, arrived, helpers))) as read:
        async for some, readings in read:
            found += await asyncio.to_thread(_joined, engine, some, readings)
    return await _saying(found, helpers)


async def _read(
    first: Sequence[Part], then: AsyncIterator[Part], helpers: Helpers
) -> AsyncIterator[Awaitable[tuple[Part, Sequence[Reading]]]]:
    async def read(some: Part) -> tuple[Part, Sequence[Reading]]:
        return some, await helpers.run(read_all, [_document(each) for each in some])

    for some in first:
        yield read(some)
    async for some in then:
        yield read(some)


def _document(arrived: Arrived) -> Document:
    found, article = arrived.found, arrived.found.article
    lead = replace(article, text=article.text[:LEAD])
    return document(found.entry_id, found, lead, arrived.at)


def _joined(engine: Stories, some: Part, readings: Sequence[Reading]) -> list[Arrived]:
    return [_placed(engine, *each) for each in zip(some, readings, strict=True)]


def _placed(engine: Stories, arrived: Arrived, reading: Reading) -> Arrived:
    place = arrived.place
    if place is None:
        decision = engine.add(reading)
        return replace(arrived, place=Place(int(decision.story), decision.verdict))
    if place.verdict not in AGAIN:
        recall(engine, reading, place.story)
    return arrived


async def _saying(arrived: Part, helpers: Helpers) -> Part:
    """Return articles with what they say, which matters where their story has others as well."""
    silent = await asyncio.to_thread(_silent, arrived)
    async with aclosing(helpers.in_order(_said(silent, helpers))) as parts:
        said = [each async for some in parts for each in some]

    def with_said() -> list[Arrived]:
        by_entry = {each.found.entry_id: says for each, says in zip(silent, said, strict=True)}
        return [_with_said(each, by_entry.get(each.found.entry_id)) for each in arrived]

    return await asyncio.to_thread(with_said)


def _silent(arrived: Part) -> Part:
    members = Counter(each.place.story for each in arrived if each.place)
    return [
        each
        for each in arrived
        if each.place and not each.place.said and members[each.place.story] > 1
    ]


def _with_said(arrived: Arrived, said: Said | None) -> Arrived:
    if arrived.place is None or said is None:
        return arrived
    return replace(arrived, place=replace(arrived.place, said=as_stored(said)))


async def _said(arrived: Part, helpers: Helpers) -> AsyncIterator[Awaitable[list[Said]]]:
    for at in range(0, len(arrived), AT_ONCE):
        some = [each.found for each in arrived[at : at + AT_ONCE]]
        heads = [(replace(e.article, text=e.article.text[:READ]), e.published) for e in some]
        yield helpers.run(said_by, heads)

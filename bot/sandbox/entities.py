"""Message entities and Telegram's rules for how they may nest, join and be cut.

Offsets and lengths count UTF-16 code units, as everywhere in the Bot API. The rules are those of
TDLib's `fix_entities` (td/telegram/MessageEntity.cpp): links, code and quotes are *firm* and are
dropped where they cross; bold and its like are *soft*: joined where they touch, and split where a
firm entity begins or ends.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

SOFT = ("bold", "italic", "underline", "strikethrough", "spoiler")
QUOTES = ("blockquote", "expandable_blockquote")
_CODE = ("code", "pre")
_AUTOMATIC = ("mention", "hashtag", "cashtag", "bot_command", "url", "email")
_PRIORITY = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}
_MOST = 100
"""Formatting entities that a message keeps; TDLib: MAX_USER_ENTITY_COUNT, a limit of the server."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A formatted stretch of a message.

    Attributes:
        kind: the Bot API's `type`.
        offset: where it begins, in UTF-16 units.
        length: how long it is, in UTF-16 units.
        url: the target of a `text_link`.
        language: the language of a `pre`.
        user: the user of a `text_mention`.
        emoji: the id of a `custom_emoji`.
    """

    kind: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    user: int | None = None
    emoji: str | None = None

    @property
    def end(self) -> int:
        """The first UTF-16 unit behind it."""
        return self.offset + self.length


def units(text: str) -> int:
    """Returns the length of `text` in UTF-16 code units."""
    return len(text) + sum(char > "\uffff" for char in text)


def in_order(entities: Iterable[Entity]) -> list[Entity]:
    """Returns the entities in Telegram's order: by place, the longer first, then by type."""
    return sorted(entities, key=lambda e: (e.offset, -e.length, _PRIORITY.get(e.kind, 50)))


def settle(entities: Iterable[Entity]) -> list[Entity]:
    """Returns the entities as they may stand in one message, in Telegram's order."""
    kept = [entity for entity in entities if entity.length > 0]
    quotes = _apart(e for e in kept if e.kind in QUOTES)
    firm = _apart(e for e in kept if e.kind not in SOFT and e.kind not in QUOTES)
    frame = in_order([*quotes, *(e for e in firm if not _crosses(e, quotes))])
    return in_order([*frame, *_split([e for e in kept if e.kind in SOFT], frame)])


def keep_most(entities: Iterable[Entity]) -> list[Entity]:
    """Drops what goes beyond 100 formatting entities: soft ones first, then the last ones."""
    entities = list(entities)
    free = [e for e in entities if e.kind == "custom_emoji" or e.kind in _AUTOMATIC]
    firm = [e for e in entities if e.kind not in SOFT and e not in free][:_MOST]
    soft = _split([e for e in entities if e.kind in SOFT], [])[: _MOST - len(firm)]
    return settle([*free, *firm, *soft])


def add_automatic(entities: list[Entity], found: list[Entity]) -> list[Entity]:
    """Adds entities that Telegram finds itself, where no link, code or mention stands already."""
    firm = [e for e in entities if e.kind not in SOFT and e.kind not in QUOTES]
    quotes = [e for e in entities if e.kind in QUOTES]
    new = [
        entity
        for entity in found
        if not any(entity.offset < old.end and old.offset < entity.end for old in firm)
        and not _crosses(entity, quotes)
    ]
    return settle([*entities, *new]) if new else entities


def _apart(entities: Iterable[Entity]) -> list[Entity]:
    """Keeps the first of any that overlap, nested ones included."""
    kept: list[Entity] = []
    for entity in in_order(entities):
        if not kept or entity.offset >= kept[-1].end:
            kept.append(entity)
    return kept


def _crosses(entity: Entity, quotes: list[Entity]) -> bool:
    """Whether it overlaps a quotation without lying inside it."""
    return any(
        entity.offset < quote.end
        and quote.offset < entity.end
        and not (quote.offset <= entity.offset and entity.end <= quote.end)
        for quote in quotes
    )


def _split(soft: list[Entity], frame: list[Entity]) -> list[Entity]:
    """Joins soft entities of one type, then cuts them at the edges of the frame and of each other.

    A soft entity is also cut where another soft one begins inside it (but not where that ends),
    which is how TDLib's `split_entities` writes overlapping styles down.
    """
    joined = [part for kind in SOFT for part in _joined([e for e in soft if e.kind == kind])]
    edges = {e.offset for e in frame} | {e.end for e in frame} | {e.offset for e in joined}
    cuts = sorted(edges)
    code = [e for e in frame if e.kind in _CODE]
    parts = (part for entity in joined for part in _cut(entity, cuts))
    return in_order(part for part in parts if not any(_inside(part, pre) for pre in code))


def _joined(same: list[Entity]) -> list[Entity]:
    joined: list[Entity] = []
    for entity in sorted(same, key=lambda e: e.offset):
        if joined and entity.offset <= joined[-1].end:
            last = joined[-1]
            joined[-1] = replace(last, length=max(last.end, entity.end) - last.offset)
        else:
            joined.append(entity)
    return joined


def _cut(entity: Entity, cuts: list[int]) -> list[Entity]:
    begin = bisect_right(cuts, entity.offset)
    inner = [cut for cut in cuts[begin:] if cut < entity.end]
    bounds = [entity.offset, *inner, entity.end]
    return [replace(entity, offset=start, length=end - start) for start, end in pairwise(bounds)]


def _inside(part: Entity, whole: Entity) -> bool:
    return whole.offset <= part.offset and part.end <= whole.end

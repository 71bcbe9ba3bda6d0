"""From what a bot sends (text, parse mode, entities) to what a message holds.

Written from TDLib's `fix_formatted_text` (td/telegram/MessageEntity.cpp): control characters go,
white space at both ends goes, entities are settled, automatic ones are added.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from bot.sandbox.detect import find_entities
from bot.sandbox.entities import Entity, add_automatic, keep_most, settle, units
from bot.sandbox.errors import bad_request
from bot.sandbox.html import HtmlError, parse_html
from bot.sandbox.links import LinkError, check_link

TEXT_LENGTH = 4096
"""Code points of a text after parsing (Bot API: sendMessage)."""
CAPTION_LENGTH = 1024
"""Code points of a caption after parsing (Bot API: sendPhoto)."""

_EDGE_SPACE = " \n"
_CODE_SPACE = 0x20
_DROPPED = {"\r", "\u0333", "\u033f", "\u030a", *map(chr, range(0x2028, 0x202F))}
_KINDS = {
    *("bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "text_link"),
    *("text_mention", "custom_emoji", "blockquote", "expandable_blockquote"),
}


@dataclass(frozen=True, slots=True)
class Formatted:
    """Plain text with its entities, as a message holds it."""

    text: str
    entities: tuple[Entity, ...]


def format_text(
    source: str, parse_mode: str | None = None, entities: list[Any] | None = None
) -> Formatted:
    """Returns the text as people see it, with at most 100 formatting entities.

    Args:
        source: text as the bot wrote it.
        parse_mode: `HTML` in any case, or nothing. Markdown is not offered here.
        entities: Bot API MessageEntity objects; not looked at when there is a parse mode.

    Raises:
        ApiError: Telegram would refuse it, in Telegram's words.
    """
    if any("\ud800" <= char <= "\udfff" for char in source):
        raise bad_request("strings must be encoded in UTF-8")
    if (parse_mode or "").lower() == "html":
        try:
            text, marked = parse_html(source)
        except HtmlError as error:
            raise bad_request(f"can't parse entities: {error}") from None
    elif parse_mode:
        raise bad_request("unsupported parse_mode")
    else:
        text, marked = source, [e for e in map(_given, entities or []) if e is not None]
    text, kept = _trim(*_clean(text, settle(marked)))
    return Formatted(text, tuple(add_automatic(keep_most(kept), find_entities(text))))


def to_api(
    entities: tuple[Entity, ...], user: Callable[[int], dict[str, Any] | None]
) -> list[dict[str, Any]]:
    """Returns Bot API MessageEntity objects; mentions of people unknown to `user` are dropped."""
    objects = []
    for entity in entities:
        found: dict[str, Any] = {
            "type": entity.kind,
            "offset": entity.offset,
            "length": entity.length,
        }
        if entity.user is not None:
            found["user"] = user(entity.user)
        extra = {
            "url": entity.url,
            "language": entity.language,
            "custom_emoji_id": entity.emoji,
        }
        found.update((key, value) for key, value in extra.items() if value is not None)
        if found.get("user", True):
            objects.append(found)
    return objects


def _given(entity: object) -> Entity | None:
    """Reads one MessageEntity; those that Telegram finds by itself are left to it."""
    if not isinstance(entity, dict):
        raise bad_request("can't parse entities: MessageEntity must be an Object")
    kind, offset, length = entity.get("type"), entity.get("offset"), entity.get("length")
    if not isinstance(offset, int) or not isinstance(length, int):
        raise bad_request('can\'t parse entities: Field "offset" must be of type Number')
    if kind not in _KINDS or length <= 0 or offset < 0:
        return None
    made = Entity(str(kind), offset, length)
    if kind == "text_link":
        try:
            return replace(made, url=check_link(str(entity.get("url", ""))))
        except LinkError as error:
            url = entity.get("url", "")
            raise bad_request(f"entity URL '{url}' is invalid: {error}") from None
    if kind == "pre":
        return replace(made, language=entity.get("language"))
    if kind == "custom_emoji":
        return replace(made, emoji=str(entity.get("custom_emoji_id", "")))
    if kind == "text_mention":
        user = entity.get("user")
        number = user.get("id") if isinstance(user, dict) else None
        return replace(made, user=number) if isinstance(number, int) else None
    return made


def _clean(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Turns control characters into spaces and drops those that Telegram drops."""
    kept = ["" if char in _DROPPED else _shown(char) for char in text]
    places = dict(
        zip(
            accumulate(map(units, text), initial=0),
            accumulate(map(units, kept), initial=0),
            strict=True,
        )
    )
    moved = []
    for entity in entities:
        if entity.offset not in places or entity.end not in places:
            raise bad_request(
                f"entity beginning at UTF-16 offset {entity.offset} ends after the end of the "
                f"text at UTF-16 offset {entity.end}"
            )
        start, end = places[entity.offset], places[entity.end]
        moved.append(replace(entity, offset=start, length=end - start))
    return "".join(kept), settle(moved)


def _shown(char: str) -> str:
    return " " if ord(char) < _CODE_SPACE and char != "\n" else char


def _trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Cuts white space off both ends; at the beginning only as far as the first entity."""
    text = text.rstrip(_EDGE_SPACE)
    length = units(text)
    kept = [replace(e, length=min(e.end, length) - e.offset) for e in entities if e.offset < length]
    lead = len(text) - len(text.lstrip(_EDGE_SPACE))
    lead = min([lead, *(e.offset for e in kept)])
    return text[lead:], [replace(e, offset=e.offset - lead) for e in kept]

"""Telegram's HTML: a marked-up source becomes plain text and entities, or is refused.

Written from the behaviour of TDLib's `parse_html` (td/telegram/MessageEntity.cpp), error texts
included; byte offsets count the UTF-8 bytes of the source. `tg-time`, new in Bot API 10, is the
one tag that is missing here.
"""

import re
from dataclasses import dataclass, replace

from bot.sandbox.entities import Entity, in_order, units
from bot.sandbox.links import LinkError, check_link, linked_user

_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TAGS = {*_SIMPLE, "a", "code", "pre", "blockquote", "tg-emoji"}
_NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}

# A NUL ends the source, and counts as white space, as it does in TDLib.
_PLAIN = re.compile(rb"[^&<]+")
_SPACE = re.compile(rb"[ \t\r\n\v]*")
_TAG_NAME = re.compile(rb"[^ \t\r\n\v\0>]*")
_ATTRIBUTE_NAME = re.compile(rb"[^ \t\r\n\v\0=>/\"']*")
_TOKEN = re.compile(rb"[A-Za-z0-9.\-]*")
_TOKEN_ENDS = b" \t\r\n\v\0>"
_REFERENCE = re.compile(rb"&(?:#x([0-9A-Fa-f]*)|#([0-9]*)|([A-Za-z]*))")
_LONGEST_NUMBER = 10
_EMOJI_ID = re.compile(r"-?[0-9]{1,19}")


class HtmlError(ValueError):
    """A source that Telegram refuses; the message is Telegram's reason."""


@dataclass(frozen=True, slots=True)
class _OpenTag:
    name: str
    argument: str
    offset: int
    piece: int


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Returns the text without its tags and the entities that they stood for, in order.

    Args:
        source: text in Telegram's HTML; no lone surrogates.

    Raises:
        HtmlError: TDLib would refuse the source.
    """
    return _Parser(source).parse()


class _Parser:
    def __init__(self, source: str) -> None:
        self._data = source.encode() + b"\0"
        self._end = len(self._data) - 1
        self._at = 0
        self._pieces: list[str] = []
        self._units = 0
        self._open: list[_OpenTag] = []
        self._entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        while self._at < self._end:
            plain = _PLAIN.match(self._data, self._at, self._end)
            if plain:
                self._at = plain.end()
                self._emit(plain[0].decode())
            elif self._data[self._at] == ord("&"):
                self._emit(self._reference() or self._take())
            elif self._data[self._at + 1] == ord("/"):
                self._end_tag()
            else:
                self._start_tag()
        if self._open:
            tag = self._open[-1].name
            raise HtmlError(f'Can\'t find end tag corresponding to start tag "{tag}"')
        text = "".join(self._pieces)
        if any("\ud800" <= char <= "\udfff" for char in text):
            raise HtmlError(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        # Code keeps its language only until it has met its <pre>.
        found = (replace(e, language=None) if e.kind == "code" else e for e in self._entities)
        return text, in_order(found)

    def _emit(self, text: str) -> None:
        self._pieces.append(text)
        self._units += units(text)

    def _take(self) -> str:
        self._at += 1
        return chr(self._data[self._at - 1])

    def _skip_space(self) -> None:
        found = _SPACE.match(self._data, self._at)
        if found:
            self._at = found.end()

    def _match(self, pattern: re.Pattern[bytes]) -> str:
        found = pattern.match(self._data, self._at)
        if not found:
            return ""
        self._at = found.end()
        return found[0].decode()

    def _reference(self) -> str | None:
        """Decodes `&lt;` and its like at the present place; None leaves a plain ampersand."""
        found = _REFERENCE.match(self._data, self._at)
        if not found:
            return None
        hexadecimal, decimal, name = found.groups()
        if name is not None:
            char = _NAMED.get(name)
        else:
            char = _numbered(hexadecimal, decimal, found.end() - found.start())
        if char is not None:
            self._at = found.end() + (self._data[found.end()] == ord(";"))
        return char

    def _start_tag(self) -> None:
        begin = self._at
        self._at += 1
        tag = _lower(self._match(_TAG_NAME))
        if self._data[self._at] == 0:
            raise HtmlError(f"Unclosed start tag at byte offset {begin}")
        if tag not in _TAGS:
            raise HtmlError(f'Unsupported start tag "{tag}" at byte offset {begin}')
        argument = ""
        while self._data[self._at] != ord(">"):
            self._skip_space()
            if self._data[self._at] == ord(">"):
                break
            name, value = self._attribute(tag, begin)
            found = _argument(tag, name, value)
            argument = argument if found is None else found
        if tag == "span" and argument != "spoiler":
            raise HtmlError(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self._at += 1
        self._open.append(_OpenTag(tag, argument, self._units, len(self._pieces)))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str | None]:
        """Reads `name="value"`, `name=token` or a bare `name`."""
        name = self._match(_ATTRIBUTE_NAME)
        if not name:
            raise HtmlError(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
        self._skip_space()
        if self._data[self._at] == ord("="):
            self._at += 1
            self._skip_space()
            return name, self._value(tag, begin)
        if self._data[self._at] == 0:
            raise HtmlError(f'Unclosed start tag "{tag}" at byte offset {begin}')
        return name, None

    def _value(self, tag: str, begin: int) -> str:
        first = self._data[self._at]
        if first == 0:
            raise HtmlError(f'Unclosed start tag "{tag}" at byte offset {begin}')
        value = self._quoted() if first in b"\"'" else self._token()
        if self._data[self._at] == 0:
            raise HtmlError(f"Unclosed start tag at byte offset {begin}")
        return value

    def _token(self) -> str:
        begin = self._at
        value = _lower(self._match(_TOKEN))
        if self._data[self._at] not in _TOKEN_ENDS:
            raise HtmlError(f"Unexpected end of name token at byte offset {begin}")
        return value

    def _quoted(self) -> str:
        quote = self._data[self._at : self._at + 1]
        self._at += 1
        plain = re.compile(rb"[^&\0" + quote + rb"]+")
        pieces = []
        while self._data[self._at] not in (0, quote[0]):
            pieces.append(self._match(plain) or self._reference() or self._take())
        self._at += self._data[self._at] == quote[0]
        return "".join(pieces)

    def _end_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise HtmlError(f"Unexpected end tag at byte offset {begin}")
        self._at += 2
        name = _lower(self._match(_TAG_NAME))
        self._skip_space()
        if self._data[self._at] != ord(">"):
            raise HtmlError(f"Unclosed end tag at byte offset {begin}")
        self._at += 1
        tag = self._open.pop()
        if name and name != tag.name:
            raise HtmlError(
                f"Unmatched end tag at byte offset {begin}, "
                f'expected "</{tag.name}>", found "</{name}>"'
            )
        if self._units > tag.offset:
            self._close(tag)

    def _close(self, tag: _OpenTag) -> None:
        """Writes down what the tag stood for, now that its extent is known."""
        entity = Entity(_SIMPLE.get(tag.name, tag.name), tag.offset, self._units - tag.offset)
        if tag.name == "a":
            self._close_link(tag, entity)
        elif tag.name in ("pre", "code"):
            self._close_code(tag, entity)
        elif tag.name == "blockquote" and tag.argument:
            self._entities.append(replace(entity, kind="expandable_blockquote"))
        elif tag.name == "tg-emoji":
            if not _EMOJI_ID.fullmatch(tag.argument) or not int(tag.argument):
                raise HtmlError("Invalid custom emoji identifier specified")
            self._entities.append(replace(entity, kind="custom_emoji", emoji=tag.argument))
        else:
            self._entities.append(entity)

    def _close_link(self, tag: _OpenTag, entity: Entity) -> None:
        target = tag.argument or "".join(self._pieces[tag.piece :])
        user = linked_user(target)
        if user is not None:
            self._entities.append(replace(entity, kind="text_mention", user=user))
            return
        try:
            url = check_link(target)
        except LinkError:
            return  # Telegram keeps the text and drops the link.
        self._entities.append(replace(entity, kind="text_link", url=url))

    def _close_code(self, tag: _OpenTag, entity: Entity) -> None:
        """Joins `<pre><code class="language-x">` (or the reverse) into one `pre`."""
        last = self._entities[-1] if self._entities else None
        same = last is not None and (last.offset, last.length) == (entity.offset, entity.length)
        language = tag.argument or None
        if last is not None and same and {last.kind, tag.name} == {"pre", "code"}:
            language = language or (last.language if last.kind == "code" else None)
            if language:
                self._entities[-1] = replace(entity, kind="pre", language=language)
                return
        self._entities.append(replace(entity, language=language))


def _numbered(hexadecimal: bytes | None, decimal: bytes | None, written: int) -> str | None:
    if written >= _LONGEST_NUMBER:
        return None
    code = int(hexadecimal or b"0", 16) if hexadecimal is not None else int(decimal or b"0")
    return chr(code) if 0 < code < 0x10FFFF else None


def _argument(tag: str, name: str, value: str | None) -> str | None:
    """Returns what the attribute means for the tag, or None if it means nothing."""
    if tag == "blockquote" and name == "expandable":
        return "1"
    if value is None:
        return None
    if (tag, name) in (("a", "href"), ("tg-emoji", "emoji-id")):
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return None


def _lower(name: str) -> str:
    return "".join(char.lower() if char.isascii() else char for char in name)

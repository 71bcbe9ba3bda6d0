"""What happens to documents on their way: cut off, flipped, tags lost, read in another charset."""

import re
from collections.abc import Callable
from random import Random

MOST = 300_000
"""Bytes of a document that are kept: it is the damage that is tried, not the length."""
_TAG = re.compile(rb"</?[A-Za-z][^<>]{0,200}>")
_CHARSETS = ("utf-8", "iso-8859-1", "windows-1252", "utf-16", "utf-16-le", "utf-16-be", "utf-7")
_NASTY = (
    *(
        b"&#x110000;",
        b"&#xD800;",
        b"&#0;",
        b"&lol;",
        b"\0",
        b"\xff\xfe",
        b"\xc3",
        b"]]>",
        b"<![CDATA[",
    ),
    *(b"<!--", b"-->", b"<!DOCTYPE x [", b"<![if", b"<!h<!h", b"<?xml encoding='x'?>", b"<script>"),
    *(b'xml:base="//["', b"<base href='javascript:x'>", b'colspan="99999999999"', b"{", b"\\u0000"),
    *(b"9999999-99-99T99:99", b"<a href='http://[::1'>", b"%", b"<br>" * 500, b"<b>" * 500),
)

Mutation = Callable[[bytes, Random], bytes]


def truncated(body: bytes, random: Random) -> bytes:
    """Cut it off somewhere."""
    return body[: random.randint(0, len(body))]


def flipped(body: bytes, random: Random) -> bytes:
    """Change some bytes to others."""
    changed = bytearray(body)
    for _ in range(random.randint(1, 1 + len(body) // 200) if body else 0):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def without_tags(body: bytes, random: Random) -> bytes:
    """Lose one tag in so many."""
    share = random.choice((0.01, 0.1, 0.5))
    return _TAG.sub(lambda tag: b"" if random.random() < share else tag[0], body)


def in_another_charset(body: bytes, random: Random) -> bytes:
    """Be written in one charset and say another."""
    text = body.decode(random.choice(_CHARSETS[:3]), "replace")
    return text.encode(random.choice(_CHARSETS), "replace")


def spiked(body: bytes, random: Random) -> bytes:
    """Have what parsers are known to stumble over put in."""
    changed = bytearray(body)
    for _ in range(random.randint(1, 5)):
        place = random.randint(0, len(changed))
        changed[place:place] = random.choice(_NASTY)
    return bytes(changed)


def repeated(body: bytes, random: Random) -> bytes:
    """Have a stretch in it many times over."""
    begin = random.randint(0, len(body))
    end = min(len(body), begin + random.randint(0, 400))
    return body[:begin] + body[begin:end] * random.randint(2, 100) + body[end:]


MUTATIONS: tuple[Mutation, ...] = (
    truncated,
    flipped,
    without_tags,
    in_another_charset,
    spiked,
    repeated,
)


def mutated(body: bytes, random: Random) -> bytes:
    """Return the document after one to three mishaps."""
    body = body[:MOST]
    for mutation in random.choices(MUTATIONS, k=random.randint(1, 3)):
        body = mutation(body, random)
    return body

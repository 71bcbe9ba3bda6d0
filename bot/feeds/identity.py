"""What makes two bodies or two entries the same: digests to compare instead of texts to keep."""

from hashlib import blake2b

from bot.feeds.urls import canonical
from bot.model import Entry

MAX_KEY = 500
"""Code points of an entry's identity; a longer one is known by its digest."""


def body_digest(body: bytes) -> str:
    """Return the digest of a feed's body: the same body needs no reading."""
    return blake2b(body, digest_size=16).hexdigest()


def entry_digest(entry: Entry) -> str:
    """Return the digest of what an entry says: a new one under a known key is a changed entry."""
    link = canonical(entry.link) if entry.link else ""
    return _digest(entry.title, entry.text, link)


def entry_key(written: str, link: str | None, title: str, text: str) -> str:
    """Return an entry's identity within its feed.

    Args:
        written: the id that the publisher gave, or "".
        link: its absolute address, if it has one.
        title: plain.
        text: plain.
    """
    key = written or (canonical(link) if link else _digest(title, text))
    return key if len(key) <= MAX_KEY else _digest(key)


def _digest(*texts: str) -> str:
    return body_digest("\0".join(texts).encode())

"""A feed of ours in Atom (RFC 4287), for other readers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from bot.pages.environment import is_web, render
from bot.pages.values import Part

NAMESPACE = "http://www.w3.org/2005/Atom"
TYPE = "application/atom+xml; charset=utf-8"
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML may have, halves of a surrogate pair among them."""

ET.register_namespace("", NAMESPACE)


@dataclass(frozen=True, slots=True)
class AtomEntry:
    """A story."""

    id: str
    title: str
    link: str | None
    outlet: str
    published: datetime
    updated: datetime
    also: str
    """Who else reports it, as a sentence; empty: nobody."""
    passage: Sequence[Part]


@dataclass(frozen=True, slots=True)
class AtomFeed:
    """What a reader subscribes to."""

    id: str
    title: str
    address: str
    """Where it is."""
    language: str
    updated: datetime
    entries: Sequence[AtomEntry]


def atom(feed: AtomFeed) -> bytes:
    """Return a feed as XML."""
    root = ET.Element(_name("feed"), {"xml:lang": feed.language})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "updated", _instant(feed.updated))
    _link(root, "self", feed.address)
    _text(ET.SubElement(root, _name("author")), "name", "Ausguck")
    _text(root, "generator", "Ausguck")
    for each in feed.entries:
        _entry(ET.SubElement(root, _name("entry")), each)
    made: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def _entry(node: ET.Element, entry: AtomEntry) -> None:
    _text(node, "id", entry.id)
    _text(node, "title", entry.title)
    _text(node, "published", _instant(entry.published))
    _text(node, "updated", _instant(entry.updated))
    if is_web(entry.link):
        _link(node, "alternate", entry.link or "")
    _text(ET.SubElement(node, _name("author")), "name", entry.outlet)
    html = render("entry.html", {"entry": entry}).strip()
    _text(node, "content", html).set("type", "html")


def _text(parent: ET.Element, name: str, text: str) -> ET.Element:
    node = ET.SubElement(parent, _name(name))
    node.text = _clean(text)
    return node


def _link(parent: ET.Element, rel: str, address: str) -> None:
    ET.SubElement(parent, _name("link"), {"rel": rel, "href": _clean(address)})


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _instant(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"

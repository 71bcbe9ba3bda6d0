"""OPML: a list of feeds as other readers write and read it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from bot.errors import Fault, UserError
from bot.feeds.plain import MAX_TITLE, clean
from bot.feeds.urls import canonical, http_url


@dataclass(frozen=True, slots=True)
class OutlineFeed:
    """One feed of an OPML file."""

    url: str
    title: str
    """May be empty."""
    tags: tuple[str, ...] = ()
    """The folders around it and its categories."""
    line: int = field(default=0, compare=False)
    """Where it stands in the file, from 1; 0: in none."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """What an OPML file says."""

    feeds: tuple[OutlineFeed, ...]
    """Each address once."""
    unusable: tuple[Fault, ...] = ()
    """What is left out: each with its line."""
    duplicates: tuple[Fault, ...] = ()
    """What is listed once more."""


def read_opml(body: bytes, where: str = "OPML") -> Outlines:
    """Read the feeds of an OPML file; one that is in two folders gets the tags of both.

    Args:
        body: the file's content.
        where: how faults name the file.

    Raises:
        UserError: it is no OPML, or there is no feed in it that can be fetched.
    """
    outlines = [found for found in _root(body, where).iter("outline") if _address(found)]
    feeds: dict[str, OutlineFeed] = {}
    unusable, duplicates = [], []
    for outline in outlines:
        if http_url(_address(outline)) is None:
            unusable.append(_unusable(outline, where))
            continue
        feed = _feed(outline)
        key = canonical(feed.url)
        if key in feeds:
            duplicates.append(_duplicate(feed, feeds[key], where))
            feed = _together(feeds[key], feed)
        feeds[key] = feed
    if not feeds:
        none = Fault(where, "there is no feed in it", "an outline with xmlUrl is one")
        raise UserError(*unusable or [none])
    return Outlines(tuple(feeds.values()), tuple(unusable), tuple(duplicates))


def write_opml(feeds: Iterable[OutlineFeed], title: str = "Ausguck") -> bytes:
    """Write feeds as OPML 2.0: in folders by their first tag, with all tags as categories.

    Categories are separated by commas, and slashes mean folders: a tag with such a sign, which no
    category can be, becomes a folder as well.
    """
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = clean(title)
    body = etree.SubElement(root, "body")
    folders: dict[tuple[str, ...], etree._Element] = {(): body}
    for feed in feeds:
        tags = [tag for tag in map(clean, feed.tags) if tag]
        path = (*tags[:1], *(tag for tag in tags[1:] if not _is_category(tag)))
        for depth in range(1, len(path) + 1):
            if path[:depth] not in folders:
                above, name = folders[path[: depth - 1]], path[depth - 1]
                folders[path[:depth]] = etree.SubElement(above, "outline", text=name, title=name)
        name = clean(feed.title) or feed.url
        attributes = {"type": "rss", "text": name, "title": name, "xmlUrl": feed.url}
        if categories := [tag for tag in tags if _is_category(tag)]:
            attributes["category"] = ",".join(categories)
        etree.SubElement(folders[path], "outline", attributes)
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written


def _is_category(tag: str) -> bool:
    return "," not in tag and tag == clean(tag.strip("/"))


def _root(body: bytes, where: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        what = "no valid XML: " + str(error.msg).partition(", line ")[0]
        raise UserError(Fault(where, what, "", line, column)) from None
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise UserError(Fault(where, "it declares entities", "remove its DOCTYPE", 1))
    if root.tag != "opml":
        what = f"this is no OPML: it begins with <{root.tag}>"
        raise UserError(Fault(where, what, "export the feeds as OPML", root.sourceline))
    return root


def _address(outline: etree._Element) -> str:
    """Return the address of an outline that is a feed; readers differ in the attribute's case."""
    written = (value for name, value in outline.attrib.items() if name.lower() == "xmlurl")
    return next(written, "").strip()  # as it is: a name and password in it are wanted


def _unusable(outline: etree._Element, where: str) -> Fault:
    what = f"{clean(_address(outline))[:80]} is no http or https address"
    return Fault(where, what, "mend or remove it", outline.sourceline)


def _duplicate(feed: OutlineFeed, first: OutlineFeed, where: str) -> Fault:
    what = f"{clean(feed.url)[:80]} is listed already in line {first.line}"
    return Fault(where, what, "its tags are put together", feed.line)


def _together(one: OutlineFeed, other: OutlineFeed) -> OutlineFeed:
    tags = tuple(dict.fromkeys((*one.tags, *other.tags)))
    return OutlineFeed(one.url, one.title or other.title, tags, one.line)


def _feed(outline: etree._Element) -> OutlineFeed:
    url = _address(outline)
    title = clean(outline.get("title") or outline.get("text") or "")[:MAX_TITLE]
    tags = tuple(dict.fromkeys(filter(None, _tags(outline))))
    return OutlineFeed(url, "" if title == url else title, tags, outline.sourceline or 0)


def _tags(outline: etree._Element) -> Iterator[str]:
    folders = [found for found in outline.iterancestors("outline") if not _address(found)]
    for folder in reversed(folders):
        yield clean(folder.get("title") or folder.get("text") or "")
    for category in (outline.get("category") or "").split(","):
        yield clean(category.strip().strip("/"))

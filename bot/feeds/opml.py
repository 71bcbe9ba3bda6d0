"""OPML: a list of feeds as other readers write and read it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from bot.errors import Fault, UserError
from bot.feeds.plain import MAX_TITLE, clean
from bot.feeds.urls import http_url


@dataclass(frozen=True, slots=True)
class OutlineFeed:
    """One feed of an OPML file."""

    url: str
    title: str
    """May be empty."""
    tags: tuple[str, ...] = ()
    """The folders around it and its categories."""


def read_opml(body: bytes, where: str = "OPML") -> tuple[OutlineFeed, ...]:
    """Read the feeds of an OPML file, each address once.

    Args:
        body: the file's content.
        where: how faults name the file.

    Raises:
        UserError: it is no OPML, has no feed in it, or some addresses cannot be fetched; each
            fault with its line.
    """
    root = _root(body, where)
    outlines = [found for found in root.iter("outline") if found.get("xmlUrl")]
    faults = [_unusable(found, where) for found in outlines if not http_url(found.get("xmlUrl"))]
    if faults:
        raise UserError(*faults)
    if not outlines:
        raise UserError(Fault(where, "there is no feed in it", "an outline with xmlUrl is one"))
    feeds: dict[str, OutlineFeed] = {}
    for outline in outlines:
        feed = _feed(outline)
        feeds.setdefault(feed.url, feed)
    return tuple(feeds.values())


def write_opml(feeds: Iterable[OutlineFeed], title: str = "Ausguck") -> bytes:
    """Write feeds as OPML 2.0: in folders by their first tag, with all tags as categories."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = clean(title)
    body = etree.SubElement(root, "body")
    folders: dict[str, etree._Element] = {}
    for feed in feeds:
        tags = [clean(tag) for tag in feed.tags]
        name = tags[0] if tags else ""
        if name and name not in folders:
            folders[name] = etree.SubElement(body, "outline", text=name)
        attributes = {"type": "rss", "text": clean(feed.title) or feed.url, "xmlUrl": feed.url}
        if tags:
            attributes["category"] = ",".join(tags)
        etree.SubElement(folders.get(name, body), "outline", attributes)
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written


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


def _unusable(outline: etree._Element, where: str) -> Fault:
    address = clean(outline.get("xmlUrl"))[:80]
    what = f"{address} is no http or https address"
    return Fault(where, what, "mend or remove it", outline.sourceline)


def _feed(outline: etree._Element) -> OutlineFeed:
    url = outline.get("xmlUrl").strip()  # as it is: a name and password in it are wanted
    title = clean(outline.get("title") or outline.get("text") or "")[:MAX_TITLE]
    return OutlineFeed(
        url, "" if title == url else title, tuple(dict.fromkeys(filter(None, _tags(outline))))
    )


def _tags(outline: etree._Element) -> Iterator[str]:
    folders = [found for found in outline.iterancestors("outline") if not found.get("xmlUrl")]
    for folder in reversed(folders):
        yield clean(folder.get("title") or folder.get("text") or "")
    for category in (outline.get("category") or "").split(","):
        yield clean(category.strip("/"))

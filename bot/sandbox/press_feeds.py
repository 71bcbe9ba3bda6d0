"""Writes the sandbox's feeds as RSS 2.0 and Atom."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape

from bot.sandbox.press_data import Outlet

# XML 1.0, section 2.2: these characters may not appear in a document, not even escaped.
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed. `published` is aware UTC in whole seconds."""

    id: str
    url: str
    title: str
    published: datetime
    summary: str = ""
    author: str = ""
    section: str = ""


def rss(outlet: Outlet, entries: Iterable[Entry], *, url: str, changed: datetime) -> str:
    """An RSS 2.0 document.

    Args:
        outlet: Who publishes.
        entries: The items in the order in which they are to appear.
        url: The feed's own address.
        changed: When the feed last changed, UTC.
    """
    items = "\n".join(_rss_item(entry) for entry in entries)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" \
xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>{_text(outlet.title)}</title>
<link>{_text(url)}</link>
<atom:link href="{_text(url)}" rel="self" type="application/rss+xml"/>
<description>{_text(outlet.description)}</description>
<language>de</language>
<lastBuildDate>{http_date(changed)}</lastBuildDate>
{items}
</channel>
</rss>
"""


def atom(outlet: Outlet, entries: Iterable[Entry], *, url: str, changed: datetime) -> str:
    """An Atom 1.0 document (RFC 4287); the arguments are those of `rss`."""
    items = "\n".join(_atom_entry(entry) for entry in entries)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de">
<id>{_text(url)}</id>
<title>{_text(outlet.title)}</title>
<subtitle>{_text(outlet.description)}</subtitle>
<link rel="self" type="application/atom+xml" href="{_text(url)}"/>
<author><name>{_text(outlet.title)}</name></author>
<updated>{changed.isoformat()}</updated>
{items}
</feed>
"""


def http_date(moment: datetime) -> str:
    """A date as HTTP and RSS write it, such as `Fri, 09 May 2025 06:14:00 GMT`."""
    return format_datetime(moment, usegmt=True)


def _rss_item(entry: Entry) -> str:
    return f"""<item>
<title>{_text(entry.title)}</title>
<link>{_text(entry.url)}</link>
<guid isPermaLink="false">{_text(entry.id)}</guid>
<pubDate>{http_date(entry.published)}</pubDate>
{_optional("dc:creator", entry.author)}\
{_optional("category", entry.section)}\
<description>{_text(entry.summary)}</description>
</item>"""


def _atom_entry(entry: Entry) -> str:
    moment = entry.published.isoformat()
    author = f"<author><name>{_text(entry.author)}</name></author>\n" if entry.author else ""
    category = f'<category term="{_text(entry.section)}"/>\n' if entry.section else ""
    return f"""<entry>
<id>{_text(entry.id)}</id>
<title>{_text(entry.title)}</title>
<link rel="alternate" type="text/html" href="{_text(entry.url)}"/>
<published>{moment}</published>
<updated>{moment}</updated>
{author}{category}\
<summary>{_text(entry.summary)}</summary>
</entry>"""


def _optional(tag: str, value: str) -> str:
    return f"<{tag}>{_text(value)}</{tag}>\n" if value else ""


def _text(value: str) -> str:
    return escape(_NOT_XML.sub("", value))

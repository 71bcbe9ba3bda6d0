"""JSON Feed 1.x (jsonfeed.org), read leniently: what has the wrong type is left out."""

import json
from datetime import UTC, datetime
from typing import Any

from bot.feeds.dates import is_day, sane
from bot.feeds.raw import RawEntry, RawFeed


def read_json_feed(body: bytes) -> RawFeed | None:
    """Return the feed, or None if the body is no JSON Feed."""
    try:
        feed = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(feed, dict) or "jsonfeed.org" not in _text(feed.get("version")):
        return None
    items = feed.get("items")
    known = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return RawFeed(_text(feed.get("title")), tuple(map(_entry, known)))


def _entry(item: dict[str, Any]) -> RawEntry:
    texts = (_text(item.get(name)) for name in ("content_html", "content_text", "summary"))
    written = _text(item.get("date_published")) or _text(item.get("date_modified"))
    date = _date(written)
    return RawEntry(
        id=_text(item.get("id")),
        link=_text(item.get("url")) or _text(item.get("external_url")),
        title=_text(item.get("title")),
        texts=tuple(texts),
        published=date,
        whole_day=date is not None and is_day(written),
    )


def _text(value: object) -> str:
    """Return a string as it is, a number as the specification asks, anything else as empty."""
    if isinstance(value, bool):
        return ""
    return str(value) if isinstance(value, str | int | float) else ""


def _date(written: str) -> datetime | None:
    try:
        date = datetime.fromisoformat(written)
        return sane(date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None

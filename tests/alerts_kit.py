"""What the tests of messages share: an article that was found, a reader, what people see."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.alerts import compose
from bot.alerts.compose import Controls, Message
from bot.alerts.telling import Reader, Telling
from bot.model import Article, FoundArticle
from bot.sandbox.html import parse_html
from bot.wording import sentences

PUBLISHED = datetime(2025, 5, 9, 6, 14, tzinfo=UTC)
LINK = "https://depesche.example/1"
HOSTILE_LINKS = ["javascript:alert(1)", "data:text/html,x", "tg://user?id=1", "ftp://a.example/"]

READER = Reader(sentences("de"), ZoneInfo("Europe/Berlin"), {"nordkorea": "Nordkorea"})


def found(
    title: str = "Parade in Moskau", text: str = "", *, link: str | None = LINK, **more: object
) -> FoundArticle:
    given: dict[str, object] = {
        "entry_id": 1,
        "outlet": "Depesche",
        "link": link,
        "article": Article(title, text, "page", "de"),
        "published": PUBLISHED,
        "seen": PUBLISHED,
        "old": False,
        "late": False,
    }
    return FoundArticle(**{**given, **more})  # type: ignore[arg-type]  # the caller knows the fields


def alert_of(
    article: FoundArticle, lists: Sequence[str], reader: Reader, controls: Controls | None = None
) -> Message:
    """The alert for one article that nobody else reports."""
    return compose.alert(Telling(article, lists), reader, controls)


def alone(*articles: FoundArticle) -> list[Telling]:
    return [Telling(article, ("nordkorea",)) for article in articles]


def shown(message: Message) -> str:
    return parse_html(message.html)[0]


def links(message: Message) -> list[str | None]:
    return [entity.url for entity in parse_html(message.html)[1] if entity.kind == "text_link"]

"""Builds the article pages of the sandbox: whole news pages with all that surrounds a text."""

import json
import re
from datetime import datetime
from functools import cache
from html import escape
from string import Template
from zoneinfo import ZoneInfo

from bot.sandbox.press_data import Outlet, Recording, newsroom

_BERLIN = ZoneInfo("Europe/Berlin")
_MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)
_WHOLE_PAGE = re.compile(r"<(?:!doctype|html)\b", re.IGNORECASE)
_HEAD_LENGTH = 4_096  # a whole page says so at its beginning, after comments at the most
_TAG = re.compile(r"<[a-z]", re.IGNORECASE)


def article_url(base_url: str, feed: str, slug: str) -> str:
    """Address of the page of an article."""
    return f"{base_url}/articles/{feed}/{slug}"


def recorded_page(outlet: Outlet, article: Recording, *, base_url: str, published: datetime) -> str:
    """The page of a recorded article in its outlet's layout.

    Args:
        outlet: Who publishes; the teasers on the page are its other articles.
        article: What is published.
        base_url: Root of the sandbox's addresses, without a slash at the end.
        published: Time of publication, aware.
    """
    url = article_url(base_url, outlet.name, article.slug)
    first, rest = _body_html(article.body)
    return _template(outlet.layout).substitute(
        outlet=escape(outlet.title),
        tagline=escape(outlet.description),
        feed=escape(f"{base_url}/feeds/{outlet.name}.xml"),
        format=outlet.format,
        url=escape(url),
        title=escape(article.title),
        summary=escape(article.summary),
        author=escape(article.author),
        section=escape(article.section),
        iso=published.isoformat(),
        date=_german_date(published),
        year=str(published.year),
        json_ld=_json_ld(outlet, article, url, published),
        first=first,
        rest=rest,
        teasers=_teasers(outlet, article, base_url),
    )


def published_page(title: str, html: str) -> str:
    """The page of an article that someone publishes: a whole page as it is, a fragment wrapped.

    Args:
        title: Headline, plain text.
        html: A whole page, a fragment of HTML, or plain paragraphs parted by blank lines.
    """
    if _WHOLE_PAGE.search(html, 0, _HEAD_LENGTH):
        return html
    fragment = html if _TAG.search(html) else _paragraphs(html)
    return _template("plain").substitute(title=escape(title), body=fragment)


@cache
def _template(layout: str) -> Template:
    return Template((newsroom() / f"{layout}.html").read_text(encoding="utf-8"))


def _paragraphs(text: str) -> str:
    return "\n".join(f"<p>{block.strip()}</p>" for block in text.split("\n\n") if block.strip())


def _body_html(body: str) -> tuple[str, str]:
    """The text in two parts; the pages put a box with teasers between them."""
    blocks = [_block_html(block.strip()) for block in body.strip().split("\n\n")]
    return "\n".join(blocks[:2]), "\n".join(blocks[2:])


def _block_html(block: str) -> str:
    if block.startswith("## "):
        return f"<h2>{escape(block.removeprefix('## '))}</h2>"
    return f"<p>{escape(block)}</p>"


def _teasers(outlet: Outlet, article: Recording, base_url: str) -> str:
    others = [other for other in outlet.recordings if other.teased and not other.live]
    return "\n".join(
        f'<li class="teaser"><a href="{escape(article_url(base_url, outlet.name, other.slug))}">'
        f"{escape(other.title)}</a></li>"
        for other in others
        if other is not article
    )


def _json_ld(outlet: Outlet, article: Recording, url: str, published: datetime) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.summary,
        "datePublished": published.isoformat(),
        "author": {"@type": "Person", "name": article.author},
        "publisher": {"@type": "Organization", "name": outlet.title},
        "mainEntityOfPage": url,
        "isAccessibleForFree": True,
    }
    # A "<" in the data could end the script element.
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")


def _german_date(moment: datetime) -> str:
    local = moment.astimezone(_BERLIN)
    return f"{local.day}. {_MONTHS[local.month - 1]} {local.year}, {local:%H:%M} Uhr"

"""Composes what Telegram is sent: HTML text and buttons, from escaped parts only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.alerts.html import bold, escape, is_web, link, one_line, shorten
from bot.alerts.saved import saved
from bot.alerts.snippet import snippet
from bot.model import FoundArticle, Match
from bot.wording import Sentences, language_of

# Together they keep every message below Telegram's 4,096 code points and 100 entities: a digest of
# 10 articles that also names 10 doubts is the longest, at about 3,450.
LABEL, LABELS = 60, 8
GROUP_LABEL = 40
TITLE = 200
ITEM_TITLE = 110
OUTLET = 40
PARAMETERS = 1800  # all of a notice together
RECENT_ITEMS = 10
RETURN_ITEMS = 20
SHORT_TITLE, SHORT_OUTLET = 80, 20
# A feed's text of so many characters is the article: nobody need be told where it is from.
FULL_TEXT = 800


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: it opens a URL, or sends `data` (at most 64 bytes) to the bot."""

    text: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it is sent."""

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    silent: bool = False
    preview: str | None = None
    """The URL to show a preview of; None: no preview."""


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a message is composed."""

    words: Sentences
    zone: ZoneInfo
    labels: Mapping[str, str]
    """How watchlists are shown: name -> label."""
    modes: Mapping[str, str] = field(default_factory=dict)
    """How watchlists are told, by their files: name -> urgent, now, quiet or digest."""
    hidden: frozenset[str] = frozenset()
    """Watchlists that the reader may not know of."""

    def label(self, watchlist: str) -> str:
        """Return the watchlist's label; its name where it has none."""
        return self.words.own.label if "/" in watchlist else self.labels.get(watchlist, watchlist)

    def time(self, instant: datetime) -> str:
        """Return an instant in the reader's zone and words."""
        return self.words.time(instant.astimezone(self.zone))


@dataclass(frozen=True, slots=True)
class Controls:
    """Which buttons an alert has beside the link to its article."""

    letter_id: int
    """Of the message: by it a button knows what it is under, also after a restart."""
    can_be_claimed: bool = False
    """There are several people in the chat, who share the work."""


def alert(
    found: FoundArticle, watchlists: Sequence[str], reader: Reader, controls: Controls | None = None
) -> Message:
    """Compose the alert for one article: lists, linked title, outlet and time, the passage.

    Without `controls` it has no button but that to the article.
    """
    matches = [match for match in found.matches if match.watchlist in watchlists]
    lines = [
        f"🔔 {_headings(watchlists, matches, reader)}",
        f"<b>{_title(found)}</b>",
        f"<i>{_outlet(found)} · {escape(reader.time(found.published))}</i>",
    ]
    if passage := snippet(found.article, matches):
        lines.append(f"<blockquote>{passage}</blockquote>")
    if found.article.text_from == "feed" and len(found.article.text) < FULL_TEXT:
        walled = found.article.walled
        lines.append(reader.words.from_walled if walled else reader.words.from_feed)
    if found.article.text_from == "title":
        walled = found.article.walled
        lines.append(reader.words.from_walled_title if walled else reader.words.from_title)
    link = found.link if found.link is not None and is_web(found.link) else None
    return Message("\n".join(lines), _buttons(controls, link, reader.words), preview=link)


def _buttons(
    controls: Controls | None, link: str | None, words: Sentences
) -> tuple[tuple[Button, ...], ...]:
    if controls is None:
        return ((Button(words.button_article, url=link),),) if link else ()
    number = controls.letter_id
    first = (
        Button(words.button_mute_day, f"mu:{number}"),
        Button(words.button_irrelevant, f"nr:{number}"),
    )
    second = [Button(words.button_settings, f"cf:{number}")]
    if controls.can_be_claimed:
        second.append(Button(words.button_claim, f"cl:{number}"))
    if link is not None:
        second.append(Button(words.button_article, url=link))
    return first, tuple(second)


def catch_up(found: Sequence[FoundArticle], reader: Reader) -> Message:
    """Compose a digest of what was found only after a gap; all of it, at most 10 articles."""
    lines = [reader.words.catch_up_title(len(found)), "", *_items(found, reader)]
    return Message("\n".join(lines))


def digest(
    told: Sequence[tuple[FoundArticle, Sequence[str]]], reader: Reader, *, burst: bool
) -> Message:
    """Compose what was collected, each article with the lists that it is told for.

    It is grouped by list, the newest first in each; what several lists match stands under the
    first of them. After a burst it asks how such a thing is to be told.
    """
    words = reader.words
    groups: dict[str, list[FoundArticle]] = {}
    for found, names in told:
        first = min(names, key=lambda name: reader.label(name).casefold())
        groups.setdefault(first, []).append(found)
    lines = [words.digest_title(len(told))]
    for name in sorted(groups, key=lambda name: reader.label(name).casefold()):
        newest = sorted(groups[name], key=lambda each: each.published, reverse=True)
        items = _items(newest, reader) if len(told) <= RECENT_ITEMS else _short_items(newest)
        lines += ["", bold(shorten(one_line(reader.label(name)), GROUP_LABEL)), *items]
    if not burst:
        return Message("\n".join(lines))
    choices = (
        (Button(words.button_at_once, "fold:at_once"),),
        (Button(words.button_hourly, "fold:hourly"), Button(words.button_folded, "fold:leave")),
    )
    return Message("\n".join([*lines, "", words.digest_burst]), choices)


def back(found: Sequence[FoundArticle], reader: Reader) -> Message:
    """Compose what a chat missed while it was muted: how many, and the newest."""
    newest = sorted(found, key=lambda each: each.published, reverse=True)[:RETURN_ITEMS]
    lines = _short_items(newest)
    if more := len(found) - len(newest):
        lines.append(reader.words.return_more(more))
    return Message("\n".join([reader.words.return_title(len(found)), "", *lines]))


def last(found: Sequence[FoundArticle], reader: Reader) -> Message:
    """Compose the latest alerts of a chat, newest first."""
    lines = [reader.words.last_title(len(found)), "", *_items(found, reader)]
    return Message("\n".join(lines).strip(), silent=True)


def recent(watchlist: str, found: Sequence[FoundArticle], reader: Reader) -> Message:
    """Compose what a list matched in the last 24 hours, to be read without a sound."""
    title = reader.words.recent_title(_labels([watchlist], reader), len(found))
    lines = [title, "", *_items(found[:RECENT_ITEMS], reader)] if found else [title]
    if more := found[RECENT_ITEMS:]:
        lines.append(reader.words.recent_more(len(more)))
    return Message("\n".join(lines), silent=True)


def with_doubts(message: Message, doubted: Sequence[FoundArticle], reader: Reader) -> Message:
    """Add a line for each article whose alert may not have arrived."""
    if not doubted:
        return message
    lines = [reader.words.doubt.format(article=_title(found, ITEM_TITLE)) for found in doubted]
    return Message(
        "\n\n".join(filter(None, [message.html, "\n".join(lines)])),
        message.buttons,
        message.silent,
        message.preview,
    )


def silenced(message: Message, silent: bool) -> Message:  # noqa: FBT001 - it is what is asked
    """Return the message without a sound, where that is wanted."""
    return replace(message, silent=message.silent or silent)


def doubt(reader: Reader) -> Message:
    """Compose the message that only names what may not have arrived."""
    return Message(reader.words.doubt_title)


def notice(key: str, params: Mapping[str, Any], reader: Reader) -> Message:
    """Compose a notice about the service; `key` and `params` are those of the outbox.

    A parameter is a text, or texts by their languages; some are the data of buttons.
    """
    words, buttons = reader.words, _notice_buttons(key, params, reader.words)
    if key == "list_saved":
        return Message(saved(params, words), buttons)
    most = PARAMETERS // max(2, len(params))
    said = {
        name: value[language_of(words)] if isinstance(value, dict) else value
        for name, value in params.items()
    }
    if key == "feed_ill":
        said["error"] = words.sources.error(said["error"])
    shown = {name: escape(shorten(value, most)) for name, value in said.items()}
    return Message(words.notices[key].format(**shown), buttons)


def _notice_buttons(
    key: str, params: Mapping[str, Any], words: Sentences
) -> tuple[tuple[Button, ...], ...]:
    match key:
        case "offer_digest" if handle := params.get("handle"):
            return (
                (Button(words.own.button_collect, f"md:{handle}:digest"),),
                (Button(words.own.button_as_before, f"md:{handle}:now"),),
            )
        case "exclusion_proposed" if number := params.get("exclusion"):
            return ((Button(words.own.button_to_file, f"pr:{number}"),),)
        case _ if undo := params.get("undo"):
            back = key == "list_removed"
            text = words.files.button_bring_back if back else words.files.button_undo
            return ((Button(text, f"undo:{undo}"),),)
        case _:
            return ()


def _labels(watchlists: Sequence[str], reader: Reader) -> str:
    shown = [bold(shorten(one_line(reader.label(name)), LABEL)) for name in watchlists[:LABELS]]
    more = len(watchlists) - len(shown)
    return " · ".join([*shown, f"+{more}"] if more else shown)


def _headings(watchlists: Sequence[str], matches: Sequence[Match], reader: Reader) -> str:
    """Name the lists that matched; of a chat's own, the queries themselves."""
    own = dict.fromkeys(m.query for m in matches if "/" in m.watchlist)
    named = [name for name in watchlists if "/" not in name]
    shown = [_labels(named, reader)] if named else []
    shown += [bold(shorten(one_line(query), LABEL)) for query in list(own)[: LABELS // 2]]
    return " · ".join(shown)


def _items(found: Sequence[FoundArticle], reader: Reader) -> list[str]:
    return [
        f"• {_title(f, ITEM_TITLE)}\n  <i>{_outlet(f)} · {escape(reader.time(f.published))}</i>"
        for f in found
    ]


def _short_items(found: Sequence[FoundArticle]) -> list[str]:
    return [
        f"• {_title(each, SHORT_TITLE)} – {escape(shorten(one_line(each.outlet), SHORT_OUTLET))}"
        for each in found
    ]


def _title(found: FoundArticle, limit: int = TITLE) -> str:
    title = shorten(one_line(found.article.title) or found.link or "–", limit)
    return link(title, found.link)


def _outlet(found: FoundArticle) -> str:
    return escape(shorten(one_line(found.outlet), OUTLET))

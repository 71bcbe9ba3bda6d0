"""Composes what Telegram is sent: HTML text and buttons, from escaped parts only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.alerts.html import bold, capital, escape, is_web, link, one_line, shorten
from bot.alerts.lines import ITEM_TITLE, LABEL, LABELS, OUTLET, SHORT_OUTLET, labels, title
from bot.alerts.saved import saved
from bot.alerts.snippet import snippet
from bot.alerts.telling import Reader, Telling
from bot.model import FoundArticle, Match
from bot.wording import Sentences, language_of

# Together they keep every message below Telegram's 4,096 code points and 100 entities: a digest of
# 10 articles that also names 10 doubts is the longest, at about 3,450.
NEWS = 80
PARAMETERS = 1800  # all of a notice together
ALSO = 20
"""So many other outlets are named."""
# A feed's text of so many characters is the article: nobody need be told where it is from.
FULL_TEXT = 800


Doubted = FoundArticle | str
"""What may not have arrived: the alert of an article, or something else, named in HTML."""


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
class Controls:
    """Which buttons an alert has beside the link to its article."""

    letter_id: int
    """Of the message: by it a button knows what it is under, also after a restart."""
    can_be_claimed: bool = False
    """There are several people in the chat, who share the work."""


def alert(telling: Telling, reader: Reader, controls: Controls | None = None) -> Message:
    """Compose the alert for one event: lists, linked title, outlet and time, the passage.

    Who else reports it is named below. Without `controls` it has no button but that to the article.
    """
    found, watchlists = telling.found, telling.watchlists
    matches = [match for match in found.matches if match.watchlist in watchlists]
    lines = [
        f"🔔 {_headings(watchlists, matches, reader)}",
        f"<b>{title(telling)}</b>",
        f"<i>{_outlet(found, OUTLET)} · {escape(reader.time(found.published))}</i>",
    ]
    if telling.news:
        lines.append(f"🆕 {escape(shorten(capital(reader.words.news(telling.news)), NEWS))}")
    if found.article.text_from == "gone":
        lines.append(reader.words.own.text_gone)
    elif passage := snippet(found.article, matches):
        lines.append(f"<blockquote>{passage}</blockquote>")
    if found.article.text_from == "feed" and len(found.article.text) < FULL_TEXT:
        walled = found.article.walled
        lines.append(reader.words.from_walled if walled else reader.words.from_feed)
    if found.article.text_from == "title":
        walled = found.article.walled
        lines.append(reader.words.from_walled_title if walled else reader.words.from_title)
    lines += _also(telling, reader.words)
    if telling.related is not None:
        other = title(Telling(telling.related, ()), ITEM_TITLE)
        lines.append(reader.words.see_also.format(article=other))
    link = telling.link if telling.link is not None and is_web(telling.link) else None
    return Message("\n".join(lines), _buttons(controls, link, reader.words), preview=link)


def _also(telling: Telling, words: Sentences) -> Iterator[str]:
    """Name who else reports it, each outlet once, with a link to its article."""
    first: dict[str, str] = {}
    for each in telling.also:
        if each.outlet != telling.found.outlet:
            shown = shorten(one_line(each.outlet), SHORT_OUTLET)
            first.setdefault(each.outlet, link(shown, each.link))
    if not first:
        return
    outlets = list(first.values())[:ALSO]
    if more := len(first) - len(outlets):
        outlets.append(words.also_more(more))
    said = words.also_agency(len(first) + 1) if telling.agency else words.also
    yield said.format(agency=escape(telling.agency), outlets=", ".join(outlets))


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


def _outlet(found: FoundArticle, most: int) -> str:
    return escape(shorten(one_line(found.outlet), most))


def with_doubts(message: Message, doubted: Sequence[Doubted], reader: Reader) -> Message:
    """Add a line for each thing that may not have arrived."""
    if not doubted:
        return message
    titles = [
        each if isinstance(each, str) else title(Telling(each, ()), ITEM_TITLE) for each in doubted
    ]
    lines = [reader.words.doubt.format(article=each) for each in titles]
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
    if key in {"feed_ill", "feed_never_read"}:
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


def _headings(watchlists: Sequence[str], matches: Sequence[Match], reader: Reader) -> str:
    """Name the lists that matched; of a chat's own, the queries themselves."""
    own = dict.fromkeys(m.query for m in matches if "/" in m.watchlist)
    named = [name for name in watchlists if "/" not in name]
    shown = [labels(named, reader)] if named else []
    shown += [bold(shorten(one_line(query), LABEL)) for query in list(own)[: LABELS // 2]]
    return " · ".join(shown)

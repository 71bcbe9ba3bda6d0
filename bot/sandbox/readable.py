"""Shows a message as text, as a person sees it in the chat."""

from typing import Any

BOLD, PLAIN = "\x1b[1m", "\x1b[0m"


def message(shown: dict[str, Any], *, colours: bool) -> str:
    """Return a Bot API Message as readable text: its words, links in brackets, buttons below.

    Args:
        shown: the Message.
        colours: whether bold words are set bold for a terminal.
    """
    text = shown.get("text", "")
    units = text.encode("utf-16-le")
    marks = sorted(_marks(shown.get("entities", []), colours), reverse=True)
    for place, mark in marks:
        units = units[: 2 * place] + mark.encode("utf-16-le") + units[2 * place :]
    rows = shown.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = ["  ".join(f"[ {button['text']} ]" for button in row) for row in rows]
    return "\n".join([units.decode("utf-16-le"), *buttons])


def _marks(entities: list[dict[str, Any]], colours: bool) -> list[tuple[int, str]]:  # noqa: FBT001
    """Return what is to be inserted where, in UTF-16 units."""
    marks = []
    for entity in entities:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if entity["type"] == "text_link":
            marks.append((end, f" <{entity['url']}>"))
        elif entity["type"] == "bold" and colours:
            marks += [(start, BOLD), (end, PLAIN)]
        elif entity["type"] in {"blockquote", "expandable_blockquote"}:
            marks.append((start, "│ "))
    return marks

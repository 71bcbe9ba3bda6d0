"""English. Feeds, and how the service is doing."""

from bot.wording.sources import SourceWords

SOURCES = SourceWords(
    title="<b>Sources</b>",
)

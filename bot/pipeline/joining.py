"""Joins what no list matched to stories, for whoever reads what was found; nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.model import FoundArticle
from bot.pipeline.stories import document, recall
from bot.stories.engine import Stories

LEAD = 600
"""Code points of a text that are compared: copies and reports of one event are alike from the
beginning, and all of it would cost twice as much."""
MOST = 1_000
"""Articles, the newest, that are compared: what is older stays alone where it is in no story."""


class Joining:
    """The stories of articles that are found by and by. It takes a millisecond each: off the loop.

    For one thread at a time.
    """

    def __init__(self) -> None:
        """Begin without any article."""
        self.stories: dict[int, int] = {}
        """By the articles' entries."""
        self._engine, self._left = Stories(), MOST

    def take(self, found: Sequence[FoundArticle], known: Mapping[int, int]) -> None:
        """Join some more articles.

        Args:
            found: newest first.
            known: the stories of those that are in one; they stay there.
        """
        some, self._left = found[: self._left], max(0, self._left - len(found))
        self.stories |= known
        for each in sorted(some, key=lambda each: (each.published, each.entry_id)):
            lead = replace(each.article, text=each.article.text[:LEAD])
            told = document(each.entry_id, each, lead, each.published)
            if each.entry_id in known:
                recall(self._engine, told, known[each.entry_id])
            else:
                self.stories[each.entry_id] = int(self._engine.add(told).story)

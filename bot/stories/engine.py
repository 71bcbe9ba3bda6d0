"""Puts each article of a stream into one story, and says why."""

from dataclasses import replace

from bot.stories.identity import keys
from bot.stories.judge import Judge, Members, Nearest
from bot.stories.likeness import Likeness
from bot.stories.reading import Reading, read
from bot.stories.sentences import again, alone, joined, see_also
from bot.stories.series import of_series
from bot.stories.tuning import Limits, Tuning
from bot.stories.values import Candidate, Decision, Document, Verdict
from bot.stories.window import Row, Window

_SHOWN_WORDS = 10
_SAME_AGENCY_ID = 1.0


class Stories:
    """The stories of the last days. Not for several threads at once.

    What an article joins depends on the articles of the window alone, in their order. So a restart
    needs no more than these and their stories: `remember` each of them, oldest first.
    """

    def __init__(self, tuning: Tuning | None = None, limits: Limits | None = None) -> None:
        """Begin without any article."""
        self._tuning, self._limits = tuning or Tuning(), limits or Limits()
        self._window = Window()
        self._stories: dict[str, Members] = {}
        self._next, self._clock = 0, 0.0

    def __len__(self) -> int:
        return len(self._window)

    def add(self, article: Document | Reading) -> Decision:
        """Put an article into a story; one that is known already stays where it is.

        Never raises, whatever the texts are.

        Args:
            article: the article, or what `bot.stories.reading.read` returns of it.
        """
        reading, row = self._read(article)
        likeness = Likeness(self._window, row, self._tuning)
        known = self._known(row, likeness)
        if known is not None:
            decision = self._again(known, row)
        else:
            decision = self._decide(row, Judge(row, reading.terms, likeness, self._tuning))
            self._keep(row, decision.story)
        return replace(decision, agency=reading.agency, correction=reading.correction)

    def remember(self, article: Document | Reading, story: str) -> None:
        """Take in an article with the story that was decided for it before a restart.

        The same results follow as without the restart if all articles that arrived within
        `Limits.keep` are given, as they read now, in the order of their arrival.
        """
        _, row = self._read(article)
        if self._window.known(row.keys.id) is None:
            self._keep(row, story)

    def split(self, document: str) -> str | None:
        """Take an article out of its story, into one of its own: "this is not the same story".

        It stays there whatever comes; nothing else moves. To remember it beyond a restart, keep
        the id that is returned as its story.

        Returns:
            The id of its story now; None if the window does not have the article, or if it is the
            one that opened the story: then the others are the ones to split off.
        """
        row = self._window.known(keys(Document(document, "")).id)
        if row is None or row.story == row.id:
            return None
        self._leave(row)
        self._join(row, row.id)
        return row.id

    def _read(self, article: Document | Reading) -> tuple[Reading, Row]:
        reading = article if isinstance(article, Reading) else read(article, self._clock)
        if reading.seen is not None:
            self._clock = max(self._clock, reading.seen)
        return reading, reading.row(self._next, self._clock)

    def _known(self, row: Row, likeness: Likeness) -> Row | None:
        """Return the article that a new one is once more, or None."""
        known = self._window.known(row.keys.id) or self._window.known(row.keys.url)
        if known is not None:
            return known
        # Some feeds give all entries the same id: under another address it must be alike, too.
        by_guid = self._window.known(row.keys.guid)
        if by_guid is None or not (row.keys.url and by_guid.keys.url):
            return by_guid
        return by_guid if likeness.of(by_guid) >= self._tuning.with_text else None

    def _again(self, known: Row, row: Row) -> Decision:
        if row.content == known.content:
            return Decision(known.story, "duplicate", again(known, changed=False), with_=known.id)
        self._window.replace(known, row)
        return Decision(known.story, "update", again(known, changed=True), with_=known.id)

    def _decide(self, row: Row, judge: Judge) -> Decision:
        original = self._window.known(row.keys.agency)
        if original is not None and self._stories[original.story].is_open(row.time, self._tuning):
            why = f"{original.id} has the same agency's id in its address"
            score = _SAME_AGENCY_ID
            return Decision(original.story, "wire", why, score, score, with_=original.id)
        series = of_series(row, judge.candidates, judge.is_alike)
        if series is not None:
            earlier = series.earlier
            if earlier is None:
                return Decision(row.id, "new", alone(series.what))
            why = f"{series.what}, the same as {earlier.id}"
            return Decision(earlier.story, "same", why, 1.0, 1.0, with_=earlier.id)
        found = judge.ranked(self._stories.__getitem__)
        if not found or found[0].lacks:
            return Decision(row.id, "new", alone(), runner_up=_runner_up(row.id, found))
        return self._joining(row, found)

    def _joining(self, row: Row, found: list[Nearest]) -> Decision:
        best, *others = found
        joins = best.joins and best.is_open
        copied: Verdict = "wire" if best.is_wire else "same"
        return Decision(
            best.row.story if joins else row.id,
            copied if joins else "related",
            joined(best) if joins else see_also(best),
            round(best.score, 3),
            best.threshold,
            best.row.id,
            best.row.story if best.joins and not best.is_open else "",
            tuple(best.shared)[:_SHOWN_WORDS],
            round(best.mass, 1),
            best.vetoes,
            _runner_up(best.row.story, others),
        )

    def _keep(self, row: Row, story: str) -> None:
        self._window.add(row)
        self._next = row.number + 1
        self._join(row, story)
        self._forget()

    def _forget(self) -> None:
        keep = self._limits.keep
        since = self._clock - keep.total_seconds() / 3600 if keep else float("-inf")
        while (oldest := self._window.oldest()) is not None:
            if len(self._window) <= self._limits.documents and oldest.clock >= since:
                break
            self._window.drop(oldest)
            self._leave(oldest)

    def _join(self, row: Row, story: str) -> None:
        row.story = story
        members = self._stories.get(story)
        if members is None:
            self._stories[story] = Members(story, [row], row.time, row.time)
            return
        members.rows.append(row)
        members.opened = min(members.opened, row.time)
        members.latest = max(members.latest, row.time)

    def _leave(self, row: Row) -> None:
        members = self._stories[row.story]
        members.rows.remove(row)
        if not members.rows:
            del self._stories[row.story]


def _runner_up(story: str, found: list[Nearest]) -> Candidate | None:
    for each in found:
        if each.row.story != story:
            vetoes = (*each.lacks, *each.vetoes)
            return Candidate(each.row.id, each.row.story, round(each.score, 3), vetoes)
    return None

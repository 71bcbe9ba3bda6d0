"""What the doctor for lists answers with. Pure: texts and buttons."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from bot.alerts.compose import Button, Message
from bot.alerts.html import escape, link, one_line, shorten
from bot.pipeline.doctor import Report
from bot.watch.diagnosis import Diagnosis, Implied
from bot.watch.edits import Replace, shown
from bot.watch.remedies import Remedy
from bot.watch.tally import FormCount, LineCount
from bot.watch.trial import Tried
from bot.watch.watchlist import Query
from bot.wording import Sentences
from bot.wording.doctor import DoctorWords

MOST, MOST_CHANGES = 4, 5
LABEL, LINE, FORM, TITLE = 40, 50, 40, 60
KEYS_IN_ROW = 2

T = TypeVar("T")


def report(found: Report, label: str, days: int, words: Sentences) -> str:
    """Return what there is to say of a list, as HTML."""
    said, counted = words.doctor, found.diagnosis.tally
    lines = [said.title(days).format(label=_cut(label, LABEL))]
    figures = {"events": counted.events, "articles": counted.articles, "unwanted": counted.unwanted}
    lines.append((said.counted_unwanted if counted.unwanted else said.counted).format(**figures))
    lines += [said.cut] if found.cut else []
    lines += [said.anywhere] if found.anywhere else []
    lines += _findings(found.diagnosis, words)
    if found.diagnosis.is_well and not found.tried:
        return "\n".join([*lines, "", said.well])
    if not found.tried:
        return "\n".join([*lines, "", said.no_changes])
    lines += ["", said.changes]
    for number, each in enumerate(found.tried[:MOST_CHANGES], start=1):
        lines += _change(number, each, found.diagnosis, said)
    return "\n".join(lines)


def keys(number: int, changes: int, words: DoctorWords) -> tuple[tuple[Button, ...], ...]:
    """Return the buttons that make one of so many changes: `dr:NUMBER:PLACE`."""
    made = [
        Button(words.button_apply.format(number=at + 1), f"dr:{number}:{at}")
        for at in range(changes)
    ]
    return tuple(tuple(made[at : at + KEYS_IN_ROW]) for at in range(0, changes, KEYS_IN_ROW))


def choice(lists: dict[str, str], text: str, handle: Callable[[str], str]) -> Message:
    """Return a question which list is meant; `lists` are their labels by their names."""
    rows = tuple(
        (Button(shorten(one_line(label), LABEL), f"dn:{handle(name)}"),)
        for name, label in lists.items()
    )
    return Message(text, rows)


def _findings(found: Diagnosis, words: Sentences) -> Iterator[str]:
    said, all_, unwanted = words.doctor, found.tally.events, found.tally.unwanted

    def share(what: str, count: int, of: int) -> str:
        return said.share.format(what=what, count=count, all=of)

    def form(each: FormCount) -> str:
        return escape(words.watch.place(shorten(one_line(each.text), FORM), each.rule))

    def loud(each: LineCount) -> str:
        return share(_code(each.query), each.events, all_)

    def unwanted_line(each: LineCount) -> str:
        return share(_code(each.query), each.unwanted, unwanted)

    def unwanted_form(each: FormCount) -> str:
        return share(form(each), each.unwanted, each.events)

    def surprising(each: FormCount) -> str:
        return said.of_events.format(what=form(each), count=each.alone)

    def implied(each: Implied) -> str:
        by = {"by": _cut(each.by.text, LINE), "number": each.by.line}
        return said.implied_how[each.how].format(line=_cut(each.query.text, LINE), **by)

    yield from _some(said, said.never, found.never, _listed)
    yield from _some(said, said.idle, found.idle, _listed)
    yield from _some(said, said.loud, found.loud, loud)
    yield from _some(said, said.unwanted, found.unwanted, unwanted_line)
    yield from _some(said, said.unwanted_forms, found.unwanted_forms, unwanted_form)
    yield from _some(said, said.surprising, found.surprising, surprising)
    yield from _some(said, said.implied, found.implied, implied)


def _some(
    said: DoctorWords, title: str, found: Sequence[T], told: Callable[[T], str]
) -> Iterable[str]:
    """Return a title and some of what was found, each on a line; nothing for nothing."""
    if not found:
        return ()
    lines = ["", title, *(told(each) for each in found[:MOST])]
    more = len(found) - MOST
    return [*lines, said.more.format(count=more)] if more > 0 else lines


def _change(number: int, tried: Tried, found: Diagnosis, said: DoctorWords) -> Iterator[str]:
    before = found.tally
    yield f"{number}. {change(tried.remedy, said)} – {said.why[tried.remedy.why]}"
    effect = said.effect.format(
        events=before.events,
        events_after=tried.events,
        articles=before.articles,
        articles_after=tried.articles,
    )
    if before.unwanted:
        figures = {"unwanted": before.unwanted, "unwanted_after": tried.unwanted}
        effect = f"{effect}, {said.effect_unwanted.format(**figures)}"
    yield f"   {effect}"
    titles = [link(_title(each.article.title), each.link) for each in tried.left_out]
    if titles:
        yield f"   <i>{said.left_out}</i> {' · '.join(titles)}"


def change(remedy: Remedy, said: DoctorWords) -> str:
    """Return a change as one would write it, as HTML."""
    match remedy.edit:
        case Replace(_, old, ""):
            return said.delete.format(line=_cut(old, LINE))
        case Replace(_, old, new):
            return said.replace.format(old=_cut(old, LINE), new=_cut(new, LINE))
        case edit:
            return f"<code>{_cut(shown(edit), LINE)}</code>"


def _title(title: str) -> str:
    return shorten(one_line(title), TITLE) or "–"


def _listed(query: Query) -> str:
    return f"• {_code(query)}"


def _code(query: Query) -> str:
    return f"<code>{_cut(query.text, LINE)}</code>"


def _cut(text: str, most: int) -> str:
    return escape(shorten(one_line(text), most))

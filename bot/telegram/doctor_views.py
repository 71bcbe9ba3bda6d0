"""What the doctor for lists answers with. Pure: texts and buttons."""

import re
from collections.abc import Callable, Iterator, Sequence

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

_SIZES = ((5, 5), (4, 4), (3, 3), (2, 2), (1, 1))
"""So many of each kind, and so many changes, are named: the first that fit."""
FITS = 3_900
"""Of the 4,096 code points of a message."""
MOST_TOGETHER = 3
"""Lines that are named where only together they make another one superfluous."""
LABEL, LINE, FORM, PLACE, TITLE = 40, 50, 40, 80, 60
KEYS_IN_ROW = 2

_TAG = re.compile(r"<[^<>]*>")


def report(found: Report, label: str, days: int, words: Sentences) -> tuple[str, int]:
    """Return what there is to say of a list, as HTML, and how many changes it names.

    As much of it as fits into a message.
    """
    for most, changes in _SIZES:
        lines = _report(found, words, most, changes)
        text = "\n".join([words.doctor.title(days).format(label=_cut(label, LABEL)), *lines])
        if len(_TAG.sub("", text)) <= FITS:
            break
    return text, min(changes, len(found.tried))


def _report(found: Report, words: Sentences, most: int, changes: int) -> Iterator[str]:
    said, counted = words.doctor, found.diagnosis.tally
    figures = {"events": counted.events, "articles": counted.articles, "unwanted": counted.unwanted}
    yield (said.counted_unwanted if counted.unwanted else said.counted).format(**figures)
    yield from [said.cut] if found.cut else []
    yield from [said.anywhere] if found.anywhere else []
    yield from _findings(found.diagnosis, words, most)
    if not found.tried:
        yield from ("", said.well if found.diagnosis.is_well else said.no_changes)
        return
    yield from ("", said.changes)
    for number, each in enumerate(found.tried[:changes], start=1):
        yield from _change(number, each, found.diagnosis, said)


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


def _findings(found: Diagnosis, words: Sentences, most: int) -> Iterator[str]:
    said, all_, unwanted = words.doctor, found.tally.events, found.tally.unwanted

    def share(what: str, count: int, of: int) -> str:
        return said.share.format(what=what, count=count, all=of)

    def form(each: FormCount) -> str:
        return _cut(words.watch.place(shorten(one_line(each.text), FORM), each.rule), PLACE)

    def loud(each: LineCount) -> str:
        return share(_code(each.query), each.events, all_)

    def unwanted_line(each: LineCount) -> str:
        return share(_code(each.query), each.unwanted, unwanted)

    def unwanted_form(each: FormCount) -> str:
        return share(form(each), each.unwanted, each.events)

    def surprising(each: FormCount) -> str:
        return said.of_events.format(what=form(each), count=each.alone)

    def implied(each: Implied) -> str:
        others = [_cut(other.text, LINE) for other in (each.by, *each.more)]
        more = ["…"] if len(others) > MOST_TOGETHER else []
        by = {"by": " | ".join(others[:MOST_TOGETHER] + more), "number": each.by.line}
        return said.implied_how[each.how].format(line=_cut(each.query.text, LINE), **by)

    yield from _some(said.never, [_listed(each) for each in found.never], most, said)
    yield from _some(said.idle, [_listed(each) for each in found.idle], most, said)
    yield from _some(said.loud, [loud(each) for each in found.loud], most, said)
    yield from _some(said.unwanted, [unwanted_line(each) for each in found.unwanted], most, said)
    forms = [unwanted_form(each) for each in found.unwanted_forms]
    yield from _some(said.unwanted_forms, forms, most, said)
    forms = [surprising(each) for each in found.surprising]
    yield from _some(said.surprising, forms, most, said)
    yield from _some(said.implied, [implied(each) for each in found.implied], most, said)


def _some(title: str, told: Sequence[str], most: int, said: DoctorWords) -> Iterator[str]:
    """Yield a title and some of what was found, each on a line; nothing for nothing."""
    if not told:
        return
    yield from ("", title, *told[:most])
    if len(told) > most:
        yield said.more.format(count=len(told) - most)


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
    yield f"   {effect if tried.articles < before.articles else said.effect_none}"
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

"""How well words are told apart: precision and recall on judged places, beside simpler ways.

    .venv/bin/python -m tests.bench.quality [--errors]

Every judged place of a gold file is asked for: does the matcher, run over the whole text with the
keyword as a watchlist's only line, mark it? The rivals see the same places: whole word and
substring on folded text, the Snowball stemmer on the parts of hyphenated words. A form is the
folded word; "each form once" counts it once however often it occurs.
"""

import hashlib
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable

import Stemmer

from bot.model import Article
from bot.text.fold import DASHES, fold
from bot.text.languages import rules_for
from bot.watch.language import parse_query
from bot.watch.matcher import Matcher
from tests.bench import corpus
from tests.bench.corpus import Judged

Says = Callable[[Judged], bool]
_DASH = re.compile(f"[{DASHES}]")
_stemmer = Stemmer.Stemmer("german")


def main() -> None:
    """Print a table for every gold file."""
    corpus.needed()
    gold = [corpus.CORPUS / "matching" / "gold-dev.jsonl", *sorted(corpus.GOLD.glob("*.jsonl"))]
    for path in gold:
        places = corpus.judged(path)
        ours = _ours(places)
        yes = sum(each.counts for each in places)
        print(f"\n{path.stem}: {len(places)} places, {yes} count, {len(places) - yes} do not")
        ways: dict[str, Says] = {
            "ausguck": ours,
            "whole word": lambda each: fold(each.keyword) in _parts(each),
            "substring": lambda each: fold(each.keyword) in fold(each.span),
            "Snowball": lambda each: _stem(fold(each.keyword)) in map(_stem, _parts(each)),
        }
        for name, says in ways.items():
            print(f"  {name:12}", _row(places, says))
        held_out = [each for each in places if _is_held_out(each)]
        print(f"  {'ausguck':12}", _row(held_out, ours), "  (the half of the forms by hash)")
        _by_keyword(places, ours)
        if "--errors" in sys.argv and "test" not in path.stem:
            _errors(places, ours)


def _ours(places: Iterable[Judged]) -> Says:
    texts = {**corpus.articles(), **corpus.front_pages()}
    by_keyword = defaultdict(set)
    for each in places:
        by_keyword[each.keyword].add(each.document)
    marked: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for keyword, documents in by_keyword.items():
        matcher = Matcher([parse_query(keyword)], rules_for)
        for document in documents:
            found = matcher.match(Article("", texts[document], "page", "de"))
            spans = [(span.start, span.end) for match in found for span in match.spans]
            marked[keyword, document] = spans

    def says(each: Judged) -> bool:
        spans = marked[each.keyword, each.document]
        return any(start < each.end and each.start < end for start, end in spans)

    return says


def _parts(each: Judged) -> list[str]:
    return [fold(part) for part in _DASH.split(each.span)]


def _stem(word: str) -> str:
    return str(_stemmer.stemWord(word))


def _row(places: list[Judged], says: Says) -> str:
    once = list({(each.keyword, fold(each.span)): each for each in places}.values())
    return f"{_figures(places, says)}   each form once: {_figures(once, says)}"


def _figures(places: list[Judged], says: Says) -> str:
    hits = [each for each in places if says(each)]
    right = sum(each.counts for each in hits)
    precision = right / len(hits) if hits else 1
    recall = right / max(1, sum(each.counts for each in places))
    return f"P {precision:.3f} R {recall:.3f}"


def _is_held_out(each: Judged) -> bool:
    form = f"{each.keyword} {fold(each.span)}".encode()
    return hashlib.sha1(form, usedforsecurity=False).digest()[0] % 2 == 1


def _by_keyword(places: list[Judged], says: Says) -> None:
    """The mean over keywords, as one keyword may have most of the places."""
    figures = []
    for keyword in {each.keyword for each in places}:
        own = [each for each in places if each.keyword == keyword]
        hits = [each for each in own if says(each)]
        right, there = sum(e.counts for e in hits), sum(e.counts for e in own)
        figures.append((right / len(hits) if hits else 1, right / there if there else 1))
    precision = sum(p for p, _ in figures) / len(figures)
    recall = sum(r for _, r in figures) / len(figures)
    print(
        f"  {'ausguck':12} P {precision:.3f} R {recall:.3f}   (mean over {len(figures)} keywords)"
    )


def _errors(places: list[Judged], says: Says) -> None:
    for each in sorted({(e.keyword, e.counts, e.span) for e in places if says(e) != e.counts}):
        keyword, counts, span = each
        print(f"    {'missed' if counts else 'false'} {keyword}: {span}")


if __name__ == "__main__":
    main()

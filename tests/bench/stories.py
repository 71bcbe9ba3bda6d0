"""How well articles are put into stories: headlines with human labels, beside simpler ways.

    .venv/bin/python -m tests.bench.stories

B-cubed and pairwise precision, recall and F1 on the dev data of OG2021, where titles are all there
is, in the order of their dates. The rivals see the same stream in the same run: the exact title,
and the rule of NewsBlur's story clustering of 2026 (words of the title in common / words of the
shorter title >= .6, with at least 3 in common of at least 5; groups that share a title are merged).
"""

import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import datetime
from typing import Any

from bot.stories.engine import Stories
from bot.stories.gates import without_outlet
from bot.stories.tuning import Limits
from bot.stories.values import Document
from bot.text.fold import fold
from tests.bench import corpus

Labels = Mapping[str, Hashable]
Way = Callable[[list[dict[str, Any]]], Labels]


def main() -> None:
    """Print a table for each language."""
    corpus.needed()
    for name, language in (("deu", "de"), ("eng", "en")):
        stream = list(corpus.lines(corpus.CORPUS / "stories" / f"og2021-{name}-dev.jsonl"))
        human = {each["id"]: each["story"] for each in stream}
        print(f"\nog2021-{name}-dev: {len(stream)} titles, {len(set(human.values()))} stories")
        ways: dict[str, Way] = {
            "ausguck": lambda each, language=language: _ours(each, language),  # type: ignore[misc]
            "exact title": _exact,
            "… without outlet": _exact_without_outlet,
            "NewsBlur's rule": _newsblur,
        }
        for title, way in ways.items():
            begun = time.process_time()
            found = way(stream)
            spent = time.process_time() - begun
            print(f"  {title:16} {figures(human, found)}   {len(stream) / spent:7.0f} docs/CPU-s")


def figures(human: Labels, found: Labels) -> str:
    """Return the B-cubed and pairwise figures of a clustering in one line."""
    both = Counter((human[each], found[each]) for each in human)
    ours, theirs = Counter(found[each] for each in human), Counter(human.values())
    size = len(human)
    cubed = [
        sum(count * count / total[key[side]] for key, count in both.items()) / size
        for side, total in ((1, ours), (0, theirs))
    ]
    right = pairs(both.values())
    paired = [right / max(1, pairs(total.values())) for total in (ours, theirs)]
    return f"B3 {_with_f1(cubed)}   pairs {_with_f1(paired)}"


def pairs(sizes: Iterable[int]) -> int:
    """Return how many pairs there are in groups of these sizes."""
    return sum(size * (size - 1) // 2 for size in sizes)


def _with_f1(figure: list[float]) -> str:
    precision, recall = figure
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"


def _ours(stream: list[dict[str, Any]], language: str) -> Labels:
    stories = Stories(limits=Limits(keep=None))
    found = {}
    for each in stream:
        published = datetime.fromisoformat(each["published"])
        document = Document(each["id"], each["title"], published=published, language=language)
        found[each["id"]] = stories.add(document).story
    return found


def _exact(stream: list[dict[str, Any]]) -> Labels:
    return {each["id"]: _normal(each["title"]) for each in stream}


def _exact_without_outlet(stream: list[dict[str, Any]]) -> Labels:
    return {each["id"]: _normal(without_outlet(each["title"])) for each in stream}


def _normal(title: str) -> str:
    return " ".join(re.findall(r"\w+", fold(title)))


def _newsblur(stream: list[dict[str, Any]]) -> Labels:
    parent = {each["id"]: each["id"] for each in stream}

    def root(each: str) -> str:
        while parent[each] != each:
            each = parent[each]
        return each

    having: dict[str, list[str]] = defaultdict(list)
    words: dict[str, frozenset[str]] = {}
    for each in stream:
        own = words[each["id"]] = frozenset(w for w in _normal(each["title"]).split() if len(w) > 2)
        shared = Counter(other for word in own for other in having[word])
        for other, count in shared.items():
            least = min(len(own), len(words[other]))
            if count >= 3 and least >= 5 and count / least >= 0.6:
                parent[root(each["id"])] = root(other)
        for word in own:
            having[word].append(each["id"])
    return {each: root(each) for each in parent}


if __name__ == "__main__":
    main()

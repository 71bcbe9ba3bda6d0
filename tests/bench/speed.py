"""How fast the matcher is, as ratios in one run. By hand: `python -m tests.bench.speed [--simple]`.

The unit is "the words of an article looked up in a set" on the articles of the corpus beside the
project: CPU time of one pass over all of them. Dense lists take 20 % of their words from the
articles, others always 2,000 of them; the rest are words that nobody writes. `--simple` takes the
tests' simple rules of a language in place of the real ones.
"""

import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from pathlib import Path

import Stemmer

from bot.model import Article
from bot.watch.matcher import Matcher
from bot.watch.query import And, AtLeast, Near, Node, Not, Or, Term
from bot.watch.segment import RulesFor
from bot.watch.watchlist import Query, Settings, Watchlist
from tests.bench.corpus import CORPUS, lines, needed
from tests.standin import StandIn

_WORD = re.compile(r"\w+")
_SYLLABLES = ("ka", "ro", "men", "tul", "xi", "bra", "os", "wen", "qua", "dor", "fli", "gam")
_LINES = 1000
_COMMON = 2000


def main() -> None:
    """Print all figures, or with `memory N KIND` those of one process."""
    needed()
    if sys.argv[1:2] == ["memory"]:
        _print_memory(int(sys.argv[2]), sys.argv[3])
        return
    articles = [Article("", each["text"], "page") for each in _articles()]
    texts = [article.text for article in articles]
    some = set(_vocabulary()[:_COMMON])
    unit = min(_cpu(lambda: _in_a_set(texts, some)) for _ in range(3))
    print(f"unit: {unit / len(texts) * 1e6:.0f} µs an article; rules: {_rules_name()}")
    _print_rivals(texts, unit)
    for name, nodes in _kinds():
        _print_speed(name, nodes, articles, unit)
    _print_hostile(texts)
    for count, kind in ((1000, "words"), (100_000, "words"), (100_000, "booleans")):
        flags = [flag for flag in sys.argv[1:] if flag == "--simple"]
        command = [sys.executable, "-m", "tests.bench.speed", "memory", str(count), kind, *flags]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip())


def _articles() -> Iterable[dict[str, str]]:
    return lines(CORPUS / "matching" / "articles.jsonl")


@cache
def _vocabulary() -> tuple[str, ...]:
    words = {word for each in _articles() for word in _WORD.findall(each["text"]) if len(word) > 2}
    ordered = sorted(words)
    random.Random(1).shuffle(ordered)
    return tuple(ordered)


def _words(count: int, known: int) -> list[str]:
    chance = random.Random(2)
    words = dict.fromkeys(_vocabulary()[:known])
    while len(words) < count:
        words["".join(chance.choices(_SYLLABLES, k=5)).capitalize()] = None
    ordered = list(words)
    chance.shuffle(ordered)
    return ordered


def _word(word: str) -> Term:
    return Term("word", (word,))


def _booleans(count: int, known: int) -> list[Node]:
    """Return queries of three terms, and each fourth a phrase: a fifth of those are in a text."""
    chance = random.Random(3)
    words = _words(max(count, known), known)
    texts = [_WORD.findall(each["text"]) for each in _articles()]
    nodes: list[Node] = []
    for number in range(count):
        a, b, c, d = (_word(each) for each in chance.sample(words, 4))
        if number % 4:
            nodes.append(And((a, Or((b, c)), Not(d))))
            continue
        text = chance.choice(texts)
        at = chance.randrange(len(text) - 1)
        row = text[at : at + 2] if chance.random() < 0.2 else (*a.words, *b.words)
        nodes.append(And((Term("phrase", tuple(row)), Not(d))))
    return nodes


def _kinds() -> Iterable[tuple[str, Sequence[Node]]]:
    for count, known in ((10_000, 2000), (100_000, 2000), (100_000, 20_000)):
        yield f"{count} words, {known} known", [_word(word) for word in _words(count, known)]
    for count, known in ((10_000, 2000), (100_000, 2000), (100_000, 20_000)):
        yield f"{count} booleans, {known} known", _booleans(count, known)


def _lists(nodes: Sequence[Node]) -> list[Watchlist]:
    made: list[Watchlist] = []
    for first in range(0, len(nodes), _LINES):
        part = nodes[first : first + _LINES]
        queries = tuple(Query(f"query {first + n}", n, node) for n, node in enumerate(part, 1))
        made.append(Watchlist(f"list {first}", queries, (), Settings(), ""))
    return made


def _rules_for() -> RulesFor:
    if "--simple" not in sys.argv:
        try:
            from bot.text.languages import rules_for
        except ImportError:
            pass
        else:
            chosen: RulesFor = rules_for
            return chosen
    simple = StandIn()
    return lambda _: simple


def _rules_name() -> str:
    return type(_rules_for()("de")).__name__


def _cpu(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _in_a_set(texts: Iterable[str], words: set[str]) -> None:
    for text in texts:
        [word for word in _WORD.findall(text) if word in words]


def _print_rivals(texts: Sequence[str], unit: float) -> None:
    words = _words(10_000, 2000)
    stem = Stemmer.Stemmer("german").stemWords
    stems = set(stem([word.casefold() for word in words]))
    few = words[:100]
    snowball = _cpu(lambda: [stems & set(stem(_WORD.findall(t.casefold()))) for t in texts])
    loop = _cpu(lambda: [[word for word in few if word in text] for text in texts]) * 100
    whole = _cpu(lambda: [set(words) & set(_WORD.findall(text)) for text in texts[:50]])
    print(
        f"{'10000 words as a set, new for each article':44} {whole / 50 * len(texts) / unit:8.2f}"
    )
    print(f"{'10000 Snowball stems':44} {snowball / unit:8.2f}")
    print(f"{'10000 substrings, from 100':44} {loop / unit:8.2f}")


def _print_speed(
    name: str, nodes: Sequence[Node], articles: Sequence[Article], unit: float
) -> None:
    lists = _lists(nodes)
    made: list[Matcher] = []
    start = _cpu(lambda: made.append(Matcher(lists, _rules_for())))
    matcher = made[0]
    some = set(_vocabulary()[:_COMMON])
    found: list[int] = []
    cold = _cpu(lambda: [matcher.match(article) for article in articles])
    passes: list[float] = []
    for _ in range(3):
        # Others may use the machine: what is compared is measured side by side.
        now = _cpu(lambda: _in_a_set([article.text for article in articles], some))
        took = _cpu(lambda: found.extend(len(matcher.match(article)) for article in articles))
        passes.append(took / now)
    query = Query("new", _LINES + 1, _word("Neuwort"))
    longer = Watchlist("list 0", (*lists[0].queries, query), (), Settings(), "")
    update = _cpu(lambda: matcher.updated([longer, *lists[1:]]))
    print(
        f"{name:44} {min(passes):8.2f} warm {cold / unit:8.1f} first  start {start:5.2f} s"
        f"  one more {update * 1000:5.1f} ms  matches {sum(found) / 3 / len(articles):.1f}"
    )


def _print_hostile(texts: Sequence[str]) -> None:
    queries: list[Node] = [
        _word("Wort"),
        And((Term("phrase", ("Wort", "Wort")), Not(_word("Niemand")))),
        Near(3, _word("Wort"), _word("Text")),
        AtLeast(50, _word("Wort")),
        Term("regex", ("wort+",)),
        Term("word", ("中文",)),
        Term("ending", ("ort",)),
    ]
    matcher = Matcher(_lists([*queries, *map(_word, _words(1000, 200))]), _rules_for())
    normal = _cpu(lambda: [matcher.match(Article("", t, "page")) for t in texts])
    each = normal / sum(map(len, texts))
    print(f"first pass over normal articles: {each * 1e9:.0f} ns a character; as often as that:")
    for name, text in (
        ("5 MB of articles", " ".join([*texts, *texts])[: 5 << 20]),
        ("100,000 times a word", "Wort " * 100_000),
        ("100,000 times two words", "Wort Text " * 100_000),
        ("two words far apart", "Wort " * 50_000 + "x " * 9 + "Text " * 50_000),
        ("1 MB without a space", "wort" * 250_000),
        ("1 MB of hyphens", "-" * (1 << 20)),
        ("1 MB of hyphenated words", "Wort-" * 200_000),
        ("1 MB of lines", "Wort\n" * 200_000),
        ("1 MB of one character", "中" * (1 << 20)),
        ("1 MB of two characters", "中文" * (1 << 19)),
        ("1 MB of marks", "a\u0308" * (1 << 19)),
        ("1 MB of soft hyphens", "Wo\u00adrt " * 170_000),
        ("1 MB of different words", " ".join(f"Wo{n}x" for n in range(120_000))),
    ):
        took = _cpu(partial(matcher.match, Article("", text, "page")))
        print(f"{name:44} {took / len(text) / each:8.2f}")


def _resident() -> int:
    """Return the resident memory of this process in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) >> 10 if found else 0


def _print_memory(count: int, kind: str) -> None:
    known = min(2000, count // 5)
    nodes = (
        _booleans(count, known) if kind == "booleans" else list(map(_word, _words(count, known)))
    )
    lists = _lists(nodes)
    rules = _rules_for()
    list(rules("de").probes("Wort"))
    before = _resident()
    matcher = Matcher(lists, rules)
    prepared = _resident()
    for each in _articles():
        matcher.match(Article("", each["text"], "page"))
    print(
        f"memory, {count} {kind}: {before} MB with lists and rules, {prepared} prepared,"
        f" {_resident()} after the articles"
    )


if __name__ == "__main__":
    main()

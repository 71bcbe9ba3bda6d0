"""Every sentence that the watch can say, read off its source, and how German is found for it.

The source's texts, and its f-strings filled in: what is a value there is a number in angle brackets
here, so that it can be told from words.
"""

import ast
import errno
import os
import re
import string
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from itertools import count, product
from pathlib import Path
from types import ModuleType
from typing import Literal, NamedTuple

from bot.text.german import relations
from bot.watch.regex import trouble
from bot.wording.de import GERMAN
from bot.wording.watch import Phrases

ROOT = Path(__file__).parent.parent
SOURCES = [
    *sorted((ROOT / "bot/watch").glob("*.py")),
    *sorted((ROOT / "bot/text").rglob("*.py")),
    # Files that cannot be read, and what can be no query of a chat.
    *sorted(each for each in (ROOT / "bot").glob("*.py") if "Fault(" in each.read_text("utf-8")),
    ROOT / "bot/telegram/adding.py",
]
RULES = {"index.py", "patterns.py", "terms.py"}

UNSAID = {
    # Parts of sentences that are said as a whole.
    "is an",
    "is the",
    '; a name goes into "quotes"',
    # What only looks like a sentence.
    "a b",
    "s 's",
    "e s es ne nes",
    "simplemma's de.plzma",
    "conflicted copy|conflict|konfliktkopie|in konflikt stehende kopie",
}
"""What has a space in it and is shown to nobody. Everything else that has one needs a pair."""

_TYPE = re.compile(r"[A-Za-z.]+\[.*")

Kind = Literal["faults", "reasons", "rules"]
Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Module


class Said(NamedTuple):
    """A sentence, and the table that it is looked up in."""

    kind: Kind
    text: str
    where: str


def value(number: int) -> str:
    """What stands for a value in a sentence that was read off the source."""
    return f"‹{number}›"


def said_in_the_source() -> tuple[Said, ...]:
    """Return every sentence of the watch, each once."""
    found: dict[tuple[Kind, str], Said] = {}
    for source in SOURCES:
        kind = _kind(source)
        for line, text in _texts(source):
            for whole in _wholes(kind, text):
                where = f"{source.relative_to(ROOT)}:{line}"
                found.setdefault((kind, whole), Said(kind, whole, where))
    return tuple(found.values())


def _kind(source: Path) -> Kind:
    if source.name == "explain.py":
        return "reasons"
    return "rules" if source.name in RULES or "text" in source.parts else "faults"


def _wholes(kind: Kind, text: str) -> Iterator[str]:
    """Yield what is said of a text: a rule that goes before a keyword is said with one."""
    if text in relations.ALL:
        if kind == "rules":
            yield f"{text} {value(0)}"
    elif text not in UNSAID and _is_sentence(text):
        is_of_a_word = kind == "rules" and text.endswith(" of")
        yield f"{text} {value(0)}" if is_of_a_word else text


def _is_sentence(text: str) -> bool:
    has_words = " " in text and re.search("[a-z]", text) is not None
    return has_words and "\n" not in text and not _TYPE.match(text)


def _texts(source: Path) -> Iterator[tuple[int, str]]:
    """Yield the texts of a file with their lines: no docstrings, no patterns."""
    tree = ast.parse(source.read_text(encoding="utf-8"))
    module = import_module(".".join(source.relative_to(ROOT).with_suffix("").parts))
    for scope, node in _strings(tree, tree):
        for text in _filled(node, module, _assigned(scope)):
            yield node.lineno, text


def _strings(node: ast.AST, scope: Function) -> Iterator[tuple[Function, ast.expr]]:
    """Yield the texts below a node, each with the function that it is in."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.JoinedStr) or _text(child) is not None:
            assert isinstance(child, ast.expr)
            yield scope, child
        elif isinstance(child, ast.Call) and _called(child) in {"compile", "_habit"}:
            rest = ast.Tuple(child.args[1:], ast.Load())  # the first is a pattern
            yield from _strings(rest, scope)
        elif not (isinstance(child, ast.Expr) and _text(child.value) is not None):
            yield from _strings(child, child if isinstance(child, Function) else scope)


def _called(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def _text(node: ast.AST) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _assigned(scope: Function) -> Mapping[str, list[ast.expr]]:
    """Return the texts that a function gives names to."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(scope) if not isinstance(scope, ast.Module) else ():
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            is_text = isinstance(node.value, ast.JoinedStr) or _text(node.value) is not None
            if is_text:
                found.setdefault(node.targets[0].id, []).append(node.value)
    return found


def _filled(
    node: ast.expr, module: ModuleType, assigned: Mapping[str, list[ast.expr]]
) -> Iterator[str]:
    """Yield what a text can be: a sentence within it, or a constant, stands as it is."""
    numbers = count(1)
    for parts in product(*_parts(node, module, assigned)):
        yield "".join(value(next(numbers)) if part is None else part for part in parts)


def _parts(
    node: ast.AST, module: ModuleType, assigned: Mapping[str, list[ast.expr]]
) -> Iterator[list[str | None]]:
    """Yield what each part of a text can be; None is a value."""
    if not isinstance(node, ast.JoinedStr):
        yield [_text(node)]
        return
    for part in node.values:
        inner = part.value if isinstance(part, ast.FormattedValue) else None
        name = inner.id if isinstance(inner, ast.Name) else ""
        constant = getattr(module, name, None)
        if inner is None:
            yield [_text(part)]
        elif name in assigned:
            yield [text for each in assigned[name] for text in _filled(each, module, assigned)]
        elif isinstance(constant, str | int):
            spec = getattr(part, "format_spec", None)
            yield [format(constant, _text(spec.values[0]) or "" if spec else "")]
        else:
            yield [None]


def _said_by_others() -> Iterator[Said]:
    """Yield what RE2 says, as far as it can be made to say it, and the system."""
    for pattern in (
        *("a(b", "ab[", "a)", "[z-a]", r"\y", "\\", "*a", "a**", "(?=a)", "a{1001}", "(?P<1n"),
        r"(\pL{30}){30}",
    ):
        wrong = trouble(pattern)
        assert wrong, pattern
        yield Said("faults", wrong[1], "RE2")
    yield Said("faults", f"cannot be read ({os.strerror(errno.EACCES)})", "the system")


SAID = said_in_the_source()
BY_OTHERS = tuple(_said_by_others())


def german(kind: Kind) -> Phrases:
    """Return the German table of a kind."""
    found: Phrases = getattr(GERMAN.watch, kind)
    return found


def names(text: str) -> list[str]:
    """Return the placeholders of a text."""
    return [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]


def looked_up(kind: Kind, said: str, answer: Callable[[str], str]) -> str | None:
    """A sentence as the German table finds it, with another answer for each of its pairs."""
    return Phrases({each: answer(each) for each in german(kind).table}).find(said)


def values(kind: Kind, said: str) -> str | None:
    """What of a sentence is taken for values; None: the table lacks it."""
    return looked_up(kind, said, lambda pair: " ".join(f"{{{name}}}" for name in names(pair)))


def pairs(kind: Kind, said: str) -> set[str]:
    """The pairs that a sentence is found by."""
    known = list(german(kind).table)

    def number(pair: str) -> str:
        return f"#{known.index(pair)}#" + "{said}" * ("said" in names(pair))

    found = looked_up(kind, said, number) or ""
    return {known[int(each)] for each in re.findall("#([0-9]+)#", found)}

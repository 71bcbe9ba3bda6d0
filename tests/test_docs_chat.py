"""docs/chat.md and /help have every command that can be typed, in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.telegram.manners import GERMAN as GERMAN_NAMES
from bot.wording import sentences

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs" / "chat.md").read_text(encoding="utf-8")
GERMAN, _, ENGLISH = GUIDE.partition("\n## English\n")
UNSAID = {"start", "help"}
"""The help need not name them: who reads it has found them."""


def commands() -> Iterator[tuple[str, ...]]:
    """The names of every command: the first is the one of all languages."""
    yield ("digest",)
    for meant in set(GERMAN_NAMES.values()):
        yield (meant, *(name for name, of in GERMAN_NAMES.items() if of == meant))
    for source in sorted((ROOT / "bot" / "telegram").glob("*.py")):
        tree = ast.parse(source.read_text(encoding="utf-8"))
        yield from filter(None, map(literal, ast.walk(tree)))


def literal(node: ast.AST) -> tuple[str, ...] | None:
    """What stands in `Command((...), ...)`, or in the tuple of names before it."""
    match node:
        case ast.Call(func=ast.Name("Command"), args=[ast.Tuple() as written, *_]):
            return tuple(ast.literal_eval(written))
        case ast.Assign(targets=[ast.Name("names")], value=ast.Tuple(elts=[ast.Constant(), *rest])):
            if all(isinstance(each, ast.Constant) for each in rest):
                return tuple(ast.literal_eval(node.value))
    return None


def named(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w/<])/([a-z]+)", text))


ALL = sorted(commands())


def test_there_are_commands() -> None:
    assert len(ALL) > 30


@pytest.mark.parametrize("names", ALL, ids=lambda names: names[0])
def test_every_command_is_in_the_guide_in_both_languages_and_its_german_name_in_the_german_part(
    names: tuple[str, ...],
) -> None:
    if names[0] != "start":
        assert set(names) - named(GERMAN) - {"hilfe"} == set()
        assert names[0] in named(ENGLISH)


@pytest.mark.parametrize("names", ALL, ids=lambda names: names[0])
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_command_is_in_the_help(language: str, names: tuple[str, ...]) -> None:
    words = sentences(language)

    said = named(words.help + words.help_admin)

    assert names[0] in UNSAID or said & set(names)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_help_names_no_command_that_there_is_not(language: str) -> None:
    words = sentences(language)

    assert named(words.help + words.help_admin) <= {name for names in ALL for name in names}

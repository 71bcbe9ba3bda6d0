"""The documentation says what is there: links, commands, settings, libraries, modules, tables."""

import ast
import re
import tomllib
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.cli.parser import parser
from bot.config import Config, load
from bot.config.sections import SECTIONS, FeedSection, Section
from bot.store.schema import metadata
from bot.watch.among import Around
from bot.watch.check import warnings
from bot.watch.language import parse

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
TOUR = ROOT / "docs" / "tour.md"
PAGES = [README, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted(ROOT.glob("docs/*.md"))]
BIGGEST_PICTURE = 250_000

LINK = re.compile(r'\]\(([^)\s]+)(?:\s+"([^"]*)")?\)|\bsrc="([^"]+)"')
CODE = re.compile(r"(?s)```.*?```")


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def links(page: Path) -> Iterator[tuple[Path, str]]:
    """The files that a page links to, each with the link's title."""
    for found in LINK.finditer(CODE.sub("", text(page))):
        target = found[1] or found[3]
        if "://" not in target:
            yield page.parent / target.partition("#")[0], found[2] or ""


def rows(page: Path, header: str) -> list[str]:
    """The first cells of the table whose header row begins so."""
    _, _, rest = text(page).partition(f"| {header} |")
    table = rest.partition("\n\n")[0].splitlines()[2:]
    return [line.split(" | ")[0].removeprefix("| ") for line in table]


def dotted_names(source: Path) -> set[str]:
    """What a module defines: functions, classes, and methods as Class.method."""
    names = set()
    for node in ast.parse(text(source)).body:
        if isinstance(node, ast.ClassDef):
            inner = [p for p in node.body if isinstance(p, ast.FunctionDef | ast.AsyncFunctionDef)]
            names |= {node.name, *(f"{node.name}.{part.name}" for part in inner)}
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            names.add(node.name)
    return names


def commands(of: ArgumentParser) -> set[str]:
    """Every command that can be given, such as `feeds add`."""
    for action in of._actions:
        if isinstance(action, _SubParsersAction):
            return {
                f"{name} {verb}".strip()
                for name, inner in action.choices.items()
                for verb in commands(inner)
            }
    return {""}


def public_modules() -> set[str]:
    """The modules and packages that stand in bot/ itself, as the tour writes them."""
    packages = {f"{source.parent.name}/" for source in (ROOT / "bot").glob("*/__init__.py")}
    return packages | {source.name for source in (ROOT / "bot").glob("*.py")} - {"__init__.py"}


# Links and pictures


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file_that_is_there(page: Path) -> None:
    missing = [str(target) for target, _ in links(page) if not target.exists()]
    assert not missing, "\n".join(missing)


def test_every_function_that_the_tour_names_is_in_the_file_it_leads_to() -> None:
    named = [(target, name) for target, name in links(TOUR) if name]
    lost = [f"{target}: {name}" for target, name in named if name not in dotted_names(target)]
    assert len(named) > 20
    assert not lost, "\n".join(lost)


def test_pictures_are_small() -> None:
    pictures = list(ROOT.glob("docs/pictures/*.png"))
    big = [picture.name for picture in pictures if picture.stat().st_size > BIGGEST_PICTURE]
    assert pictures
    assert not big


# The README


def test_the_readme_lists_every_command_and_no_other() -> None:
    cells = " ".join(rows(README, "ausguck …"))
    assert set(re.findall(r"`([a-z]+(?: [a-z]+\b)?)", cells)) == commands(parser())


def test_the_watchlist_in_the_readme_has_no_fault() -> None:
    example = re.search(r"(?ms)^# watchlists/nordkorea\.txt$.*?(?=^```)", text(README))
    assert example
    watchlist = parse(example[0], "README.md", "nordkorea")
    assert watchlist.label == "Nordkorea"
    assert [type(query.node).__name__ for query in watchlist.queries] == [
        *("Term", "Or", "Term", "Term", "Term", "Near", "Only")
    ]
    assert watchlist.exclusions
    around = Around(feeds=load(ROOT / "config.toml", {}).feeds)
    assert warnings([watchlist], lambda _: False, around) == []


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"(?m)^([a-z-]+):.*##", text(ROOT / "Makefile")))
    named = {
        target
        for page in PAGES
        for target in re.findall(r"(?m)(?:`|^)make ([a-z-]+)(?=`|\s{2,}|$)", text(page))
    }
    assert {"demo", "test"} <= named
    assert named <= targets


# config.toml


def uncommented() -> dict[str, Any]:
    """config.toml with every default in force."""
    return tomllib.loads(re.sub(r"(?m)^#(\w+ = )", r"\1", text(ROOT / "config.toml")))


def default_of(section: type[Section], key: str) -> object:
    return section.model_fields[key].default


def test_config_toml_loads_and_changes_nothing_but_the_feeds() -> None:
    config = load(ROOT / "config.toml", {})
    assert len({feed.url for feed in config.feeds}) == len(config.feeds) > 0
    bare = {name: getattr(Config(), name) for name in SECTIONS}
    assert {name: getattr(config, name) for name in SECTIONS} == bare


def test_config_toml_shows_every_key_and_no_other() -> None:
    shown = {name: set(keys) for name, keys in uncommented().items() if name != "feeds"}
    assert shown == {name: set(section.model_fields) for name, section in SECTIONS.items()}
    example = re.search(r"(?ms)^#   \[\[feeds\]\]\n(.*?)^#\n", text(ROOT / "config.toml"))
    assert example
    assert set(re.findall(r"(?m)^#   (\w+) = ", example[1])) == set(FeedSection.model_fields)


def test_config_toml_shows_the_defaults_as_they_are() -> None:
    """A key without a default, such as a token, shows an example instead."""
    shown = Config.model_validate(uncommented())
    wrong = [
        f"{name}.{key}"
        for name, section in SECTIONS.items()
        for key in section.model_fields
        if default_of(section, key) is not None
        and getattr(getattr(shown, name), key) != default_of(section, key)
    ]
    assert not wrong
    assert isinstance(shown.telegram.token, SecretStr)


def marked(remark: str) -> set[tuple[str, str]]:
    """Section and key of every line of config.toml that carries a remark."""
    section, found = "", set()
    for line in text(ROOT / "config.toml").splitlines():
        if header := re.match(r"\[(\w+)\]", line):
            section = header[1]
        elif (key := re.match(r"#(\w+) = ", line)) and remark in line:
            found.add((section, key[1]))
    return found


def test_config_toml_says_which_keys_have_no_effect_yet() -> None:
    sources = [p for p in (ROOT / "bot").rglob("*.py") if "config" not in p.parts]
    code = "\n".join(map(text, sources))
    unread = {
        (name, key)
        for name, section in SECTIONS.items()
        for key in section.model_fields
        if not re.search(rf"config\.{name}\.{key}\b", code)
    }
    assert marked("without effect") == unread


# The tour and the libraries


def test_the_tour_has_every_module_in_its_tree_and_no_other() -> None:
    tree = re.search(r"(?s)```\nbot/\n(.*?)```", text(TOUR))
    assert tree
    assert set(re.findall(r"(?m)^  (\S+)  ", tree[1])) == public_modules()


def test_the_tour_says_what_every_table_is_for() -> None:
    assert {cell.strip("`") for cell in rows(TOUR, "table")} == set(metadata.tables)


def test_every_library_has_its_reason() -> None:
    project = tomllib.loads(text(ROOT / "pyproject.toml"))
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.split(r"[^\w.-]", requirement)[0] for requirement in wanted}
    page = text(ROOT / "docs" / "dependencies.md")
    listed = re.findall(r"(?m)^\| ([\w.-]+) \|", page)
    assert set(listed) - {"library"} == names

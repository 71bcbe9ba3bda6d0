"""The rules of the house: who imports whom, how large things may be, what has to be said."""

import ast
import configparser
import os
import re
import shutil
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "bot").rglob("*.py"))
LONGEST_FILE = 300
LONGEST_FUNCTION = 60
MOST_PARAMETERS = 5
# A migration is a record of what was done: it is never changed, so it need not be easy to change.
RECORDS = "bot/store/migrations/versions/"
# Methods whose parameters a library dictates.
DICTATED = {"process_request"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Plant(NamedTuple):
    """A line that breaks a rule: added to a module of bot, refused by a contract, named so."""

    contract: str
    module: str
    line: str
    complaint: str


PLANTS = [
    Plant("layers", "pipeline", "import bot.telegram", "bot.pipeline -> bot.telegram"),
    Plant("layers", "alerts", "import bot.store", "bot.alerts -> bot.store"),
    Plant("layers", "store", "import bot.net", "bot.store -> bot.net"),
    Plant("layers", "newcomer", "'''A module without a place.'''", "bot.newcomer"),
    Plant("siblings", "watch/one", "import bot.watch.two", "allowed in bot.watch"),
    Plant("siblings", "watch/two", "import bot.watch.one", "allowed in bot.watch"),
    Plant("pure", "alerts", "import aiohttp", "bot.alerts -> aiohttp"),
    Plant("pure", "watch", "import asyncio", "bot.watch -> asyncio"),
    Plant("pure", "feeds", "import bot.clock", "bot.feeds -> bot.clock"),
    Plant("door-feedparser", "pipeline", "import feedparser", "bot.pipeline -> feedparser"),
    Plant("door-trafilatura", "feeds", "import trafilatura", "bot.feeds -> trafilatura"),
    Plant("door-apscheduler", "daemon", "import apscheduler", "bot.daemon -> apscheduler"),
    Plant("door-telegram", "alerts", "import telegram", "bot.alerts -> telegram"),
    Plant("door-sqlalchemy", "pipeline", "import sqlalchemy", "bot.pipeline -> sqlalchemy"),
    Plant("door-jinja2", "web", "import jinja2", "bot.web -> jinja2"),
    Plant("door-pillow", "web", "import PIL", "bot.web -> PIL"),
    Plant("door-lark", "alerts", "import lark", "bot.alerts -> lark"),
    Plant("door-words", "watch", "import simplemma", "bot.watch -> simplemma"),
    Plant(
        "door-prometheus",
        "pipeline",
        "import prometheus_client",
        "bot.pipeline -> prometheus_client",
    ),
    Plant("door-aiohttp", "web", "import aiohttp", "bot.web -> aiohttp"),
    Plant("door-packing", "web", "import brotli", "bot.web -> brotli"),
    Plant("sandbox", "daemon", "import bot.sandbox", "bot.daemon -> bot.sandbox"),
    Plant("sandbox-apart", "sandbox", "import bot.alerts", "bot.sandbox -> bot.alerts"),
]


def contracts() -> dict[str, str]:
    """The contracts of .importlinter: id to name."""
    config = configparser.ConfigParser()
    config.read(ROOT / ".importlinter")
    prefix = "importlinter:contract:"
    return {s.removeprefix(prefix): config[s]["name"] for s in config if s.startswith(prefix)}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Ask import-linter about the house in a folder."""
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The house once more, free to be spoilt."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / ".importlinter", folder)
    shutil.copytree(ROOT / "bot", folder / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture(scope="module")
def verdict(copy: Path) -> subprocess.CompletedProcess[str]:
    """What is said when every rule is broken at once, on a house that was in order."""
    before = lint_imports(copy)
    assert before.returncode == 0, before.stdout + before.stderr
    for plant in PLANTS:
        package = copy / "bot" / plant.module
        source = package / "__init__.py" if package.is_dir() else package.with_suffix(".py")
        with source.open("a", encoding="utf-8") as file:
            file.write(f"\n{plant.line}\n")
    return lint_imports(copy)


def section(report: str, title: str) -> str:
    """The part of a report that stands under an underlined title."""
    found = re.search(rf"(?ms)^{re.escape(title)}\n-+\n(.*?)(?=^[^\n]+\n-+\n|\Z)", report)
    return found[1] if found else ""


@pytest.mark.parametrize("plant", PLANTS, ids=lambda p: f"{p.contract}: {p.complaint}")
def test_a_forbidden_import_is_refused_by_its_contract(
    plant: Plant, verdict: subprocess.CompletedProcess[str]
) -> None:
    assert verdict.returncode == 1, verdict.stdout + verdict.stderr
    complaints = section(verdict.stdout, contracts()[plant.contract])
    assert plant.complaint in complaints, verdict.stdout


def test_every_contract_is_tried_with_a_forbidden_import() -> None:
    assert {plant.contract for plant in PLANTS} == set(contracts())


def test_the_test_command_asks_for_style_types_and_imports_first() -> None:
    plan = subprocess.run(
        ["make", "--dry-run", "--always-make", "--no-print-directory", "test"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("MAKE")},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
    places = [
        plan.index(f".venv/bin/{tool}")
        for tool in ("ruff check", "ruff format --check", "mypy", "lint-imports", "pytest")
    ]
    assert places == sorted(places)


def functions(tree: ast.AST) -> Iterator[Function]:
    """Every function and method, at any depth."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def parameters(function: Function) -> list[str]:
    """The names of a function's parameters, all kinds, without self and cls."""
    given = function.args
    extra = [arg for arg in (given.vararg, given.kwarg) if arg]
    named = [*given.posonlyargs, *given.args, *given.kwonlyargs, *extra]
    return [arg.arg for arg in named if arg.arg not in {"self", "cls"}]


def public_parts(tree: ast.Module) -> Iterator[ast.Module | ast.ClassDef | Function]:
    """The module itself, its public classes and functions, and the public methods of those."""
    yield tree
    inner = [part for part in tree.body if isinstance(part, ast.ClassDef | Function)]
    while inner:
        part = inner.pop()
        if part.name.startswith("_"):
            continue
        yield part
        if isinstance(part, ast.ClassDef):
            inner += [p for p in part.body if isinstance(p, ast.ClassDef | Function)]


def comments(source: Path) -> Iterator[tuple[int, str]]:
    """Line number and text of every comment."""
    with source.open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.Module]:
    """Every file of bot/ as its syntax tree."""
    return {
        str(source.relative_to(ROOT)): ast.parse(source.read_text(encoding="utf-8"))
        for source in SOURCES
    }


def test_no_file_is_longer_than_300_lines() -> None:
    lengths = {
        source.relative_to(ROOT): len(source.read_text(encoding="utf-8").splitlines())
        for source in SOURCES
    }
    too_long = [
        f"{source}: {lines} lines" for source, lines in lengths.items() if lines > LONGEST_FILE
    ]
    assert not too_long, "\n".join(too_long)


def test_no_function_is_longer_than_60_lines(trees: dict[str, ast.Module]) -> None:
    too_long = [
        f"{file}:{function.lineno}: {function.name} is longer"
        for file, tree in trees.items()
        for function in functions(tree)
        if (function.end_lineno or 0) - function.lineno >= LONGEST_FUNCTION
        and not file.startswith(RECORDS)
    ]
    assert not too_long, "\n".join(too_long)


def test_no_function_takes_more_than_5_parameters(trees: dict[str, ast.Module]) -> None:
    too_many = [
        f"{file}:{function.lineno}: {function.name}({', '.join(parameters(function))})"
        for file, tree in trees.items()
        for function in functions(tree)
        if len(parameters(function)) > MOST_PARAMETERS and function.name not in DICTATED
    ]
    assert not too_many, "\n".join(too_many)


def test_everything_public_says_what_it_is(trees: dict[str, ast.Module]) -> None:
    silent = [
        f"{file}:{getattr(part, 'name', 'the module')}"
        for file, tree in trees.items()
        for part in public_parts(tree)
        if not ast.get_docstring(part)
    ]
    assert not silent, "\n".join(silent)


def test_every_folder_of_the_house_is_a_package() -> None:
    """A folder without __init__.py is invisible to import-linter."""
    folders = {source.parent for source in SOURCES}
    hidden = [str(folder) for folder in folders if not (folder / "__init__.py").exists()]
    assert not hidden, "\n".join(hidden)


def test_no_rule_is_switched_off_wholesale() -> None:
    wholesale = re.compile(
        r"(?i)type:\s*ignore(?!\[[a-z-])|noqa(?!: ?[A-Z]+\d)|^#\s*(mypy|ruff|pylint):"
    )
    blanket = [
        f"{source.relative_to(ROOT)}:{line}: {text}"
        for source in [*SOURCES, *sorted((ROOT / "tests").rglob("*.py"))]
        for line, text in comments(source)
        if wholesale.search(text)
    ]
    assert not blanket, "\n".join(blanket)


def test_the_sandbox_takes_only_the_server_from_aiohttp(trees: dict[str, ast.Module]) -> None:
    """The client of aiohttp belongs to bot.net."""
    taken = {
        f"{node.module}.{name.name}" if isinstance(node, ast.ImportFrom) else name.name
        for file, tree in trees.items()
        if file.startswith("bot/sandbox/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    of_aiohttp = {name for name in taken if name.split(".")[0] == "aiohttp"}
    assert {name for name in of_aiohttp if not name.startswith("aiohttp.web")} == set()


def test_the_command_line_starts_without_anything_heavy() -> None:
    """A worker process inherits what the console script has imported: memory, times each worker."""
    heavy = ("telegram", "sqlalchemy", "trafilatura", "feedparser", "aiohttp", "apscheduler")
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, bot.cli; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout.split()
    assert [name for name in heavy if name in loaded] == []

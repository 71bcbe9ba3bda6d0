"""The operating guide explains every alarm that there is, and what it says to run is there."""

import ast
import re
import tomllib
from collections.abc import Iterator
from configparser import ConfigParser
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.cli.parser import parser
from bot.config.sections import SECTIONS
from bot.store.trouble import REMEDIES
from bot.telegram.line import Line
from bot.web.health import Vitals, faults
from bot.wording import sentences

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
UNIT = ROOT / "docs" / "ausguck.service"
LEVELS = {"warning", "error", "exception", "critical"}
PLAYGROUND = {"sandbox"}
FOR_READERS = {"list_paused", "list_back"}
"""Those have nothing to do about it."""
NOW = datetime(2026, 5, 9, 8, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=1)

VALUE = re.compile(r"\{\w+\}")
TAG = re.compile(r"<[^>]+>")


def cells() -> set[str]:
    """What stands in the first column of a table of the guide."""
    return {line.split(" | ")[0].removeprefix("| ") for line in GUIDE.splitlines() if "|" in line}


def shown(sentence: str) -> str:
    """A sentence as the guide writes it: without markup, values as an ellipsis."""
    return VALUE.sub("…", TAG.sub("", sentence))


def is_explained(sentence: str, explained: set[str]) -> bool:
    """Whether a table has this sentence, or its beginning."""
    return any(len(cell) > 10 and shown(sentence).startswith(cell) for cell in explained)


def logged() -> Iterator[str]:
    """The events that the bot logs as a warning or worse."""
    for source in sorted((ROOT / "bot").rglob("*.py")):
        if PLAYGROUND.isdisjoint(source.parts):
            for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and node.func.attr in LEVELS
                    and isinstance(node.func.value, ast.Name)
                    and node.func.value.id == "log"
                ):
                    event = node.args[0]
                    assert isinstance(event, ast.Constant), f"{source}: an event has a fixed name"
                    yield str(event.value)


def troubles_of_telegram() -> list[str]:
    refused, doubled, silent = Line(LONG_AGO), Line(LONG_AGO), Line(LONG_AGO)
    refused.was_barred(NOW)
    doubled.was_disturbed(LONG_AGO)
    doubled.was_disturbed(NOW)
    return [str(line.trouble(NOW)) for line in (refused, doubled, silent)]


def test_every_fault_of_healthz_is_explained() -> None:
    ill = Vitals(
        LONG_AGO, last_tick=LONG_AGO, database=False, due_since=LONG_AGO, delivered=LONG_AGO
    )

    found = faults(ill, NOW)

    assert len(found) == 5
    assert [fault for fault in found if fault not in cells()] == []


def test_every_trouble_with_telegram_is_explained() -> None:
    found = troubles_of_telegram()

    assert len(set(found)) == 3
    assert [trouble for trouble in found if trouble not in cells()] == []


@pytest.mark.parametrize("remedy", REMEDIES.values())
def test_every_trouble_with_the_database_is_explained(remedy: str) -> None:
    assert remedy.partition(";")[0] in cells()


def test_every_event_that_is_logged_as_a_warning_or_worse_is_explained_and_no_other() -> None:
    alarms = GUIDE.partition("### In the log")[2].partition("\n## ")[0]

    named = set(re.findall(r"`([a-z]+\.[a-z_]+)`", alarms)) - {"web.listen", "web.heartbeat_url"}

    assert named == set(logged())


@pytest.mark.parametrize("key", sorted(set(sentences("en").notices) - FOR_READERS))
def test_everything_that_admins_are_told_unasked_is_explained(key: str) -> None:
    assert is_explained(sentences("en").notices[key], cells())


def test_every_warning_of_the_page_and_of_the_status_is_explained() -> None:
    words = sentences("en")
    page = words.page
    said = [words.sources.network_down, page.network_down, page.database_down, page.damaged]
    said += [*words.sources.database.values(), *page.troubles.values(), page.well]

    assert [each for each in said if not is_explained(each, cells())] == []


def unit() -> ConfigParser:
    """The unit, of which a key may stand twice."""
    read = ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    read.read(UNIT, encoding="utf-8")
    return read


def test_the_command_of_the_systemd_unit_is_one_of_ours() -> None:
    program, *words = unit()["Service"]["ExecStart"].split()
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert Path(program).name in scripts["scripts"]
    assert program == "/opt/ausguck/.venv/bin/ausguck"
    assert parser().parse_args(words).init


def test_the_systemd_unit_sets_settings_that_there_are() -> None:
    name = unit()["Service"]["Environment"].partition("=")[0]

    section, _, key = name.removeprefix("AUSGUCK_").removesuffix("_FILE").lower().partition("__")

    assert key in SECTIONS[section].model_fields


def test_the_systemd_unit_is_started_again_for_as_long_as_it_takes() -> None:
    assert unit()["Service"]["Restart"] == "always"
    assert unit()["Unit"]["StartLimitIntervalSec"] == "0"


def test_every_command_in_the_guide_is_one_of_ours() -> None:
    known = set(re.findall(r"(?m)^    ([a-z]+) ", parser().format_help()))

    named = set(re.findall(r"(?m)(?:`|^|bin/|ausguck )ausguck ([a-z]+)\b", GUIDE))

    assert {"backup", "restore", "status"} <= named <= known

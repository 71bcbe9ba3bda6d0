"""A bot of another library finds in the sandbox what it expects of Telegram: aiogram.

It runs beside the test, in an environment of its own: see tests/aiogram_bot.py.
"""

import asyncio
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox import people
from bot.sandbox.server import Sandbox
from bot.sandbox.world import GROUP, PERSON, Callback, World
from tests.harness import until

ROOT = Path(__file__).parent.parent
SCRIPT = Path(__file__).parent / "aiogram_bot.py"
CERTAIN = {"UV_SYSTEM_CERTS": "1", "UV_PYTHON_DOWNLOADS": "never", "UV_COMPILE_BYTECODE": "1"}


@cache
def command() -> tuple[str, ...]:
    """What runs the bot, from the environment that uv keeps for it; skips where there is none."""
    found = sorted(ROOT.glob(".tools/uv-*/bin/uv"))
    if not found:
        pytest.skip("there is no .tools/uv-*/bin/uv to make aiogram's environment with: make setup")
    uv = (str(found[-1]), "--quiet", "--no-progress")
    script = ("--script", str(SCRIPT), "--locked", "--python", sys.executable)
    made = subprocess.run(
        (*uv, "sync", *script), env=environ(), capture_output=True, text=True, check=False
    )
    if made.returncode:
        reason = (made.stderr.strip() or "no reason given").splitlines()[0]
        pytest.skip(f"aiogram's environment cannot be made: {reason}")
    return (*uv, "run", *script[2:], "--script", str(SCRIPT))


def environ() -> dict[str, str]:
    """The environment without what is meant for ours."""
    mine = {"VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT", "PYTHONPATH"}
    return {name: value for name, value in os.environ.items() if name not in mine} | CERTAIN


@dataclass
class Visit:
    """What the bot saw, and what was seen of it."""

    me: Any
    commands: Any
    hurry: Any
    world: World
    message: int
    """Its answer to /start, with a button."""
    pressed: Callback

    @property
    def shown(self) -> dict[str, Any]:
        """Its answer, as it looks in the end."""
        return self.world.chats[GROUP].messages[self.message]


@pytest.fixture(scope="module")
def visit() -> Visit:
    """One visit of the bot: it takes longer to start than to do all that is asked of it."""
    run = command()
    return asyncio.run(_visit(run))


async def _visit(run: tuple[str, ...]) -> Visit:
    pipe = asyncio.subprocess.PIPE
    async with Sandbox() as sandbox:
        world = sandbox.world
        group = world.chats[GROUP]
        process = await asyncio.create_subprocess_exec(
            *run, sandbox.bot_api, env=environ(), stdout=pipe, stderr=pipe
        )
        people.say(world, group, {"text": "/start"}, sender=PERSON)

        def answers() -> list[int]:
            return [message["message_id"] for message in group.seen() if "reply_markup" in message]

        [message] = await until(answers, "its answer")
        pressed = people.press(world, group, message, "go", PERSON)
        said, complained = await process.communicate()
        assert process.returncode == 0, complained.decode()
        found = json.loads(said)
        return Visit(found["me"], found["commands"], found["hurry"], world, message, pressed)


def test_it_learns_who_it_is(visit: Visit) -> None:
    bot = visit.world.bot
    assert visit.me == {"id": bot.id, "is_bot": True, "username": bot.username}


def test_it_reads_the_menu_that_it_has_set(visit: Visit) -> None:
    [menu] = visit.commands
    assert (menu["command"], menu["description"]) == ("hilfe", "Was ich kann")


def test_it_answers_a_command_and_the_press_of_a_button(visit: Visit) -> None:
    assert visit.pressed.answer == "Danke"


def test_it_changes_its_message(visit: Visit) -> None:
    assert visit.shown["text"] == "Fertig"
    assert "reply_markup" not in visit.shown


def test_it_is_told_how_long_to_wait_where_it_is_too_fast(visit: Visit) -> None:
    assert visit.hurry == 1

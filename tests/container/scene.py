"""What is outside of the container: Telegram and newsrooms (the sandbox), a person, and a disk."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

PERSON = 1001
USER = 10001
FEED = "depesche"
PATIENCE = 60.0
T = TypeVar("T")

CONFIG = """
[poll]
per_host_gap = "0"
[stories]
mode = "off"
[alerts]
burst = 100000
[[feeds]]
url = "{feeds}/depesche.xml"
name = "Depesche"
every = "1s"
"""
LISTS = {
    "nordkorea.txt": "@label Nordkorea\nNordkorea\n",
    "siegesparade.txt": "@label Siegesparade\nSiegesparade\n",
}


class Failed(Exception):
    """The bot in the container does not do what it must; the text says what was waited for."""


def until(condition: Callable[[], T], what: str, patience: float = PATIENCE) -> T:
    """Wait for something that is seen from outside; return its value once it is true.

    Raises:
        Failed: it did not come.
    """
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(0.05)
    raise Failed(f"waited {patience:.0f} s in vain for: {what}")


def must(held: object, what: str) -> None:
    """Go on if this holds.

    Raises:
        Failed: it does not.
    """
    if not held:
        raise Failed(what)


def free_port() -> int:
    """Return a port that nobody listens on at present."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Scene:
    """The sandbox and the folders that are mounted."""

    bot_api: str
    feeds: str
    folder: Path
    port: int
    """Where the bot answers to health checks: it has the host's network."""

    @property
    def config(self) -> Path:
        """What is mounted at /config."""
        return self.folder / "config"

    @property
    def data(self) -> Path:
        """What is mounted at /data."""
        return self.folder / "data"

    def options(self) -> tuple[str, ...]:
        """Return how a container is tied to it."""
        environment = {
            "AUSGUCK_TELEGRAM__TOKEN_FILE": "/run/secrets/token",
            "AUSGUCK_TELEGRAM__API_BASE": self.bot_api,
            "AUSGUCK_TELEGRAM__ACCESS": "open",
            "AUSGUCK_TELEGRAM__ADMINS": str(PERSON),
            "AUSGUCK_TELEGRAM__PACE": "1000",
            "AUSGUCK_NET__ALLOW": "127.0.0.0/8",
            "AUSGUCK_WEB__LISTEN": f"0.0.0.0:{self.port}",
        }
        return (
            "--network=host",
            *(f"--env={name}={value}" for name, value in environment.items()),
            f"--volume={self.config}:/config",
            f"--volume={self.data}:/data",
            f"--volume={self.folder / 'token'}:/run/secrets/token:ro",
        )

    def lay_out(self) -> None:
        """Write what the operator has: settings, watchlists and the token, for the bot's user."""
        lists = self.config / "watchlists"
        lists.mkdir(parents=True)
        self.data.mkdir()
        (self.config / "config.toml").write_text(CONFIG.format(feeds=self.feeds), encoding="utf-8")
        for name, text in LISTS.items():
            (lists / name).write_text(text, encoding="utf-8")
        (self.folder / "token").write_text("12345:sandbox\n", encoding="utf-8")
        (self.folder / "token").chmod(0o400)
        for path in (self.config, *self.config.rglob("*"), self.data, self.folder / "token"):
            os.chown(path, USER, USER)

    def call(self, name: str, **body: object) -> Any:  # noqa: ANN401 - JSON
        """Give the sandbox an order, as in its `/_sandbox/NAME`."""
        request = urllib.request.Request(
            f"{self.bot_api}/_sandbox/{name}",
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def look(self, question: str) -> Any:  # noqa: ANN401 - JSON
        """Ask the sandbox, as in its `GET /_sandbox/QUESTION`."""
        with urllib.request.urlopen(f"{self.bot_api}/_sandbox/{question}", timeout=30) as answer:
            return json.load(answer)

    def publish(self, title: str, html: str) -> str:
        """Publish an article and return its address."""
        said = self.call("publish", feed=FEED, title=title, html=html)
        return str(said["url"])

    def said(self) -> list[dict[str, Any]]:
        """Return what the bot wrote to the person, as they see it now."""
        found = self.look(f"messages?chat={PERSON}")
        return [message for message in found if message.get("from", {}).get("is_bot")]

    def heard(self, words: str) -> bool:
        """Tell whether the bot has said this to the person."""
        return any(words in message.get("text", "") for message in self.said())

    def alert(self, words: str) -> bool:
        """Tell whether an alert has come that has these words in it."""
        return any(
            message["text"].startswith("🔔") and words in message["text"] for message in self.said()
        )

    def calls(self, method: str) -> list[dict[str, Any]]:
        """Return the Bot API's calls of one method so far."""
        every = self.look("transcript?after=0")
        return [entry for entry in every if entry["method"].lower() == method.lower()]

    def press(self, words: str) -> None:
        """Press the newest button that says this."""
        found = until(lambda: self._button(words), f"a button {words}")
        assert found is not None
        number, data = found
        self.call("press", chat=PERSON, message_id=number, data=data)

    def _button(self, words: str) -> tuple[int, str] | None:
        for message in reversed(self.said()):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if words in button["text"] and "callback_data" in button:
                        return message["message_id"], button["callback_data"]
        return None

    def is_well(self) -> bool:
        """Tell whether /healthz says so, asked over the network."""
        try:
            place = f"http://127.0.0.1:{self.port}/healthz"
            with urllib.request.urlopen(place, timeout=5) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            return False


@contextmanager
def set_up() -> Iterator[Scene]:
    """Have a sandbox, and folders beside it; all goes in the end."""
    folder = Path(tempfile.mkdtemp(prefix="ausguck-container-"))
    folder.chmod(0o755)  # the bot's user looks through it
    sandbox = subprocess.Popen(
        [sys.executable, "-m", "bot", "sandbox"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert sandbox.stdout is not None
        where = json.loads(sandbox.stdout.readline())
        scene = Scene(where["bot_api"], where["feeds"], folder, free_port())
        scene.call("limits", **{"global": 0, "private": 0, "group": 0})
        yield scene
    finally:
        sandbox.terminate()
        sandbox.wait(10)
        shutil.rmtree(folder)

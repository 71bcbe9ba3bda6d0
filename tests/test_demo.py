"""`ausguck demo`: the whole bot at work, with no token and no network."""

import json
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from bot.sandbox.world import PERSON
from tests.cli_kit import environment

ROOT = Path(__file__).parent.parent
DEMO = (sys.executable, "-m", "bot", "demo")
NONE: dict[str, Any] = {"inline_keyboard": []}
T = TypeVar("T")

# What the newsroom publishes about the parade, and the lists that each report is for. It also
# publishes near misses: Südkorea, a Siegesserie, a Militärmusikfest, a Karnevalsumzug, Paradies.
BOTH = "Nordkorea · Siegesparade"
ALERTS = {
    "EIL: NORDKOREANISCHE TRUPPEN BEI SIEGESPARADE IN MOSKAU": BOTH,
    "Ein Marschblock, den niemand angekündigt hatte": BOTH,
    "Gäste, die bleiben: Was Pjöngjang in Moskau wirklich will": BOTH,
    "Im Gleichschritt: Die Siegesparade als Bühne": BOTH,
    "Nordkoreas Soldaten marschieren über den Roten Platz": BOTH,
    "Russland feiert Siegestag mit Soldaten aus Nordkorea": BOTH,
    "Öl, Weizen, Satelliten: Was Moskau für den Aufmarsch bezahlt": "Nordkorea",
    "„Schlag ins Gesicht“: Seoul protestiert gegen Auftritt in Moskau": "Nordkorea",
}


def test_once_it_prints_each_alert_as_the_chat_shows_it_and_nothing_else() -> None:
    done = subprocess.run(
        [*DEMO, "--once"],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
    )
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    told = {}
    for alert in done.stdout.removesuffix("\n\n").split("\n\n"):
        first, second, outlet, passage, *_more, above, button = alert.splitlines()
        title, _, link = second.partition(" <http://127.0.0.1:")
        told[title] = first.removeprefix("🔔 ")
        assert "/articles/" in link
        assert outlet.endswith(" Uhr")
        assert passage.startswith("│ ")
        assert above == "[ 🔇 24 Stunden ]  [ 👎 Passt nicht ]"
        assert button == "[ ⚙️ Einstellen ]  [ ↗️ Artikel ]"
    assert told == ALERTS
    assert done.stdout.count("🔔") == len(ALERTS)


def test_a_list_that_is_saved_in_the_demos_chat_changes_no_file_of_ours(tmp_path: Path) -> None:
    (tmp_path / "watchlists").mkdir()
    ours = tmp_path / "watchlists" / "insel.txt"
    ours.write_text("Insel\n", encoding="utf-8")
    with subprocess.Popen(
        DEMO, cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as demo:
        assert demo.stdout
        try:
            page = demo.stdout.readline().decode().split()[1]
            copy = Path(demo.stdout.readline().decode().partition("to a copy, ")[2].split(";")[0])
            api = page.replace("/chat", "/_sandbox")
            document = {"name": "insel.txt", "text": "Atlantis\n"}
            _post(f"{api}/say", {"chat": PERSON, "document": document})
            number, data = _button(api, "save:")
            _post(f"{api}/press", {"chat": PERSON, "message_id": number, "data": data})

            _until(lambda: (copy / "insel.txt").read_text(encoding="utf-8") == "Atlantis\n")
        finally:
            demo.send_signal(signal.SIGTERM)
            demo.wait(20)
    assert ours.read_text(encoding="utf-8") == "Insel\n"
    assert not copy.exists()


def test_in_the_demo_a_feed_can_be_removed_like_any_other(tmp_path: Path) -> None:
    with subprocess.Popen(
        DEMO, cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as demo:
        assert demo.stdout
        try:
            api = demo.stdout.readline().decode().split()[1].replace("/chat", "/_sandbox")
            _post(f"{api}/say", {"chat": PERSON, "text": "/feeds"})
            number, data = _button(api, "feed:show:")
            _post(f"{api}/press", {"chat": PERSON, "message_id": number, "data": data})

            assert _button(api, "feed:remove:")
        finally:
            demo.send_signal(signal.SIGTERM)
            demo.wait(20)


def _post(url: str, body: object) -> None:
    headers = {"Content-Type": "application/json"}
    wish = urllib.request.Request(url, json.dumps(body).encode(), headers)
    urllib.request.urlopen(wish, timeout=20).close()


def _button(api: str, data: str) -> tuple[int, str]:
    """Wait for a button whose data begins so; return its message and its data."""

    def found() -> tuple[int, str] | None:
        with urllib.request.urlopen(f"{api}/messages?chat={PERSON}", timeout=20) as answer:
            messages = json.load(answer)
        rows = (
            (m, row) for m in messages for row in m.get("reply_markup", NONE)["inline_keyboard"]
        )
        keys = ((m["message_id"], key.get("callback_data", "")) for m, row in rows for key in row)
        return next((each for each in keys if each[1].startswith(data)), None)

    return _until(found)


def _until(look: Callable[[], T | None]) -> T:
    """Look until there is something to see."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if seen := look():
            return seen
        time.sleep(0.1)
    raise AssertionError("it did not come")


def test_without_once_it_serves_the_chat_page_until_it_is_asked_to_end() -> None:
    with subprocess.Popen(
        DEMO, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as demo:
        assert demo.stdout
        assert demo.stderr
        try:
            invitation = demo.stdout.readline().decode()
            demo.send_signal(signal.SIGTERM)
            assert demo.wait(20) == 0
        finally:
            demo.kill()
        assert invitation.startswith("Open http://127.0.0.1:")
        assert b"Traceback" not in demo.stderr.read()

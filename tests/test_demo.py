"""`ausguck demo`: the whole bot at work, with no token and no network."""

import signal
import subprocess
import sys
from pathlib import Path

from tests.cli_kit import environment

ROOT = Path(__file__).parent.parent
DEMO = (sys.executable, "-m", "bot", "demo")

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

"""Builds the image, runs the bot in it as others do, and judges it from outside.

    make container-test

The container has no root, no capability, a read-only file system, 256 MB and four CPUs. What came
of it is read in the sandbox's transcript, in the chat, and in what the kernel counts.
"""

import os
import sqlite3
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.container.beginnings import beginnings
from tests.container.engine import ROOT, Container, Engine, Unable, install, shell
from tests.container.kernel import counter, processes, pss
from tests.container.scene import PERSON, USER, Failed, Scene, must, set_up, until
from tests.soak.judge import judge

PAGES, BURST = 200, 6
LONGEST_PAGE = 25_000
BARS = {"ready, s": 5.0, "stop, s": 5.0, "image, MB": 300.0, "daemon alone, MB PSS": 160.0}
SUMS = """
import hashlib, pathlib, sys
sys.path[:0] = filter(None, sys.argv[1:])
import bot
here = pathlib.Path(bot.__file__).parent
for path in sorted(here.rglob("*.py")):
    print(hashlib.sha256(path.read_bytes()).hexdigest(), path.relative_to(here))
"""
PARADE = ROOT / "tests" / "fixtures" / "parade.html"
FILLER = "Der Rat der Stadt beriet am Abend über Straßen, Schulen, Bäume und den Haushalt. "


@dataclass(slots=True)
class Trial:
    """One run: the container, what is around it, and what was measured."""

    scene: Scene
    container: Container
    figures: dict[str, float] = field(default_factory=dict)

    def ready(self) -> None:
        """It starts: it answers a message that was waiting, and says that it is well."""
        self.scene.call("say", chat=PERSON, text="/start")
        began = time.monotonic()
        self.container.start()
        until(self.scene.said, "an answer to /start")
        until(self.scene.is_well, "/healthz to say that all is well")
        self.figures["ready, s"] = time.monotonic() - began

    def current(self) -> None:
        """It is made of this tree, and not of an earlier one that a cache has kept."""
        said = self.container.ask("python3", "-c", SUMS, "")
        here = shell(sys.executable, "-c", SUMS, str(ROOT))
        must(said.out.strip() == here, "its code is not that of this tree")

    def locked_down(self) -> None:
        """It is nobody, may nothing, and can write nowhere but where it must."""
        status = Path(f"/proc/{self.container.pid}/status").read_text(encoding="utf-8")
        facts = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
        must(facts["Uid"].split() == [str(USER)] * 4, f"it runs as {facts['Uid']}")
        must(int(facts["CapEff"], 16) == 0, f"it has capabilities: {facts['CapEff']}")
        must(facts["NoNewPrivs"].strip() == "1", "it may gain privileges")
        tried = self.container.ask("python3", "-c", "open('/opt/venv/x', 'w')")
        must("Read-only file system" in tried.err, "its file system can be written")

    def parade(self) -> None:
        """A person subscribes by buttons, a newsroom reports, an alert arrives."""
        for label in ("Nordkorea", "Siegesparade"):
            self.scene.press(f"▫️ {label}")
            until(lambda label=label: self._is_on(label), f"{label} to be on")  # type: ignore[misc]
        html = PARADE.read_text(encoding="utf-8")
        began = time.monotonic()
        self.scene.publish("Nordkoreaner auf dem Roten Platz", html)
        until(lambda: self.scene.alert("Siegesparade"), "the alert for the parade")
        self.figures["published to chat, s"] = time.monotonic() - began

    def _is_on(self, label: str) -> bool:
        return any(
            f"✅ {label}" in button["text"]
            for message in self.scene.said()
            for row in message.get("reply_markup", {}).get("inline_keyboard", [])
            for button in row
        )

    def edited(self) -> None:
        """A watchlist that is edited on the mounted folder counts."""
        file = self.scene.config / "watchlists" / "nordkorea.txt"
        file.write_text("@label Nordkorea\nNordkorea\nGartenzwerg\n", encoding="utf-8")
        until(lambda: '"watchlist.changed"' in self.container.log, "the change of a watchlist")
        self.scene.publish("Zwerge", "<p>Ein Gartenzwerg steht in jedem zweiten Garten.</p>")
        until(lambda: self.scene.alert("Zwerge"), "the alert of the edited list")

    def pages(self) -> None:
        """Two hundred pages are read within 256 MB, and no process is killed for memory."""
        began = time.monotonic()
        before = self._read()
        for number in range(PAGES):
            self.scene.publish(f"Sitzung {number}", _page(number))
        until(lambda: self._read() - before >= PAGES, f"{PAGES} pages to be read", 120)
        self.figures[f"{PAGES} pages, s"] = time.monotonic() - began
        killed = counter(self.container.pid, "memory.oom_control", "memory.events", "oom_kill")
        must(killed == 0, f"{killed} processes were killed for want of memory")
        must(not self.container.state["OOMKilled"], "the container was killed for want of memory")
        peak = counter(self.container.pid, "memory.max_usage_in_bytes", "memory.peak", "")
        self.figures["memory peak, MB"] = peak / 1e6

    def _read(self) -> int:
        """Return how many articles were read from their pages."""
        place = f"file:{self.scene.data / 'ausguck.db'}?mode=ro"
        with closing(sqlite3.connect(place, uri=True)) as connection:
            question = "SELECT count(*) FROM articles WHERE text_from = 'page'"
            return int(connection.execute(question).fetchone()[0])

    def refused(self) -> None:
        """Where the lists' folder may not be written, the chat is told so; nothing is lost."""
        folder = self.scene.config / "watchlists"
        before = {path.name: path.read_bytes() for path in folder.iterdir()}
        os.chown(folder, 0, 0)
        document = {"name": "iran.txt", "text": "Teheran\n"}
        self.scene.call("say", chat=PERSON, document=document)
        self.scene.press("speichern")
        until(lambda: self.scene.heard(f"chown -R {USER}:{USER}"), "the remedy, in the chat")
        after = {path.name: path.read_bytes() for path in folder.iterdir()}
        must(after == before, f"something was half saved: {sorted(after)}")
        os.chown(folder, USER, USER)
        self.scene.press("speichern")
        until((folder / "iran.txt").exists, "the list to be saved after that")

    def stalled(self) -> None:
        """Where nothing moves any more, the health check says so."""
        must(self.container.ask("ausguck", "health").code == 0, "it is well, and health says no")
        self.container.signal("STOP")
        try:
            said = self.container.ask("ausguck", "health")
        finally:
            self.container.signal("CONT")
        must(said.code == 1, f"its loop stands still, and health says {said.code}")
        until(lambda: self.container.ask("ausguck", "health").code == 0, "it to be well again")

    def killed(self) -> None:
        """Killed in the middle of sending and started again, it loses and repeats nothing."""
        self.scene.call("fault", method="sendMessage", fault="late", times=BURST, pause=0.3)
        numbers: dict[str, int] = {}
        for _ in range(BURST):
            self._parade(numbers)
        before = len(self.scene.calls("sendMessage"))
        until(lambda: len(self.scene.calls("sendMessage")) > before + 2, "some of the alerts")
        self.container.kill()
        self.container.start()
        self._parade(numbers)  # a doubt about the last one is named with the next message

        def lost() -> list[str]:
            return judge(self._about(numbers), {PERSON: set(numbers.values())}, numbers).lost

        until(lambda: not lost(), "what was not told before the kill", 90)
        time.sleep(2)  # what is told twice would come now
        verdict = judge(self._about(numbers), {PERSON: set(numbers.values())}, numbers)
        must(verdict.is_good, "; ".join(verdict.faults()))
        self.figures["alerts in doubt after a kill"] = verdict.named

    def _parade(self, numbers: dict[str, int]) -> None:
        number = len(numbers)
        text = f"<p>Die Siegesparade Nummer {number} zog am Morgen durch die Stadt.</p>"
        numbers[self.scene.publish(f"Parade {number}", text)] = number

    def _about(self, numbers: dict[str, int]) -> list[dict[str, object]]:
        calls = self.scene.calls("sendMessage")
        return [call for call in calls if any(url in call["params"]["text"] for url in numbers)]

    def memory(self) -> None:
        """What it holds after that work, alone and with the processes that read pages."""
        self.figures["daemon alone, MB PSS"] = pss(self.container.pid) / 1e3
        every = processes(self.container.pid)
        self.figures["with its workers, MB PSS"] = sum(map(pss, every)) / 1e3

    def stopped(self) -> None:
        """On SIGTERM it ends in order, soon."""
        began = time.monotonic()
        code = self.container.stop()
        self.figures["stop, s"] = time.monotonic() - began
        must(code == 0, f"it ended with {code}")
        must('"daemon.stopped"' in self.container.log, "it did not say that it stopped")
        must("Traceback" not in self.container.log, "there is a traceback in its log")


Steps = tuple[Callable[[Trial], None], ...]
MEASURED: Steps = (
    Trial.ready,
    Trial.current,
    Trial.locked_down,
    Trial.parade,
    Trial.edited,
    Trial.pages,
    Trial.memory,
)
WAITING: Steps = (Trial.refused, Trial.stalled, Trial.killed)
"""These mostly wait: something else is tried meanwhile."""
LAST: Steps = (Trial.stopped,)


def _page(number: int) -> str:
    """Return a page of a usual size."""
    paragraphs = "".join(f"<p>{number}.{each}: {FILLER * 4}</p>" for each in range(20))
    rest = "<nav>" + "<a href='/'>Mehr</a>" * (LONGEST_PAGE // 60) + "</nav>"
    return f"<html><body>{rest}<article>{paragraphs}</article></body></html>"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def trial(engine: Engine, image: str) -> dict[str, float]:
    """Run all steps and return the figures."""
    with set_up() as scene:
        scene.lay_out()
        scene.publish("Alt", "<p>Eine alte Meldung.</p>")
        name = f"ausguck-test-{os.getpid()}"
        run = Trial(scene, Container(engine, image, name, scene.options()))
        run.container.create()
        try:
            _perform(run, MEASURED)
            with ThreadPoolExecutor() as pool:
                meanwhile = pool.submit(lambda: list(beginnings(engine, image, scene.folder)))
                _perform(run, WAITING)
                for said in meanwhile.result():
                    _say(f"  ok  {said}")
            _perform(run, LAST)
        except Failed:
            sys.stderr.write("\n".join(run.container.log.splitlines()[-40:]) + "\n")
            raise
        finally:
            run.container.remove()
    return run.figures


def _perform(run: Trial, steps: Steps) -> None:
    for step in steps:
        began = time.monotonic()
        step(run)
        said = (step.__doc__ or "").splitlines()[0]
        _say(f"  ok  {said} ({time.monotonic() - began:.1f} s)")


def main() -> int:
    """Test the image; return 1 where anything is not as it must be, 2 where it cannot be tested."""
    if os.environ.get("CONTAINER_TEST") == "skip":
        _say("The container is not tested: CONTAINER_TEST=skip is set.")
        return 0
    began = time.monotonic()
    engine = Engine()
    try:
        install()
        engine.base()
        image = engine.build()
        built = time.monotonic() - began
        _say(f"  ok  The image is built ({built:.1f} s)")
        figures = {"image, MB": engine.size(image) / 1e6, "build, s": built}
        figures |= trial(engine, image)
    except Unable as error:
        sys.stderr.write(
            f"Containers cannot run here: {error}\n"
            "If that is how it is, CONTAINER_TEST=skip goes on without this test.\n"
        )
        return 2
    except Failed as error:
        sys.stderr.write(f"FAILED: {error}\n")
        return 1
    figures["test, s"] = time.monotonic() - began
    return _judged(figures)


def _judged(figures: dict[str, float]) -> int:
    """Print the figures; return 1 where a size is above its bar.

    Times are only told: how long something takes says as much about the machine as about the bot.
    """
    above = [name for name, bar in BARS.items() if figures[name] > bar]
    for name, figure in figures.items():
        bar = f"   at most {BARS[name]:.0f}" if name in BARS else ""
        _say(f"{name:<30}{figure:>8.1f}{bar}{'   ABOVE' if name in above else ''}")
    sizes = [name for name in above if not name.endswith(", s")]
    for name in sizes:
        sys.stderr.write(f"FAILED: {name}: {figures[name]:.1f} is above {BARS[name]:.0f}\n")
    return 1 if sizes else 0


if __name__ == "__main__":
    sys.exit(main())

"""Builds and runs containers on a bare Debian: no registry, no systemd, no Docker needed.

What is slow is kept between runs in ${XDG_CACHE_HOME:-~/.cache}/ausguck: the base image and the
layers of the build. Delete that folder to begin anew.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ausguck"
NEEDED = ("podman", "runc", "mmdebstrap")
APT = ("apt-get", "-o", "DPkg::Lock::Timeout=300", "-y", "-q")
SUITE = "trixie"
BASE = f"localhost/ausguck-base:{SUITE}"
INCLUDED = "python3,python3-venv,ca-certificates"
LEFT_OUT = ("/usr/share/doc/*", "/usr/share/locale/*", "/usr/share/man/*")
"""As in Debian's slim images."""
HANDED_ON = ("PIP_INDEX_URL", "UV_DEFAULT_INDEX")
"""The settings of this machine that a build needs, where it has them."""

# Where /proc/self/limits cannot be raised, the usual values are refused; crun knows no way out.
LIMITS = ("--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1024:1024")


class Unable(Exception):
    """Containers cannot be built or run here; the text says why and what helps."""


def shell(*words: str | Path, timeout: float = 600) -> str:
    """Run a command and return what it printed.

    Raises:
        Unable: it failed; with its last lines.
    """
    try:
        done = subprocess.run(
            words, capture_output=True, text=True, check=False, timeout=timeout, cwd=ROOT
        )
    except FileNotFoundError:
        raise Unable(f"there is no {words[0]}") from None
    except subprocess.TimeoutExpired:
        raise Unable(f"`{' '.join(map(str, words[:4]))} …` took longer than {timeout} s") from None
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).splitlines()[-15:])
        raise Unable(f"`{' '.join(map(str, words))}` failed with {done.returncode}:\n{said}")
    return done.stdout.strip()


def install() -> None:
    """Have podman, runc and mmdebstrap; on Debian they are fetched where they are missing.

    Raises:
        Unable: they cannot be had.
    """
    if os.geteuid() != 0:
        raise Unable("containers with a memory limit need root here: sudo make container-test")
    missing = [name for name in NEEDED if not shutil.which(name)]
    if not missing:
        return
    if not shutil.which("apt-get"):
        raise Unable(f"install {', '.join(missing)} first; this is no Debian")
    sys.stderr.write(f"installing {', '.join(missing)} with apt-get ...\n")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    shell(*APT, "update")
    shell(*APT, "install", "--no-install-recommends", *missing)


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command in a container ended."""

    code: int
    out: str
    err: str


@dataclass(slots=True)
class Engine:
    """Podman with a store of its own, so that it disturbs no other containers here."""

    store: Path = field(default_factory=lambda: CACHE / "containers")

    def words(self, *words: str | Path) -> tuple[str | Path, ...]:
        """Return a command of podman as it has to be given."""
        place = ("--root", self.store, "--runroot", "/run/ausguck-containers")
        return ("podman", *place, "--runtime", "runc", *words)

    def do(self, *words: str | Path, timeout: float = 600) -> str:
        """Run a command of podman and return what it printed.

        Raises:
            Unable: it failed.
        """
        return shell(*self.words(*words), timeout=timeout)

    def base(self) -> None:
        """Have the base image: Debian with Python, in place of python:slim from a registry."""
        if self._has(BASE):
            return
        CACHE.mkdir(parents=True, exist_ok=True)
        tar = CACHE / f"base-{SUITE}.tar"
        if not tar.exists():
            sys.stderr.write("making a base image with mmdebstrap ...\n")
            part = tar.with_name(f"{tar.stem}-{os.getpid()}.tar")
            left_out = [f"--dpkgopt=path-exclude={each}" for each in LEFT_OUT]
            try:
                included = f"--include={INCLUDED}"
                mirror = [name] if (name := os.environ.get("DEBIAN_MIRROR")) else []
                shell("mmdebstrap", "--variant=minbase", included, *left_out, SUITE, part, *mirror)
                part.replace(tar)
            finally:
                part.unlink(missing_ok=True)
        self.do("import", "-q", tar, BASE)

    def _has(self, image: str) -> bool:
        words = self.words("image", "exists", image)
        return subprocess.run(words, capture_output=True, check=False).returncode == 0

    def build(self) -> str:
        """Build the image from this tree and return its id."""
        secret, given = _certificates(), [name for name in HANDED_ON if os.environ.get(name)]
        self.do(
            *("build", "-q", "--format", "docker", "--isolation=chroot", "--network=host"),
            *(("--secret", f"id=ca,src={secret}") if secret else ()),
            *(word for name in given for word in ("--build-arg", f"{name}={os.environ[name]}")),
            *("--build-arg", f"BASE={BASE}", "-t", f"localhost/ausguck-test:{os.getpid()}", "."),
        )
        tag = f"localhost/ausguck-test:{os.getpid()}"
        made = self.do("image", "inspect", "--format", "{{.Id}}", tag)
        # The newest one keeps a name, so that the next build finds its layers.
        self.do("tag", made, "localhost/ausguck:latest")
        self.do("untag", made, tag)
        # What no build of the last week has used.
        self.do("image", "prune", "--force", "--filter", "until=168h")
        return made

    def size(self, image: str) -> int:
        """Return how many bytes an image has, with its base."""
        return int(self.do("image", "inspect", "--format", "{{.Size}}", image))


def _certificates() -> Path | None:
    """Return this machine's bundle, where it is named: there may be one of its own in it."""
    named = os.environ.get("SSL_CERT_FILE", "")
    return Path(named) if named and Path(named).is_file() else None


@dataclass(slots=True)
class Container:
    """One container: how it is started, and what is known of it from outside."""

    engine: Engine
    image: str
    name: str
    options: tuple[str, ...]

    def run(self, *words: str) -> Ran:
        """Run it to its end and remove it."""
        command = self.engine.words("run", "--rm", *self._locked(), self.image, *words)
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        # Podman itself may complain of the machine, in a form of its own.
        own = [line for line in done.stderr.splitlines() if not line.startswith("time=")]
        return Ran(done.returncode, done.stdout, "\n".join(own))

    def create(self) -> None:
        """Make it, so that a start is a start and nothing else."""
        self.engine.do("create", "--name", self.name, *self._locked(), self.image)

    def _locked(self) -> tuple[str, ...]:
        return (
            *("--no-healthcheck", *LIMITS),
            *("--read-only", "--tmpfs=/tmp", "--cap-drop=ALL", "--pids-limit=128"),
            *("--security-opt=no-new-privileges", "--memory=256m", "--cpus=4", *self.options),
        )

    def start(self) -> None:
        """Start it, the first time or again."""
        self.engine.do("start", self.name)

    def stop(self) -> int:
        """Send SIGTERM, wait for its end, and return the exit code."""
        self.engine.do("stop", "--time", "20", self.name)
        return int(self.state["ExitCode"])

    def kill(self) -> None:
        """End it as a power cut would."""
        self.engine.do("kill", "--signal", "KILL", self.name)
        self.engine.do("wait", self.name)

    def signal(self, name: str) -> None:
        """Send its first process a signal from outside, which it cannot refuse."""
        shell("kill", f"-{name}", str(self.pid))

    def ask(self, *words: str) -> Ran:
        """Run a command inside."""
        command = self.engine.words("exec", self.name, *words)
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        return Ran(done.returncode, done.stdout, done.stderr)

    def remove(self) -> None:
        """Remove it, running or not."""
        self.engine.do("rm", "--force", "--time", "0", "--ignore", "--volumes", self.name)

    @property
    def state(self) -> Mapping[str, Any]:
        """What podman knows of it."""
        state: Mapping[str, Any] = json.loads(
            self.engine.do("inspect", "--format", "{{json .State}}", self.name)
        )
        return state

    @property
    def pid(self) -> int:
        """Its first process, as seen from outside."""
        return int(self.state["Pid"])

    @property
    def log(self) -> str:
        """All that it ever printed."""
        done = subprocess.run(
            self.engine.words("logs", self.name), capture_output=True, text=True, check=False
        )
        return done.stdout + done.stderr

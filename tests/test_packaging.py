"""What others get: the wheel, installed with plain pip into a fresh environment."""

import ast
import os
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SMALL_PACKAGE = "iniconfig"

# Where Debian's python3-venv is missing, the environment has no pip of its own: the system's
# installs into it.
PIP = (
    f"{sys.base_prefix}/bin/python3",
    *("-m", "pip", "--quiet", "--no-input", "--disable-pip-version-check"),
)


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, without the settings of whoever runs the tests."""
    return subprocess.run(
        command,
        cwd=cwd,
        env={
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("AUSGUCK_", "PYTHON", "VIRTUAL_ENV"))
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree."""
    folder = tmp_path_factory.mktemp("dist")
    built = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def fresh(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin/ of a fresh environment with the wheel in it."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder / "env", with_pip=False)
    pip = (*PIP, "--python", folder / "env" / "bin" / "python")
    installed = run(*pip, "install", "--no-compile", wheel, cwd=folder)
    if installed.returncode:
        probe = run(*pip, "download", "--no-deps", "--no-cache-dir", SMALL_PACKAGE, cwd=folder)
        if probe.returncode:
            pytest.skip(f"pip reaches no package index: {probe.stderr.splitlines()[0]}")
    assert installed.returncode == 0, installed.stderr
    return folder / "env" / "bin"


def imported_libraries() -> list[str]:
    """Every module from outside that bot/ imports anywhere, inside functions too."""
    names = set[str]()
    for source in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {name.name for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module)
    # Part of Python itself, from 3.14 on; only imported there.
    later = {"compression"} if sys.version_info < (3, 14) else set()
    return sorted(name for name in names if name.split(".")[0] not in {"bot", *later})


def test_a_fresh_installation_checks_an_empty_folder_and_misses_only_the_token(
    fresh: Path, tmp_path: Path
) -> None:
    done = run(fresh / "ausguck", "check", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "token" in done.stderr.lower()
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_fresh_installation_has_every_library_that_the_code_imports(
    fresh: Path, tmp_path: Path
) -> None:
    """Lazily imported ones too: pip once left out the lxml extra that trafilatura needs."""
    lines = "\n".join(f"import {name}" for name in imported_libraries())
    done = run(fresh / "python", "-c", lines, cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_the_wheel_holds_bot_the_settings_the_watchlists_and_nothing_else(wheel: Path) -> None:
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    present = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "bot").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    lists = {f"bot/watchlists/{path.name}" for path in (ROOT / "watchlists").glob("*.txt")}
    assert packed == present | lists | {"bot/config.toml"}


def test_the_makefile_and_the_image_use_the_same_uv() -> None:
    makefile = re.search(r"UV_VERSION := (\S+)", (ROOT / "Makefile").read_text())
    dockerfile = re.search(r"UV_VERSION=(\S+)", (ROOT / "Dockerfile").read_text())
    assert makefile
    assert dockerfile
    assert makefile[1] == dockerfile[1]

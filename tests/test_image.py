"""What the image is made of, as far as that shows without building it; see tests/container."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
PYTHON = (3, 13)
"""That of the base image."""

WHEEL = re.compile(r"-(?P<python>[^-]+)-(?P<abi>[^-]+)-(?P<platform>[^-]+)\.whl$")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def runtime() -> Iterator[dict[str, Any]]:
    """Every package of the lock that Ausguck needs to run, wherever that is."""
    packages = tomllib.loads(text("uv.lock"))["package"]
    wanted, seen = ["ausguck"], set[str]()
    while wanted:
        name = wanted.pop()
        if name in seen:
            continue
        seen.add(name)
        for package in (each for each in packages if each["name"] == name):
            extras = package.get("optional-dependencies", {}).values()
            needs = [*package.get("dependencies", []), *(n for extra in extras for n in extra)]
            wanted += [need["name"] for need in needs]
            if name != "ausguck":
                yield package


def fits(url: str, machine: str) -> bool:
    """Whether a wheel can be installed in the image on a machine."""
    found = WHEEL.search(url)
    assert found, url
    pythons, abis = found["python"].split("."), found["abi"].split(".")
    this = f"cp{PYTHON[0]}{PYTHON[1]}"
    stable = any(
        int(python.removeprefix("cp3")) <= PYTHON[1]
        for python in pythons
        if "abi3" in abis and re.fullmatch(r"cp3\d+", python)
    )
    is_ours = stable or (this in pythons and {this, "none"} & set(abis)) or "py3" in pythons
    is_there = found["platform"] == "any" or re.search(
        rf"manylinux\w*_{machine}(?:\.|$)", found["platform"]
    )
    return bool(is_ours and is_there)


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_every_library_has_a_wheel_so_that_no_compiler_is_needed(machine: str) -> None:
    packages = list(runtime())
    lacking = [
        f"{package['name']} {package['version']}"
        for package in packages
        if not any(fits(wheel["url"], machine) for wheel in package.get("wheels", []))
    ]
    assert len(packages) > 40
    assert lacking == []


def test_a_wheel_of_another_python_or_machine_does_not_fit() -> None:
    ours = "https://x/a-1-cp313-cp313-manylinux_2_28_aarch64.whl"
    assert fits(ours, "aarch64")
    assert not fits(ours, "x86_64")
    assert fits("https://x/a-1-cp39-abi3-manylinux2014_x86_64.manylinux_2_17_x86_64.whl", "x86_64")
    assert not fits("https://x/a-1-cp314-abi3-manylinux_2_28_x86_64.whl", "x86_64")
    assert not fits("https://x/a-1-cp312-cp312-manylinux_2_28_x86_64.whl", "x86_64")
    assert not fits("https://x/a-1-cp313-cp313t-manylinux_2_28_x86_64.whl", "x86_64")
    assert not fits("https://x/a-1-cp313-cp313-musllinux_1_2_x86_64.whl", "x86_64")


def test_only_what_the_image_is_made_of_is_handed_to_the_build() -> None:
    """Above all no token and no database; and whatever is copied is there."""
    ignored = text(".dockerignore").splitlines()
    assert "*" in ignored
    allowed = {line.removeprefix("!") for line in ignored if line.startswith("!")}
    copied = re.findall(r"(?m)^COPY (?!--from)(.+) \S+$", text("Dockerfile"))
    assert allowed == {name for line in copied for name in line.split()}


def test_the_image_runs_as_nobody_special_and_needs_two_volumes_only() -> None:
    said = text("Dockerfile")
    assert re.search(r"(?m)^USER 10001:10001$", said)
    assert 'VOLUME ["/data", "/config"]' in said
    assert re.search(r"(?m)^HEALTHCHECK .*\\\n +CMD \[\"ausguck\", \"health\"\]$", said)
    assert "STOPSIGNAL SIGTERM" in said


def test_compose_gives_it_no_more_than_it_needs() -> None:
    lines = [line.split(" #")[0].strip() for line in text("compose.yaml").splitlines()]
    block = " ".join(lines)
    assert "read_only: true" in lines
    assert "cap_drop: - ALL" in block
    assert "security_opt: - no-new-privileges:true" in block
    assert "restart: unless-stopped" in lines
    assert re.search(r"mem_limit: \d+m", block)
    assert re.search(r"stop_grace_period: \d+s", block)
    assert "AUSGUCK_TELEGRAM__TOKEN_FILE: /run/secrets/token" in lines
    assert [line for line in lines if line.endswith(":8787")] == ["- 127.0.0.1:8787:8787"]

"""What is somebody else's is told in one line, with the command that mends it."""

import codecs
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from bot.owner import IN_CONTAINER, nearest, remedy
from tests.cli_kit import exit_code

NOBODY = 65_534
ROOT, OTHER = 0, 1026
TOKEN = '[telegram]\ntoken = "12:secret"\n[web]\nlisten = "127.0.0.1:0"\n'

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The current folder; what is put into it may be root's, while we are nobody."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    monkeypatch.chdir(folder)
    monkeypatch.delenv("AUSGUCK_CONFIG", raising=False)
    monkeypatch.delenv(IN_CONTAINER, raising=False)
    os.chown(folder, NOBODY, NOBODY)
    yield folder
    os.setresuid(ROOT, ROOT, ROOT)
    os.setresgid(ROOT, ROOT, ROOT)
    shutil.rmtree(folder)


def hand_over(path: Path, owner: int) -> None:
    """Give a path to somebody, for them alone."""
    os.chown(path, owner, owner)
    path.chmod(0o700 if path.is_dir() else 0o400)


def become_nobody() -> None:
    """Be whom a container is; what is imported from now on may be hidden from us."""
    import_module("bot.cli.check")
    import_module("bot.daemon.serve")
    codecs.lookup("utf-8-sig")
    os.setresgid(NOBODY, NOBODY, ROOT)
    os.setresuid(NOBODY, NOBODY, ROOT)


@needs_root
def test_what_is_roots_is_to_be_given_to_the_bot(folder: Path) -> None:
    hand_over(folder, ROOT)
    become_nobody()

    assert remedy(folder / "file") == f"run `chown -R 65534:65534 {folder}`"


@needs_root
def test_what_is_a_persons_may_as_well_be_read_as_that_person(folder: Path) -> None:
    hand_over(folder, OTHER)
    become_nobody()

    assert remedy(folder) == (
        f"run `chown -R 65534:65534 {folder}`, or the bot as its owner: "
        '`user: "1026:1026"` in compose.yaml, `--user 1026:1026`'
    )


@needs_root
def test_what_is_the_bots_own_is_to_be_opened_for_it(folder: Path) -> None:
    (folder / "file").touch()
    hand_over(folder / "file", NOBODY)
    become_nobody()

    assert remedy(folder / "file") == f"run `chmod u+rwX {folder}/file`"


@needs_root
def test_in_a_container_the_path_is_said_to_be_one_inside(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(IN_CONTAINER, "1")
    hand_over(folder, ROOT)
    become_nobody()

    assert remedy(folder).endswith(f"{folder}` (on the host: what is mounted there)")


@needs_root
def test_of_a_path_that_is_hidden_the_folder_that_hides_it_is_named(folder: Path) -> None:
    (folder / "data").mkdir()
    hand_over(folder / "data", ROOT)
    become_nobody()

    assert nearest(folder / "data" / "ausguck.db") == folder / "data"


@needs_root
@pytest.mark.parametrize(
    ("hidden", "line"),
    [
        ("token", "AUSGUCK_TELEGRAM__TOKEN_FILE: cannot read {0}/token: Permission denied; "),
        ("config.toml", "config.toml: cannot be read: Permission denied; "),
        ("watchlists", "watchlists: cannot be read (Permission denied); "),
        ("data", "data: cannot be written; "),
    ],
)
def test_the_daemon_does_not_start_and_says_in_one_line_what_to_do(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    hidden: str,
    line: str,
) -> None:
    (folder / "config.toml").write_text(TOKEN)
    (folder / "token").write_text("12:secret")
    (folder / "watchlists").mkdir()
    (folder / "data").mkdir()
    for path in folder.iterdir():
        hand_over(path, ROOT if path.name == hidden else NOBODY)
    monkeypatch.setenv("AUSGUCK_TELEGRAM__TOKEN_FILE", str(folder / "token"))
    become_nobody()

    assert exit_code("run") == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    recursive = "-R " if (folder / hidden).is_dir() else ""
    assert err.startswith(
        f"{line.format(folder)}run `chown {recursive}65534:65534 {folder}/{hidden}`"
    )


@needs_root
def test_a_folder_with_a_configuration_that_may_not_be_entered_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "config").mkdir()
    hand_over(folder / "config", ROOT)
    become_nobody()

    assert exit_code("check", "--config", "config/config.toml") == 2

    assert capsys.readouterr().err == (
        "config/config.toml: cannot be read: Permission denied; "
        f"run `chown -R 65534:65534 {folder}/config`\n"
    )


@needs_root
def test_check_names_the_folder_of_watchlists_that_cannot_be_read(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "watchlists").mkdir()
    hand_over(folder / "watchlists", ROOT)
    become_nobody()

    assert exit_code("check") == 2

    assert f"run `chown -R 65534:65534 {folder}/watchlists`" in capsys.readouterr().err


@pytest.fixture
def frozen(tmp_path: Path) -> Iterator[Path]:
    """A folder that is mounted read-only."""
    folder = tmp_path / "frozen"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "ro,size=1m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("nothing can be mounted here")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_what_is_mounted_read_only_is_to_be_mounted_otherwise(frozen: Path) -> None:
    assert remedy(frozen / "x", writing=True) == (
        f"{frozen} is mounted read-only: mount it without `ro`"
    )


def test_data_on_a_read_only_mount_is_told_in_one_line(
    frozen: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(frozen)

    assert exit_code("status") == 2

    assert capsys.readouterr().err == (
        f"data: cannot be made: Read-only file system; {frozen} is mounted read-only: "
        "mount it without `ro`, or set store.url to another place\n"
    )

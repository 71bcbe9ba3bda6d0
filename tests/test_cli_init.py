"""`ausguck init`, and a first start where nothing is configured."""

import json
import subprocess
from pathlib import Path

import pytest

from bot.cli.init import begin
from tests.cli_kit import Command, ausguck, exit_code

HERE = Path(__file__).parent.parent
SHIPPED = sorted(path.name for path in (HERE / "watchlists").glob("*.txt"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, without settings from outside."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AUSGUCK_CONFIG", raising=False)
    return tmp_path


def written(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_init_writes_the_commented_settings_and_the_examples(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code("init", "news") == 0

    assert written(folder) == ["news/config.toml", *(f"news/watchlists/{n}" for n in SHIPPED)]
    assert (folder / "news" / "config.toml").read_bytes() == (HERE / "config.toml").read_bytes()
    assert capsys.readouterr().out.splitlines()[0] == "news/config.toml: written"


def test_without_a_name_it_is_the_current_folder(folder: Path) -> None:
    assert exit_code("init") == 0

    assert "config.toml" in written(folder)


def test_what_init_writes_has_no_fault(folder: Path) -> None:
    exit_code("init")

    assert exit_code("check") == 0


def test_what_is_there_already_is_never_changed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "config.toml").write_text("# mine")
    (folder / "watchlists").mkdir()
    (folder / "watchlists" / "mine.txt").write_text("Nordkorea")

    assert exit_code("init") == 0

    assert written(folder) == ["config.toml", "watchlists/mine.txt"]
    assert (folder / "config.toml").read_text() == "# mine"
    assert "nothing was changed" in capsys.readouterr().out


def test_what_cannot_be_written_is_told_in_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "news").write_text("a file")

    assert exit_code("init", "news") == 2

    assert capsys.readouterr().err == "news: cannot be written: File exists\n"


def test_on_a_disk_without_room_no_half_of_a_file_is_left(tmp_path: Path) -> None:
    mount = ["mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", str(tmp_path)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        with pytest.raises(OSError, match="No space left"):
            list(begin(tmp_path, tmp_path / "watchlists"))
        assert written(tmp_path) == []
    finally:
        subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)


# The first start.


def test_a_first_start_lays_the_folder_out_and_reads_it(folder: Path) -> None:
    said = ausguck("run", "--init", folder=folder)

    assert written(folder) == ["config.toml", *(f"watchlists/{name}" for name in SHIPPED)]
    first, last = said.faults
    assert json.loads(first)["event"] == "config.written"
    assert "there is no token" in last
    assert said.code == 2


def test_where_something_is_configured_a_start_writes_nothing(
    folder: Path, command: Command
) -> None:
    (folder / "config.toml").touch()

    assert command("run", "--init").code == 2

    assert written(folder) == ["config.toml"]


def test_without_being_told_so_a_start_writes_nothing(folder: Path, command: Command) -> None:
    assert command("run").code == 2

    assert written(folder) == []

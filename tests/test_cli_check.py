"""`ausguck check`: config, feeds and watchlists, every fault at once, and what to do about it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli_kit import Command, SandboxProcess, exit_code, sandbox_process, write

PLACE = re.compile(r"^[^:\s]+:\d+:\d+: .+; .+$")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, without settings from outside."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AUSGUCK_CONFIG", raising=False)
    return tmp_path


@pytest.fixture(scope="module")
def sandbox() -> Iterator[SandboxProcess]:
    with sandbox_process() as running:
        yield running


def test_an_empty_folder_only_has_warnings_and_stays_empty(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code("check") == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == ["configuration: none; built-in defaults", "feeds: 0"]
    warnings = err.splitlines()
    assert [line.partition(":")[0] for line in warnings] == ["warning"] * 3
    assert "no Telegram token; get one from @BotFather and set AUSGUCK_TELEGRAM__TOKEN" in err
    assert list(folder.iterdir()) == []


def test_it_says_how_each_line_was_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = '@label Ferner Osten\nNordkorea # Land\nKim Jong Un\n"Kim Jong Un"\n=EU\n-Videospiel\n'
    write(folder, nordkorea=lines)
    assert exit_code("check") == 0
    assert capsys.readouterr().out.splitlines()[2:] == [
        "nordkorea.txt (Ferner Osten):",
        "  1: @label  (people see the name Ferner Osten)",
        "  2: Nordkorea  (the word Nordkorea and its family)",
        "  3: Kim Jong Un  (the words Kim Jong Un in this order, in any form)",
        '  4: "Kim Jong Un"  (exactly "Kim Jong Un")',
        "  5: =EU  (exactly EU, case included)",
        "  6: -Videospiel  (excluded: the word Videospiel and its family)",
    ]


def test_it_says_how_each_setting_was_read(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = (
        "@lang de\n@feeds NDR, ORF\n@tags region\n@ignore Autobahn Seilbahn\n@stories wire\n"
        "@alert urgent\n@visible 1001 -1002\n"
    )
    write(folder, bahn=f"Bahn\n{settings}", still="Bahn\n@visible admins\n")

    assert exit_code("check") == 0

    assert capsys.readouterr().out.splitlines()[2:] == [
        "bahn.txt (bahn):",
        "  2: @lang  (the words are of the language de)",
        "  3: @feeds  (only the feeds NDR or ORF)",
        "  4: @tags  (only feeds with the tag region)",
        "  5: @ignore  (these forms do not count: Autobahn, Seilbahn)",
        "  6: @stories  (one alert for copies of a text only)",
        "  7: @alert  (at once, in quiet hours too)",
        "  8: @visible  (only these chats see it: 1001, -1002)",
        "  1: Bahn  (the word Bahn and its family)",
        "still.txt (still):",
        "  2: @visible  (only admins see it)",
        "  1: Bahn  (the word Bahn and its family)",
    ]


def test_feeds_that_a_list_keeps_to_and_that_nobody_knows_are_warned_of(
    folder: Path, command: Command
) -> None:
    text = '[[feeds]]\nurl = "https://a.example/feed"\nname = "tagesschau"\ntags = ["inland"]\n'
    (folder / "config.toml").write_text(text, encoding="utf-8")
    write(folder, eins="Kim\n@feeds Tageschau\n@tags technik\n", zwei="@feeds tagesschau\nKim\n")

    warnings = [line for line in command("check").faults if "eins.txt" in line or "zwei" in line]

    assert warnings == [
        "warning: eins.txt:2:8: no feed is called Tageschau; did you mean tagesschau?",
        (
            "warning: eins.txt:3:7: no feed has the tag technik, so this list never alerts; "
            "known are inland"
        ),
    ]
    assert not (folder / "data").exists()


def test_feeds_that_were_added_by_command_are_known(folder: Path, command: Command) -> None:
    text = '[[feeds]]\nurl = "https://a.example/feed"\nname = "tagesschau"\n'
    (folder / "config.toml").write_text(text, encoding="utf-8")
    write(folder, eins="Kim\n@feeds Kurier\n")
    opml = '<opml version="2.0"><body><outline text="Kurier" xmlUrl="https://k.example/"/></body></opml>'
    (folder / "feeds.opml").write_text(opml, encoding="utf-8")
    command("feeds", "import", "--offline", "feeds.opml")

    assert not [line for line in command("check").faults if "eins.txt" in line]


def test_lists_with_the_same_label_are_warned_of(folder: Path, command: Command) -> None:
    write(folder, eins="@label Nordkorea\nKim\n", zwei="@label Nordkorea\nPutin\n")

    warnings = [line for line in command("check").faults if ".txt" in line]

    assert [line.partition(";")[0] for line in warnings] == [
        "warning: eins.txt:1:8: zwei.txt is called Nordkorea, too",
        "warning: zwei.txt:1:8: eins.txt is called Nordkorea, too",
    ]


def test_every_fault_of_every_watchlist_is_told_with_its_place_shown(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, gut="Nordkorea\n", eins="Nord, Süd\n@lable Eins\n", zwei="\nHaus (alt)\n")
    assert exit_code("check") == 2
    out, err = capsys.readouterr()
    assert "gut.txt" in out
    faults = [line for line in err.splitlines() if PLACE.match(line)]
    places = ["eins.txt:1:5", "eins.txt:2:1", "zwei.txt:2:6"]
    assert [line.partition(": ")[0] for line in faults] == places
    assert "did you mean @label?" in err
    assert "Nord, Süd\n    ^\n" in err


def test_what_will_surprise_is_a_warning_with_its_place(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, eins="Zoll Streit\nKim Jong Un\nNordkorea\nNordkorea & Truppen\n")

    assert exit_code("check") == 0

    err = capsys.readouterr().err
    warnings = [line for line in err.splitlines() if line.startswith("warning: eins.txt")]
    assert [line.split(": ")[1] for line in warnings] == ["eins.txt:1:1", "eins.txt:4:1"]
    assert "both anywhere: Zoll & Streit" in warnings[0]


def test_a_feed_written_twice_and_a_list_without_a_query_are_warnings(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    feed = '[[feeds]]\nurl = "https://zeitung.example/feed"\n'
    (folder / "config.toml").write_text(feed * 2, encoding="utf-8")
    write(folder, leer="# noch nichts\n")
    assert exit_code("check") == 0
    err = capsys.readouterr().err
    assert "warning: https://zeitung.example/feed is written twice" in err
    assert "warning: leer.txt has no query; it never matches" in err


CONFIGS = {
    "not TOML": ("[telegram]\ntoken = \n", "config.toml:2:9: "),
    "not closed": ('[web]\nlisten = "x\n', "config.toml:2:12: "),
    "an unknown key": (
        "[poll]\n  evry = '5m'\n",
        "config.toml:2:3: poll.evry is unknown; did you mean every?",
    ),
    "an unknown section": ("[pol]\n", "config.toml:1:2: pol is unknown; did you mean poll?"),
    "an unknown key of a feed": (
        "[[feeds]]\nurl = 'https://a.example/'\n[[feeds]]\nurl = 'https://b.example/'\nnam = 'B'\n",
        "config.toml:5:1: feeds.2.nam is unknown; did you mean name?",
    ),
    "a duration that is none": (
        "[poll]\nevery = 'soon'\n",
        "config.toml:2:1: poll.every: a duration is written like 30s, 10m, 24h or 7d",
    ),
    "a feed without an address": ("[[feeds]]\nname = 'A'\n", "config.toml:1:3: feeds.1.url: "),
}


@pytest.mark.parametrize(("text", "line"), CONFIGS.values(), ids=CONFIGS)
def test_a_fault_in_the_configuration_is_one_line_with_its_place(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, line: str
) -> None:
    (folder / "config.toml").write_text(text, encoding="utf-8")
    assert exit_code("check") == 2
    out, err = capsys.readouterr()
    [fault] = err.splitlines()
    assert fault.startswith(line)
    assert out == ""


def test_a_configuration_that_was_named_must_be_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code("check", "--config", "other.toml") == 2
    assert capsys.readouterr().err == "other.toml: there is no such file; check --config\n"

    monkeypatch.setenv("AUSGUCK_CONFIG", "secret.toml")
    assert exit_code("check") == 2
    assert capsys.readouterr().err == "secret.toml: there is no such file; check AUSGUCK_CONFIG\n"


def test_paths_are_relative_to_the_configuration(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "etc").mkdir()
    (folder / "etc" / "config.toml").write_text("", encoding="utf-8")
    write(folder / "etc", nordkorea="Nordkorea\n")
    assert exit_code("check", "--config", "etc/config.toml") == 0
    assert "nordkorea.txt (nordkorea):" in capsys.readouterr().out


def online(sandbox: SandboxProcess, *feeds: str) -> str:
    """A configuration with the sandbox's Telegram and some feeds."""
    blocks = "".join(f'[[feeds]]\nurl = "{feed}"\n' for feed in feeds)
    return (
        f'[telegram]\ntoken = "12:secret"\napi_base = "{sandbox.said["bot_api"]}"\n'
        f'[net]\nallow = ["127.0.0.1"]\n[poll]\nper_host_gap = "0"\n{blocks}'
    )


def test_online_it_asks_telegram_and_reads_every_feed(
    folder: Path, sandbox: SandboxProcess, capsys: pytest.CaptureFixture[str]
) -> None:
    good, html = sandbox.feed("morgenbote"), sandbox.said["chat_page"]
    config = online(sandbox, good, html, sandbox.feed("gone"))
    (folder / "config.toml").write_text(config, encoding="utf-8")

    assert exit_code("check", "--online") == 2

    out, err = capsys.readouterr()
    assert "Telegram: @" in out
    assert f"{good}: 2 entries" in out
    faults = sorted(line for line in err.splitlines() if not line.startswith("warning"))
    assert [line.partition(": ")[0] for line in faults] == sorted([html, sandbox.feed("gone")])
    assert f"{sandbox.feed('gone')}: HTTP 404" in faults
    assert "HTML" in err


def test_online_a_token_that_telegram_refuses_is_a_fault(
    folder: Path, sandbox: SandboxProcess, capsys: pytest.CaptureFixture[str]
) -> None:
    sandbox.post("fault", method="getMe", fault="401")
    (folder / "config.toml").write_text(online(sandbox), encoding="utf-8")

    assert exit_code("check", "--online") == 2

    out, err = capsys.readouterr()
    refused = "telegram.token: Telegram refuses this token; copy it again from @BotFather"
    assert refused in err.splitlines()
    assert "secret" not in out + err

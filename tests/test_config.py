"""The configuration: defaults, file, environment, secrets; every fault at once, with its place."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Config, duration, load
from bot.errors import ConfigError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which nothing is configured, and in which the program stands."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read(folder: Path, text: str, **environ: str) -> Config:
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    return load(file, environ)


def faults(folder: Path, text: str, **environ: str) -> list[str]:
    """What is complained about, as `line:column: words`, or `variable: words`."""
    with pytest.raises(ConfigError) as refused:
        read(folder, text, **environ)
    return [str(f).removeprefix(f"{folder / 'config.toml'}:") for f in refused.value.faults]


# Defaults.


def test_an_empty_file_is_a_complete_configuration(folder: Path) -> None:
    config = read(folder, "")

    assert config.telegram.access == "invite"
    assert config.telegram.token is None
    assert config.telegram.pace == 25
    assert config.store.url == "sqlite:///data/ausguck.db"
    assert config.poll.every == timedelta(minutes=10)
    assert config.articles.fetch == "always"
    assert config.alerts.catch_up == timedelta(days=7)
    assert config.alerts.timezone == "Europe/Berlin"
    assert (config.web.host, config.web.port) == ("127.0.0.1", 8787)
    assert config.feeds == ()


def test_without_a_file_the_defaults_hold_and_paths_begin_in_the_current_folder(
    folder: Path,
) -> None:
    config = load(None, {})

    assert config == Config()
    assert config.source is None
    assert config.path(Path("watchlists")) == Path("watchlists")


# Which file.


def test_the_file_that_is_named_goes_before_the_variable_and_the_current_folder(
    folder: Path,
) -> None:
    for name in ("named", "variable", "config"):
        (folder / f"{name}.toml").write_text(f'[net]\ncontact = "{name}"')
    environ = {"AUSGUCK_CONFIG": str(folder / "variable.toml")}

    assert load(folder / "named.toml", environ).net.contact == "named"
    assert load(None, environ).net.contact == "variable"
    assert load(None, {}).net.contact == "config"


def test_a_relative_path_is_relative_to_the_file_that_says_it(folder: Path) -> None:
    config = read(folder, '[watch]\nfolder = "lists"')

    assert config.path(config.watch.folder) == folder / "lists"


def test_an_absolute_path_stays_as_it_is(folder: Path) -> None:
    assert read(folder, "").path(Path("/srv/lists")) == Path("/srv/lists")


def test_a_named_file_that_is_missing_is_a_fault(folder: Path) -> None:
    with pytest.raises(ConfigError, match="no such file; check --config"):
        load(folder / "missing.toml", {})


def test_a_missing_file_of_the_variable_is_blamed_on_the_variable(folder: Path) -> None:
    with pytest.raises(ConfigError, match="no such file; check AUSGUCK_CONFIG"):
        load(None, {"AUSGUCK_CONFIG": str(folder / "missing.toml")})


def test_a_byte_order_mark_does_not_matter(folder: Path) -> None:
    (folder / "config.toml").write_bytes("\ufeff[poll]\nevery = '5m'".encode())

    assert load(None, {}).poll.every == timedelta(minutes=5)


def test_a_file_in_another_encoding_is_a_fault_with_its_remedy(folder: Path) -> None:
    (folder / "config.toml").write_bytes('[net]\ncontact = "Müller"'.encode("cp1252"))

    with pytest.raises(ConfigError, match="not UTF-8; save it with the encoding UTF-8"):
        load(None, {})


# The environment.


def test_a_variable_goes_before_the_file(folder: Path) -> None:
    config = read(folder, '[telegram]\ntoken = "file"', AUSGUCK_TELEGRAM__TOKEN="variable")

    assert config.telegram.token is not None
    assert config.telegram.token.get_secret_value() == "variable"


def test_a_secret_file_goes_before_the_variable_and_loses_mark_and_white_space(
    folder: Path,
) -> None:
    secret = folder / "token"
    secret.write_bytes("\ufeff 12345:AA \r\n".encode())

    config = read(
        folder, "", AUSGUCK_TELEGRAM__TOKEN="variable", AUSGUCK_TELEGRAM__TOKEN_FILE=str(secret)
    )

    assert config.telegram.token is not None
    assert config.telegram.token.get_secret_value() == "12345:AA"


def test_a_list_in_the_environment_has_commas(folder: Path) -> None:
    config = read(
        folder, "", AUSGUCK_TELEGRAM__ADMINS="1, 2,", AUSGUCK_NET__ALLOW="10.0.0.0/8,192.168.1.20"
    )

    assert config.telegram.admins == (1, 2)
    assert config.net.allow == ("10.0.0.0/8", "192.168.1.20/32")


def test_an_empty_token_is_none(folder: Path) -> None:
    assert not read(folder, "", AUSGUCK_TELEGRAM__TOKEN="").telegram.token


def test_the_name_of_the_file_is_no_key(folder: Path) -> None:
    config = read(folder, "", AUSGUCK_CONFIG="elsewhere", AUSGUCK_HOME="x")

    assert config.model_dump() == Config().model_dump()


def test_an_unknown_variable_is_a_fault_with_the_nearest_one(folder: Path) -> None:
    assert faults(folder, "", AUSGUCK_POLL__EVRY="3m", AUSGUCK_X__Y_FILE="z") == [
        "AUSGUCK_POLL__EVRY: is unknown; did you mean AUSGUCK_POLL__EVERY?",
        "AUSGUCK_X__Y_FILE: is unknown; remove it",
    ]


def test_a_secret_file_that_cannot_be_read_is_a_fault(folder: Path) -> None:
    (folder / "binary").write_bytes(b"\xff\xfe")

    assert faults(folder, "", AUSGUCK_WEB__TOKEN_FILE="missing") == [
        "AUSGUCK_WEB__TOKEN_FILE: cannot read missing: No such file or directory"
    ]
    assert faults(folder, "", AUSGUCK_WEB__TOKEN_FILE="binary") == [
        "AUSGUCK_WEB__TOKEN_FILE: binary is no text in UTF-8"
    ]


def test_the_variable_is_blamed_for_its_value_even_if_the_file_has_the_key(folder: Path) -> None:
    assert faults(folder, "[telegram]\npace = 5", AUSGUCK_TELEGRAM__PACE="0") == [
        "AUSGUCK_TELEGRAM__PACE: telegram.pace: Input should be greater than 0"
    ]


# Faults.


def test_every_fault_is_told_at_once_with_its_line_and_column(folder: Path) -> None:
    text = '[telegram]\n  pace = 0\n\n[alerts]\ntimezone = "Berlin"\n[[feeds]]\nurl = "nope"\n'

    assert faults(folder, text) == [
        "2:3: telegram.pace: Input should be greater than 0",
        "5:1: alerts.timezone: no such time zone; write one like Europe/Berlin",
        "7:1: feeds.1.url: Input should be a valid URL, relative URL without a base",
    ]


def test_unknown_keys_bad_values_and_missing_keys_are_told_at_once_by_their_lines(
    folder: Path,
) -> None:
    text = (
        '[poll]\nevery = "10 Minuten"\nmni = "3m"\n[pol]\n[alerts]\ntimezone = "Wien"\n'
        '[[feeds]]\nnam = "A"\n'
    )

    assert [fault.partition(";")[0] for fault in faults(folder, text)] == [
        "2:1: poll.every: a duration is written like 30s, 10m, 24h or 7d",
        "3:1: poll.mni is unknown",
        "4:2: pol is unknown",
        "6:1: alerts.timezone: no such time zone",
        "7:3: feeds.1.url: is missing",
        "8:1: feeds.1.nam is unknown",
    ]


def test_a_variable_that_is_unknown_hides_no_fault_of_the_file(folder: Path) -> None:
    assert faults(folder, "[telegram]\npace = 0", AUSGUCK_POLL__EVRY="3m") == [
        "AUSGUCK_POLL__EVRY: is unknown; did you mean AUSGUCK_POLL__EVERY?",
        "2:1: telegram.pace: Input should be greater than 0",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[pol]", "1:2: pol is unknown; did you mean poll?"),
        ("[poll]\nevry = '3m'", "2:1: poll.evry is unknown; did you mean every?"),
        (
            "[watch]\nxyz = 1",
            "2:1: watch.xyz is unknown; known are folder, language",
        ),
        (
            "[[feeds]]\nurl = 'https://a.example'\n[[feeds]]\nurl = 'https://b.example'\nnam = 'B'",
            "5:1: feeds.2.nam is unknown; did you mean name?",
        ),
        ("every = '3m'", "1:1: every is unknown; known are telegram, store, poll"),
        ("[poll\n", "1:6: Expected ']' at the end of a table declaration"),
        ("[poll]\nevery =\n", "2:8: Invalid value"),
        ("[poll]\nevery = 600", "2:1: poll.every: a duration is written like 30s, 10m, 24h or 7d"),
        ("[poll]\nevery = '99999d'", "2:1: poll.every: a duration is at most 36500d"),
        ("[poll]\nmin = '2h'", "1:2: poll: min is longer than max"),
        (
            "[store]\nkeep_text = '7d'",
            "1:2: store: keep_text is at least 14d: stories need the texts",
        ),
        ("[store]\nkeep = '20d'", "1:2: store: keep is shorter than keep_text"),
        (
            "[telegram]\nadmins = [1, 'x']",
            "2:1: telegram.admins.2: Input should be a valid integer",
        ),
        ("[net]\nallow = '10.0.0.0/8'", "2:1: net.allow: a list is written in brackets"),
        ("[net]\nallow = ['10.0/8']", "2:1: net.allow.1: a network is written like 10.0.0.0/8"),
        ("[web]\nlisten = '8787'", "2:1: web.listen: an address is written like 127.0.0.1:8787"),
        ("[web]\nlisten = ':99999'", "2:1: web.listen: an address is written like 127.0.0.1:8787"),
        ("[alerts]\nlanguage = 'fr'", "2:1: alerts.language: Input should be 'de' or 'en'"),
        ("[[feeds]]\nname = 'A'", "1:3: feeds.1.url: is missing"),
        ("[feeds]\nurl = 'https://a.example'", "1:2: feeds: above each feed stands a line [[feed"),
        ("telegram = 5", "1:1: telegram: this is a section: write its name in brackets"),
        ("telegram.pace = 0", "1:1: telegram.pace: Input should be greater than 0"),
    ],
)
def test_a_fault_says_where_it_is_and_what_to_write(folder: Path, text: str, fault: str) -> None:
    [found] = faults(folder, text)

    assert found.startswith(fault)
    assert "\n" not in found


def test_a_fault_never_shows_a_secret(folder: Path) -> None:
    [found] = faults(folder, "[telegram]\ntoken = ['12345:secret']")

    assert "secret" not in found


def test_a_printed_configuration_hides_its_secrets(folder: Path) -> None:
    config = read(folder, '[telegram]\ntoken = "12345:secret"\n[web]\ntoken = "secret"')

    assert "secret" not in repr(config)


# Values.


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("90s", timedelta(seconds=90)),
        ("10m", timedelta(minutes=10)),
        ("24 h", timedelta(hours=24)),
        (" 7d ", timedelta(days=7)),
        ("2w", timedelta(days=14)),
        ("0", timedelta(0)),
        (0, timedelta(0)),
        (timedelta(seconds=1), timedelta(seconds=1)),
    ],
)
def test_a_duration_has_a_number_and_a_unit(written: object, meant: timedelta) -> None:
    assert duration(written) == meant


@pytest.mark.parametrize("written", ["", "10", "m", "1.5h", "10 minutes", "-5m", "9999999d", None])
def test_anything_else_is_no_duration(written: object) -> None:
    with pytest.raises(ValueError, match="a duration is written like 30s, 10m, 24h or 7d"):
        duration(written)


@given(st.integers(0, 999_999), st.sampled_from("smhdw"))
def test_a_duration_is_read_as_far_as_a_century(number: int, unit: str) -> None:
    days = number / {"s": 86_400, "m": 1_440, "h": 24, "d": 1, "w": 1 / 7}[unit]

    if days > 36_500:
        with pytest.raises(ValueError, match="a duration is at most 36500d"):
            duration(f"{number}{unit}")
    else:
        assert duration(f"{number}{unit}") / timedelta(days=1) == pytest.approx(days)


def test_a_feed_has_a_name_an_interval_and_tags(folder: Path) -> None:
    text = """
        [[feeds]]
        url = " https://a.example/rss "
        name = "A"
        every = "5m"
        tags = ["politik", "ausland"]
    """

    [feed] = read(folder, text).feeds

    assert feed.url == "https://a.example/rss"
    assert (feed.name, feed.every, feed.tags) == ("A", timedelta(minutes=5), ("politik", "ausland"))


@pytest.mark.parametrize(
    ("listen", "host", "port"),
    [
        ("127.0.0.1:0", "127.0.0.1", 0),
        ("[::1]:8787", "::1", 8787),
        (":80", "0.0.0.0", 80),
        ("localhost:8080", "localhost", 8080),
    ],
)
def test_an_address_is_a_host_and_a_port(folder: Path, listen: str, host: str, port: int) -> None:
    web = read(folder, f'[web]\nlisten = "{listen}"').web

    assert (web.host, web.port) == (host, port)

"""A configuration without its secrets: for a copy that may lie anywhere."""

import tomllib
from pathlib import Path

import pytest

from bot.config.bare import without_secrets
from bot.errors import ConfigError

BOT = "1234567890:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"
PAGE = "correct-horse-battery"


def bare(text: str, *secrets: str) -> str:
    return without_secrets(text, secrets, "config.toml")


@pytest.mark.parametrize(
    "text",
    [
        f'[telegram]\ntoken = "{BOT}"\npace = 5\n',
        f'[telegram]\n  token="{BOT}" # mine\npace = 5\n',
        f"[telegram]\npace = 5\n\"token\" = '{BOT}'\n",
        f'telegram.token = "{BOT}"\ntelegram.pace = 5\n',
        f'telegram = {{ token = "{BOT}", pace = 5 }}\n',
        f'[telegram]\ntoken = """{BOT}"""\npace = 5\n',
        f'[telegram]\n#token = "{BOT}"\npace = 5\n',
        f"[telegram]\npace = 5 # it was {BOT}\n",
    ],
)
def test_however_it_is_written_the_token_is_left_out_and_all_else_stays(text: str) -> None:
    said = bare(text)

    assert BOT not in said
    assert BOT.partition(":")[2] not in said
    assert tomllib.loads(said)["telegram"]["pace"] == 5


def test_the_status_pages_password_is_left_out_however_short_it_is() -> None:
    said = bare('[web]\nlisten = "127.0.0.1:1"\ntoken = "a"\n[log]\nlevel = "warning"\n')

    assert tomllib.loads(said) == {"web": {"listen": "127.0.0.1:1"}, "log": {"level": "warning"}}


def test_the_address_by_which_others_could_say_that_all_is_well_is_left_out() -> None:
    said = bare('[web]\nheartbeat_url = "https://ping.example/4711"\nlisten = "127.0.0.1:1"\n')

    assert "4711" not in said
    assert "#heartbeat_url =  # left out of the copy" in said
    assert tomllib.loads(said) == {"web": {"listen": "127.0.0.1:1"}}


def test_a_secret_of_the_environment_is_left_out_wherever_it_stands() -> None:
    assert PAGE not in bare(f"# the password is {PAGE}\n", PAGE)


def test_a_token_that_cannot_be_left_out_is_refused() -> None:
    escaped = '[web]\ntoken = """\ncorrect-\\\n  horse"""\n'

    with pytest.raises(ConfigError, match=r"config\.toml: a secret in it cannot be left out"):
        bare(escaped)


def test_the_commented_default_stays_as_it_is_but_for_the_examples_of_tokens() -> None:
    text = (Path(__file__).parent.parent / "config.toml").read_text(encoding="utf-8")

    said = bare(text)

    assert tomllib.loads(said) == tomllib.loads(text)
    changed = [line for line in text.splitlines() if line not in said.splitlines()]
    assert [line for line in changed if "token" not in line and "heartbeat" not in line] == []

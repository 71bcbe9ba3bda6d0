"""The log: lines for people or JSON, on stderr, and never a secret in them."""

import io
import json
import logging
from collections.abc import Callable, Iterator

import pytest
import structlog

from bot import log

TOKEN = "12345:AAE-secret_x"
OTHERS = "98765:BBF-of-somebody-else"
FORMS = ("text", "json")
LEVELS = ("debug", "info", "warning", "error")

Say = Callable[[str], None]


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    """Logging belongs to the whole process: leave it as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in log.NOISY}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
    structlog.reset_defaults()


def configured(form: str, level: str = "debug") -> io.StringIO:
    out = io.StringIO()
    log.configure(level, form, [TOKEN, 'pass"wört', ""], out)
    return out


def ours(level: str) -> None:
    getattr(structlog.get_logger(), level)(f"event {TOKEN}")


def our_field(level: str) -> None:
    getattr(structlog.get_logger(), level)("event", url=f"https://host/bot{TOKEN}/getMe")


def our_nested_field(level: str) -> None:
    getattr(structlog.get_logger(), level)("event", params={"a": [TOKEN, (TOKEN,)], TOKEN: 1})


def our_object(level: str) -> None:
    getattr(structlog.get_logger(), level)("event", error=ValueError(TOKEN), where=Exception(TOKEN))


def our_exception(level: str) -> None:
    try:
        raise ValueError(f"https://host/bot{TOKEN}/getMe")
    except ValueError:
        getattr(structlog.get_logger(), level)("event", exc_info=True)


def a_library(level: str) -> None:
    getattr(logging.getLogger("some.library"), level)("POST %s", f"https://host/bot{TOKEN}/getMe")


def a_librarys_exception(level: str) -> None:
    try:
        raise ValueError(TOKEN) from KeyError(TOKEN)
    except ValueError:
        getattr(logging.getLogger("some.library"), level)("failed", exc_info=True)


def a_librarys_extra(level: str) -> None:
    getattr(logging.getLogger("some.library"), level)("event", extra={"token": TOKEN})


WAYS = (
    *(ours, our_field, our_nested_field, our_object, our_exception),
    *(a_library, a_librarys_exception, a_librarys_extra),
)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_the_token_never_appears(way: Say, level: str, form: str) -> None:
    out = configured(form)

    way(level)

    written = out.getvalue()
    assert level in written
    assert "AAE-secret_x" not in written
    assert "…" in written


@pytest.mark.parametrize("form", FORMS)
def test_a_token_in_an_address_is_hidden_even_if_it_is_not_ours(form: str) -> None:
    out = configured(form)

    structlog.get_logger().info("get", url=f"https://host/bot{OTHERS}/getMe")
    structlog.get_logger().info("get", url="https://host/file/bot98765%3ABBF-x/photo.jpg")

    assert "BBF" not in out.getvalue()
    assert "/bot…/getMe" in out.getvalue()


@pytest.mark.parametrize("form", FORMS)
def test_a_secret_is_hidden_also_where_quotes_are_escaped(form: str) -> None:
    out = configured(form)

    structlog.get_logger().info("event", password='pass"wört')

    assert "wört" not in out.getvalue()


def test_an_address_that_only_begins_like_a_bots_is_shown() -> None:
    out = configured("json")

    structlog.get_logger().info("get", url="https://a.example/botschaft/12")

    assert json.loads(out.getvalue())["url"] == "https://a.example/botschaft/12"


def test_json_has_one_object_a_line_with_time_level_event_and_fields() -> None:
    out = configured("json")

    structlog.get_logger().info("poll.failed", feed="https://a.example", error="über\nzwei Zeilen")
    logging.getLogger("some.library").warning("careful")

    ours, theirs = map(json.loads, out.getvalue().splitlines())
    assert ours.pop("timestamp").endswith("Z")
    assert ours == {
        "event": "poll.failed",
        "level": "info",
        "feed": "https://a.example",
        "error": "über\nzwei Zeilen",
    }
    assert (theirs["event"], theirs["level"]) == ("careful", "warning")


def test_an_exception_comes_with_its_traceback() -> None:
    out = configured("json")

    our_exception("error")

    assert json.loads(out.getvalue())["exception"].startswith("Traceback")


def test_auto_is_json_where_nobody_looks_and_text_on_a_terminal() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    pipe, terminal = io.StringIO(), Terminal()

    log.configure("info", "auto", out=pipe)
    structlog.get_logger().info("event")
    log.configure("info", "auto", out=terminal)
    structlog.get_logger().info("event")

    assert pipe.getvalue().startswith("{")
    assert not terminal.getvalue().startswith("{")


@pytest.mark.parametrize("number", range(4))
def test_what_is_below_the_level_is_left_out(number: int) -> None:
    out = configured("json", LEVELS[number])

    for level in LEVELS:
        getattr(structlog.get_logger(), level)("ours")
        getattr(logging.getLogger("some.library"), level)("theirs")

    levels = [json.loads(line)["level"] for line in out.getvalue().splitlines()]
    assert levels == [level for level in LEVELS[number:] for _ in range(2)]


@pytest.mark.parametrize(("level", "expected"), [("debug", ["warning"]), ("error", [])])
def test_chatty_libraries_say_only_what_is_wrong(level: str, expected: list[str]) -> None:
    out = configured("json", level)

    logging.getLogger("httpx").info("HTTP Request")
    logging.getLogger("httpx").warning("trouble")

    assert [json.loads(line)["level"] for line in out.getvalue().splitlines()] == expected

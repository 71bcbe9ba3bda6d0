"""Every sentence in every language: the same blanks, and HTML that Telegram takes."""

import string
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from bot.alerts.decide import Case, Told, decide
from bot.alerts.news import NEWS
from bot.sandbox.html import parse_html
from bot.stories.facts import conflicts, facts, weak
from bot.telegram.lists import ANSWER
from bot.wording import LANGUAGES, Sentences, sentences
from bot.wording.de import GERMAN
from bot.wording.en import ENGLISH
from bot.wording.kinds import Counted

# Bot API: BotCommand.description, and answerCallbackQuery's text.
DESCRIPTION = 256
NOW, DAY = datetime(2025, 5, 9, tzinfo=UTC), timedelta(days=1)
COUNTS = (1, 2, 1_000)

TEXTS = [field.name for field in fields(Sentences) if field.type in (str, "str")]
COUNTED = (
    *("recent_more", "catch_up_title", "digest_title"),
    *("last_title", "return_title", "return_more"),
)
QUIET = (("", "silent"), ("22:00–7:00", "silent"), ("22:00–7:00", "collect"))
MENU = [name for name in TEXTS if name.startswith("menu_")]
# Shown in a small window over the chat, which knows no markup.
ANSWERS = ("list_on", "list_off", "stale_button")


SUBJECTS = (
    *("own", "page", "reading", "reports", "files", "sources", "people", "trials", "doctor"),
)


def _of_subject(words: object) -> Iterator[tuple[str, str]]:
    """Yield all that a subject's words can say, by name."""
    assert is_dataclass(words)
    for field in fields(words):
        value = getattr(words, field.name)
        if isinstance(value, str):
            yield field.name, value
        elif isinstance(value, Mapping):
            yield from ((f"{field.name}.{key}", text) for key, text in value.items())
        else:
            assert field.type in (Counted, "Counted"), f"{field.name}: say here how it is called"
            yield from ((f"{field.name}({count})", value(count)) for count in COUNTS)


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def filled(sentence: str) -> str:
    return sentence.format(**dict.fromkeys(placeholders(sentence), "&lt;b&gt; A &amp; B"))


def every_sentence(words: Sentences) -> dict[str, str]:
    """All that can be said, by name."""
    said = {name: getattr(words, name) for name in TEXTS}
    said |= {f"{n}({count})": getattr(words, n)(count) for n in COUNTED for count in COUNTS}
    said |= {f"recent({count})": words.recent_title("<b>X</b>", count) for count in (0, *COUNTS)}
    said |= {f"notices.{key}": text for key, text in words.notices.items()}
    said |= {f"why.{key}": text for key, text in words.why.items()}
    for name in SUBJECTS:
        said |= {f"{name}.{key}": text for key, text in _of_subject(getattr(words, name))}
    said |= {f"quiet({how})": words.quiet_now(hours, how) for hours, how in QUIET}
    said |= {f"mute({time})": words.mute_now(time) for time in ("", "10:00")}
    said |= {f"digest({times})": words.digest_now(times) for times in ("", "8:00 · 18:00")}
    return said


BUTTONS = [
    name
    for name in every_sentence(ENGLISH)
    if name.rpartition(".")[2].startswith(("button_", "answer_"))
]
EVERY = [
    pytest.param(text, id=f"{language}: {name}")
    for language, words in LANGUAGES.items()
    for name, text in every_sentence(words).items()
]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("de", GERMAN),
        ("de-AT", GERMAN),
        ("DE", GERMAN),
        ("en", ENGLISH),
        ("en-GB", ENGLISH),
        ("fr", ENGLISH),
        ("", ENGLISH),
    ],
)
def test_a_language_is_found_without_its_region_and_any_other_is_english(
    code: str, expected: Sentences
) -> None:
    assert sentences(code) is expected


def test_the_languages_have_the_same_notices_and_reasons() -> None:
    assert GERMAN.notices.keys() == ENGLISH.notices.keys()
    assert GERMAN.why.keys() == ENGLISH.why.keys()


REASONS = [
    decide(case, NOW, DAY).reason
    for case in (
        Case(served=False, told_before=False, old=False, published=NOW, late=False),
        Case(served=True, told_before=True, old=False, published=NOW, late=False),
        Case(served=True, told_before=False, old=True, published=NOW, late=False),
        Case(served=True, told_before=False, old=False, published=NOW - 2 * DAY, late=False),
        Case(served=True, told_before=False, old=False, published=NOW, late=True),
        Case(served=True, told_before=False, old=False, published=NOW, late=False),
    )
]


REASONS += [f"its story has news: {said.format(value=7)}" for said in NEWS.values()]
KNOWN = Case(served=True, told_before=False, old=False, published=NOW, late=False, story=Told())
REASONS += [decide(KNOWN, NOW, DAY).reason]


AGAINST = (
    *conflicts(facts("Parade 2024", "", "de", NOW), facts("Parade 2025", "", "de", NOW)),
    *conflicts(facts("Vor einem Jahr: Flut", "", "de", NOW), facts("Die Flut", "", "de", NOW)),
    *conflicts(facts("Streik am 3.6.", "", "de", NOW), facts("Streik am 5.6.", "", "de", NOW)),
    *weak(
        facts("Brand in Kassel: 3 Verletzte", "", "de", NOW),
        facts("Brand in Rostock: 5 Verletzte", "", "de", NOW),
    ),
    "only 2 shared words, need 3",
    "shared words tell too little: 3.1, need 9.0",
    "the title is a kicker",
    "one of them is opinion",
    "one has a passage of the other, and begins with something else",
)


@pytest.mark.parametrize("said", AGAINST)
def test_all_that_speaks_against_a_story_has_german_words(said: str) -> None:
    assert GERMAN.against(said) != said


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_of_a_decision_has_german_words(reason: str) -> None:
    assert GERMAN.why_reason(reason) != reason


@pytest.mark.parametrize("name", every_sentence(ENGLISH))
def test_a_sentence_has_the_same_blanks_in_every_language(name: str) -> None:
    assert placeholders(every_sentence(GERMAN)[name]) == placeholders(every_sentence(ENGLISH)[name])


@pytest.mark.parametrize("sentence", EVERY)
def test_a_sentence_is_html_that_telegram_takes(sentence: str) -> None:
    text, _ = parse_html(filled(sentence))

    assert text.strip()
    assert ("<b> A & B" in text) == bool(placeholders(sentence))


@pytest.mark.parametrize("words", LANGUAGES.values(), ids=LANGUAGES)
@pytest.mark.parametrize("name", [*BUTTONS, *MENU, *ANSWERS])
def test_where_telegram_knows_no_markup_there_is_none(words: Sentences, name: str) -> None:
    sentence = every_sentence(words)[name]

    assert parse_html(sentence) == (sentence, [])


@pytest.mark.parametrize("words", LANGUAGES.values(), ids=LANGUAGES)
def test_the_menu_keeps_telegrams_limit(words: Sentences) -> None:
    assert all(1 <= len(getattr(words, name)) <= DESCRIPTION for name in MENU)


@pytest.mark.parametrize("words", LANGUAGES.values(), ids=LANGUAGES)
def test_a_switched_lists_answer_has_room_for_its_name(words: Sentences) -> None:
    name = "W" * (ANSWER - 40)

    assert len(words.list_on.format(name=name)) <= ANSWER
    assert len(words.list_off.format(name=name)) <= ANSWER


@pytest.mark.parametrize(
    ("words", "local"),
    [(GERMAN, "1. März 2025, 09:05 Uhr"), (ENGLISH, "1 March 2025, 09:05")],
)
def test_a_time_is_told_as_people_tell_it(words: Sentences, local: str) -> None:
    assert words.time(datetime(2025, 3, 1, 9, 5)) == local  # noqa: DTZ001 - local by meaning


@pytest.mark.parametrize("words", LANGUAGES.values(), ids=LANGUAGES)
def test_every_month_has_a_name_of_its_own(words: Sentences) -> None:
    assert len(set(words.months)) == len(words.months) == 12


@pytest.mark.parametrize(
    ("said", "one", "many"),
    [
        (partial(GERMAN.recent_title, "X"), "ein Artikel", "7 Artikel"),
        (partial(ENGLISH.recent_title, "X"), "One article", "7 articles"),
        (GERMAN.catch_up_title, "diesen Artikel", "diese 7 Artikel"),
        (ENGLISH.catch_up_title, "One article is", "7 articles are"),
    ],
)
def test_one_is_not_many(said: object, one: str, many: str) -> None:
    assert callable(said)
    assert one in said(1)
    assert many in said(7)

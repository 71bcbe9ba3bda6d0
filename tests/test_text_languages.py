"""Languages: which rules a code leads to."""

import subprocess
import sys

import pytest

from bot.text.german.rules import GermanRules
from bot.text.languages import code_of, rules_for
from bot.text.other.rules import StemRules


@pytest.mark.parametrize("code", ["de", "DE", "de-AT", "de_CH", "deu", "ger", "gsw", "nds", " de "])
def test_german_is_german_however_it_is_written(code: str) -> None:
    assert isinstance(rules_for(code), GermanRules)


@pytest.mark.parametrize("code", [None, "", "und", "x", "Deutsch!", "german language", "12"])
def test_what_is_no_language_is_german(code: str | None) -> None:
    assert isinstance(rules_for(code), GermanRules)


@pytest.mark.parametrize("code", ["en", "EN", "en-US", "en_GB", "eng", "uk", "zu", "zh-Hant-TW"])
def test_any_other_language_has_rules_by_dictionary_and_stem(code: str) -> None:
    assert isinstance(rules_for(code), StemRules)


@pytest.mark.parametrize(
    ("code", "expected"), [("en_US", "en"), ("ukr", "uk"), ("iw", "he"), ("zh-Hans", "zh")]
)
def test_codes_are_made_one(code: str, expected: str) -> None:
    assert code_of(code) == expected


def test_rules_are_made_once_for_all_codes_of_a_language() -> None:
    assert rules_for("en-US") is rules_for("eng")


def test_german_alone_loads_no_dictionary_of_another_language() -> None:
    asking = (
        "import gc\n"
        "from bot.text.languages import rules_for\n"
        "rules_for('en')\n"
        "list(rules_for('de').keys('Haus')), list(rules_for('de').probes('Häuser'))\n"
        "from simplemma.strategies.dictionaries.stream_dictionary_factory import StreamMap\n"
        "print(sum(isinstance(each, StreamMap) for each in gc.get_objects()))\n"
    )

    said = subprocess.run(
        [sys.executable, "-c", asking], capture_output=True, text=True, check=True
    )

    assert said.stdout.strip() == "0"

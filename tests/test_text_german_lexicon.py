"""The German dictionary: what it knows, and that its data are what they are made from."""

from pathlib import Path

import marisa_trie
import pytest

import bot.text.german
from bot.text.german import lexicon, parts, tables
from bot.text.german.lexicon import ABBREVIATION, ADJECTIVE, NOUN, VERB, Entry, german
from bot.text.german.make import DIGESTS, digests
from bot.text.german.rules import GermanRules

DATA = Path(bot.text.german.__file__).parent / "data"
LISTS = (parts.SHORT_MODIFIERS, parts.SHORT_HEADS, parts.NO_MODIFIERS, parts.NO_HEADS)


@pytest.fixture(scope="module")
def nouns() -> list[tuple[str, str]]:
    """A sample of forms with another base form, written as nouns."""
    trie = marisa_trie.RecordTrie(lexicon.WORD_FORMAT)
    trie.load(str(DATA / lexicon.WORDS))
    return [
        (form.title(), entry.lemma.title())
        for form in trie.keys("k")[::25]
        for entry in german().entries(form)
        if entry.kind == NOUN and entry.lemma != form
    ]


def test_the_data_are_what_the_locked_dictionary_and_the_lists_make() -> None:
    # If this fails: python -m bot.text.german.make
    assert (DATA / DIGESTS).read_text(encoding="utf-8") == digests(DATA)


def test_a_form_has_its_base_forms() -> None:
    assert set(german().entries("kriege")) == {Entry(NOUN, "krieg"), Entry(VERB, "kriegen")}
    assert german().entries("haeuser") == (Entry(NOUN, "haus"),)
    assert german().entries("xyzzy") == ()


@pytest.mark.parametrize(
    ("form", "kind"),
    [("krieg", NOUN), ("kriegen", VERB), ("rot", ADJECTIVE), ("usa", ABBREVIATION)],
)
def test_a_form_has_kinds(form: str, kind: int) -> None:
    assert german().kinds(form) & kind


def test_a_common_part_is_cheaper_than_a_rare_one() -> None:
    common, rare = german().costs("krieg"), german().costs("zitrone")

    assert 0 < common.head < rare.head
    assert german().costs("xyzzy") == (0, 0)


def test_all_words_that_a_text_begins_with_are_found() -> None:
    assert {"krieg", "kriegs"} <= german().beginnings("kriegsflucht")
    assert "flucht" not in german().beginnings("kriegsflucht")


@pytest.mark.parametrize("name", LISTS)
def test_the_lists_of_parts_are_in_order_and_folded(name: str) -> None:
    text = (DATA / name).read_text(encoding="utf-8")
    words = [w for line in text.splitlines() if line[0] != "#" for w in line.split()]

    assert words == sorted(set(words))
    assert all(word.isascii() and word.islower() for word in words)


def test_no_part_is_both_allowed_and_forbidden() -> None:
    assert not tables.words(parts.SHORT_MODIFIERS) & tables.words(parts.NO_MODIFIERS)
    assert not tables.words(parts.SHORT_HEADS) & tables.words(parts.NO_HEADS)


def test_nearly_every_form_is_found_by_its_base_form(nouns: list[tuple[str, str]]) -> None:
    rules, missed, related = GermanRules(), [], 0
    for form, base in nouns:
        keys = set(rules.keys(base))
        for word in (form, f"{form}politik", f"Welt{form.lower()}", f"Anti-{form}"):
            if rules.relation(base, word) is not None:
                related += 1
                if not keys & set(rules.probes(word)):
                    missed.append((base, word))

    # What is left are plurals from Greek and Latin that no newspaper writes: Arthritiden.
    assert related > 3 * len(nouns) > 3000
    assert len(missed) * 500 <= related, missed

"""Reads one term: what stands between operators, as written, becomes a value."""

import re

from bot.text.fold import plain
from bot.text.tokens import Token, tokenise, words
from bot.watch.habits import habits
from bot.watch.places import Spot
from bot.watch.query import Kind, Term
from bot.watch.regex import trouble, unified

_FEWEST_LETTERS = 3  # beside a *: with fewer, half of the language fits

# Soldat:innen, Soldat*innen, Soldat_innen, Soldat/-innen and SoldatInnen as keywords mean Soldat,
# whose forms include the others. LinkedIn is none: -In counts in the plural only.
_GENDERED = re.compile(r"(?<=[^\W\d_])(?:(?:[:*_]|/-?)in(?:nen)?|Innen)++(?![^\W_])")

# A * that is no part of a gender form. In quotes it may stand between letters: M*A*S*H.
_WILDCARD = re.compile(r"(?<![^\W\d_])\*|\*(?!in)")
_EDGE_WILDCARD = re.compile(r"(?<!\S)\*(?=\S)|(?<=\S)\*(?!\S)")

_SINGLE_QUOTED = re.compile(r"['‘’‛](?=\S)((?:[^'‘’‛]|(?<=\w)['’](?=\w))+)['‘’‛]")

Read = tuple[Term | None, list[Spot]]
"""A term, or everything that is wrong with it."""


def simple(text: str, start: int, end: int) -> Term:
    """Return the term of a word that has letters and digits only, and is no operator."""
    return Term("word", (plain(text),), start, end)


def read_words(text: str, start: int) -> Read:
    """Read words without quotes: a word, a phrase, =Exact, Begin*, *end, or 'in single quotes'.

    Args:
        text: The words as written, with nothing before or after them.
        start: Where they stand in their line.
    """
    if quoted := _SINGLE_QUOTED.fullmatch(text):
        return _read_quoted(quoted[1], start, start + len(text))
    spots = habits(text, start)
    if "=" in text:
        spots += _misplaced_equals(text, start)
    if "*" in text and _WILDCARD.search(text):
        if not spots and text[0] != "=":
            return _read_wildcard(text, start)
        spots += _stray_wildcards(text, start)
    if spots:
        return None, spots
    is_exact = text[0] == "="
    tokens = tokenise(text if is_exact else _without_gender(text))
    if not tokens:
        return None, [Spot(start, "there is no word here", "write a word, or # before a comment")]
    end = start + len(text)
    if is_exact or len(tokens) > 1:
        return _term("exact" if is_exact else "phrase", tokens, start, end), []
    return Term("word", (plain(tokens[0].text),), start, end), []


def read_quoted(text: str, start: int) -> Read:
    """Read words with quotes around them, whatever quotes these are."""
    return _read_quoted(text[1:-1], start, start + len(text))


def read_regex(text: str, start: int) -> Read:
    """Read a regular expression with its slashes."""
    pattern = unified(plain(text[1:-1]))
    if wrong := trouble(pattern):
        at, what = wrong
        remedy = 'mend the expression, or write "quotes" if it is a name'
        # Unifying may have moved the place by some characters; it must not leave the term.
        return None, [Spot(start + min(at + 1, len(text) - 1), what, remedy)]
    return Term("regex", (pattern,), start, start + len(text)), []


def _read_quoted(inside: str, start: int, end: int) -> Read:
    if star := _EDGE_WILDCARD.search(inside):
        what, remedy = "a * has no effect in quotes", "leave it out, or write Word* without quotes"
        return None, [Spot(start + 1 + star.start(), what, remedy)]
    tokens = tokenise(inside)
    if not tokens:
        return None, [Spot(start, "there is no word in these quotes", 'write "these words"')]
    return _term("quoted", tokens, start, end), []


def _term(kind: Kind, tokens: list[Token], start: int, end: int) -> Term:
    return Term(kind, tuple(plain(token.text) for token in words(tokens)), start, end)


def _without_gender(text: str) -> str:
    """Return text in which gender forms are their base; capitals (LIZ:innen) are left alone."""
    return _GENDERED.sub(
        lambda found: "" if text[found.start() - 1].islower() else found.group(), text
    )


def _misplaced_equals(text: str, start: int) -> list[Spot]:
    stray = [found.start() for found in re.finditer("=", text)]
    if stray[0] == 0 and re.match(r"=[^\W_]", text):
        del stray[0]
    remedy = '= begins a term, directly before a word: =EU; a name with = goes into "quotes"'
    return [Spot(start + at, "= cannot stand here", remedy) for at in stray]


def _read_wildcard(text: str, start: int) -> Read:
    """Read a term with a * in it: Begin* or *end, or a fault."""
    core = text.strip("*")
    ends_well = core and text in {core + "*", "*" + core}
    if not ends_well or len(text.split()) > 1 or _WILDCARD.search(core):
        return None, _stray_wildcards(text, start)
    at = start + text.index("*")
    if sum(map(str.isalnum, core)) < _FEWEST_LETTERS:
        what = f"a * needs at least {_FEWEST_LETTERS} letters beside it"
        return None, [Spot(at, what, "write more of the word, or the words themselves")]
    tokens = tokenise(core)
    if len(tokens) != 1 or tokens[0].text != core or re.search("[:*_&]", core):
        what = "a word with * has letters, digits and hyphens only"
        return None, [Spot(at, what, "write the * directly beside a letter: Siegespar*")]
    kind: Kind = "beginning" if text[-1] == "*" else "ending"
    return Term(kind, (plain(core),), start, start + len(text)), []


def _stray_wildcards(text: str, start: int) -> list[Spot]:
    """Say of each * why it cannot stand there."""
    if text[0] == "=":
        what, remedy = "= and * do not go together", "write =EU or Siegespar*"
    elif len(text.split()) > 1:
        what, remedy = "a * cannot stand in a phrase", "write A & Siegespar*, or the words"
    elif not text.strip("*"):
        what, remedy = "a * stands alone", "write Siegespar* or *parade"
    elif text[0] == text[-1] == "*":
        what, remedy = "a * stands at both ends", "write Siegespar* | *parade: one end of a word"
    else:
        what, remedy = "a * stands within a word", "write Siegespar* or *parade"
    return [Spot(start + found.start(), what, remedy) for found in _WILDCARD.finditer(text)]

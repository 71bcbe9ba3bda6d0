"""Finds the terms that a word of a text counts for, at a cost that hardly grows with them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from bot.text.fold import fold, plain
from bot.text.rules import Rules
from bot.text.tokens import Token, as_token
from bot.watch.rows import Followers, Seconds, merged

_V = TypeVar("_V")
_LONGEST = 100  # longer ones come from no writer, and must not fill the memory
CHUNKS = 100_000  # some 20 MB
WORDS = 10_000  # asked for only where a chunk is new, and larger
_NONE: "Mapping[int, str]" = {}


class Hits(NamedTuple):
    """What a word counts for: numbers of terms, each with the reason in English."""

    terms: Mapping[int, str]
    """Terms of which this word is a place, hyphenated or not."""
    words: Mapping[int, str]
    """Terms of which it is a place where it stands alone or is a part of a hyphenated one."""
    elements: tuple[int, ...]
    """Words of rows, for such a word too."""
    follows: tuple[Seconds, ...]
    """The rows that are found by it and the word after it."""


NO_HITS = Hits(_NONE, _NONE, (), ())


class Memory(dict[str, _V]):
    """Remembers what was found out about a string; asked by `memory[string]`.

    Safe for several threads: at worst they find the same out at the same time.
    """

    def __init__(self, compute: Callable[[str], _V], most: int) -> None:
        """Begin with nothing.

        Args:
            compute: finds it out.
            most: when so many are remembered, all are forgotten.
        """
        super().__init__()
        self._compute = compute
        self._most = most

    def __missing__(self, text: str) -> _V:
        value = self._compute(text)
        if len(text) <= _LONGEST:
            if len(self) >= self._most:
                self.clear()
            self[text] = value
        return value


class Owner(NamedTuple):
    """The terms of one keyword."""

    terms: tuple[tuple[int, tuple[str, ...]], ...]
    """Each with the word forms that it ignores."""
    element: int | None


class Keywords:
    """The keywords of one language."""

    def __init__(self, rules: Rules, owners: Mapping[str, Owner]) -> None:
        self._rules = rules
        # Most keywords are one term that ignores nothing: those are kept as the bare number.
        self._owners = {keyword: _bare(owner) for keyword, owner in owners.items()}
        self._by_key: dict[str, str | list[str]] = {}
        for keyword in owners:
            for key in set(rules.keys(keyword)):
                _put(self._by_key, key, keyword)

    def find(self, word: str) -> Iterator[tuple[int, str, bool]]:
        """Yield for a word the number of each term, why, and whether it is a phrase's word."""
        for keyword in self._candidates(word):
            owner = self._owners[keyword]
            terms, element = (((owner, ()),), None) if isinstance(owner, int) else owner
            if terms and (relation := self._rules.relation(keyword, word)) is not None:
                for number, ignore in terms:
                    if not (ignore and self._is_ignored(keyword, word, ignore)):
                        yield number, f"{relation} {keyword}", False
            if element is not None and self._rules.inflection(keyword, word):
                yield element, "", True

    def _candidates(self, word: str) -> set[str]:
        found: set[str] = set()
        for key in self._by_key.keys() & self._rules.probes(word):
            keywords = self._by_key[key]
            if isinstance(keywords, str):
                found.add(keywords)
            else:
                found.update(keywords)
        return found

    def _is_ignored(self, keyword: str, word: str, ignore: tuple[str, ...]) -> bool:
        """A hyphenated word is ignored as a whole, or where all its parts that count are."""
        token = as_token(word)
        if self._is_any(word, ignore):
            return True
        if token is None or not token.is_hyphenated:
            return False
        relation = self._rules.relation
        counting = [p.text for p in token.parts if relation(keyword, p.text) is not None]
        return bool(counting) and all(self._is_any(part, ignore) for part in counting)

    def _is_any(self, word: str, forms: tuple[str, ...]) -> bool:
        return any(self._rules.inflection(form, word) for form in forms)


class Letters:
    """The terms that no language is needed for: quoted and exact words, beginnings and endings."""

    def __init__(self) -> None:
        self._quoted: dict[str, int] = {}
        self._exact: dict[str, int] = {}
        self._edges: dict[str, dict[str, tuple[int, str]]] = {"beginning": {}, "ending": {}}
        self._lengths: dict[str, tuple[int, ...]] = {"beginning": (), "ending": ()}

    def add_word(self, kind: str, key: str, number: int) -> None:
        """Take in a word of a quoted or an exact term, in the form in which it is compared."""
        (self._exact if kind == "exact" else self._quoted)[key] = number

    def add_edge(self, kind: str, letters: str, number: int) -> None:
        """Take in a beginning or ending as written."""
        key = fold(letters)
        self._edges[kind].setdefault(key, (number, letters))
        self._lengths[kind] = tuple(sorted({*self._lengths[kind], len(key)}))

    def find(self, token: Token) -> Iterator[tuple[int, str, bool]]:
        """Yield what `Keywords.find` yields."""
        folded = fold(token.text)
        if (quoted := self._quoted.get(folded)) is not None:
            yield quoted, "", True
        if self._exact and (exact := self._exact.get(plain(token.text))) is not None:
            yield exact, "", True
        if self._edges["beginning"] or self._edges["ending"]:
            for form in {folded, *(fold(part.text) for part in token.parts)}:
                yield from self._of_edges(form)

    def _of_edges(self, form: str) -> Iterator[tuple[int, str, bool]]:
        for length in self._lengths["beginning"]:
            if (found := self._edges["beginning"].get(form[:length])) is not None:
                yield found[0], f"begins with the letters {found[1]}", False
        for length in self._lengths["ending"]:
            if (found := self._edges["ending"].get(form[-length:])) is not None:
                yield found[0], f"ends with the letters {found[1]}", False


class Rows(NamedTuple):
    """What becomes of the words of phrases, quoted and exact ones."""

    followers: Followers
    alone: Mapping[int, str]
    """Those that are a term on their own, and why that counts."""


class Finder:
    """All that is looked for in words, for articles in one language."""

    def __init__(self, keywords: Iterable[Keywords], letters: Letters, rows: Rows) -> None:
        self._keywords = tuple(keywords)
        self._letters = letters
        self._followers, self._alone = rows
        self._merged: dict[tuple[int, ...], tuple[Seconds, ...]] = {}

    def find(self, word: str) -> Hits:
        """Return what a word counts for."""
        terms: dict[int, str] = {}
        elements: dict[int, None] = {}
        token = as_token(word)
        for number, why, is_element in self._letters.find(token) if token else ():
            if is_element:
                elements[number] = None
            else:
                terms.setdefault(number, why)
        for each in self._keywords:
            for number, why, is_element in each.find(word):
                if is_element:
                    elements[number] = None
                else:
                    terms[number] = why
        return self._hits(terms, tuple(elements)) if terms or elements else NO_HITS

    def _hits(self, terms: dict[int, str], elements: tuple[int, ...]) -> Hits:
        if not elements:
            return Hits(terms, _NONE, (), ())
        words = {number: self._alone[number] for number in elements if number in self._alone}
        follows = tuple(each for each in elements if each in self._followers)
        if follows not in self._merged:
            self._merged[follows] = merged([self._followers[each] for each in follows])
        return Hits(terms or _NONE, words or _NONE, elements, self._merged[follows])


def owners_of(
    terms: Iterable[tuple[str, tuple[str, ...], int]], elements: Mapping[str, int]
) -> dict[str, Owner]:
    """Return the keywords of a language.

    Args:
        terms: Keyword, word forms it ignores, number.
        elements: Words of phrases and their numbers.
    """
    by_keyword: dict[str, list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
    for keyword, ignore, number in terms:
        by_keyword[keyword].append((number, ignore))
    return {
        keyword: Owner(tuple(by_keyword.get(keyword, ())), elements.get(keyword))
        for keyword in {**by_keyword, **elements}
    }


def _bare(owner: Owner) -> int | Owner:
    if len(owner.terms) == 1 and not owner.terms[0][1] and owner.element is None:
        return owner.terms[0][0]
    return owner


def _put(found: dict[str, str | list[str]], key: str, keyword: str) -> None:
    known = found.setdefault(key, keyword)
    if isinstance(known, list):
        known.append(keyword)
    elif known is not keyword:
        found[key] = [known, keyword]

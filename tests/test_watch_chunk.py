"""What stands between two spaces is cut short only where nothing in it can count."""

from hypothesis import given
from hypothesis import strategies as st

from bot.text.tokens import tokenise
from bot.watch.chunk import Chunk, chunk
from bot.watch.index import NO_HITS, Hits

WORDS = st.text(max_size=12) | st.text(
    alphabet="aäßZ1-'’:*&_.,;!?()\"„“»«\u00ad\u0301", max_size=12
)


def counting(word: str) -> Hits:
    """Each word that has an a in it counts."""
    return NO_HITS._replace(terms={7: "it has an a"}) if "a" in word else NO_HITS


def read(text: str, asked: list[str]) -> Chunk:
    def among(word: str) -> bool:
        asked.append(word)
        return "a" in word

    return chunk(text, counting, elements=False, among=among)


@given(WORDS)
def test_it_is_the_same_whether_it_is_known_which_words_can_count_or_not(text: str) -> None:
    text = text.replace(" ", "")

    assert read(text, []) == chunk(text, counting, elements=False, among=lambda _: True)


@given(WORDS)
def test_only_whole_words_are_asked_about(text: str) -> None:
    asked: list[str] = []

    read(text, asked)

    assert set(asked) <= {token.text for token in tokenise(text)}

"""English. How a query was read."""

from bot.wording.reading import ReadingWords


def _times(count: int) -> str:
    return f"at least {count} {'time' if count == 1 else 'times'}: {{part}}"


READING = ReadingWords(
    kinds={
        "word": "the word {words} and its family",
        "phrase": "the words {words} in this order, in any form",
        "quoted": 'exactly "{words}"',
        "exact": "exactly {words}, case included",
        "beginning": "words that begin with {words}",
        "ending": "words that end with {words}",
        "regex": "what fits the regular expression /{words}/",
    },
    fields={"title": "{part}, in the title", "text": "{part}, in the text"},
    either="at least one of: {part}",
    between=", or ",
    both="; and ",
    without="not {part}",
    near="{left}, and {right}, at most {distance} words apart",
    beside="{left}, and {right}, next to each other",
    times=_times,
    excludes="excluded: {part}",
)

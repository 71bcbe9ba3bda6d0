"""German. How a query was read."""

from bot.wording.reading import ReadingWords


def _times(count: int) -> str:
    return f"mindestens {'einmal' if count == 1 else f'{count}-mal'}: {{part}}"


READING = ReadingWords(
    kinds={
        "word": "das Wort {words} und seine Familie",
        "phrase": "die Wörter {words} in dieser Reihenfolge, in jeder Form",
        "quoted": "genau „{words}“",
        "exact": "genau {words}, groß und klein wie hier geschrieben",
        "beginning": "Wörter, die mit {words} beginnen",
        "ending": "Wörter, die auf {words} enden",
        "regex": "was zum regulären Ausdruck /{words}/ passt",
    },
    fields={"title": "{part}, in der Überschrift", "text": "{part}, im Text"},
    either="mindestens eines davon: {part}",
    between=", oder ",
    both="; und ",
    without="nicht {part}",
    near="{left} und {right}, höchstens {distance} Wörter auseinander",
    beside="{left} und {right}, direkt nebeneinander",
    times=_times,
    excludes="ausgeschlossen: {part}",
)

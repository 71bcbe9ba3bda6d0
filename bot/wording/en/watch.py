"""English: what the watch says is English already; rules are told more shortly than there."""

from bot.wording.watch import Phrases, WatchWords

WATCH = WatchWords(
    faults=Phrases({}),
    reasons=Phrases({}),
    rules=Phrases(
        {
            "inflected form of {word}": "a form of {word}",
            "adjective of {word}": "the adjective of {word}",
            "inhabitant of {word}": "an inhabitant of {word}",
            "begins with the letters {letters}": "begins with {letters}",
            "ends with the letters {letters}": "ends with {letters}",
            "contains the characters {characters}": "contains {characters}",
            "these words, inflected or not": "these words, in any form",
            "exactly these words": "just as written",
            "matches the pattern": "fits the pattern",
        }
    ),
    itself="the word itself",
)

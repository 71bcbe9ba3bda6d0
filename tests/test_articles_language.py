"""In which language an article is matched."""

import pytest

from bot.articles.language import in_its_language
from bot.model import Article

GERMAN = "Die Regierung hat am Dienstag beschlossen, dass die Steuern im nächsten Jahr sinken."
ENGLISH = "The government decided on Tuesday that taxes will be lower next year than they were."


@pytest.mark.parametrize(
    ("text", "said", "language"),
    [
        (GERMAN, "en", "de"),
        (ENGLISH, "de-DE", "en"),
        ("Nordkorea", "en-US", "en"),
        ("Nordkorea", "x", "de"),
        ("Nordkorea", None, "fr"),
        ("", None, "fr"),
    ],
)
def test_its_text_tells_else_what_it_says_else_what_is_configured(
    text: str, said: str | None, language: str
) -> None:
    assert in_its_language(Article("", text, "page", said), "fr").language == language

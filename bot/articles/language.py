"""Tells in which language an article is, so that it is matched by that language's rules."""

from dataclasses import replace

from bot.model import Article
from bot.text.detect import detect
from bot.text.languages import code_of


def in_its_language(article: Article, default: str) -> Article:
    """Return an article with the code of its language.

    The text itself is believed first, as many pages are made with templates that say another
    language; then what the page says; then what is configured.

    Args:
        article: its `language` is what its page says, or None.
        default: the code of an article that neither tells nor says it.
    """
    told = detect(f"{article.title}\n{article.text}")
    return replace(article, language=told or code_of(article.language or default))

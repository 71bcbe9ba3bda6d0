"""Kinds of sentences."""

from collections.abc import Callable

Counted = Callable[[int], str]
"""Given a number, the sentence for so many; it may have placeholders like any other."""

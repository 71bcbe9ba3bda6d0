"""What lxml gives for a page: the one place that says that it has no types of its own."""

from typing import Any, TypeAlias

Element: TypeAlias = Any
"""An element of a parsed page, or its root."""

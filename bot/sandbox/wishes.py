"""Reads what the control API is sent: typed fields, and a sentence for every mistake."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.errors import Mistake


class Wish:
    """A JSON object or a query string, read field by field."""

    def __init__(self, fields: object, known: str) -> None:
        """Takes the object.

        Args:
            fields: what was sent.
            known: names of the fields that are understood, apart by spaces.

        Raises:
            Mistake: it is no object, or has a field that is not known.
        """
        if not isinstance(fields, Mapping):
            raise Mistake("the body must be a JSON object")
        unknown = sorted(set(fields) - set(known.split()))
        if unknown:
            raise Mistake(f"unknown field {unknown[0]!r}; there are: {known}")
        self._fields: dict[str, Any] = {k: v for k, v in fields.items() if v is not None}

    def raw(self, name: str) -> Any:  # noqa: ANN401 - JSON may be anything
        """Returns a field as it is, None if it is missing."""
        return self._fields.get(name)

    def whole(self, name: str, default: int | None = None) -> int:
        """Returns a whole number.

        Raises:
            Mistake: it is none, or is missing and has no default.
        """
        value = self._fields.get(name, default)
        if value is None:
            raise Mistake(f"{name} is missing")
        try:
            return int(str(value))
        except ValueError:
            raise Mistake(f"{name} must be a whole number, not {value!r}") from None

    def maybe_whole(self, name: str) -> int | None:
        """Returns a whole number, None if it is missing."""
        return self.whole(name) if name in self._fields else None

    def seconds(self, name: str, default: float = 0) -> float:
        """Returns a number of seconds from 0.

        Raises:
            Mistake: it is none.
        """
        try:
            value = float(self._fields.get(name, default))
        except (TypeError, ValueError):
            value = -1
        if not 0 <= value < float("inf"):
            raise Mistake(f"{name} must be a number of seconds, not {self._fields[name]!r}")
        return value

    def text(self, name: str, default: str | None = None) -> str:
        """Returns a text.

        Raises:
            Mistake: it is none, or is missing and has no default.
        """
        value = self._fields.get(name, default)
        if value is None:
            raise Mistake(f"{name} is missing")
        if not isinstance(value, str):
            raise Mistake(f"{name} must be a text, not {value!r}")
        return value

    def maybe_text(self, name: str) -> str | None:
        """Returns a text, None if it is missing."""
        return self.text(name) if name in self._fields else None

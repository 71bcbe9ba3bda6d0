"""Which sentences there are. Feeds, and how the service is doing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceWords:
    """Feeds, and how the service is doing."""

    title: str

"""Which sentences there are. What a chat looks for itself, and what it wants to hear nothing of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """What a chat looks for itself, and what it wants to hear nothing of."""

    label: str

    # In an alert.
    claimed: str
    somebody: str

"""A link of the chain from the feed to the chat."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Step:
    """One link of the chain."""

    key: str
    """Of a sentence in `Sentences.why`."""
    params: Mapping[str, str] = field(default_factory=dict)
    """Plain text; where it may be translated, in English."""
    broken: bool = False
    """The article came no further than this."""
    aside: bool = False
    """It is said beside the chain, as what may help."""

"""Whether a publisher says that a page is not free: `isAccessibleForFree` in its JSON-LD.

The property: https://developers.google.com/search/docs/appearance/structured-data/paywalled-content
"""

import json
import re
from collections.abc import Iterable

MAX_BLOCKS = 20
_WRITTEN = re.compile(r'"isAccessibleForFree"\s*:\s*\[?\s*"?false', re.IGNORECASE)
_FALSE = frozenset({"false", "http://schema.org/false", "https://schema.org/false"})
_INTO = ("@graph", "mainEntity", "hasPart")


def paywalled(blocks: Iterable[str]) -> bool:
    """Tell it from the page's JSON-LD blocks, as written.

    What an object says of itself goes before what it says of its parts; teasers are not looked at.
    A block that is no valid JSON is searched for the words.
    """
    pending: list[object] = [_read(block) for block in list(blocks)[:MAX_BLOCKS]]
    while pending:
        found = pending.pop()
        if isinstance(found, list):
            pending += found
        elif isinstance(found, dict):
            said = found.get("isAccessibleForFree")
            if _denied(said):
                return True
            parts = [found[key] for key in _INTO if key in found]
            pending += parts if said is None else []
    return False


def _read(block: str) -> object:
    try:
        found: object = json.loads(block, strict=False)
    except (ValueError, RecursionError):
        return {"isAccessibleForFree": not _WRITTEN.search(block)}
    return found


def _denied(said: object) -> bool:
    """Publishers write false, "False" and ["False"]."""
    if isinstance(said, list):
        return any(map(_denied, said[:MAX_BLOCKS]))
    return str(said).strip().lower() in _FALSE

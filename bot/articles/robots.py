"""What a site allows robots: robots.txt by RFC 9309.

urllib.robotparser knows no wildcards, and takes the first rule that fits instead of the longest.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

MAX_SIZE = 512_000
"""Bytes that are read: section 2.5 asks for 500 kibibytes at least."""
_ESCAPED = re.compile("%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern of paths: `*` is anything, `$` at its end the path's end."""

    pattern: str
    allows: bool


Rules = tuple[Rule, ...]
ALL: Rules = ()
NOTHING: Rules = (Rule("/", allows=False),)


def rules_for(robots: bytes, agent: str) -> Rules:
    """Return the rules for a robot: of the groups that name it, else of those for all.

    Args:
        robots: robots.txt as received.
        agent: the robot's product token, such as "Ausguck".
    """
    named: list[Rule] = []
    general: list[Rule] = []
    mentioned = False
    for agents, rules in _groups(robots[:MAX_SIZE].decode("utf-8", "replace").lstrip("\ufeff")):
        if agent.lower() in agents:
            mentioned = True
            named += rules
        elif "*" in agents:
            general += rules
    return tuple(dict.fromkeys(named if mentioned else general))


def _groups(robots: str) -> Iterator[tuple[set[str], list[Rule]]]:
    agents: set[str] = set()
    rules: list[Rule] = []
    in_rules = False
    for line in robots.splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key in {"user-agent", "useragent"}:
            if in_rules:
                yield agents, rules
                agents, rules, in_rules = set(), [], False
            agents.add(_token(value))
        elif key in {"allow", "disallow"} and agents:
            in_rules = True
            if value.startswith(("/", "*")):
                rules.append(Rule(normal(value), key == "allow"))
    if agents:
        yield agents, rules


def _token(written: str) -> str:
    found = re.match(r"[A-Za-z_-]+", written)
    return found[0].lower() if found else written[:1]


def allowed(rules: Iterable[Rule], url: str) -> bool:
    """Tell whether rules allow an address: the longest that fits decides, `Allow` among equals."""
    parts = urlsplit(url)
    path = normal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    if path == "/robots.txt":
        return True
    best = max(
        ((len(rule.pattern), rule.allows) for rule in rules if matches(rule.pattern, path)),
        default=(0, True),
    )
    return best[1]


def matches(pattern: str, path: str) -> bool:
    """Tell whether a pattern fits the beginning of a path; both as `normal` returns them."""
    to_end = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    if not others:
        return not to_end or at == len(path)
    last = others.pop() if to_end else ""
    for piece in others:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return not to_end or (path.endswith(last) and len(path) - len(last) >= at)


def normal(path: str) -> str:
    """Return a path or a pattern with the same characters escaped in the same way."""

    def unescape(found: re.Match[str]) -> str:
        octet = int(found[1], 16)
        return chr(octet) if octet in _UNRESERVED else found[0].upper()

    return _ESCAPED.sub(unescape, quote(path, safe="/?:@!$&'()*+,;=-._~%[]#|"))

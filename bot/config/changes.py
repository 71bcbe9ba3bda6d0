"""What differs between two configurations, and what of it a running daemon cannot take on."""

from collections.abc import Sequence

from bot.config.sections import SECTIONS, Config

NEEDS_RESTART = frozenset(
    {
        "store.url",
        "watch.folder",
        "web.listen",
        "net.allow",
        "net.contact",
        "net.user_agent",
        "poll.per_host_gap",
        "poll.concurrency",
    }
)
"""What is opened once at the start: the database, the folder, the port and the HTTP client."""


def differences(one: Config, other: Config) -> Sequence[str]:
    """Return the keys whose values differ, such as `poll.every`; `feeds` for any of those."""
    keys = [
        f"{name}.{key}"
        for name, section in SECTIONS.items()
        for key in section.model_fields
        if getattr(getattr(one, name), key) != getattr(getattr(other, name), key)
    ]
    return [*keys, *(["feeds"] if one.feeds != other.feeds else [])]


def needs_restart(began: Config, config: Config) -> Sequence[str]:
    """Return the keys that a daemon which began with another configuration does not go by yet."""
    return [key for key in differences(began, config) if key in NEEDS_RESTART]

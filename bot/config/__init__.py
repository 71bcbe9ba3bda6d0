"""The configuration: built-in defaults, config.toml, the environment, secret files, in this order.

`load` is the only way in. What comes out is frozen, complete and valid; what is wrong is reported
all at once, each fault with its line in the file and the nearest known key.
"""

from bot.config.changes import differences, needs_restart
from bot.config.load import load, reload
from bot.config.sections import Config, FeedSection, NetSection, duration

__all__ = [
    "Config",
    "FeedSection",
    "NetSection",
    "differences",
    "duration",
    "load",
    "needs_restart",
    "reload",
]

"""The only HTTP client for feeds and pages: conditional GET, limits, guard, pace per host."""

from bot.net.answers import FEED, PAGE, Fetched, Limits
from bot.net.fetcher import Fetcher
from bot.net.hosts import Overrun

__all__ = ["FEED", "PAGE", "Fetched", "Fetcher", "Limits", "Overrun"]

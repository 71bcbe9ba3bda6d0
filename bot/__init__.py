"""Ausguck: reads feeds, matches whole articles against watchlists, alerts in Telegram."""

__version__ = "0.1.0"

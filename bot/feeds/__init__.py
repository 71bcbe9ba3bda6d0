"""Feeds without I/O: bytes to entries, canonical addresses, due times, OPML. Nothing here fetches.

Import from the modules: `parse` is the only door to feedparser.
"""

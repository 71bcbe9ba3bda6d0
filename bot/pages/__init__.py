"""Pure: what is known, as pages. The only door to jinja2; all that is inserted is escaped."""

from bot.pages.environment import render

__all__ = ["render"]

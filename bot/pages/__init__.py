"""Pure: what is known, as pages. The only door to jinja2; all that is inserted is escaped."""

from bot.pages.environment import render
from bot.pages.values import Found, Status


def status_page(page: Status) -> str:
    """Return the status page as HTML."""
    return render("status.html", {"page": page, "frame": page.frame})


def search_page(page: Found) -> str:
    """Return what was found, or why nothing was, as HTML."""
    return render("search.html", {"page": page, "frame": page.frame})


__all__ = ["render", "search_page", "status_page"]

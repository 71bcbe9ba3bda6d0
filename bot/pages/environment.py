"""The templates, and how one is filled in."""

from collections.abc import Mapping
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("bot.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["web_address"] = is_web
    return environment


def is_web(address: object) -> bool:
    """Tell whether an address may be a link: `javascript:` and its like may not."""
    return isinstance(address, str) and address.lower().startswith(("http://", "https://"))


def render(template: str, values: Mapping[str, object]) -> str:
    """Fill in a template of bot/pages/templates; every value is escaped.

    Raises:
        jinja2.UndefinedError: the template names a value that is not given.
    """
    return _environment().get_template(template).render(values)

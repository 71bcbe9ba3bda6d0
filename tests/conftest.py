"""What holds for every test."""

import pytest
from hypothesis import settings

# The same examples in every run: a red test is red because of the change, not because of luck.
settings.register_profile("house", deadline=None, derandomize=True, database=None)
settings.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slowest file goes first, so that the others run beside it."""
    items.sort(key=lambda item: item.path.name != "test_packaging.py")

"""Slow tests go last, so that a quick mistake is seen quickly."""

import pytest

pytest.register_assert_rewrite("tests.helpers")
pytest_plugins = ["tests.helpers.job_book"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: (item.path.parent.name == "browser", item.get_closest_marker("slow") is not None))

"""Tests in a browser and slow ones go last, so that a quick mistake is seen quickly."""

import pytest

pytest.register_assert_rewrite("tests.helpers")
pytest_plugins = ["tests.helpers.job_book"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent.name == "browser":
            item.add_marker("browser")
    items.sort(key=lambda item: [item.get_closest_marker(name) is not None for name in ("browser", "slow")])

"""A small training in slices of one batch; not to be changed."""

import pytest

from lstm_core.work import training
from tests.helpers.small_slices import chain


@pytest.fixture(scope="session")
def slices() -> list[training.Slice]:
    return chain(seconds=0)


@pytest.fixture(scope="session")
def kept(slices) -> dict:
    """Weights after 0, 1, 2 and 3 epochs."""
    reports = [report for each in slices for report in each.reports]
    return {report.epoch: report.weights for report in reports}

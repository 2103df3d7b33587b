"""A book whose work is done when the test says so, and whose time passes when the test says so."""

from collections.abc import Iterator

import pytest

from lstm_core.jobs import JobBook, turns
from tests.helpers.small_training import Clock
from tests.helpers.stepping_engine import SteppingEngine


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def engine() -> SteppingEngine:
    return SteppingEngine()


@pytest.fixture
def book(engine: SteppingEngine, clock: Clock) -> Iterator[JobBook]:
    book = JobBook(engine, grace=30, findable=1800, capacity=5, clock=clock)
    yield book
    book.close()


@pytest.fixture
def large_book(engine: SteppingEngine, clock: Clock) -> Iterator[JobBook]:
    book = JobBook(engine, clock=clock)
    yield book
    book.close()


@pytest.fixture
def one_batch_a_slice(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slice without time still trains one batch."""
    monkeypatch.setattr(turns, "SLICE", 0.0)
    monkeypatch.setattr(turns, "CROWDED_SLICE", 0.0)

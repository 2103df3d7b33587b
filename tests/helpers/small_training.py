"""A small training whose slices are one batch each, and what tests ask of a book over and over."""

from dataclasses import replace

from lstm_core.errors import InvalidArgument
from lstm_core.jobs import JobBook
from lstm_core.training.problems.forecasting.task import Forecasting
from tests.helpers.series import wave
from tests.helpers.settings import returns

SMALL = returns(hidden_size=2, window_length=8, burn_in=2, stride=8, batch_size=8, epochs=4)
SERIES = wave(120)


class Clock:
    """Stands still until a test moves it."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def train(book: JobBook, seed: int = 0, session: str = "me", **changes) -> str:
    return book.train(Forecasting(replace(SMALL, seed=seed, **changes), SERIES), session, window_end=100)


def states(book: JobBook, *jobs: str) -> list[str]:
    return [book.job(job).state for job in jobs]


def is_known(book: JobBook, job: str) -> bool:
    try:
        return book.job(job).id == job
    except InvalidArgument:
        return False

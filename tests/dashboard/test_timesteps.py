"""What a timestep is called: of every kind of series that a person may bring."""

import numpy as np
import pytest

from lstm_core.data import catalogue
from lstm_core.data.steps import step_of


def every(number: int, unit: str, count: int = 40) -> np.ndarray:
    return (np.datetime64("2019-01-31T00:00") + np.arange(count) * np.timedelta64(number, unit)).astype("datetime64[s]")


MONTHS = np.arange("2015-01", "2020-01", dtype="datetime64[M]")
DAYS = np.arange("2020-01-01", "2020-12-31", dtype="datetime64[D]")
CASES = {
    "minute": every(1, "m"),
    "hour": every(1, "h"),
    "day": DAYS,
    "trading day": DAYS[np.is_busday(DAYS, holidays=["2020-07-03", "2020-12-25"])],
    "week": every(7, "D"),
    "month": MONTHS.astype("datetime64[s]"),
    "quarter": MONTHS[::3].astype("datetime64[s]"),
    "year": np.arange("1950", "2020", dtype="datetime64[Y]").astype("datetime64[s]"),
    "step": every(5, "m"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_timestep_has_the_name_that_people_use(name):
    assert step_of(CASES[name]) == name


def test_ends_of_months_are_months():
    ends = MONTHS.astype("datetime64[D]") - 1
    assert step_of(ends.astype("datetime64[s]")) == "month"


@pytest.mark.parametrize(("name", "step"), [("MSFT", "trading day"), ("noisy-sine", "day")])
def test_the_catalogues_series(name, step):
    assert step_of(catalogue.load(name).dates) == step

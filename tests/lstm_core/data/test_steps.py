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


def test_last_working_days_of_months_and_quarters():
    ends = np.busday_offset(MONTHS.astype("datetime64[D]"), -1, roll="forward").astype("datetime64[s]")
    assert step_of(ends) == "month"
    assert step_of(ends[::3]) == "quarter"
    assert step_of(ends[::12]) == "year"


def test_hours_of_a_stock_exchange_are_hours_though_it_closes_at_night():
    days = DAYS[np.is_busday(DAYS)].astype("datetime64[s]")
    assert step_of((days[:, None] + np.arange(10, 16) * np.timedelta64(1, "h")).ravel()) == "hour"


def test_what_has_no_rhythm_or_none_with_a_name_goes_by_steps():
    gaps = np.tile([1, 4, 1, 7, 1, 3, 1, 9, 1], 30)  # a day is the usual one, and little more than half of them
    dates = np.datetime64("2020-01-01T00:00:00") + np.cumsum(gaps) * np.timedelta64(86_400, "s")
    assert np.median(np.diff(dates)) == np.timedelta64(1, "D")
    assert step_of(dates) == "step"
    assert step_of(every(28, "D")) == "step"


@pytest.mark.parametrize(("name", "step"), [("MSFT", "trading day"), ("noisy-sine", "day")])
def test_the_catalogues_series(name, step):
    assert step_of(catalogue.load(name).dates) == step

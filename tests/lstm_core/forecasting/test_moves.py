"""The window and the timestep to open on: where the series moved most, found by hand."""

import numpy as np
import pytest

from lstm_core.data.catalogue import load
from lstm_core.forecasting.moves import interesting_end, largest_move
from lstm_core.hyperparameters import Hyperparameters, Resolved
from lstm_core.training.windows import Windows, resolved
from tests.helpers.series import series_of

SMALL = Resolved(hidden_size=2, window_length=9, inputs=("level",), target="level", burn_in=2)


def windows(jumps: dict[int, float], length: int = 100) -> Windows:
    """A gentle wave that leaps on the given days."""
    values = 50 + np.sin(np.arange(length) / 3) * 0.1
    for day, by in jumps.items():
        values[day:] += by
    return Windows(series_of(values).values, SMALL)


@pytest.mark.parametrize(
    ("jumps", "end"), [({75: 3.0, 90: 2.0, 20: 9.0}, 78), ({75: 2.0, 90: -3.0}, 93), ({99: 5}, 98)]
)
def test_the_window_shows_the_largest_jump_outside_the_training_part_two_thirds_on(jumps, end):
    assert interesting_end(windows(jumps)) == end


def test_the_largest_move_of_a_window():
    jumps = windows({75: 3.0, 78: -4.0, 90: 9.0})
    assert largest_move(jumps, 80) == 6  # the window shows days 72 to 80
    assert largest_move(jumps, 77) == 6  # 69 to 77: day 75
    assert largest_move(jumps, 83) == 3  # 75 to 83: the change on its first day is from a day outside


def test_microsofts_window_falls_by_eight_percent():
    series = load("MSFT")
    found = Windows(series.values, resolved(Hyperparameters(), series))
    end = interesting_end(found)
    day = end - 59 + largest_move(found, end)
    assert str(series.dates[day])[:10] == "2009-07-24"
    assert series.values[day] / series.values[day - 1] - 1 == pytest.approx(-0.083, abs=5e-4)

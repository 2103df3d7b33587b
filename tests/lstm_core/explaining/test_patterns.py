"""Patterns of active units: runs of days by hand, and what is no pattern."""

from typing import Any

import numpy as np
import pytest

from lstm_core.errors import InvalidArgument
from lstm_core.explaining.patterns import Pattern, runs
from tests.helpers.small_weights import PATTERN


def test_runs_by_hand():
    active = np.array([1, 1, 0, 1, 0, 0, 1, 1, 1], dtype=bool)
    assert [ends.tolist() for ends in runs(active, 1)] == [[0, 3, 6], [1, 3, 8]]
    assert [ends.tolist() for ends in runs(active, 2)] == [[0, 6], [1, 8]]
    assert [ends.tolist() for ends in runs(active, 4)] == [[], []]
    assert [ends.tolist() for ends in runs(np.ones(3, dtype=bool), 3)] == [[0], [2]]
    assert [ends.tolist() for ends in runs(np.zeros(3, dtype=bool), 1)] == [[], []]


def test_a_threshold_is_reached_by_what_equals_it():
    states = np.array([[0.5, -0.5], [0.5, -0.25], [0.25, -0.5]])
    assert Pattern("hidden_state", 0, (0, 1), (1, -1), 0.5, 1).active(states).tolist() == [True, False, False]


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"name": "forget_gate"}, "name must be hidden_state or cell_state; got 'forget_gate'."),
    ({"layer": -1}, "layer must be a whole number from 0 on; got -1."),
    ({"layer": None}, "layer must be a whole number from 0 on; got None."),
    ({"units": ()}, "units must be a tuple of 1 to 64 whole numbers from 0 on; got ()."),
    ({"units": tuple(range(65)), "signs": (1,) * 65}, "units must be a tuple of 1 to 64 whole numbers from 0 on"),
    ({"units": (0, -3)}, "units must be a tuple of 1 to 64 whole numbers from 0 on; got (0, -3)."),
    ({"units": (0, 0)}, "units must be without repetition; got (0, 0)."),
    ({"signs": (1,)}, "signs must be a tuple of 1 and -1, one for each of 2 units; got (1,)."),
    ({"signs": (1, 0)}, "signs must be a tuple of 1 and -1, one for each of 2 units; got (1, 0)."),
    ({"threshold": -0.1}, "threshold must be a number from 0 on; got -0.1."),
    ({"threshold": float("nan")}, "threshold must be a number from 0 on; got nan."),
    ({"threshold": float("inf")}, "threshold must be a number from 0 on; got inf."),
    ({"at_least": 0}, "at_least must be a whole number of days from 1 on; got 0."),
    ({"at_least": 1.5}, "at_least must be a whole number of days from 1 on; got 1.5."),
]


@pytest.mark.parametrize(("wrong", "sentence"), WRONG)
def test_what_is_no_pattern(wrong, sentence):
    with pytest.raises(InvalidArgument) as error:
        Pattern(**(PATTERN | wrong))
    assert sentence in str(error.value)

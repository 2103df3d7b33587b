"""Where else the same units are active: by torch.nn window by window, and a loop over days."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from lstm_core.errors import InvalidArgument
from lstm_core.explaining.patterns import Pattern
from lstm_core.work import explaining
from lstm_core.work.explaining import find_pattern
from tests.helpers.small_wave import SERIES, seen
from tests.helpers.small_weights import PATTERN, SMALL, WEIGHTS, weights_of


def states_by_day(weights: dict[str, np.ndarray], name: str, layer: int) -> np.ndarray:
    """(N, H): torch.nn.LSTM in float32, one window after the other; NaN where no window can end."""
    states = np.full((120, 4), np.nan)
    network = torch.nn.LSTM(1, 4, layer + 1, batch_first=True)
    network.load_state_dict({key: torch.tensor(weights[key]) for key in network.state_dict()})
    for day in range(8, 120):
        with torch.no_grad():
            _, (h, c) = network(torch.tensor(seen(day), dtype=torch.float32)[None])
        states[day] = (h if name == "hidden_state" else c)[layer, 0]
    return states


def matches_by_day(states: np.ndarray, pattern: Pattern) -> tuple[list[tuple[int, int]], int]:
    """Day after day: (first, last) of every match, and the number of active days."""
    found, begun, active = [], None, 0
    for day in range(8, 121):
        is_active = day < 120 and all(
            sign * states[day, unit] >= pattern.threshold
            for unit, sign in zip(pattern.units, pattern.signs, strict=True)
        )
        active += is_active
        if is_active and begun is None:
            begun = day
        if not is_active and begun is not None:
            if day - begun >= pattern.at_least:
                found.append((begun, day - 1))
            begun = None
    return found, active


@pytest.mark.parametrize("at_once", [256, 25])
@pytest.mark.parametrize("name", ["hidden_state", "cell_state"])
@pytest.mark.parametrize("layer", [0, 1])
def test_patterns_are_found_where_a_loop_over_days_finds_them(layer, name, at_once, monkeypatch):
    monkeypatch.setattr(explaining, "_AT_ONCE", at_once)
    states = states_by_day(WEIGHTS, name, layer)
    known = states[8:]
    total = 0
    for units in [(0,), (3, 1), (0, 1, 2, 3)]:
        signs = tuple(1 if np.median(known[:, unit]) > 0 else -1 for unit in units)
        level = float(np.quantile((known[:, units] * signs).min(axis=1), 0.5))  # half of the days are active
        for threshold, at_least in ((0.0, 1), (max(level, 0.0) + 1e-5, 1), (max(level, 0.0) + 1e-5, 3)):
            pattern = Pattern(name, layer, units, signs, threshold, at_least)
            found = find_pattern(SMALL, SERIES, WEIGHTS, pattern)
            expected, active = matches_by_day(states, pattern)
            assert list(zip(found.first.tolist(), found.last.tolist(), strict=True)) == expected
            assert (found.days, found.active) == (112, active)
            total += len(expected)
    assert total > 20, "too few matches to have tested anything"


@pytest.mark.parametrize("cell", ["GRU", "RNN"])
def test_other_cells_have_hidden_states_to_look_for(cell):
    chosen = replace(SMALL, cell=cell)
    weights = weights_of(chosen)
    network = {"GRU": torch.nn.GRU, "RNN": torch.nn.RNN}[cell](1, 4, 2, batch_first=True)
    network.load_state_dict({key: torch.tensor(weights[key]) for key in network.state_dict()})
    with torch.no_grad():
        states = [network(torch.tensor(seen(day), dtype=torch.float32)[None])[1][1, 0, 2] for day in range(8, 120)]
    middle = float(np.median(states))
    pattern = Pattern("hidden_state", 1, (2,), (1 if middle > 0 else -1,), abs(middle), 1)
    assert find_pattern(chosen, SERIES, weights, pattern).active == 56  # half of the days are beyond the median


@pytest.mark.parametrize(
    ("cell", "wrong", "sentence"),
    [
        ("GRU", {}, "name must be an activation of this GRU: reset_gate or update_gate or candidate or hidden_state;"),
        ("LSTM", {"layer": 2}, "layer must be less than num_layers (2); got 2."),
        ("LSTM", {"units": (5, 1)}, "unit must be less than hidden_size (4); got 5."),
        ("LSTM", {"at_least": 9}, "at_least must be from 1 to the window's 8 days; got 9."),
    ],
)
def test_what_the_network_has_not_cannot_be_looked_for(cell, wrong, sentence):
    with pytest.raises(InvalidArgument) as error:
        find_pattern(replace(SMALL, cell=cell), SERIES, WEIGHTS, Pattern(**(PATTERN | wrong)))
    assert sentence in str(error.value)

"""Explanations: gradients, holds and patterns of a small network, from torch.nn, numpy and the series alone."""

import pickle
import subprocess
import sys
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from dieboldmariano import dm_test

from lstm_core.errors import InvalidArgument
from lstm_core.explaining.clamps import Clamp
from lstm_core.explaining.gradients import gradient_norms
from lstm_core.explaining.patterns import Pattern, runs
from lstm_core.forecasting.evaluation import evaluate
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.network.forecaster import build, save_weights
from lstm_core.training.windows import Windows, resolved
from lstm_core.work import explaining
from lstm_core.work.explaining import explain, find_pattern, judge_clamped
from tests.helpers.places import ROOT
from tests.helpers.reference import by_hand, predictions
from tests.helpers.series import wave
from tests.helpers.settings import returns

SERIES = wave(120, noise=0.2)
VALUES = SERIES.values
RETURNS = np.diff(np.log(VALUES))
MEAN, DEVIATION = RETURNS[:83].mean(), RETURNS[:83].std()  # of the first 84 days, 0.7 of 120
SMALL = returns(hidden_size=4, num_layers=2, window_length=8, burn_in=3, seed=2, forget_bias=0.0)
TEST = np.arange(102, 120)


def weights_of(hyperparameters: Hyperparameters) -> dict[str, np.ndarray]:
    """Three times what torch draws, so that states go far from zero."""
    drawn = save_weights(build(resolved(hyperparameters, SERIES)))
    return {name: 3 * value for name, value in drawn.items()}


WEIGHTS = weights_of(SMALL)


def seen(end: int | np.integer) -> np.ndarray:
    """The inputs (T, 1) of the window that ends on a day: scaled log returns."""
    return ((RETURNS[end - 8 : end] - MEAN) / DEVIATION)[:, None]


def rmse(scaled: list[float]) -> float:
    """Of scaled predictions for the test days, in the series' unit."""
    return float(np.sqrt(np.mean((in_prices(scaled) - VALUES[TEST]) ** 2)))


def in_prices(scaled: list[float]) -> np.ndarray:
    return VALUES[TEST - 1] * np.exp(np.array(scaled) * DEVIATION + MEAN)


@pytest.mark.parametrize("end", [8, 60, 119])
def test_the_forecast_s_gradients_are_finite_differences(end):
    found = explain(SMALL, SERIES, WEIGHTS, end)
    assert (found.end, found.input_gradients.shape) == (end, (8, 1))
    for t in range(8):
        step = np.zeros((8, 1))
        step[t] = 1e-6
        up, down = (predictions(WEIGHTS, seen(end) + sign * step)[-1] for sign in (1, -1))
        assert found.input_gradients[t, 0] == pytest.approx((up - down) / 2e-6, rel=1e-3, abs=1e-5)


@pytest.mark.parametrize("loss", ["mse", "huber"])
@pytest.mark.parametrize(("end", "known"), [(8, 8), (60, 8), (119, 7)])
def test_the_loss_s_gradients_are_those_of_the_known_targets(end, known, loss):
    """On the series' last day the day after is not known: the loss ends one timestep earlier."""
    target = np.append((RETURNS[end - 7 : end + 1] - MEAN) / DEVIATION, np.nan)[:8]
    steps = np.arange(8)
    forecaster = build(resolved(SMALL, SERIES), WEIGHTS).double()
    expected = gradient_norms(forecaster, seen(end), target, (steps >= 3) & (steps < known), loss)
    found = explain(replace(SMALL, loss=loss), SERIES, WEIGHTS, end).gradient_norms
    assert found.shape == (2, 8)
    np.testing.assert_allclose(found, expected, rtol=1e-3, atol=1e-6)
    assert (found[:, :known] > 0).all()
    assert (found[:, known:] == 0).all()


def test_a_loss_on_the_one_unknown_day_has_no_gradients():
    found = explain(replace(SMALL, loss_on="last_step"), SERIES, WEIGHTS, 119)
    assert np.isnan(found.gradient_norms).all()
    assert np.isfinite(found.input_gradients).all()


@pytest.mark.parametrize(("asked", "given"), [(-5, 8), (10**9, 119)])
def test_a_window_beyond_the_series_is_the_nearest_there_is(asked, given):
    assert explain(SMALL, SERIES, WEIGHTS, asked).end == given


def test_with_nothing_held_it_is_the_evaluation(monkeypatch):
    windows = Windows(VALUES, resolved(SMALL, SERIES))
    expected = evaluate(build(windows.hyperparameters, WEIGHTS), windows, SERIES).metrics
    found = judge_clamped(SMALL, SERIES, WEIGHTS, ())
    assert (found.clamps, found.days) == ((), 18)
    assert found.rmse == found.rmse_free == pytest.approx(expected["network"].rmse, rel=1e-12)
    assert found.rmse_naive == pytest.approx(expected["naive"].rmse, rel=1e-12)
    assert found.against_free.statistic == 0
    monkeypatch.setattr(explaining, "_AT_ONCE", 5)
    assert judge_clamped(SMALL, SERIES, WEIGHTS, ()).rmse == pytest.approx(found.rmse, rel=1e-6)


@pytest.mark.parametrize("representation", ["level", "relative"])
def test_whatever_the_network_predicts_it_is_judged_in_the_series_unit(representation):
    chosen = replace(SMALL, inputs=(representation,), target=representation)
    windows = Windows(VALUES, chosen)
    weights = weights_of(chosen)
    expected = evaluate(build(chosen, weights), windows, SERIES).metrics["network"].rmse
    assert judge_clamped(chosen, SERIES, weights, ()).rmse == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("cell", "clamps"),
    [
        ("LSTM", (Clamp("forget_gate", 1.0),)),
        ("LSTM", (Clamp("cell_state", -2.0, layer=0), Clamp("input_gate", 0.0, unit=3))),
        ("PeepholeLSTM", (Clamp("output_gate", 0.9, layer=1), Clamp("cell_state", 0.5, unit=2))),
        ("GRU", (Clamp("reset_gate", 0.0),)),
        ("RNN", (Clamp("hidden_state", 0.0, unit=1),)),
    ],
)
def test_what_is_held_is_judged_like_a_loop_in_numpy(cell, clamps):
    chosen = replace(SMALL, cell=cell)
    weights = weights_of(chosen)
    found = judge_clamped(chosen, SERIES, weights, clamps)
    held = [by_hand(cell, 2, weights, seen(day - 1), [vars(clamp) for clamp in clamps])[-1] for day in TEST]
    free = [predictions(weights, seen(day - 1), cell)[-1] for day in TEST]
    assert found.clamps == clamps
    assert found.rmse == pytest.approx(rmse(held), rel=1e-5)
    assert found.rmse_free == pytest.approx(rmse(free), rel=1e-5)
    assert abs(found.rmse / found.rmse_free - 1) > 1e-3, "nothing changed, so nothing was tested"


def test_whether_chance_could_have_done_what_is_held_is_asked_of_these_very_errors():
    """By the package, over the numpy loop's predictions."""
    clamps = (Clamp("forget_gate", 1.0),)
    found = judge_clamped(SMALL, SERIES, WEIGHTS, clamps)
    held = in_prices(
        [by_hand("LSTM", 2, WEIGHTS, seen(day - 1), [vars(clamp) for clamp in clamps])[-1] for day in TEST]
    )
    free = in_prices([predictions(WEIGHTS, seen(day - 1), "LSTM")[-1] for day in TEST])
    for tested, other in ((found.against_free, free), (found.against_naive, VALUES[TEST - 1])):
        statistic, p_value = dm_test(list(VALUES[TEST]), list(held), list(other), variance_estimator="acf")
        assert (tested.statistic, tested.p_value) == pytest.approx((statistic, p_value), rel=1e-3)
        assert tested.days == len(TEST)


def test_what_the_network_has_not_cannot_be_held():
    with pytest.raises(InvalidArgument, match=r"^unit must be less than hidden_size \(4\); got 4\.$"):
        judge_clamped(SMALL, SERIES, WEIGHTS, (Clamp("forget_gate", 1, unit=4),))


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


GOOD: dict[str, Any] = {
    "name": "cell_state",
    "layer": 1,
    "units": (0, 3),
    "signs": (1, -1),
    "threshold": 0.3,
    "at_least": 2,
}
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
        Pattern(**(GOOD | wrong))
    assert sentence in str(error.value)


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
        find_pattern(replace(SMALL, cell=cell), SERIES, WEIGHTS, Pattern(**(GOOD | wrong)))
    assert sentence in str(error.value)


UNPICKLE = """
import pickle, sys
sys.modules["torch"] = None  # whoever imports it now fails
for each in pickle.load(sys.stdin.buffer):
    print(type(each).__name__)
"""


def test_results_arrive_where_there_is_no_torch():
    results = [
        explain(SMALL, SERIES, WEIGHTS, 100),
        judge_clamped(SMALL, SERIES, WEIGHTS, (Clamp("forget_gate", 1.0),)),
        find_pattern(SMALL, SERIES, WEIGHTS, Pattern(**GOOD)),
    ]
    done = subprocess.run(
        [sys.executable, "-c", UNPICKLE],
        input=pickle.dumps([*results, results[1].clamps[0], Pattern(**GOOD)]),
        capture_output=True,
        cwd=ROOT,
    )
    said = done.stdout.decode().split()
    assert said == ["Explanation", "ClampedJudgement", "Matches", "Clamp", "Pattern"], done.stderr.decode()

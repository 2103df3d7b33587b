"""Explanations: gradients, holds and patterns of a small network, from torch.nn, numpy and the series alone."""

import pickle
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from dieboldmariano import dm_test

from lstm_core.errors import InvalidArgument
from lstm_core.explaining.clamps import Clamp
from lstm_core.explaining.gradients import gradient_norms
from lstm_core.explaining.patterns import Pattern
from lstm_core.forecasting.evaluation import evaluate
from lstm_core.network.forecaster import build
from lstm_core.training.windows import Windows, resolved
from lstm_core.work import explaining
from lstm_core.work.explaining import explain, find_pattern, judge_clamped
from tests.helpers.places import ROOT
from tests.helpers.reference import by_hand, predictions
from tests.helpers.small_wave import DEVIATION, MEAN, RETURNS, SERIES, VALUES, seen
from tests.helpers.small_weights import PATTERN, SMALL, WEIGHTS, weights_of

TEST = np.arange(102, 120)


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
        find_pattern(SMALL, SERIES, WEIGHTS, Pattern(**PATTERN)),
    ]
    done = subprocess.run(
        [sys.executable, "-c", UNPICKLE],
        input=pickle.dumps([*results, results[1].clamps[0], Pattern(**PATTERN)]),
        capture_output=True,
        cwd=ROOT,
    )
    said = done.stdout.decode().split()
    assert said == ["Explanation", "ClampedJudgement", "Matches", "Clamp", "Pattern"], done.stderr.decode()

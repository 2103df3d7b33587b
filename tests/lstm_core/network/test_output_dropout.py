"""Dropout before the head: while training only, right in the mean, and unknown to weights and traces."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from lstm_core.hyperparameters import Resolved
from lstm_core.network.cells import CELLS
from lstm_core.network.forecaster import build, load_weights, save_weights, trace_window
from lstm_core.runs.run import load
from tests.helpers.places import ROOT
from tests.helpers.small_runs import assert_same_bits

# Written by the first version: 16 units, 80 epochs, standing for the last one.
EARLIER = ROOT / "tests" / "lstm_core" / "runs" / "earlier_runs" / "first"
WITHOUT = Resolved(hidden_size=16, num_layers=2, inputs=("level",), target="level", window_length=9, burn_in=2)
WITH = replace(WITHOUT, output_dropout=0.4)
X = np.random.default_rng(3).normal(size=(2, 9, 1)).astype(np.float32)


@pytest.mark.parametrize("cell", CELLS)
def test_predictions_and_traces_know_nothing_of_it(cell):
    with_it, without = (build(replace(each, cell=cell)) for each in (WITH, WITHOUT))
    np.testing.assert_array_equal(with_it.train().predict(X), without.predict(X))
    traced, plain = (trace_window(each.train(), X[0]) for each in (with_it, without))
    np.testing.assert_array_equal(traced.prediction, plain.prediction)
    for name, values in plain.activations.items():
        np.testing.assert_array_equal(traced.activations[name], values)


def test_weights_have_the_same_names_and_fit_both_ways():
    with_it, without = build(WITH), build(replace(WITHOUT, seed=5))
    one, other = (dict(save_weights(each)) for each in (with_it, without))
    assert list(one) == list(other)
    load_weights(without, one)
    load_weights(with_it, other)
    assert_same_bits(save_weights(without), one)
    assert_same_bits(save_weights(with_it), other)
    assert not np.array_equal(one["head.weight"], other["head.weight"])


def test_while_training_outputs_vary_around_what_they_are_without():
    """What is kept is divided by the share kept, so the mean over many masks is the prediction without any."""
    network, draws = build(WITH).train(), 4000
    torch.manual_seed(0)
    with torch.no_grad():
        drawn = torch.stack([network(torch.from_numpy(X)) for _ in range(draws)]).numpy()
        hidden = network.recurrent(torch.from_numpy(X)).numpy()
    weight = network.head.weight.detach().numpy()[0]
    # A unit's part is h·w/0.6 with probability 0.6, else 0: its variance is (h·w)²·0.4/0.6, and units are independent.
    deviation = np.sqrt(((hidden * weight) ** 2).sum(axis=-1) * 0.4 / 0.6)
    np.testing.assert_allclose(drawn.std(axis=0), deviation, rtol=0.1)
    without = hidden @ weight + network.head.bias.detach().numpy()
    assert (np.abs(drawn.mean(axis=0) - without) < 5 * deviation / np.sqrt(draws)).all()


def test_a_run_written_before_there_was_such_a_thing_has_none_and_stands_for_the_epoch_that_it_names():
    assert '"output_dropout"' not in (EARLIER / "run.json").read_text(encoding="utf-8")
    run = load(EARLIER)
    assert run.hyperparameters.output_dropout == 0.0
    assert (run.hyperparameters.hidden_size, run.epoch) == (16, 80)

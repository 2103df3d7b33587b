"""Holds: predictions against a loop in numpy, what a held state means by hand, and what cannot be held."""

import pickle
from typing import Any

import numpy as np
import pytest
import torch

from lstm_core.errors import InvalidArgument
from lstm_core.explaining.clamped import predict_clamped
from lstm_core.explaining.clamps import Clamp, check_clamps
from lstm_core.network.cells import CELLS
from lstm_core.network.forecaster import Forecaster, save_weights
from lstm_core.network.recurrent import Recurrent
from tests.helpers.reference import by_hand
from tests.helpers.settings import returns

WINDOWS, TIMESTEPS, FEATURES, HIDDEN = 3, 11, 2, 5
SOME = {"cell_state": -1.7, "hidden_state": -0.6, "candidate": 0.4}

# What is held, for cells that have it: one unit, a whole layer, everything, several at once, and overlapping ones.
TOGETHER = [
    [Clamp("forget_gate", 1.0)],
    [Clamp("input_gate", 0.0, layer=0), Clamp("output_gate", 0.3, unit=2)],
    [Clamp("cell_state", 1000.0, unit=4), Clamp("forget_gate", 0.0, unit=1), Clamp("candidate", -1.0, unit=0)],
    [Clamp("reset_gate", 0.0), Clamp("update_gate", 1.0, unit=3)],
    [Clamp("hidden_state", 0.9), Clamp("hidden_state", -0.2, unit=1)],
    [Clamp("hidden_state", -0.2, unit=1), Clamp("hidden_state", 0.9)],
    [
        Clamp("hidden_state", 0.1, unit=1),
        Clamp("hidden_state", 0.9, layer=0, unit=1),
        Clamp("hidden_state", 0.5, unit=2),
    ],
]


def made(cell: str, layers: int) -> tuple[Forecaster, np.ndarray]:
    torch.manual_seed(7)
    forecaster = Forecaster(Recurrent(cell, FEATURES, HIDDEN, layers, dropout=0.5)).double()
    with torch.no_grad():
        for parameter in forecaster.parameters():
            parameter.mul_(2)  # far enough from zero that gates open and close
    return forecaster, np.random.default_rng(8).standard_normal((WINDOWS, TIMESTEPS, FEATURES))


def cases(cell: str) -> list[list[Clamp]]:
    each = [
        [Clamp(name, SOME.get(name, 0.25), layer, unit)]
        for name in CELLS[cell].activations
        for layer in (None, 0)
        for unit in (None, 3)
    ]
    return each + [clamps for clamps in TOGETHER if all(clamp.name in CELLS[cell].activations for clamp in clamps)]


@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("cell", CELLS)
def test_predictions_agree_with_a_loop_in_numpy(cell, layers):
    forecaster, inputs = made(cell, layers)
    weights = save_weights(forecaster)
    free = forecaster.predict(inputs)
    for clamps in cases(cell):
        held = predict_clamped(forecaster, inputs, clamps)
        expected = [by_hand(cell, layers, weights, window, [vars(clamp) for clamp in clamps]) for window in inputs]
        np.testing.assert_allclose(held, expected, rtol=0, atol=1e-12, err_msg=str(clamps))
        assert np.abs(held - free).max() > 1e-4, f"{clamps} changes nothing, so nothing was tested"


def test_a_clamp_in_the_second_layer_alone():
    forecaster, inputs = made("LSTM", 2)
    clamp = Clamp("output_gate", 0.9, layer=1, unit=2)
    expected = [by_hand("LSTM", 2, save_weights(forecaster), window, [vars(clamp)]) for window in inputs]
    np.testing.assert_allclose(predict_clamped(forecaster, inputs, [clamp]), expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("cell", CELLS)
def test_nothing_held_is_the_network_itself(cell):
    forecaster, inputs = made(cell, 2)
    forecaster.float().train()  # dropout is off while holding, even here
    held = predict_clamped(forecaster, inputs, [])
    assert held.dtype == np.float32
    np.testing.assert_array_equal(held, forecaster.predict(inputs))


def test_held_hidden_states_leave_the_head_with_constants():
    """By hand: all that the head sees is the held value, at every timestep."""
    forecaster, inputs = made("GRU", 2)
    weight, bias = forecaster.head.weight.detach().numpy()[0], forecaster.head.bias.item()
    held = predict_clamped(forecaster, inputs, [Clamp("hidden_state", 0.5)])
    np.testing.assert_allclose(held, np.full((WINDOWS, TIMESTEPS), 0.5 * weight.sum() + bias))


def test_an_update_gate_held_at_one_keeps_the_zeros_of_the_beginning():
    """By the equation of the GRU, h = (1 - z) n + z h'."""
    forecaster, inputs = made("GRU", 1)
    held = predict_clamped(forecaster, inputs, [Clamp("update_gate", 1.0)])
    np.testing.assert_allclose(held, np.full((WINDOWS, TIMESTEPS), forecaster.head.bias.item()))


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"name": "memory", "value": 0}, "name must be an activation: one of input_gate, "),
    ({"name": "forget_gate", "value": 1.01}, "value must be a number from 0 to 1 for the forget_gate; got 1.01."),
    ({"name": "update_gate", "value": -0.01}, "value must be a number from 0 to 1 for the update_gate"),
    ({"name": "candidate", "value": -2}, "value must be a number from -1 to 1 for the candidate; got -2."),
    ({"name": "hidden_state", "value": 2}, "value must be a number from -1 to 1 for the hidden_state; got 2."),
    ({"name": "cell_state", "value": 1001}, "value must be a number from -1000 to 1000 for the cell_state; got 1001."),
    ({"name": "cell_state", "value": float("nan")}, "value must be a number from -1000 to 1000 for the cell_state"),
    ({"name": "cell_state", "value": float("inf")}, "got inf."),
    ({"name": "input_gate", "value": True}, "value must be a number from 0 to 1 for the input_gate; got True."),
    ({"name": "input_gate", "value": "1"}, "got '1'."),
    ({"name": "input_gate", "value": 1, "layer": -1}, "layer must be a whole number from 0 on, or None for all"),
    ({"name": "input_gate", "value": 1, "unit": 1.5}, "unit must be a whole number from 0 on, or None for all"),
    ({"name": ["input_gate"], "value": 1}, "name must be an activation"),
]


@pytest.mark.parametrize(("wrong", "sentence"), WRONG)
def test_what_is_no_clamp(wrong, sentence):
    with pytest.raises(InvalidArgument) as error:
        Clamp(**wrong)
    assert sentence in str(error.value)


@pytest.mark.parametrize(
    ("cell", "clamp", "sentence"),
    [
        ("GRU", Clamp("forget_gate", 1), "name must be an activation of this GRU: reset_gate or update_gate or"),
        ("RNN", Clamp("candidate", 1), "name must be an activation of this RNN: hidden_state; got 'candidate'."),
        ("LSTM", Clamp("reset_gate", 1), "got 'reset_gate'."),
        ("LSTM", Clamp("forget_gate", 1, layer=2), "layer must be less than num_layers (2); got 2."),
        ("LSTM", Clamp("forget_gate", 1, unit=4), "unit must be less than hidden_size (4); got 4."),
    ],
)
def test_what_a_network_has_not_cannot_be_held(cell, clamp, sentence):
    hyperparameters = returns(cell=cell, num_layers=2, hidden_size=4)
    with pytest.raises(InvalidArgument) as error:
        check_clamps([Clamp("hidden_state", 0), clamp], hyperparameters)
    assert sentence in str(error.value)


@pytest.mark.parametrize(("cell", "name"), [(cell, name) for cell in CELLS for name in CELLS[cell].activations])
def test_the_ends_of_every_range_can_be_held_and_nothing_beyond(cell, name):
    low, high = {"cell_state": (-1000, 1000), "candidate": (-1, 1), "hidden_state": (-1, 1)}.get(name, (0, 1))
    hyperparameters = returns(cell=cell, num_layers=2, hidden_size=4)
    check_clamps([Clamp(name, low, 0, 0), Clamp(name, high, 1, 3), Clamp(name, 0.5)], hyperparameters)
    for beyond in (np.nextafter(low, -np.inf), np.nextafter(high, np.inf)):
        with pytest.raises(InvalidArgument, match=r"^value must be a number from"):
            Clamp(name, float(beyond), 0, 0)


def test_a_clamp_crosses_processes():
    clamp = Clamp("forget_gate", 1.0, layer=0)
    assert pickle.loads(pickle.dumps(clamp)) == clamp

"""Gradients: finite differences in float64, and a loss whose path back through time is pushed by hand."""

from collections.abc import Callable

import numpy as np
import pytest
import torch

from lstm_core.explaining.gradients import gradient_norms, input_gradients
from lstm_core.network.forecaster import Forecaster, save_weights
from lstm_core.network.recurrent import Recurrent
from tests.helpers.reference import lstm_step

SIZES = [("LSTM", 1, 5, 1), ("LSTM", 3, 4, 2), ("GRU", 2, 4, 2), ("RNN", 1, 6, 3), ("PeepholeLSTM", 2, 4, 2)]
TIMESTEPS = 9
SCORED = np.arange(TIMESTEPS) >= 4


def made(cell: str, features: int, hidden: int, layers: int) -> tuple[Forecaster, np.ndarray, np.ndarray]:
    torch.manual_seed(3)
    forecaster = Forecaster(Recurrent(cell, features, hidden, layers)).double()
    generator = np.random.default_rng(5)
    return forecaster, generator.standard_normal((TIMESTEPS, features)), generator.standard_normal(TIMESTEPS)


@pytest.mark.parametrize("size", SIZES)
def test_input_gradients_agree_with_finite_differences(size):
    forecaster, inputs, _ = made(*size)
    gradient = input_gradients(forecaster, inputs)
    assert gradient.shape == inputs.shape
    for t, d in np.ndindex(*inputs.shape):
        step = np.zeros_like(inputs)
        step[t, d] = 1e-6
        up, down = (forecaster.predict((inputs + sign * step)[None])[0, -1] for sign in (1, -1))
        assert gradient[t, d] == pytest.approx((up - down) / 2e-6, abs=1e-8)


@pytest.mark.parametrize("loss", ["mse", "huber"])
@pytest.mark.parametrize("size", SIZES)
def test_gradient_norms_agree_with_pushing_each_hidden_state(size, loss):
    assert_norms(size, loss, SCORED)


def test_timesteps_that_are_not_scored_are_no_part_of_the_loss():
    """The last one is not where its target is not known yet."""
    assert_norms(SIZES[1], "mse", SCORED & (np.arange(TIMESTEPS) < TIMESTEPS - 1))


def test_without_a_scored_timestep_there_is_no_loss_and_no_gradient():
    forecaster, inputs, target = made(*SIZES[1])
    norms = gradient_norms(forecaster, inputs, target, np.zeros(TIMESTEPS, dtype=bool))
    assert norms.shape == (2, TIMESTEPS)
    assert np.isnan(norms).all()


def assert_norms(size: tuple[str, int, int, int], loss: str, scored: np.ndarray) -> None:
    forecaster, inputs, target = made(*size)
    norms = gradient_norms(forecaster, inputs, target, scored, loss)
    layers, hidden = forecaster.recurrent.num_layers, forecaster.recurrent.hidden_size
    assert norms.shape == (layers, TIMESTEPS)
    for layer, t in np.ndindex(layers, TIMESTEPS):
        slopes = [
            (
                pushed_loss(forecaster, inputs, target, scored, loss, (layer, t, unit, 1e-6))
                - pushed_loss(forecaster, inputs, target, scored, loss, (layer, t, unit, -1e-6))
            )
            / 2e-6
            for unit in range(hidden)
        ]
        assert norms[layer, t] == pytest.approx(np.linalg.norm(slopes), rel=1e-5, abs=1e-9)


@torch.no_grad()
def pushed_loss(
    forecaster: Forecaster, inputs, target, scored: np.ndarray, loss: str, push: tuple[int, int, int, float]
) -> float:
    """The loss when one hidden state is moved a little and everything after it follows: by `cell_of`."""
    at_layer, at_t, unit, by = push
    network = forecaster.recurrent
    x = torch.from_numpy(inputs)
    for layer in range(network.num_layers):
        cell = cell_of(forecaster, layer, x.shape[-1])
        h = c = torch.zeros(1, network.hidden_size, dtype=torch.float64)
        states = []
        for t, x_t in enumerate(x):
            h, c = cell(x_t[None], h, c)
            if (layer, t) == (at_layer, at_t):
                h = h.clone()
                h[0, unit] += by
            states.append(h[0])
        x = torch.stack(states)
    difference = (forecaster.head(x).squeeze(-1) - torch.from_numpy(target)).abs()[np.flatnonzero(scored)]
    squared = difference**2
    return float((squared if loss == "mse" else torch.where(difference < 1, squared / 2, difference - 0.5)).mean())


def cell_of(forecaster: Forecaster, layer: int, input_size: int) -> Callable:
    """x, h, c -> h, c: torch.nn's own cell with a layer's weights, or where there is none the formulas in numpy."""
    network, weights = forecaster.recurrent, save_weights(forecaster)
    if network.cell == "PeepholeLSTM":

        def step(*states: torch.Tensor) -> tuple[torch.Tensor, ...]:
            made = lstm_step(weights, layer, *(each[0].numpy() for each in states))
            return tuple(torch.from_numpy(made[name])[None] for name in ("hidden_state", "cell_state"))

        return step
    cells = {"LSTM": torch.nn.LSTMCell, "GRU": torch.nn.GRUCell, "RNN": torch.nn.RNNCell}
    cell = cells[network.cell](input_size, network.hidden_size).double()
    suffix = f"_l{layer}"
    own = {name.removesuffix(suffix): torch.tensor(v) for name, v in weights.items() if name.endswith(suffix)}
    cell.load_state_dict(own)
    return lambda x, h, c: cell(x, (h, c)) if network.cell == "LSTM" else (cell(x, h), c)

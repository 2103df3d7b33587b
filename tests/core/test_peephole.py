"""The peephole LSTM, which torch.nn has not: against the formulas in numpy, and against torch.nn.LSTM without peepholes."""

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from lstm_core.network.recurrent import IMPLEMENTATIONS, Recurrent, run_with_trace

PEEPHOLES = ("weight_ci", "weight_cf", "weight_co")


def sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def by_hand(network: Recurrent, x: np.ndarray) -> list[dict[str, np.ndarray]]:
    """Activations (T, H) of each layer for one window (T, D), from Gers and Schmidhuber's formulas."""
    layers = []
    for layer in range(network.num_layers):
        w = {name: getattr(network, f"{name}_l{layer}").detach().numpy() for name in ("weight_ih", "weight_hh")}
        bias = (getattr(network, f"bias_ih_l{layer}") + getattr(network, f"bias_hh_l{layer}")).detach().numpy()
        peep = [getattr(network, f"{name}_l{layer}").detach().numpy() for name in PEEPHOLES]
        h, c, steps = np.zeros(network.hidden_size), np.zeros(network.hidden_size), []
        for x_t in x:
            i, f, g, o = np.split(w["weight_ih"] @ x_t + w["weight_hh"] @ h + bias, 4)
            i, f, g = sigmoid(i + peep[0] * c), sigmoid(f + peep[1] * c), np.tanh(g)
            c = f * c + i * g
            o = sigmoid(o + peep[2] * c)
            h = o * np.tanh(c)
            steps.append((i, f, g, o, c, h))
        names = ("input_gate", "forget_gate", "candidate", "output_gate", "cell_state", "hidden_state")
        layers.append(dict(zip(names, map(np.array, zip(*steps, strict=True)), strict=True)))
        x = layers[-1]["hidden_state"]
    return layers


def network_of(implementation: str = "fused", layers: int = 2) -> Recurrent:
    torch.manual_seed(3)
    return Recurrent("PeepholeLSTM", 2, 5, layers, implementation=implementation).double()


@pytest.mark.parametrize("implementation", IMPLEMENTATIONS)
def test_every_activation_is_that_of_the_formulas(implementation):
    network, x = network_of(implementation), torch.randn(3, 9, 2, dtype=torch.float64)
    hidden, activations = run_with_trace(network, x)
    for window in range(3):
        for layer, found in enumerate(by_hand(network, x[window].numpy())):
            for name, values in found.items():
                np.testing.assert_allclose(activations[name][layer, window], values, atol=1e-12)
    torch.testing.assert_close(hidden, network(x), rtol=0, atol=1e-12)


@pytest.mark.parametrize("implementation", IMPLEMENTATIONS)
def test_without_peepholes_it_is_torchs_lstm_outputs_and_gradients(implementation):
    network, theirs = network_of(implementation), nn.LSTM(2, 5, 2, batch_first=True).double()
    for name, value in network.named_parameters():
        if name[: len("weight_ci")] in PEEPHOLES:
            nn.init.zeros_(value)
    with torch.no_grad():
        for name, value in theirs.named_parameters():
            value.copy_(getattr(network, name))
    x = torch.randn(4, 11, 2, dtype=torch.float64, requires_grad=True)
    other = x.detach().clone().requires_grad_()
    ours, expected = network(x), theirs(other)[0]
    torch.testing.assert_close(ours, expected, rtol=0, atol=1e-12)
    ours.square().sum().backward()
    expected.square().sum().backward()
    torch.testing.assert_close(x.grad, other.grad, rtol=0, atol=1e-11)
    for name, value in theirs.named_parameters():
        torch.testing.assert_close(getattr(network, name).grad, value.grad, rtol=0, atol=1e-11)


def test_gradients_of_peepholes_are_finite_differences():
    network = network_of()
    x = torch.randn(2, 6, 2, dtype=torch.float64)
    network(x).square().sum().backward()
    for layer in range(2):
        for name in PEEPHOLES:
            weight = getattr(network, f"{name}_l{layer}")
            for unit in range(5):
                around = []
                for step in (1e-6, -1e-6):
                    with torch.no_grad():
                        weight[unit] += step
                        around.append(network(x).square().sum().item())
                        weight[unit] -= step
                assert weight.grad[unit].item() == pytest.approx((around[0] - around[1]) / 2e-6, rel=1e-6, abs=1e-8)


def test_states_are_carried_on_and_a_packed_batch_is_each_sequence_alone():
    network, x = network_of(), torch.randn(3, 8, 2, dtype=torch.float64)
    whole, after = network.carry_on(x, None)
    first, states = network.carry_on(x[:, :5], None)
    second, last = network.carry_on(x[:, 5:], states)
    torch.testing.assert_close(torch.cat([first, second], dim=1), whole, rtol=0, atol=1e-12)
    for one, other in zip(last, after, strict=True):
        torch.testing.assert_close(one, other, rtol=0, atol=1e-12)
    lengths = [3, 8, 5]
    packed = pack_padded_sequence(x, torch.tensor(lengths), batch_first=True, enforce_sorted=False)
    hidden, at_end = network.run_packed(packed)
    padded, _ = pad_packed_sequence(hidden, batch_first=True)
    for row, length in enumerate(lengths):
        alone = network(x[row : row + 1, :length])[0]
        torch.testing.assert_close(padded[row, :length], alone, rtol=0, atol=1e-12)
        torch.testing.assert_close(at_end[row], alone[-1], rtol=0, atol=1e-12)


def test_it_begins_as_torch_begins_its_own():
    torch.manual_seed(3)
    network = Recurrent("PeepholeLSTM", 2, 400)
    for name, value in network.named_parameters():
        assert value.abs().max() <= 1 / 20, name
        assert value.std() == pytest.approx(1 / 20 / np.sqrt(3), rel=0.1), name

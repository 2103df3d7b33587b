"""The peephole LSTM, which torch.nn has not: against the formulas in numpy, and without peepholes against torch.nn."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from lstm_core.hyperparameters import Hyperparameters
from lstm_core.network.cells import CELLS, parameter_shapes
from lstm_core.network.forecaster import build, save_weights
from lstm_core.network.recurrent import IMPLEMENTATIONS, Recurrent, run_with_trace
from tests.helpers.reference import lstm_trace

PEEPHOLES = ("weight_ci", "weight_cf", "weight_co")
Arrays = dict[str, np.ndarray]


def network_of(implementation: str = "fused", layers: int = 2) -> Recurrent:
    """Three times what it begins with, so that the gates open and close."""
    torch.manual_seed(3)
    network = Recurrent("PeepholeLSTM", 2, 5, layers, implementation=implementation).double()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.mul_(3)
    return network


def arrays_of(network: Recurrent) -> Arrays:
    return {name: value.detach().numpy() for name, value in network.named_parameters()}


def inputs(*shape: int) -> torch.Tensor:
    return torch.randn(*shape, dtype=torch.float64, generator=torch.Generator().manual_seed(4))


@pytest.mark.parametrize("implementation", IMPLEMENTATIONS)
def test_every_activation_is_that_of_the_formulas(implementation):
    network, x = network_of(implementation), inputs(3, 9, 2)
    hidden, activations = run_with_trace(network, x)
    for window in range(3):
        for name, values in lstm_trace(arrays_of(network), x[window].numpy()).items():
            np.testing.assert_allclose(activations[name][:, window], values, rtol=0, atol=1e-12)
    assert tuple(activations) == CELLS["PeepholeLSTM"].activations
    assert torch.equal(hidden, network(x))


def test_a_traced_run_returns_the_untraced_outputs_bit_for_bit_in_float32_too():
    network, x = network_of().float(), inputs(3, 40, 2).float()
    with torch.no_grad():
        assert torch.equal(run_with_trace(network, x)[0], network(x))


@pytest.mark.parametrize("implementation", IMPLEMENTATIONS)
def test_every_gradient_is_that_of_the_chain_rule_written_out(implementation):
    network, x, weighting = network_of(implementation), inputs(9, 2).requires_grad_(), inputs(9, 5)
    names, parameters = zip(*network.named_parameters(), strict=True)
    to_inputs, *found = torch.autograd.grad((network(x[None])[0] * weighting).sum(), [x, *parameters])
    expected, expected_inputs = by_the_chain_rule(arrays_of(network), x.detach().numpy(), weighting.numpy())
    assert set(expected) == set(names)
    for name, gradient in zip(names, found, strict=True):
        np.testing.assert_allclose(gradient, expected[name], rtol=0, atol=1e-11, err_msg=name)
    np.testing.assert_allclose(to_inputs, expected_inputs, rtol=0, atol=1e-11)


def by_the_chain_rule(w: Arrays, x: np.ndarray, to_hidden: np.ndarray) -> tuple[Arrays, np.ndarray]:
    """Backpropagation through time: d loss / d last layer's hidden states (T, H) -> of parameters and of inputs."""
    trace, gradients = lstm_trace(w, x), {}
    for layer in reversed(range(2)):
        below = trace["hidden_state"][layer - 1] if layer else x
        of_layer, to_hidden = _layer_back(w, layer, below, {k: v[layer] for k, v in trace.items()}, to_hidden)
        gradients |= of_layer
    return gradients, to_hidden


def _layer_back(
    w: Arrays, layer: int, x: np.ndarray, trace: Mapping[str, np.ndarray], to_hidden: np.ndarray
) -> tuple[Arrays, np.ndarray]:
    own = {name[:-3]: value for name, value in w.items() if name.endswith(f"_l{layer}")}
    made = {name: np.zeros_like(value) for name, value in own.items()}
    to_x, zero = np.zeros_like(x), np.zeros(to_hidden.shape[1])
    dh = dc = zero
    for t in reversed(range(len(x))):
        i, f, g, o, c, _ = (trace[name][t] for name in CELLS["PeepholeLSTM"].activations)
        before_h, before_c = (trace[name][t - 1] if t else zero for name in ("hidden_state", "cell_state"))
        dh = dh + to_hidden[t]
        d_o = dh * np.tanh(c) * o * (1 - o)
        dc = dc + dh * o * (1 - np.tanh(c) ** 2) + d_o * own["weight_co"]
        d_i, d_f, d_g = dc * g * i * (1 - i), dc * before_c * f * (1 - f), dc * i * (1 - g**2)
        made["weight_ci"] += d_i * before_c
        made["weight_cf"] += d_f * before_c
        made["weight_co"] += d_o * c
        stacked = np.concatenate([d_i, d_f, d_g, d_o])
        made["weight_ih"] += np.outer(stacked, x[t])
        made["weight_hh"] += np.outer(stacked, before_h)
        made["bias_ih"] += stacked
        made["bias_hh"] += stacked
        to_x[t] = own["weight_ih"].T @ stacked
        dh, dc = own["weight_hh"].T @ stacked, dc * f + d_i * own["weight_ci"] + d_f * own["weight_cf"]
    return {f"{name}_l{layer}": value for name, value in made.items()}, to_x


@pytest.mark.parametrize("implementation", IMPLEMENTATIONS)
def test_without_peepholes_it_is_torchs_lstm_outputs_and_gradients(implementation):
    network, theirs = network_of(implementation), nn.LSTM(2, 5, 2, batch_first=True).double()
    with torch.no_grad():
        for name, value in network.named_parameters():
            if name[: len("weight_ci")] in PEEPHOLES:
                value.zero_()
        for name, value in theirs.named_parameters():
            value.copy_(network.get_parameter(name))
    mine, reference = inputs(4, 11, 2).requires_grad_(), inputs(4, 11, 2).requires_grad_()
    ours, expected = network(mine), theirs(reference)[0]
    torch.testing.assert_close(ours, expected, rtol=0, atol=1e-12)
    ours.square().sum().backward()
    expected.square().sum().backward()
    torch.testing.assert_close(mine.grad, reference.grad, rtol=0, atol=1e-11)
    for name, value in theirs.named_parameters():
        torch.testing.assert_close(network.get_parameter(name).grad, value.grad, rtol=0, atol=1e-11)


def test_gradients_of_peepholes_are_finite_differences():
    network, x = network_of(), inputs(2, 6, 2)
    network(x).square().sum().backward()
    peepholes = [weight for name, weight in network.named_parameters() if name[: len("weight_ci")] in PEEPHOLES]
    assert len(peepholes) == 2 * len(PEEPHOLES)
    for weight in peepholes:
        for unit in range(5):
            around = []
            for by in (1e-6, -2e-6):
                with torch.no_grad():
                    weight[unit] += by
                    around.append(network(x).square().sum().item())
            with torch.no_grad():
                weight[unit] += 1e-6
            assert weight.grad is not None
            slope = (around[0] - around[1]) / 2e-6
            assert weight.grad[unit].item() == pytest.approx(slope, rel=1e-6, abs=1e-8)


def test_one_unit_by_hand():
    """All weights 1, all biases 0, x = 0 then ln 3: golden numbers, the sigmoids worked out on paper."""
    network = Recurrent("PeepholeLSTM", 1, 1).double()
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            parameter.fill_(1.0 if name.startswith("weight") else 0.0)
        network.get_parameter("weight_ci_l0").fill_(5.0)  # has nothing to see yet: c' is 0
        _, trace = run_with_trace(network, torch.tensor([[[0.0], [np.log(3.0)]]], dtype=torch.float64))
    second = {name: float(values[0, 0, 1, 0]) for name, values in trace.items()}
    # As an LSTM up to c = 3/4 * 4/5 = 3/5; then o = sigmoid(ln 3 + 3/5) = 3 e^0.6 / (1 + 3 e^0.6).
    o = 3 * np.exp(0.6) / (1 + 3 * np.exp(0.6))
    expected = {"input_gate": 0.75, "forget_gate": 0.75, "candidate": 0.8, "output_gate": o, "cell_state": 0.6}
    assert second == pytest.approx(expected | {"hidden_state": o * np.tanh(0.6)}, abs=1e-15)


def test_states_are_carried_on():
    network, x = network_of(), inputs(3, 8, 2)
    whole, after = network.carry_on(x, None)
    first, states = network.carry_on(x[:, :5], None)
    second, last = network.carry_on(x[:, 5:], states)
    torch.testing.assert_close(torch.cat([first, second], dim=1), whole, rtol=0, atol=1e-12)
    assert [tuple(each.shape) for each in last] == [(2, 3, 5), (2, 3, 5)]
    for one, other in zip(last, after, strict=True):
        torch.testing.assert_close(one, other, rtol=0, atol=1e-12)
    for window in range(3):
        trace = lstm_trace(arrays_of(network), x[window].numpy())
        for found, name in zip(last, ("hidden_state", "cell_state"), strict=True):
            np.testing.assert_allclose(found[:, window].detach(), trace[name][:, -1], rtol=0, atol=1e-12)


@pytest.mark.parametrize("is_sorted", [False, True])
def test_in_a_packed_batch_each_sequence_is_as_it_is_alone(is_sorted):
    network, x, lengths = network_of(), inputs(4, 8, 2), [8, 5, 5, 3] if is_sorted else [3, 8, 5, 8]
    packed = pack_padded_sequence(x, torch.tensor(lengths), batch_first=True, enforce_sorted=is_sorted)
    hidden, at_end = network.run_packed(packed)
    padded, found = pad_packed_sequence(hidden, batch_first=True)
    assert found.tolist() == lengths
    for row, length in enumerate(lengths):
        alone = network(x[row : row + 1, :length])[0]
        torch.testing.assert_close(padded[row, :length], alone, rtol=0, atol=1e-12)
        torch.testing.assert_close(at_end[row], alone[-1], rtol=0, atol=1e-12)


def test_what_stands_after_a_sequences_end_teaches_nothing():
    network, x = network_of(), inputs(2, 8, 2)
    packed = pack_padded_sequence(x, torch.tensor([3, 8]), batch_first=True, enforce_sorted=False)
    network.run_packed(packed)[1][0].sum().backward()
    in_batch = {name: value.grad.clone() for name, value in network.named_parameters() if value.grad is not None}
    network.zero_grad()
    network(x[:1, :3])[0, -1].sum().backward()
    for name, value in network.named_parameters():
        torch.testing.assert_close(in_batch[name], value.grad, rtol=0, atol=1e-12)


def test_it_begins_as_torch_begins_its_own():
    torch.manual_seed(3)
    network = Recurrent("PeepholeLSTM", 2, 400)
    for name, parameter in network.named_parameters():
        value = parameter.detach()
        assert value.abs().max() <= 1 / 20, name
        assert value.std().item() == pytest.approx(1 / 20 / np.sqrt(3), rel=0.1), name


def test_the_forget_bias_is_added_to_the_forget_gate_alone():
    settings = Hyperparameters(cell="PeepholeLSTM", hidden_size=4, num_layers=2, inputs=("log_return",))
    plain, with_bias = (save_weights(build(replace(settings, forget_bias=bias))) for bias in (0.0, 1.5))
    assert sum(name.startswith("bias_ih") for name in plain) == 2
    for name, value in plain.items():
        added = np.zeros_like(value)
        if name.startswith("bias_ih"):
            added[4:8] = 1.5  # input, forget, candidate, output: 4 units each
        np.testing.assert_allclose(with_bias[name], value + added, rtol=0, atol=1e-6, err_msg=name)


@pytest.mark.parametrize("layers", [1, 3])
def test_parameters_are_torchs_with_the_peepholes_beside_them(layers):
    network = Recurrent("PeepholeLSTM", 2, 5, layers)
    shapes = {name: tuple(value.shape) for name, value in network.named_parameters()}
    theirs = {name: tuple(value.shape) for name, value in nn.LSTM(2, 5, layers).named_parameters()}
    assert shapes == theirs | {f"{name}_l{layer}": (5,) for name in PEEPHOLES for layer in range(layers)}
    assert parameter_shapes("PeepholeLSTM", 2, 5, layers) == shapes

"""Three implementations against torch.nn in float64, outputs and gradients; traces against the cell's identities."""

import numpy as np
import pytest
import torch
from torch import nn

from lstm_core.errors import InvalidArgument
from lstm_core.network.cells import CELLS
from lstm_core.network.recurrent import IMPLEMENTATIONS, Recurrent, run_with_trace

NETWORKS = {"LSTM": nn.LSTM, "GRU": nn.GRU, "RNN": nn.RNN}
SIZES = [(1, 1, 1, 2), (1, 3, 2, 7), (4, 5, 3, 12)]  # B, D, L, T


def pair(cell: str, input_size: int, num_layers: int, implementation: str) -> tuple[Recurrent, nn.RNNBase]:
    """Our network and torch.nn's with the same parameters, in float64."""
    torch.manual_seed(3)
    ours = Recurrent(cell, input_size, 6, num_layers, implementation=implementation).double()
    theirs = NETWORKS[cell](input_size, 6, num_layers, batch_first=True).double()
    theirs.load_state_dict(ours.state_dict())
    return ours, theirs


@pytest.mark.parametrize(("batch", "inputs", "layers", "steps"), SIZES)
@pytest.mark.parametrize("implementation", IMPLEMENTATIONS)
@pytest.mark.parametrize("cell", NETWORKS)
def test_outputs_and_gradients_are_those_of_torch_nn(cell, implementation, batch, inputs, layers, steps):
    ours, theirs = pair(cell, inputs, layers, implementation)
    x = torch.randn(batch, steps, inputs, dtype=torch.float64)
    weighting = torch.randn(batch, steps, 6, dtype=torch.float64)
    mine, reference = x.clone().requires_grad_(), x.clone().requires_grad_()
    output, expected = ours(mine), theirs(reference)[0]
    torch.testing.assert_close(output, expected, rtol=0, atol=1e-12)
    (output * weighting).sum().backward()
    (expected * weighting).sum().backward()
    assert reference.grad is not None
    torch.testing.assert_close(mine.grad, reference.grad, rtol=0, atol=1e-12)
    gradients = dict(theirs.named_parameters())
    assert list(dict(ours.named_parameters())) == list(gradients)
    for name, parameter in ours.named_parameters():
        torch.testing.assert_close(parameter.grad, gradients[name].grad, rtol=0, atol=1e-12)


@pytest.mark.parametrize("layers", [1, 3])
@pytest.mark.parametrize("implementation", IMPLEMENTATIONS)
@pytest.mark.parametrize("cell", NETWORKS)
def test_a_traced_run_returns_the_untraced_outputs_bit_for_bit(cell, implementation, layers):
    torch.manual_seed(5)
    network = Recurrent(cell, 2, 9, layers, dropout=0.5, implementation=implementation).eval()
    x = torch.randn(3, 40, 2)
    with torch.no_grad():
        hidden, activations = run_with_trace(network, x)
        assert torch.equal(hidden, network(x))
        reference = NETWORKS[cell](2, 9, layers, batch_first=True)
        reference.load_state_dict(network.state_dict())
        torch.testing.assert_close(hidden, reference(x)[0], rtol=0, atol=1e-6)
    assert tuple(activations) == CELLS[cell].activations
    assert {values.shape for values in activations.values()} == {(layers, 3, 40, 9)}


@pytest.mark.parametrize("cell", NETWORKS)
def test_the_trace_agrees_with_the_cell_stepped_through_time(cell):
    """`run_with_trace` reads the gates of all timesteps out at once; `steps` computes them one after the other."""
    torch.manual_seed(6)
    network = Recurrent(cell, 2, 5).double()
    x = torch.randn(2, 61, 2, dtype=torch.float64)
    with torch.no_grad():
        _, activations = run_with_trace(network, x)
        steps = list(network.steps(x, network.layer_weights(0)))
    assert tuple(activations) == CELLS[cell].activations
    for name, values in activations.items():
        stepped = torch.stack([getattr(step, name) for step in steps], dim=1)
        torch.testing.assert_close(values[0], stepped, rtol=0, atol=1e-13)


def test_lstm_trace_keeps_the_cell_identities():
    torch.manual_seed(7)
    network = Recurrent("LSTM", 1, 16, 2).double()
    with torch.no_grad():
        _, trace = run_with_trace(network, torch.randn(1, 50, 1, dtype=torch.float64))
    values = {name: array.numpy() for name, array in trace.items()}
    before = np.concatenate([np.zeros_like(values["cell_state"][:, :, :1]), values["cell_state"][:, :, :-1]], axis=2)
    written = values["input_gate"] * values["candidate"]
    np.testing.assert_allclose(values["cell_state"], values["forget_gate"] * before + written, atol=1e-14)
    np.testing.assert_allclose(
        values["hidden_state"], values["output_gate"] * np.tanh(values["cell_state"]), atol=1e-14
    )


def test_gru_trace_keeps_the_cell_identity():
    torch.manual_seed(8)
    network = Recurrent("GRU", 1, 16, 2).double()
    with torch.no_grad():
        _, trace = run_with_trace(network, torch.randn(1, 50, 1, dtype=torch.float64))
    h, z, n = (trace[name].numpy() for name in ("hidden_state", "update_gate", "candidate"))
    before = np.concatenate([np.zeros_like(h[:, :, :1]), h[:, :, :-1]], axis=2)
    np.testing.assert_allclose(h, (1 - z) * n + z * before, atol=1e-14)


def test_one_unit_by_hand():
    """Golden numbers, worked out on paper: all weights 1, all biases 0, x = 0 then ln 3."""
    network = Recurrent("LSTM", 1, 1).double()
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            parameter.fill_(1.0 if name.startswith("weight") else 0.0)
        _, trace = run_with_trace(network, torch.tensor([[[0.0], [np.log(3.0)]]], dtype=torch.float64))
    first = {name: float(values[0, 0, 0, 0]) for name, values in trace.items()}
    second = {name: float(values[0, 0, 1, 0]) for name, values in trace.items()}
    # t=0: every pre-activation is 0, so gates are 1/2, the candidate 0, and nothing is written.
    expected = {"input_gate": 0.5, "forget_gate": 0.5, "candidate": 0, "output_gate": 0.5, "cell_state": 0}
    assert first == pytest.approx(expected | {"hidden_state": 0}, abs=1e-15)
    # t=1: sigmoid(ln 3) = 3/4, tanh(ln 3) = (9 - 1) / (9 + 1) = 4/5, c = 3/4 * 4/5 = 3/5.
    expected = {"input_gate": 0.75, "forget_gate": 0.75, "candidate": 0.8, "output_gate": 0.75, "cell_state": 0.6}
    assert second == pytest.approx(expected | {"hidden_state": 0.75 * np.tanh(0.6)}, abs=1e-15)


def test_parameters_are_registered_once_and_move_together():
    network = Recurrent("LSTM", 2, 4, 2)
    names = list(nn.LSTM(2, 4, 2).state_dict())
    assert list(network.state_dict()) == names
    halves = network.double()
    assert halves(torch.zeros(1, 3, 2, dtype=torch.float64)).dtype == torch.float64
    with torch.no_grad():
        network.get_parameter("weight_hh_l0").add_(1.0)
    network.implementation = "scratch"
    by_equations = network(torch.ones(1, 3, 2, dtype=torch.float64))
    network.implementation = "fused"
    torch.testing.assert_close(network(torch.ones(1, 3, 2, dtype=torch.float64)), by_equations)


@pytest.mark.parametrize("implementation", IMPLEMENTATIONS)
def test_dropout_acts_between_layers_in_training_alone(implementation):
    torch.manual_seed(1)
    network = Recurrent("LSTM", 1, 64, 2, dropout=0.5, implementation=implementation)
    x = torch.randn(1, 5, 1)
    assert not torch.equal(network(x), network(x))
    network.eval()
    assert torch.equal(network(x), network(x))


@pytest.mark.parametrize("cell", CELLS)
def test_what_is_dropped_are_a_layers_outputs_on_the_way_up_the_others_grow(cell):
    """What the page says of dropout: one wire, zeros with probability p, the rest divided by 1 - p."""
    torch.manual_seed(5)
    network, x = Recurrent(cell, 2, 8, 2, dropout=0.25).double(), torch.randn(3, 6, 2, dtype=torch.float64)
    first = network.run_layer(0, x)
    torch.manual_seed(6)
    kept = nn.functional.dropout(first, 0.25)
    torch.manual_seed(6)
    torch.testing.assert_close(network.train()(x), network.run_layer(1, kept), rtol=0, atol=1e-12)
    torch.testing.assert_close(kept, torch.where(kept == 0, 0.0, first / 0.75))
    assert 0 < (kept == 0).sum() < kept.numel() / 2
    alone = Recurrent(cell, 2, 8, 1, dropout=0.9)
    torch.testing.assert_close(alone.train()(x.float()), alone.eval()(x.float()), rtol=0, atol=0)


def test_unknown_names_are_refused():
    with pytest.raises(InvalidArgument, match="cell must be one of LSTM, GRU, RNN, PeepholeLSTM; got 'Transformer'"):
        Recurrent("Transformer", 1, 1)
    with pytest.raises(InvalidArgument, match="implementation must be one of fused, cell, scratch; got 'fast'"):
        Recurrent("LSTM", 1, 1, implementation="fast")

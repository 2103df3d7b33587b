"""One timestep of LSTM, GRU and RNN: the equations, nothing else.

Shapes: x (B, D); h, c and every activation (B, H); weight_ih (G*H, D), weight_hh (G*H, H), biases (G*H,), with G = 4,
3, 1 and the gates stacked in PyTorch's order. Leading axes besides B are allowed wherever a function has no weights.
Source: the formulas in the documentation of torch.nn.LSTM, torch.nn.GRU and torch.nn.RNN.
"""

from typing import NamedTuple

from torch import Tensor
from torch.nn.functional import linear


class LayerWeights(NamedTuple):
    """One layer's parameters, named as in torch.nn without the layer's suffix."""

    weight_ih: Tensor
    weight_hh: Tensor
    bias_ih: Tensor
    bias_hh: Tensor

    def from_input(self, x: Tensor) -> Tensor:
        """W_ih x + b_ih: (..., D) -> (..., G*H)."""
        return linear(x, self.weight_ih, self.bias_ih)

    def from_hidden(self, h: Tensor) -> Tensor:
        """W_hh h + b_hh: (..., H) -> (..., G*H)."""
        return linear(h, self.weight_hh, self.bias_hh)


class LSTMGates(NamedTuple):
    input_gate: Tensor
    forget_gate: Tensor
    candidate: Tensor
    output_gate: Tensor


class LSTMStep(NamedTuple):
    input_gate: Tensor
    forget_gate: Tensor
    candidate: Tensor
    output_gate: Tensor
    cell_state: Tensor
    hidden_state: Tensor


class GRUGates(NamedTuple):
    reset_gate: Tensor
    update_gate: Tensor
    candidate: Tensor


class GRUStep(NamedTuple):
    reset_gate: Tensor
    update_gate: Tensor
    candidate: Tensor
    hidden_state: Tensor


class RNNStep(NamedTuple):
    hidden_state: Tensor


def lstm_gates(from_input: Tensor, from_hidden: Tensor) -> LSTMGates:
    """i, f, o = sigmoid and g = tanh of the pre-activations W_ih x + b_ih + W_hh h' + b_hh."""
    i, f, g, o = (from_input + from_hidden).chunk(4, dim=-1)
    return LSTMGates(i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid())


def lstm_step(from_input: Tensor, h: Tensor, c: Tensor, weights: LayerWeights) -> LSTMStep:
    """c = f * c' + i * g;  h = o * tanh(c), where c' is the timestep before's: the argument."""
    i, f, g, o = lstm_gates(from_input, weights.from_hidden(h))
    c = f * c + i * g
    return LSTMStep(i, f, g, o, c, o * c.tanh())


def gru_gates(from_input: Tensor, from_hidden: Tensor) -> GRUGates:
    """r, z = sigmoid(W_ih x + b_ih + W_hh h' + b_hh);  n = tanh(W_in x + b_in + r * (W_hn h' + b_hn))."""
    r_x, z_x, n_x = from_input.chunk(3, dim=-1)
    r_h, z_h, n_h = from_hidden.chunk(3, dim=-1)
    r = (r_x + r_h).sigmoid()
    return GRUGates(r, (z_x + z_h).sigmoid(), (n_x + r * n_h).tanh())


def gru_step(from_input: Tensor, h: Tensor, weights: LayerWeights) -> GRUStep:
    """h = (1 - z) * n + z * h', where h' is the timestep before's: the argument."""
    r, z, n = gru_gates(from_input, weights.from_hidden(h))
    return GRUStep(r, z, n, (1 - z) * n + z * h)


def rnn_step(from_input: Tensor, h: Tensor, weights: LayerWeights) -> RNNStep:
    """h = tanh(W_ih x + b_ih + W_hh h' + b_hh), where h' is the timestep before's: the argument."""
    return RNNStep((from_input + weights.from_hidden(h)).tanh())

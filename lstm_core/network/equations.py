"""One timestep of each cell of the table: the equations, nothing else.

Shapes: x (B, D); h, c and every activation (B, H); weight_ih (G*H, D), weight_hh (G*H, H), biases (G*H,), with the G
blocks of `cells` stacked in PyTorch's order. Leading axes besides B are allowed wherever a function has no weights.
Source: the formulas in the documentation of torch.nn.LSTM, torch.nn.GRU and torch.nn.RNN, and what a step names itself.

A step hands each activation to ``keep`` as soon as it is computed, and goes on with what comes back: so an activation
can be clamped inside the step.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

from torch import Tensor
from torch.nn import Module
from torch.nn.functional import linear

from lstm_core.network.cells import CELLS

# The activation of this name (B, H) -> what the step goes on with.
Keep = Callable[[str, Tensor], Tensor]


# A layer's parameters that every cell has, by torch.nn's names without the layer's suffix.
AFFINE = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


class LayerWeights(NamedTuple):
    """One layer's parameters: those of `AFFINE`, then the cell's peepholes (H,) in the table's order."""

    weight_ih: Tensor
    weight_hh: Tensor
    bias_ih: Tensor
    bias_hh: Tensor
    peepholes: tuple[Tensor, ...] = ()

    @classmethod
    def of(cls, network: Module, cell: str, layer: int) -> "LayerWeights":
        """Those of a network whose parameters are named as in torch.nn."""
        affine, peepholes = (
            tuple(getattr(network, f"{name}_l{layer}") for name in names) for names in (AFFINE, CELLS[cell].peepholes)
        )
        return cls(affine[0], affine[1], affine[2], affine[3], peepholes)

    @property
    def affine(self) -> tuple[Tensor, ...]:
        return self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh

    def from_input(self, x: Tensor) -> Tensor:
        """W_ih x + b_ih: (..., D) -> (..., G*H)."""
        return linear(x, self.weight_ih, self.bias_ih)

    def from_hidden(self, h: Tensor) -> Tensor:
        """W_hh h + b_hh: (..., H) -> (..., G*H)."""
        return linear(h, self.weight_hh, self.bias_hh)


class Step(Protocol):
    """One timestep: W_ih x + b_ih, the states before (cells without a cell state leave c alone), the weights."""

    def __call__(self, from_input: Tensor, h: Tensor, c: Tensor, weights: LayerWeights, keep: Keep = ...) -> Any: ...


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


def as_it_is(_name: str, value: Tensor) -> Tensor:
    return value


def step_of(cell: str) -> Step:
    """The step of a cell of the table."""
    return globals()[f"{CELLS[cell].equations}_step"]


def gates_of(cell: str) -> Callable[..., LSTMGates | GRUGates] | None:
    """What makes a cell's gates of W_ih x + b_ih and W_hh h' + b_hh alone; None where they see more than that."""
    return globals().get(f"{CELLS[cell].equations}_gates")


def lstm_gates(from_input: Tensor, from_hidden: Tensor, keep: Keep = as_it_is) -> LSTMGates:
    """i, f, o = sigmoid and g = tanh of the pre-activations W_ih x + b_ih + W_hh h' + b_hh."""
    i, f, g, o = (from_input + from_hidden).chunk(4, dim=-1)
    return LSTMGates(
        keep("input_gate", i.sigmoid()),
        keep("forget_gate", f.sigmoid()),
        keep("candidate", g.tanh()),
        keep("output_gate", o.sigmoid()),
    )


def lstm_step(from_input: Tensor, h: Tensor, c: Tensor, weights: LayerWeights, keep: Keep = as_it_is) -> LSTMStep:
    """c = f * c' + i * g;  h = o * tanh(c), where h' and c' are the timestep before's: the arguments."""
    i, f, g, o = lstm_gates(from_input, weights.from_hidden(h), keep)
    c = keep("cell_state", f * c + i * g)
    return LSTMStep(i, f, g, o, c, keep("hidden_state", o * c.tanh()))


def peephole_lstm_step(
    from_input: Tensor, h: Tensor, c: Tensor, weights: LayerWeights, keep: Keep = as_it_is
) -> LSTMStep:
    """As `lstm_step`, but each unit's i and f also see its c', its o its c: they add w_ci * c', w_cf * c', w_co * c.

    Source: Gers and Schmidhuber 2000, "Recurrent nets that time and count".
    """
    w_ci, w_cf, w_co = weights.peepholes
    i, f, g, o = (from_input + weights.from_hidden(h)).chunk(4, dim=-1)
    i = keep("input_gate", (i + w_ci * c).sigmoid())
    f = keep("forget_gate", (f + w_cf * c).sigmoid())
    g = keep("candidate", g.tanh())
    c = keep("cell_state", f * c + i * g)
    o = keep("output_gate", (o + w_co * c).sigmoid())
    return LSTMStep(i, f, g, o, c, keep("hidden_state", o * c.tanh()))


def gru_gates(from_input: Tensor, from_hidden: Tensor, keep: Keep = as_it_is) -> GRUGates:
    """r, z = sigmoid(W_ih x + b_ih + W_hh h' + b_hh);  n = tanh(W_in x + b_in + r * (W_hn h' + b_hn))."""
    r_x, z_x, n_x = from_input.chunk(3, dim=-1)
    r_h, z_h, n_h = from_hidden.chunk(3, dim=-1)
    r = keep("reset_gate", (r_x + r_h).sigmoid())
    z = keep("update_gate", (z_x + z_h).sigmoid())
    return GRUGates(r, z, keep("candidate", (n_x + r * n_h).tanh()))


def gru_step(from_input: Tensor, h: Tensor, c: Tensor, weights: LayerWeights, keep: Keep = as_it_is) -> GRUStep:
    """h = (1 - z) * n + z * h', where h' is the timestep before's: the argument."""
    r, z, n = gru_gates(from_input, weights.from_hidden(h), keep)
    return GRUStep(r, z, n, keep("hidden_state", (1 - z) * n + z * h))


def rnn_step(from_input: Tensor, h: Tensor, c: Tensor, weights: LayerWeights, keep: Keep = as_it_is) -> RNNStep:
    """h = tanh(W_ih x + b_ih + W_hh h' + b_hh), where h' is the timestep before's: the argument."""
    return RNNStep(keep("hidden_state", (from_input + weights.from_hidden(h)).tanh()))

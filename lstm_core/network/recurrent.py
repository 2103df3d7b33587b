"""Recurrent: a cell unrolled over layers and time, in three implementations that share one set of parameters.

fused    torch.nn.LSTM / GRU / RNN; what trains.
cell     torch.nn.LSTMCell / GRUCell / RNNCell in a loop over time.
scratch  our equations in a loop over time.

A cell that torch has not runs by our equations in all three.
"""

from collections.abc import Callable, Iterator

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from lstm_core.checks import one_of
from lstm_core.errors import InvalidArgument
from lstm_core.network.cells import CELLS, Torch
from lstm_core.network.equations import AFFINE, Keep, LayerWeights, as_it_is, gates_of
from lstm_core.network.looped import Looped, steps_of

IMPLEMENTATIONS = ("fused", "cell", "scratch")

Activations = dict[str, Tensor]
States = Tensor | tuple[Tensor, Tensor]


class Recurrent(nn.Module):
    """x (B, T, D) -> the last layer's hidden states (B, T, H), from zero initial states.

    `state_dict` is that of torch.nn.LSTM, GRU or RNN of the same sizes, name by name, with any peepholes beside them.
    """

    def __init__(
        self,
        cell: str,
        input_size: int,
        hidden_size: int,
        num_layers: int = 1,
        dropout: float = 0.0,
        implementation: str = "fused",
    ) -> None:
        super().__init__()
        if cell not in CELLS:
            raise InvalidArgument("cell", one_of(CELLS), cell)
        if implementation not in IMPLEMENTATIONS:
            raise InvalidArgument("implementation", one_of(IMPLEMENTATIONS), implementation)
        self.cell, self.implementation = cell, implementation
        self.hidden_size, self.num_layers, self.dropout = hidden_size, num_layers, nn.Dropout(dropout)
        fused = _layers(cell, input_size, hidden_size, num_layers, dropout if num_layers > 1 else 0.0)
        for name, parameter in fused.named_parameters():
            self.register_parameter(name, parameter)
        # In a tuple, so that torch.nn does not register the same parameters a second time under another name.
        self._fused = (fused,)

    def forward(self, x: Tensor) -> Tensor:
        """Hidden states of the last layer: (B, T, D) -> (B, T, H)."""
        if self.implementation == "fused":
            return self._fused[0](x)[0]
        for layer in range(self.num_layers):
            x = self.run_layer(layer, self.dropout(x) if layer else x)
        return x

    def carry_on(self, x: Tensor, states: States | None) -> tuple[Tensor, States]:
        """The fused network from states that it had before: hidden states (B, T, H), states after the last timestep.

        States are torch.nn's: h (L, B, H), or (h, c) where there is a cell state; None: zeros.
        """
        return self._fused[0](x, states)

    def run_packed(self, packed: PackedSequence) -> tuple[PackedSequence, Tensor]:
        """The fused network on sequences of different lengths: the last layer's h at each of their timesteps, packed,
        and after each one's end, (B, H)."""
        hidden, states = self._fused[0](packed)
        return hidden, (states[0] if self._has_cell_state else states)[-1]

    @property
    def _has_cell_state(self) -> bool:
        return CELLS[self.cell].has_cell_state

    def train(self, mode: bool = True) -> "Recurrent":
        self._fused[0].train(mode)
        return super().train(mode)

    def _apply(self, fn: Callable, recurse: bool = True) -> "Recurrent":
        """Moving the parameters to a device or type moves torch.nn's view of them too (cuDNN wants one block)."""
        super()._apply(fn, recurse)
        self.share_parameters()
        return self

    def share_parameters(self) -> None:
        """Have torch.nn's layers use the parameters of this module, after these were put in the place of others."""
        fused = self._fused[0]
        for name, parameter in self.named_parameters(recurse=False):
            setattr(fused, name, parameter)
        fused.flatten_parameters()

    def layer_weights(self, layer: int) -> LayerWeights:
        return LayerWeights.of(self, self.cell, layer)

    def layer_outputs(self, x: Tensor) -> Iterator[tuple[Tensor, Tensor]]:
        """(inputs (B, T, D or H), hidden states (B, T, H)) of each layer, as evaluation runs them (no dropout)."""
        for layer in range(self.num_layers):
            hidden = self.run_layer(layer, x)
            yield x, hidden
            x = hidden

    def run_layer(self, layer: int, x: Tensor) -> Tensor:
        """One layer's hidden states from its inputs, without dropout: (B, T, D or H) -> (B, T, H)."""
        torchs, weights = CELLS[self.cell].torch, self.layer_weights(layer)
        if torchs is None or self.implementation == "scratch":
            return torch.stack([step.hidden_state for step in self.steps(x, weights)], dim=1)
        if self.implementation == "cell":
            return self._run_cell(torchs, x, weights)
        return self._run_fused(torchs, x, weights)

    def _run_fused(self, torchs: Torch, x: Tensor, weights: LayerWeights) -> Tensor:
        h, run = x.new_zeros(1, x.shape[0], self.hidden_size), getattr(torch, torchs.function)
        options = (True, 1, 0.0, False, False, True)  # biases, layers, dropout, training, bidirectional, batch_first
        return run(x, (h, h) if self._has_cell_state else h, weights.affine, *options)[0]

    def _run_cell(self, torchs: Torch, x: Tensor, weights: LayerWeights) -> Tensor:
        cell = getattr(nn, torchs.cell)(x.shape[-1], self.hidden_size, device="meta")
        for name, parameter in zip(AFFINE, weights.affine, strict=True):
            setattr(cell, name, parameter)
        h = x.new_zeros(x.shape[0], self.hidden_size)
        states, hidden = (h, h) if self._has_cell_state else h, []
        for x_t in x.unbind(dim=1):
            states = cell(x_t, states)
            hidden.append(states[0] if self._has_cell_state else states)
        return torch.stack(hidden, dim=1)

    def steps(self, x: Tensor, weights: LayerWeights, keep: Keep = as_it_is) -> Iterator:
        """All that the cell computes at each timestep of one layer, see `steps_of`."""
        return steps_of(self.cell, x, weights, keep)


def _layers(cell: str, input_size: int, hidden_size: int, num_layers: int, dropout: float) -> nn.RNNBase | Looped:
    """torch.nn's own, or ours where it has none."""
    torchs = CELLS[cell].torch
    if torchs is None:
        return Looped(cell, input_size, hidden_size, num_layers, dropout)
    return getattr(nn, torchs.layer)(input_size, hidden_size, num_layers, batch_first=True, dropout=dropout)


@torch.no_grad()
def run_with_trace(recurrent: Recurrent, x: Tensor) -> tuple[Tensor, Activations]:
    """Run as evaluation does and keep everything: (B, T, D) -> hidden states (B, T, H), activations (L, B, T, H).

    The hidden states are those of the network's own implementation, bit for bit. Given all of them, the gates of
    every timestep are one matrix product, which is what makes a trace cost little more than a run.
    """
    layers = []
    for layer, (inputs, hidden) in enumerate(recurrent.layer_outputs(x)):
        layers.append(_read_out(recurrent.cell, inputs, hidden, recurrent.layer_weights(layer)))
    names = CELLS[recurrent.cell].activations
    return layers[-1]["hidden_state"], {name: torch.stack([layer[name] for layer in layers]) for name in names}


def _read_out(cell: str, x: Tensor, hidden: Tensor, weights: LayerWeights) -> Activations:
    """Every activation of one layer from its inputs (B, T, D) and its hidden states (B, T, H)."""
    row, gates = CELLS[cell], gates_of(cell)
    if row.activations == ("hidden_state",):
        return {"hidden_state": hidden}
    if gates is None:
        return _stepped(cell, x, weights)
    before = torch.cat([torch.zeros_like(hidden[:, :1]), hidden[:, :-1]], dim=1)
    activations = gates(weights.from_input(x), weights.from_hidden(before))._asdict()
    if row.has_cell_state:
        activations["cell_state"] = _accumulate(
            activations["forget_gate"], activations["input_gate"] * activations["candidate"]
        )
    return activations | {"hidden_state": hidden}


def _stepped(cell: str, x: Tensor, weights: LayerWeights) -> Activations:
    """The same step by step: gates that see the cell state cannot be worked out all at once."""
    steps = list(steps_of(cell, x, weights))
    return {name: torch.stack([getattr(step, name) for step in steps], dim=1) for name in CELLS[cell].activations}


def _accumulate(forget: Tensor, written: Tensor) -> Tensor:
    """c_t = f_t * c_{t-1} + written_t along the time axis, from c = 0: (B, T, H) twice -> (B, T, H).

    By doubling: after each pass c_t holds what the last 1, 2, 4, ... timesteps wrote, and `kept` the product of
    their forget gates, so that log2(T) passes over whole arrays do what T small steps would.
    """
    c, kept, span = written.clone(), forget.clone(), 1
    while span < c.shape[1]:
        c[:, span:].addcmul_(kept[:, span:], c[:, :-span].clone())
        kept[:, span:].mul_(kept[:, :-span].clone())
        span *= 2
    return c

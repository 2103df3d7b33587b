"""Looped: what torch.nn.LSTM is to LSTM, for a cell that torch.nn has not: layers of it in a loop over time."""

from math import sqrt
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from lstm_core.network.cells import parameter_shapes
from lstm_core.network.equations import LayerWeights, step_of

States = tuple[Tensor, Tensor]


class Looped(nn.Module):
    """x (B, T, D) and states (h, c), each (L, B, H), or None for zeros -> outputs (B, T, H) and the states after them.

    A packed batch gives a packed one, as in torch.nn. Parameters have torch.nn's names and begin as there: uniform
    within 1 / sqrt(H). ``dropout`` drops outputs on their way to the next layer, while training.
    """

    def __init__(self, cell: str, input_size: int, hidden_size: int, num_layers: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.cell, self.hidden_size, self.num_layers = cell, hidden_size, num_layers
        self.dropout, bound = nn.Dropout(dropout), 1 / sqrt(hidden_size)
        for name, shape in parameter_shapes(cell, input_size, hidden_size, num_layers).items():
            self.register_parameter(name, nn.Parameter(torch.empty(shape).uniform_(-bound, bound)))

    def forward(self, x: Tensor | PackedSequence, states: States | None = None) -> tuple:
        if isinstance(x, PackedSequence):
            return self._run_packed(x, states)
        packed = nn.utils.rnn.pack_padded_sequence(x, torch.full((len(x),), x.shape[1]), batch_first=True)
        outputs, after = self._run_packed(packed, states)
        return outputs.data.view(x.shape[1], len(x), -1).transpose(0, 1), after

    def flatten_parameters(self) -> None:
        """torch.nn's layers lay their weights out for cuDNN here; a loop has no use for that."""

    def layer_weights(self, layer: int) -> LayerWeights:
        names = [name for name in LayerWeights._fields if hasattr(self, f"{name}_l{layer}")]
        return LayerWeights(**{name: getattr(self, f"{name}_l{layer}") for name in names})

    def _run_packed(self, packed: PackedSequence, states: States | None) -> tuple[PackedSequence, States]:
        """Sequences stand in order of falling length, so those that still run are the first of the batch."""
        x, sizes = packed.data, packed.batch_sizes.tolist()
        h, c = self._sorted(states, packed) if states else (x.new_zeros(self.num_layers, sizes[0], self.hidden_size),) * 2
        after = []
        for layer in range(self.num_layers):
            x, *last = self._run_layer(layer, self.dropout(x) if layer else x, sizes, h[layer], c[layer])
            after.append(last)
        at_end = cast(States, tuple(torch.stack(each) for each in zip(*after, strict=True)))
        if packed.unsorted_indices is not None:
            at_end = (at_end[0][:, packed.unsorted_indices], at_end[1][:, packed.unsorted_indices])
        return PackedSequence(x, packed.batch_sizes, packed.sorted_indices, packed.unsorted_indices), at_end

    def _sorted(self, states: States, packed: PackedSequence) -> States:
        order = packed.sorted_indices
        return states if order is None else (states[0][:, order], states[1][:, order])

    def _run_layer(
        self, layer: int, x: Tensor, sizes: list[int], h: Tensor, c: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """All hidden states of one layer, packed, and its states after each sequence's end."""
        weights, step_once = self.layer_weights(layer), step_of(self.cell)
        outputs, ended = [], []
        for from_input in weights.from_input(x).split(sizes):
            running = len(from_input)
            ended.append((h[running:], c[running:]))
            step = step_once(from_input, h[:running], c[:running], weights)
            h, c = step.hidden_state, step.cell_state
            outputs.append(h)
        ended.append((h, c))
        last_h, last_c = (torch.cat(each) for each in zip(*reversed(ended), strict=True))
        return torch.cat(outputs), last_h, last_c

"""A cell in a loop over time; and layers of it, for a cell that torch.nn has not."""

from collections.abc import Iterator, Sequence
from math import sqrt

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pad_packed_sequence

from lstm_core.network.cells import CELLS, parameter_shapes
from lstm_core.network.equations import Keep, LayerWeights, as_it_is, step_of

LongStates = tuple[Tensor, Tensor]  # h and c


def steps_of(
    cell: str, x: Tensor, weights: LayerWeights, keep: Keep = as_it_is, before: LongStates | None = None
) -> Iterator:
    """All that a cell computes at each timestep of one layer: x (B, T, D) -> T steps of (B, H) each.

    ``keep`` may put another value in an activation's place, see `equations`. before: h and c, (B, H) each; None: zeros.
    """
    step_once, has_cell_state = step_of(cell), CELLS[cell].has_cell_state
    h, c = before or (x.new_zeros(x.shape[0], weights.weight_hh.shape[1]),) * 2
    for from_input in weights.from_input(x).unbind(dim=1):
        step = step_once(from_input, h, c, weights, keep)
        h, c = step.hidden_state, step.cell_state if has_cell_state else c
        yield step


class Looped(nn.Module):
    """What torch.nn.LSTM is to the LSTM, for a cell with a cell state that is not there.

    Parameters have torch.nn's names and begin as there: uniform within 1 / sqrt(H). ``dropout`` drops outputs on their
    way to the next layer, while training.
    """

    def __init__(self, cell: str, input_size: int, hidden_size: int, num_layers: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.cell, self.num_layers, self.dropout = cell, num_layers, nn.Dropout(dropout)
        bound = 1 / sqrt(hidden_size)
        for name, shape in parameter_shapes(cell, input_size, hidden_size, num_layers).items():
            self.register_parameter(name, nn.Parameter(torch.empty(shape).uniform_(-bound, bound)))

    def forward(
        self, x: Tensor | PackedSequence, states: LongStates | None = None
    ) -> tuple[Tensor | PackedSequence, LongStates]:
        """x (B, T, D) and states h, c (L, B, H), None for zeros -> hidden states (B, T, H), states after the last.

        A packed batch gives a packed one, and the states after each sequence's end.
        """
        if isinstance(x, PackedSequence):
            return self._run_packed(x, states)
        layers = list(self._run(x, states))
        return layers[-1][0], _at(-1, slice(None), layers)

    def flatten_parameters(self) -> None:
        """torch.nn's layers lay their weights out for cuDNN here; a loop has no use for that."""

    def _run(self, x: Tensor, states: LongStates | None) -> Iterator[LongStates]:
        """All hidden and cell states of each layer, (B, T, H) each."""
        for layer in range(self.num_layers):
            before = (states[0][layer], states[1][layer]) if states else None
            dropped = self.dropout(x) if layer else x
            steps = list(steps_of(self.cell, dropped, LayerWeights.of(self, self.cell, layer), before=before))
            x = torch.stack([step.hidden_state for step in steps], dim=1)
            yield x, torch.stack([step.cell_state for step in steps], dim=1)

    def _run_packed(self, packed: PackedSequence, states: LongStates | None) -> tuple[PackedSequence, LongStates]:
        """Padded meanwhile: a timestep never sees a later one, so what stands after a sequence's end is nobody's."""
        padded, lengths = pad_packed_sequence(packed, batch_first=True)
        layers, rows = list(self._run(padded, states)), torch.arange(len(lengths))
        again = rows if packed.sorted_indices is None else packed.sorted_indices.cpu()
        hidden = pack_padded_sequence(layers[-1][0][again], lengths[again], batch_first=True)
        return packed._replace(data=hidden.data), _at(lengths - 1, rows, layers)


def _at(timesteps: Tensor | int, rows: Tensor | slice, layers: Sequence[LongStates]) -> LongStates:
    """h and c (L, B, H) of all layers after the given timestep of each row."""
    h, c = (torch.stack([each[rows, timesteps] for each in states]) for states in zip(*layers, strict=True))
    return h, c

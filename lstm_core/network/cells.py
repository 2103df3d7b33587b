"""The recurrent cells, one row each: whoever asks what a cell has, or which cells there are, asks this table.

It imports nothing, so that everybody may import it. What a cell computes is in `equations`, under the name that its row
gives; what torch and Keras call it too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

LARGEST_CELL_STATE = 1000.0  # far beyond where tanh is 1 in any precision

# Between which numbers each activation lies; a cell state has no bounds of its own.
BOUNDS: Mapping[str, tuple[float, float]] = {
    **dict.fromkeys(("input_gate", "forget_gate", "output_gate", "reset_gate", "update_gate"), (0.0, 1.0)),
    **dict.fromkeys(("candidate", "hidden_state"), (-1.0, 1.0)),
    "cell_state": (-LARGEST_CELL_STATE, LARGEST_CELL_STATE),
}


class Torch(NamedTuple):
    """Names in torch: the class of whole layers in torch.nn, that of one timestep, the function behind the first."""

    layer: str
    cell: str
    function: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One kind of recurrent cell.

    title: as it stands in a sentence.
    blocks: what each block of H rows in weight_ih, weight_hh and the biases is for, in torch.nn's order.
    activations: all that one timestep computes, each (H,): gates and candidate in that order, then the states.
    keeps: the gate that lets the state before through; where it is open, an untrained network remembers.
    equations: the name of its step in `equations`.
    torch: what it is called there; keras_layer: its class in keras.layers, with the options that make it the same cell.
    None where they have none.
    peepholes: names of weights (H,) by which gates see the cell state, each unit its own.
    """

    title: str
    blocks: tuple[str, ...]
    activations: tuple[str, ...]
    keeps: str | None
    equations: str
    torch: Torch | None = None
    keras_layer: str | None = None
    peepholes: tuple[str, ...] = ()

    @property
    def has_cell_state(self) -> bool:
        return "cell_state" in self.activations


_LSTM_BLOCKS = ("input_gate", "forget_gate", "candidate", "output_gate")
_GRU_BLOCKS = ("reset_gate", "update_gate", "candidate")

CELLS: Mapping[str, Cell] = {
    "LSTM": Cell(
        title="LSTM",
        blocks=_LSTM_BLOCKS,
        activations=(*_LSTM_BLOCKS, "cell_state", "hidden_state"),
        keeps="forget_gate",
        equations="lstm",
        torch=Torch("LSTM", "LSTMCell", "lstm"),
        keras_layer="LSTM(HIDDEN_SIZE, return_sequences=True)",
    ),
    "GRU": Cell(
        title="GRU",
        blocks=_GRU_BLOCKS,
        activations=(*_GRU_BLOCKS, "hidden_state"),
        keeps="update_gate",
        equations="gru",
        torch=Torch("GRU", "GRUCell", "gru"),
        keras_layer="GRU(HIDDEN_SIZE, return_sequences=True, reset_after=True)",
    ),
    "RNN": Cell(
        title="plain RNN (tanh)",
        blocks=("hidden_state",),
        activations=("hidden_state",),
        keeps=None,
        equations="rnn",
        torch=Torch("RNN", "RNNCell", "rnn_tanh"),
        keras_layer="SimpleRNN(HIDDEN_SIZE, return_sequences=True)",
    ),
    "PeepholeLSTM": Cell(
        title="LSTM with peepholes",
        blocks=_LSTM_BLOCKS,
        activations=(*_LSTM_BLOCKS, "cell_state", "hidden_state"),
        keeps="forget_gate",
        equations="peephole_lstm",
        peepholes=("weight_ci", "weight_cf", "weight_co"),
    ),
}


def parameter_shapes(cell: str, input_size: int, hidden_size: int, num_layers: int) -> dict[str, tuple[int, ...]]:
    """Names and shapes of the recurrent layers' parameters, as torch.nn has them, and of peepholes beside them."""
    rows = len(CELLS[cell].blocks) * hidden_size
    shapes: dict[str, tuple[int, ...]] = {}
    for layer in range(num_layers):
        shapes[f"weight_ih_l{layer}"] = (rows, hidden_size if layer else input_size)
        shapes[f"weight_hh_l{layer}"] = (rows, hidden_size)
        shapes[f"bias_ih_l{layer}"] = shapes[f"bias_hh_l{layer}"] = (rows,)
        shapes |= {f"{name}_l{layer}": (hidden_size,) for name in CELLS[cell].peepholes}
    return shapes

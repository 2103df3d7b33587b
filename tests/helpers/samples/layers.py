"""Stacked networks for the stage's shapes: what torch.nn's modules and the forecaster make of a batch of zeros."""

from typing import Any

import torch
from torch import Tensor, nn

from dashboard.components.cell_row import cell_row
from lstm_core.network.forecaster import Forecaster
from lstm_core.network.recurrent import Recurrent


class PeepholeLSTM(nn.LSTM):
    """In shapes alone: an LSTM with three more weights a unit."""

    def __init__(self, input_size: int, hidden_size: int, num_layers: int = 1, **options: Any) -> None:
        super().__init__(input_size, hidden_size, num_layers, **options)
        for layer in range(num_layers):
            for name in ("weight_ci", "weight_cf", "weight_co"):
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(torch.zeros(hidden_size)))


class PeepholeCell(nn.LSTMCell):
    def __init__(self, input_size: int, hidden_size: int) -> None:
        super().__init__(input_size, hidden_size)
        self.peepholes = nn.Parameter(torch.zeros(3, hidden_size))


NETWORKS = {"LSTM": nn.LSTM, "GRU": nn.GRU, "RNN": nn.RNN, "PeepholeLSTM": PeepholeLSTM}
CELLS = {"LSTM": nn.LSTMCell, "GRU": nn.GRUCell, "RNN": nn.RNNCell, "PeepholeLSTM": PeepholeCell}
# B windows, T timesteps, D features, H hidden units, L layers, the first timestep scored, dropout
SIZES = [(1, 2, 1, 1, 1, 1, 0.0), (8, 60, 2, 32, 1, 30, 0.5), (5, 7, 3, 4, 2, 6, 0.2), (3, 9, 2, 16, 4, 4, 0.9)]


def layers() -> list[dict[str, Any]]:
    return [_network(cell, sizes, batch_first) for cell in NETWORKS for sizes in SIZES for batch_first in (True, False)]


def _network(cell: str, sizes: tuple[int, int, int, int, int, int, float], batch_first: bool) -> dict[str, Any]:
    B, T, D, H, L, first, dropout = sizes
    network = NETWORKS[cell](D, H, L, batch_first=batch_first)
    x = torch.zeros(B, T, D) if batch_first else torch.zeros(T, B, D)
    states = network(x)[1]
    named = {
        "row": cell_row(cell),
        "B": B,
        "T": T,
        "L": L,
        "H": H,
        "D": D,
        "dropout": dropout,
        "outputDropout": dropout / 2,
        "firstScored": first,
    }
    return {
        "sizes": named | {"batchFirst": batch_first},
        "stack": [list(each.shape) for each in _through(cell, x, H, L, batch_first)],
        "states": list((states[0] if isinstance(states, tuple) else states).shape),
        "parameters": {name: [*value.shape] for name, value in network.named_parameters()},
        **_of_forecaster(cell, sizes),
        **_of_cells(cell, B, D, H, L),
    }


def _through(cell: str, x: Tensor, hidden: int, layers: int, batch_first: bool) -> list[Tensor]:
    """What enters each layer and the head, and what leaves it."""
    wires = [x]
    for _ in range(layers):
        wires.append(NETWORKS[cell](wires[-1].shape[-1], hidden, batch_first=batch_first)(wires[-1])[0])
    return [*wires, nn.Linear(hidden, 1)(wires[-1])]


def _of_forecaster(cell: str, sizes: tuple[int, int, int, int, int, int, float]) -> dict[str, Any]:
    """The network as it is trained, batch first."""
    B, T, D, H, L, first, dropout = sizes
    forecaster = Forecaster(Recurrent(cell, D, H, L, dropout))
    predicted = forecaster(torch.zeros(B, T, D))
    head = {name: [*value.shape] for name, value in forecaster.named_parameters() if name.startswith("head.")}
    counts = {"all": sum(value.numel() for value in forecaster.parameters())}
    return {"head": head, "squeezed": [*predicted.shape], "scored": [*predicted[:, first:].shape], "counts": counts}


def _of_cells(cell: str, B: int, D: int, H: int, L: int) -> dict[str, Any]:
    """Each layer's cell at one timestep: of a whole batch, and of one window."""
    steps = []
    for layer in range(L):
        made = CELLS[cell](D if layer == 0 else H, H)
        batch, window = torch.zeros(B, made.input_size), torch.zeros(made.input_size)
        of_batch, of_window = made(batch), made(window)
        h, one = (each[0] if isinstance(each, tuple) else each for each in (of_batch, of_window))
        step: dict[str, Any] = {"layer": [[*batch.shape], [*h.shape]], "cell": [[*window.shape], [*one.shape]]}
        step["count"] = sum(value.numel() for value in made.parameters())
        steps.append(step | ({"cell_state": [*of_window[1].shape]} if isinstance(of_window, tuple) else {}))
    return {"steps": steps}

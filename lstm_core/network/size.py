"""How many numbers a network learns, and networks of other cells that learn as many. Imports no torch."""

from dataclasses import replace
from math import prod

from lstm_core.hyperparameters import RULES, Resolved
from lstm_core.network.cells import CELLS, parameter_shapes


def parameter_count(hyperparameters: Resolved) -> int:
    """Weights and biases of the recurrent layers and of the linear head; ``inputs`` must be resolved."""
    return sum(prod(shape) for shape in shapes(hyperparameters).values())


def shapes(hyperparameters: Resolved) -> dict[str, tuple[int, ...]]:
    """Name -> shape of every parameter, in the order in which a forecaster has them."""
    size = hyperparameters
    recurrent = parameter_shapes(size.cell, len(size.inputs), size.hidden_size, size.num_layers)
    return {**recurrent, "head.weight": (1, size.hidden_size), "head.bias": (1,)}


def equally_large(hyperparameters: Resolved, cell: str) -> Resolved:
    """The same network with another cell, and as many hidden units as bring it nearest to as many parameters."""
    wanted, bounds = parameter_count(hyperparameters), RULES["hidden_size"]
    sizes = range(int(bounds.low), int(bounds.high) + 1)
    candidates = (replace(hyperparameters, cell=cell, hidden_size=size) for size in sizes)
    return min(candidates, key=lambda each: abs(parameter_count(each) - wanted))


def each_cell(hyperparameters: Resolved, by_parameters: bool) -> tuple[Resolved, ...]:
    """Every cell with equal hidden size, or with the LSTM's number of parameters; all else the same."""
    lstm = replace(hyperparameters, cell="LSTM")
    if by_parameters:
        return tuple(equally_large(lstm, cell) for cell in CELLS)
    return tuple(replace(lstm, cell=cell) for cell in CELLS)

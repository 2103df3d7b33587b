"""How many numbers a network learns, and networks of other cells that learn as many. Imports no torch."""

from dataclasses import replace

from lstm_core.hyperparameters import CELLS, RULES, Hyperparameters

GATES = {"LSTM": 4, "GRU": 3, "RNN": 1}


def parameter_count(hyperparameters: Hyperparameters) -> int:
    """Weights and biases of the recurrent layers and of the linear head; ``inputs`` must be resolved.

    A layer has G*H*(D or H) + G*H*H weights and, as in torch.nn, two biases of G*H; the head has H weights and a bias.
    """
    hidden, rows = hyperparameters.hidden_size, GATES[hyperparameters.cell] * hyperparameters.hidden_size
    features = [len(hyperparameters.inputs)] + [hidden] * (hyperparameters.num_layers - 1)
    return sum(rows * (each + hidden + 2) for each in features) + hidden + 1


def equally_large(hyperparameters: Hyperparameters, cell: str) -> Hyperparameters:
    """The same network with another cell, and as many hidden units as bring it nearest to as many parameters."""
    wanted, bounds = parameter_count(hyperparameters), RULES["hidden_size"]
    sizes = range(int(bounds.low), int(bounds.high) + 1)
    candidates = (replace(hyperparameters, cell=cell, hidden_size=size) for size in sizes)
    return min(candidates, key=lambda each: abs(parameter_count(each) - wanted))


def each_cell(hyperparameters: Hyperparameters, by_parameters: bool) -> tuple[Hyperparameters, ...]:
    """LSTM, GRU and RNN with equal hidden size, or with the LSTM's number of parameters; all else the same."""
    lstm = replace(hyperparameters, cell="LSTM")
    if by_parameters:
        return tuple(equally_large(lstm, cell) for cell in CELLS)
    return tuple(replace(lstm, cell=cell) for cell in CELLS)

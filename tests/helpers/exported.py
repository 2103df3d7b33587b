"""Networks of every kind whose code is written out, and the series that they are for."""

from lstm_core.hyperparameters import Resolved
from lstm_core.network.forecaster import build, save_weights
from tests.helpers.series import wave

SERIES = wave(300, noise=0.3)
T = 12


def settings(
    cell: str, layers: int, inputs: tuple[str, ...], target: str, dropout: float = 0.0, output_dropout: float = 0.0
) -> Resolved:
    sizes = {"cell": cell, "num_layers": layers, "hidden_size": 7, "window_length": T, "burn_in": 1, "seed": 4}
    return Resolved(**sizes, inputs=inputs, target=target, dropout=dropout, output_dropout=output_dropout)


NETWORKS = {
    "lstm_1": settings("LSTM", 1, ("log_return",), "log_return"),
    "lstm_2": settings("LSTM", 2, ("level", "relative"), "level", dropout=0.5, output_dropout=0.2),
    "gru_1": settings("GRU", 1, ("level",), "relative"),
    "gru_2": settings("GRU", 2, ("relative", "log_return", "level"), "log_return", dropout=0.25),
    "rnn_1": settings("RNN", 1, ("relative",), "relative"),
    "rnn_3": settings("RNN", 3, ("log_return",), "level"),
    "peephole_1": settings("PeepholeLSTM", 1, ("log_return",), "log_return"),
    "peephole_3": settings("PeepholeLSTM", 3, ("level", "relative"), "level", dropout=0.5, output_dropout=0.2),
}
WEIGHTS = {name: save_weights(build(each)) for name, each in NETWORKS.items()}

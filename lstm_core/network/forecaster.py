"""Forecaster: a recurrent network and a linear head; between them nothing but dropout, while training."""

import pickle
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
import torch
from torch import Tensor, nn

from lstm_core.errors import InvalidFile
from lstm_core.network.cells import CELLS
from lstm_core.network.recurrent import Recurrent, run_with_trace
from lstm_core.network.trace import Trace
from lstm_core.network.weights import Weights
from lstm_core.phrases import Phrase


class NetworkSettings(Protocol):
    """What a network is built from; names and meanings are those of `Hyperparameters`, and input_size is D."""

    @property
    def cell(self) -> str: ...
    @property
    def input_size(self) -> int: ...
    @property
    def hidden_size(self) -> int: ...
    @property
    def num_layers(self) -> int: ...
    @property
    def dropout(self) -> float: ...
    @property
    def output_dropout(self) -> float: ...
    @property
    def forget_bias(self) -> float: ...
    @property
    def seed(self) -> int: ...


class Forecaster(nn.Module):
    """x (B, T, D) -> a prediction of the next timestep's target at every timestep (B, T), all scaled."""

    def __init__(self, recurrent: Recurrent, output_dropout: float = 0.0) -> None:
        super().__init__()
        self.recurrent = recurrent
        self.output_dropout = nn.Dropout(output_dropout)
        self.head = nn.Linear(recurrent.hidden_size, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.output_dropout(self.recurrent(x))).squeeze(-1)

    @torch.no_grad()
    def predict(self, inputs: np.ndarray) -> np.ndarray:
        """The same on arrays, with dropout off: inputs (B, T, D) -> predictions (B, T), scaled."""
        self.eval()
        return self(torch.from_numpy(inputs).to(self.head.weight)).cpu().numpy()


def build(settings: NetworkSettings, weights: Weights | None = None) -> Forecaster:
    """A forecaster with the given weights, or with those that it begins with.

    Those are what PyTorch draws under the seed, with ``forget_bias`` added to the bias of the gate that keeps (an
    LSTM's forget gate, a GRU's update gate): a network that remembers at first learns sooner what to forget. Source:
    Gers et al. 2000; Jozefowicz et al. 2015. The inputs of `Hyperparameters` must be resolved (no ``auto``).
    """
    if weights is None:
        with torch.random.fork_rng():
            torch.manual_seed(settings.seed)
            forecaster = _undetermined(settings)
        _remember(forecaster.recurrent, settings.forget_bias)
        return forecaster
    forecaster: Forecaster = pickle.loads(_described(*_sizes(settings)))
    load_weights(forecaster, weights)
    return forecaster


def _undetermined(settings: NetworkSettings) -> Forecaster:
    return _of_sizes(*_sizes(settings))


def _sizes(size: NetworkSettings) -> tuple[str, int, int, int, float, float]:
    return size.cell, size.input_size, size.hidden_size, size.num_layers, size.dropout, size.output_dropout


def _of_sizes(
    cell: str, input_size: int, hidden_size: int, num_layers: int, dropout: float, output_dropout: float
) -> Forecaster:
    return Forecaster(Recurrent(cell, input_size, hidden_size, num_layers, dropout), output_dropout)


@lru_cache(maxsize=16)
def _described(*sizes: Any) -> bytes:
    """A network that holds no numbers, pickled: to make one anew, and to draw weights that are thrown away, would take
    as long as a trace, with each slice of a training."""
    with torch.device("meta"):
        return pickle.dumps(_of_sizes(*sizes))


@torch.no_grad()
def _remember(recurrent: Recurrent, forget_bias: float) -> None:
    row = CELLS[recurrent.cell]
    for layer in range(recurrent.num_layers if row.keeps else 0):
        blocks = recurrent.layer_weights(layer).bias_ih.chunk(len(row.blocks))
        blocks[row.blocks.index(row.keeps)].add_(forget_bias)


def save_weights(network: nn.Module) -> dict[str, np.ndarray]:
    """Copies of all parameters; a forecaster's under torch.nn's names: weight_ih_l0 ..., head.weight, head.bias."""
    return {
        name.removeprefix("recurrent."): value.detach().cpu().numpy().copy()
        for name, value in network.state_dict().items()
    }


def load_weights(forecaster: Forecaster, weights: Mapping[str, np.ndarray]) -> None:
    """The inverse of `save_weights`. Raises `InvalidFile` where names or shapes are those of another network."""
    state = {
        name if name.startswith("head.") else f"recurrent.{name}": torch.tensor(value)
        for name, value in weights.items()
    }
    try:
        forecaster.load_state_dict(state, assign=True)
    except RuntimeError as error:
        raise InvalidFile(Phrase("weights_of_another_network")) from error
    forecaster.recurrent.share_parameters()


@torch.no_grad()
def trace_window(forecaster: Forecaster, inputs: np.ndarray) -> Trace:
    """Everything that the forecaster computes for one window: inputs (T, D), scaled -> Trace."""
    x = torch.from_numpy(np.ascontiguousarray(inputs)).to(forecaster.head.weight)
    hidden, activations = run_with_trace(forecaster.recurrent, x[None])
    prediction = forecaster.head(hidden).squeeze(-1)[0]
    arrays = {name: values[:, 0].cpu().numpy() for name, values in activations.items()}
    return Trace(forecaster.recurrent.cell, np.asarray(inputs), arrays, prediction.cpu().numpy())

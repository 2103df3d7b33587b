"""Forecaster: a recurrent network and a linear head; between them nothing but dropout, while training."""

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor, nn

from lstm_core.errors import InvalidFile
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.network.recurrent import Recurrent, run_with_trace
from lstm_core.network.trace import Trace
from lstm_core.network.weights import Weights


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


def build(hyperparameters: Hyperparameters, weights: Weights | None = None) -> Forecaster:
    """A forecaster with the given weights, or with those that it begins with.

    Those are what PyTorch draws under the hyperparameters' seed, with ``forget_bias`` added to an LSTM's forget gates
    (Gers et al. 2000; Jozefowicz et al. 2015): a network that remembers at first learns sooner what to forget.
    ``inputs`` must be resolved (no ``auto``): its length is D.
    """
    if weights is None:
        with torch.random.fork_rng():
            torch.manual_seed(hyperparameters.seed)
            forecaster = _undetermined(hyperparameters)
        _remember(forecaster.recurrent, hyperparameters.forget_bias)
        return forecaster
    with torch.device("meta"):  # drawing weights that are thrown away would take as long as a short trace
        described = _undetermined(hyperparameters)
    forecaster = described.to_empty(device="cpu")
    load_weights(forecaster, weights)
    return forecaster


def _undetermined(hyperparameters: Hyperparameters) -> Forecaster:
    network = Recurrent(
        hyperparameters.cell,
        len(hyperparameters.inputs),
        hyperparameters.hidden_size,
        hyperparameters.num_layers,
        hyperparameters.dropout,
    )
    return Forecaster(network, hyperparameters.output_dropout)


@torch.no_grad()
def _remember(recurrent: Recurrent, forget_bias: float) -> None:
    if recurrent.cell == "LSTM":
        for layer in range(recurrent.num_layers):
            _, forget, _, _ = recurrent.layer_weights(layer).bias_ih.chunk(4)
            forget += forget_bias


def save_weights(forecaster: Forecaster) -> dict[str, np.ndarray]:
    """Copies of all parameters under torch.nn's names: weight_ih_l0 ..., head.weight, head.bias."""
    return {
        name.removeprefix("recurrent."): value.detach().cpu().numpy().copy()
        for name, value in forecaster.state_dict().items()
    }


def load_weights(forecaster: Forecaster, weights: Mapping[str, np.ndarray]) -> None:
    """The inverse of `save_weights`. Raises `InvalidFile` where names or shapes are those of another network."""
    state = {
        name if name.startswith("head.") else f"recurrent.{name}": torch.from_numpy(np.array(value))
        for name, value in weights.items()
    }
    try:
        forecaster.load_state_dict(state)
    except RuntimeError as error:
        raise InvalidFile("The weights do not belong to a network of these hyperparameters.") from error


@torch.no_grad()
def trace_window(forecaster: Forecaster, inputs: np.ndarray) -> Trace:
    """Everything that the forecaster computes for one window: inputs (T, D), scaled -> Trace."""
    x = torch.from_numpy(np.ascontiguousarray(inputs)).to(forecaster.head.weight)
    hidden, activations = run_with_trace(forecaster.recurrent, x[None])
    prediction = forecaster.head(hidden).squeeze(-1)[0]
    arrays = {name: values[:, 0].cpu().numpy() for name, values in activations.items()}
    return Trace(forecaster.recurrent.cell, np.asarray(inputs), arrays, prediction.cpu().numpy())

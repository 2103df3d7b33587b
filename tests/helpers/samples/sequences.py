"""What torch makes of a batch and of a sine's chunks, in float64 and one by one, for the lanes to be held against."""

from typing import Any

import numpy as np
import torch
from torch import nn

from dashboard.components.sequences import Lanes
from dashboard.pages.experiments import sine_lanes, variable_length_lanes
from lstm_core.experiments import sine, variable_length
from lstm_core.experiments.first_model import FirstModel
from lstm_core.experiments.sine import Sine
from lstm_core.network.weights import Weights
from tests.helpers.slices import begun

LENGTHS, SEED = (3, 1, 6, 4), 4
SINE = Sine(hidden_size=6, period=8, observations=100, window_length=10, batch_size=2)


def lengths_lanes() -> Lanes:
    return variable_length_lanes.lanes_of(variable_length.compare(LENGTHS, SEED))


def chunks_lanes() -> Lanes:
    return sine_lanes.lanes_of({"untrained": sine.chunk_states(SINE, chunks=3)})


def in_float64(weights: Weights, hidden_size: int) -> tuple[nn.LSTM, nn.Linear]:
    network, head = nn.LSTM(1, hidden_size).double(), nn.Linear(hidden_size, 1).double()
    network.load_state_dict({name: torch.tensor(value) for name, value in weights.items() if "head" not in name})
    head.load_state_dict({"weight": torch.tensor(weights["head.weight"]), "bias": torch.tensor(weights["head.bias"])})
    return network, head


def walks(lengths: tuple[int, ...], seed: int) -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    return [rng.standard_normal(length, dtype=np.float32).cumsum() for length in lengths]


@torch.no_grad()
def run_alone(networks: tuple[nn.LSTM, nn.Linear], values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """One sequence (T,) -> hidden states (T, H) and outputs (T,)."""
    network, head = networks
    hidden = network(torch.tensor(values).double()[:, None])[0]
    return hidden.numpy(), head(hidden)[:, 0].numpy()


def batch() -> dict[str, Any]:
    """Largest |h| and output, by way, sequence and timestep; None where nothing is computed."""
    networks = in_float64(begun(FirstModel(seed=SEED)).weights, 50)
    sequences, longest = walks(LENGTHS, SEED), max(LENGTHS)
    alone = [_numbers(networks, each, longest) for each in sequences]
    padded = [_numbers(networks, np.pad(each, (0, longest - len(each))), longest) for each in sequences]
    ways = {"one_by_one": alone, "padded": padded, "packed": alone, "masked": padded}
    means = [float(each.astype(float).mean()) for each in sequences]
    return {"ways": ways, "means": means, "chunks": _chunks()}


def _numbers(networks: tuple[nn.LSTM, nn.Linear], values: np.ndarray, longest: int) -> list[list[float] | None]:
    hidden, outputs = run_alone(networks, values)
    told: list[list[float] | None] = [[float(np.abs(h).max()), float(y)] for h, y in zip(hidden, outputs, strict=True)]
    return told + [None] * (longest - len(values))


def _chunks() -> list[list[float]]:
    """Largest |h| carried over, begun from zero, and their largest difference, at each of 30 timesteps."""
    networks = in_float64(begun(SINE).weights, 6)
    values = np.sin(2 * np.pi * np.arange(30) / 8)
    carried = run_alone(networks, values)[0]
    restarted = np.concatenate([run_alone(networks, chunk)[0] for chunk in values.reshape(3, 10)])
    pairs = zip(carried, restarted, strict=True)
    return [[float(np.abs(a).max()), float(np.abs(b).max()), float(np.abs(a - b).max())] for a, b in pairs]

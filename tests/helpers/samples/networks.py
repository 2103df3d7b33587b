"""Random networks for the stage's equations: weights, a window, and what torch and a loop in numpy make of them."""

from typing import Any

import numpy as np
import torch

from dashboard.components.cell_row import cell_row
from lstm_core.network.cells import CELLS
from lstm_core.network.forecaster import Forecaster, save_weights, trace_window
from lstm_core.network.recurrent import Recurrent
from tests.helpers.reference import by_hand

# cell, inputs D, hidden H, layers L, timesteps T
SIZES = [(cell, *size) for cell in CELLS for size in ((1, 1, 1, 1), (1, 7, 1, 20), (3, 5, 2, 13), (2, 16, 3, 60))]
HOLDS = [
    [],
    [{"layer": 0, "unit": 0, "name": "hidden_state", "value": 0.0}],
    [{"layer": None, "unit": None, "name": "forget_gate", "value": 1.0}],
    [{"layer": None, "unit": None, "name": "input_gate", "value": 0.0}],
    [{"layer": 0, "unit": None, "name": "output_gate", "value": 0.25}],
    [{"layer": 0, "unit": 0, "name": "cell_state", "value": -1.5}],
    [{"layer": None, "unit": 0, "name": "update_gate", "value": 1.0}],
    [{"layer": 0, "unit": None, "name": "reset_gate", "value": 0.0}],
]


def networks() -> list[dict[str, Any]]:
    return [_network(index, *size) for index, size in enumerate(SIZES)]


def _network(seed: int, cell: str, features: int, hidden: int, layers: int, timesteps: int) -> dict[str, Any]:
    torch.manual_seed(seed)
    forecaster = Forecaster(Recurrent(cell, features, hidden, layers))
    with torch.no_grad():
        for parameter in forecaster.parameters():
            parameter.mul_(2)  # far enough from zero that gates open and close
    inputs = np.random.default_rng(seed).standard_normal((timesteps, features)).astype(np.float32)
    weights = save_weights(forecaster)
    trace = trace_window(forecaster, inputs)
    clamps = [each for each in HOLDS if all(clamp["name"] in CELLS[cell].activations for clamp in each)]
    return {
        "network": as_sent(cell, layers, weights),
        "inputs": inputs.ravel().tolist(),
        "activations": {name: values.ravel().tolist() for name, values in trace.activations.items()},
        "prediction": trace.prediction.tolist(),
        "clamped": [
            {"clamps": each, "prediction": by_hand(cell, layers, weights, inputs, each).tolist()} for each in clamps
        ],
    }


def as_sent(cell: str, layers: int, weights: dict[str, np.ndarray]) -> dict[str, Any]:
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh", *CELLS[cell].peepholes)
    return {
        **cell_row(cell),
        "layers": [{name: weights[f"{name}_l{layer}"].ravel().tolist() for name in names} for layer in range(layers)],
        "head_weight": weights["head.weight"][0].tolist(),
        "head_bias": float(weights["head.bias"][0]),
    }

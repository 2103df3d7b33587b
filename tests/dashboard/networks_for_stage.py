"""Random networks for the stage's equations: weights, a window, and what torch and a loop in numpy make of them."""

from typing import Any

import numpy as np
import torch

from lstm_core.forecaster import Forecaster, save_weights, trace_window
from lstm_core.recurrent import Recurrent
from lstm_core.trace import ACTIVATIONS

# cell, inputs D, hidden H, layers L, timesteps T
SIZES = [(cell, *size) for cell in ACTIVATIONS for size in ((1, 1, 1, 1), (1, 7, 1, 20), (3, 5, 2, 13), (2, 16, 3, 60))]
HOLDS = [
    [],
    [{"layer": 0, "unit": 0, "name": "hidden_state", "value": 0.0}],
    [{"layer": None, "unit": None, "name": "forget_gate", "value": 1.0}],
    [{"layer": None, "unit": None, "name": "input_gate", "value": 0.0}],
    [{"layer": 0, "unit": None, "name": "output_gate", "value": 0.25}],
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
    holds = [each for each in HOLDS if all(hold["name"] in ACTIVATIONS[cell] for hold in each)]
    return {
        "network": _as_sent(cell, layers, weights),
        "inputs": inputs.ravel().tolist(),
        "activations": {name: values.ravel().tolist() for name, values in trace.activations.items()},
        "prediction": trace.prediction.tolist(),
        "held": [
            {"holds": each, "prediction": by_hand(cell, layers, weights, inputs, each).tolist()} for each in holds
        ],
    }


def _as_sent(cell: str, layers: int, weights: dict[str, np.ndarray]) -> dict[str, Any]:
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    return {
        "cell": cell,
        "layers": [{name: weights[f"{name}_l{layer}"].ravel().tolist() for name in names} for layer in range(layers)],
        "head_weight": weights["head.weight"][0].tolist(),
        "head_bias": float(weights["head.bias"][0]),
    }


def by_hand(
    cell: str, layers: int, weights: dict[str, np.ndarray], inputs: np.ndarray, holds: list[dict[str, Any]]
) -> np.ndarray:
    """Predictions (T,) with activations held, one unit after the other, in float64."""
    below = inputs.astype(np.float64)
    for layer in range(layers):
        W, U, b, d = (
            weights[f"{name}_l{layer}"].astype(np.float64) for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        )
        H = U.shape[1]

        def held(name: str, values: np.ndarray, layer: int = layer) -> np.ndarray:
            values = values.copy()
            for hold in holds:
                if hold["name"] == name and hold["layer"] in (None, layer):
                    values[slice(None) if hold["unit"] is None else hold["unit"]] = hold["value"]
            return values

        h, c, states = np.zeros(H), np.zeros(H), []
        for x in below:
            from_x, from_h = np.split(W @ x + b, len(b) // H), np.split(U @ h + d, len(b) // H)
            if cell == "LSTM":
                i, f, g, o = (a + e for a, e in zip(from_x, from_h, strict=True))
                i, f, o = (
                    held("input_gate", _sigmoid(i)),
                    held("forget_gate", _sigmoid(f)),
                    held("output_gate", _sigmoid(o)),
                )
                c = held("cell_state", f * c + i * held("candidate", np.tanh(g)))
                h = held("hidden_state", o * np.tanh(c))
            elif cell == "GRU":
                r = held("reset_gate", _sigmoid(from_x[0] + from_h[0]))
                z = held("update_gate", _sigmoid(from_x[1] + from_h[1]))
                n = held("candidate", np.tanh(from_x[2] + r * from_h[2]))
                h = held("hidden_state", (1 - z) * n + z * h)
            else:
                h = held("hidden_state", np.tanh(from_x[0] + from_h[0]))
            states.append(h)
        below = np.array(states)
    return below @ weights["head.weight"][0].astype(np.float64) + float(weights["head.bias"][0])


def _sigmoid(x: np.ndarray) -> np.ndarray:
    return np.exp(-np.logaddexp(0, -x))

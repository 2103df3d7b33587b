"""What-if by another way: the series itself is changed, cut into windows anew, and shown to torch's network."""

from dataclasses import replace
from typing import Any

import numpy as np
import torch

from lstm_core.hyperparameters import Resolved
from lstm_core.network.cells import CELLS
from lstm_core.network.forecaster import build, save_weights, trace_window
from lstm_core.training.windows import Windows
from tests.helpers.samples.networks import as_sent
from tests.helpers.settings import returns

END, SMALL = 150, returns(hidden_size=5, num_layers=2, window_length=12, burn_in=2, seed=4)
# Days of the window (139 to 150) and the one before it, all behind the training part: the scales stay as they were.
EDITS = [{}, {145: 31.0}, {138: 22.0, 139: 27.5, 150: 40.0}]
REPRESENTATIONS = [(("log_return",), "log_return"), (("level",), "level"), (("relative", "log_return"), "relative")]


def experiments() -> list[dict[str, Any]]:
    return [_experiment(inputs, target, cell) for inputs, target in REPRESENTATIONS for cell in CELLS]


def _experiment(inputs: tuple[str, ...], target: str, cell: str) -> dict[str, Any]:
    price = 25 + np.random.default_rng(9).normal(size=180).cumsum() / 4
    settings = replace(SMALL, inputs=inputs, target=target, cell=cell)
    torch.manual_seed(11)
    forecaster = build(settings)
    with torch.no_grad():
        for parameter in forecaster.parameters():
            parameter.mul_(2)
    windows = Windows(price, settings)
    network = as_sent(cell, settings.num_layers, save_weights(forecaster))
    scaling = {"inputs": inputs, "target": target, "scales": {name: list(s) for name, s in windows.scales.items()}}
    return {
        "network": network | scaling,
        "price": price.tolist(),
        "start": END - settings.window_length + 1,
        "timesteps": settings.window_length,
        "tries": [_tried(forecaster, settings, price, edits) for edits in EDITS],
    }


def _tried(forecaster, settings: Resolved, price: np.ndarray, edits: dict[int, float]) -> dict[str, Any]:
    changed = price.copy()
    for day, value in edits.items():
        changed[day] = value
    windows = Windows(changed, settings)
    end = np.array([END])
    trace = trace_window(forecaster, windows.batch(end).inputs[0])
    values = changed[windows.days(end)]
    return {
        "edits": edits,
        "inputs": trace.inputs.ravel().tolist(),
        "hidden_state": trace.activations["hidden_state"].ravel().tolist(),
        "prediction": trace.prediction.tolist(),
        "prediction_price": windows.to_values(trace.prediction[None], values)[0].tolist(),
    }

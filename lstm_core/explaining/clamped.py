"""The network with activations clamped: the equations, each result passed through what is clamped of it."""

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from torch import Tensor

from lstm_core.explaining.clamps import Clamp
from lstm_core.network.forecaster import Forecaster
from lstm_core.network.recurrent import Recurrent


@torch.no_grad()
def predict_clamped(forecaster: Forecaster, inputs: np.ndarray, clamps: Sequence[Clamp]) -> np.ndarray:
    """Predictions with activations clamped: inputs (B, T, D) -> (B, T), scaled.

    A clamp acts inside its step: of a forget gate clamped at 1 the cell state and the hidden state are made, and a
    clamped state goes on into the next step. The states before the first step are zero, clamped or not. Where clamps
    overlap the later wins. A layer in which nothing is clamped runs as it does in evaluation.
    """
    recurrent = forecaster.recurrent
    x = torch.from_numpy(np.ascontiguousarray(inputs)).to(forecaster.head.weight)
    for layer in range(recurrent.num_layers):
        clamped = _clamped_in(layer, clamps, forecaster.head.weight[0])
        x = _run_layer(recurrent, layer, x, clamped) if clamped else recurrent.run_layer(layer, x)
    return forecaster.head(x).squeeze(-1).cpu().numpy()


def _clamped_in(layer: int, clamps: Sequence[Clamp], like: Tensor) -> dict[str, Tensor]:
    """What is clamped in one layer: name -> (H,), NaN where the unit is free."""
    clamped: dict[str, Tensor] = {}
    for clamp in clamps:
        if clamp.layer in (None, layer):
            values = clamped.setdefault(clamp.name, torch.full_like(like, torch.nan))
            values[slice(None) if clamp.unit is None else clamp.unit] = clamp.value
    return clamped


def _run_layer(recurrent: Recurrent, layer: int, x: Tensor, clamped: Mapping[str, Tensor]) -> Tensor:
    """(B, T, D) -> hidden states (B, T, H)."""

    def keep(name: str, value: Tensor) -> Tensor:
        fixed = clamped.get(name)
        return value if fixed is None else torch.where(fixed.isnan(), value, fixed)

    steps = recurrent.steps(x, recurrent.layer_weights(layer), keep)
    return torch.stack([step.hidden_state for step in steps], dim=1)

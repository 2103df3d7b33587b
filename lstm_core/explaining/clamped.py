"""The network with activations held: the equations, each result passed through what is held of it."""

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from torch import Tensor

from lstm_core.explaining.clamps import Hold
from lstm_core.network.forecaster import Forecaster
from lstm_core.network.recurrent import Recurrent


@torch.no_grad()
def predict_held(forecaster: Forecaster, inputs: np.ndarray, holds: Sequence[Hold]) -> np.ndarray:
    """Predictions with activations held: inputs (B, T, D) -> (B, T), scaled.

    A hold acts inside its step: of a forget gate held at 1 the cell state and the hidden state are made, and a held
    state goes on into the next step. The states before the first step are zero, held or not. Where holds overlap the
    later wins. A layer in which nothing is held runs as it does in evaluation.
    """
    recurrent = forecaster.recurrent
    x = torch.from_numpy(np.ascontiguousarray(inputs)).to(forecaster.head.weight)
    for layer in range(recurrent.num_layers):
        held = _held_in(layer, holds, forecaster.head.weight[0])
        x = _run_layer(recurrent, layer, x, held) if held else recurrent.run_layer(layer, x)
    return forecaster.head(x).squeeze(-1).cpu().numpy()


def _held_in(layer: int, holds: Sequence[Hold], like: Tensor) -> dict[str, Tensor]:
    """What is held in one layer: name -> (H,), NaN where the unit is free."""
    held: dict[str, Tensor] = {}
    for hold in holds:
        if hold.layer in (None, layer):
            values = held.setdefault(hold.name, torch.full_like(like, torch.nan))
            values[slice(None) if hold.unit is None else hold.unit] = hold.value
    return held


def _run_layer(recurrent: Recurrent, layer: int, x: Tensor, held: Mapping[str, Tensor]) -> Tensor:
    """(B, T, D) -> hidden states (B, T, H)."""

    def keep(name: str, value: Tensor) -> Tensor:
        fixed = held.get(name)
        return value if fixed is None else torch.where(fixed.isnan(), value, fixed)

    steps = recurrent.steps(x, recurrent.layer_weights(layer), keep)
    return torch.stack([step.hidden_state for step in steps], dim=1)

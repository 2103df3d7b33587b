"""The network with activations held: the equations of `cell`, each result passed through what is held of it."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import torch
from torch import Tensor

from lstm_core.explaining.clamps import Hold
from lstm_core.network.equations import LayerWeights, lstm_gates, rnn_step
from lstm_core.network.forecaster import Forecaster

# The activation of this name (B, H), with the held units at their values.
Keep = Callable[[str, Tensor], Tensor]


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
        if held:
            x = _run_layer(recurrent.cell, x, recurrent.layer_weights(layer), held)
        else:
            x = recurrent.run_layer(layer, x)
    return forecaster.head(x).squeeze(-1).cpu().numpy()


def _held_in(layer: int, holds: Sequence[Hold], like: Tensor) -> dict[str, Tensor]:
    """What is held in one layer: name -> (H,), NaN where the unit is free."""
    held: dict[str, Tensor] = {}
    for hold in holds:
        if hold.layer in (None, layer):
            values = held.setdefault(hold.name, torch.full_like(like, torch.nan))
            values[slice(None) if hold.unit is None else hold.unit] = hold.value
    return held


def _run_layer(cell: str, x: Tensor, weights: LayerWeights, held: Mapping[str, Tensor]) -> Tensor:
    """(B, T, D) -> hidden states (B, T, H)."""

    def keep(name: str, value: Tensor) -> Tensor:
        fixed = held.get(name)
        return value if fixed is None else torch.where(fixed.isnan(), value, fixed)

    step = {"LSTM": _lstm_step, "GRU": _gru_step, "RNN": _rnn_step}[cell]
    h = c = x.new_zeros(x.shape[0], weights.weight_hh.shape[1])
    hidden = x.new_empty(*x.shape[:2], h.shape[1])
    for t, x_t in enumerate(x.unbind(dim=1)):
        h, c = step(weights.from_input(x_t), h, c, weights, keep)
        hidden[:, t] = h
    return hidden


def _lstm_step(from_input: Tensor, h: Tensor, c: Tensor, weights: LayerWeights, keep: Keep) -> tuple[Tensor, Tensor]:
    gates = lstm_gates(from_input, weights.from_hidden(h))
    i, f, g, o = (keep(name, gate) for name, gate in gates._asdict().items())
    c = keep("cell_state", f * c + i * g)
    return keep("hidden_state", o * c.tanh()), c


def _gru_step(from_input: Tensor, h: Tensor, c: Tensor, weights: LayerWeights, keep: Keep) -> tuple[Tensor, Tensor]:
    """The reset gate is held before the candidate is made of it, so `gru_gates` cannot be used here."""
    r_x, z_x, n_x = from_input.chunk(3, dim=-1)
    r_h, z_h, n_h = weights.from_hidden(h).chunk(3, dim=-1)
    r = keep("reset_gate", (r_x + r_h).sigmoid())
    z = keep("update_gate", (z_x + z_h).sigmoid())
    n = keep("candidate", (n_x + r * n_h).tanh())
    return keep("hidden_state", (1 - z) * n + z * h), c


def _rnn_step(from_input: Tensor, h: Tensor, c: Tensor, weights: LayerWeights, keep: Keep) -> tuple[Tensor, Tensor]:
    return keep("hidden_state", rnn_step(from_input, h, weights).hidden_state), c

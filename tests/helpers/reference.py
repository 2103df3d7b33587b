"""The same networks once more, from torch.nn and numpy in float64: what the core's numbers are held against."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import nn

Weights = Mapping[str, np.ndarray]
_NETWORKS = {"LSTM": nn.LSTM, "GRU": nn.GRU, "RNN": nn.RNN}


def predictions(weights: Weights, inputs: np.ndarray, cell: str = "LSTM") -> np.ndarray:
    """inputs (T, D) -> a prediction at each timestep (T,), scaled."""
    if cell == "PeepholeLSTM":
        hidden = lstm_trace(weights, inputs)["hidden_state"][-1]
        return hidden @ weights["head.weight"][0].astype(np.float64) + float(weights["head.bias"][0])
    arrays = {name: torch.tensor(value, dtype=torch.float64) for name, value in weights.items()}
    weight, bias = arrays.pop("head.weight"), arrays.pop("head.bias")
    layers = sum(name.startswith("weight_hh") for name in arrays)
    network = _NETWORKS[cell](inputs.shape[1], weight.shape[1], layers, batch_first=True).double()
    network.load_state_dict(arrays)
    with torch.no_grad():
        hidden = network(torch.tensor(inputs, dtype=torch.float64)[None])[0][0]
        return (hidden @ weight[0] + bias).numpy()


def lstm_trace(weights: Weights, inputs: np.ndarray) -> dict[str, np.ndarray]:
    """Every activation of an LSTM, one timestep and one layer after the other: name -> (L, T, H).

    With peepholes where the weights have any: the gates of Gers and Schmidhuber 2000, with tanh as torch.nn has it.
    """
    layers, x = [], np.asarray(inputs, dtype=np.float64)
    while f"weight_hh_l{len(layers)}" in weights:
        layers.append(_lstm_layer(weights, len(layers), x))
        x = layers[-1]["hidden_state"]
    return {name: np.stack([layer[name] for layer in layers]) for name in layers[0]}


def _lstm_layer(weights: Weights, layer: int, x: np.ndarray) -> dict[str, np.ndarray]:
    h = c = np.zeros(weights[f"weight_hh_l{layer}"].shape[1])
    rows: dict[str, list[np.ndarray]] = {}
    for x_t in x:
        step = lstm_step(weights, layer, x_t, h, c)
        h, c = step["hidden_state"], step["cell_state"]
        for name, value in step.items():
            rows.setdefault(name, []).append(value)
    return {name: np.array(values) for name, values in rows.items()}


def lstm_step(weights: Weights, layer: int, x: np.ndarray, h: np.ndarray, c: np.ndarray) -> dict[str, np.ndarray]:
    """One timestep of one layer: x (D or H,), states before (H,) -> activations (H,)."""
    w_x, w_h, b_x, b_h = (
        weights[f"{name}_l{layer}"].astype(float) for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    )
    to_i, to_f, to_o = _peepholes(weights, layer)
    i, f, g, o = np.split(w_x @ x + b_x + w_h @ h + b_h, 4)
    i, f, g = _sigmoid(i + to_i * c), _sigmoid(f + to_f * c), np.tanh(g)
    c = f * c + i * g
    o = _sigmoid(o + to_o * c)
    gates = {"input_gate": i, "forget_gate": f, "candidate": g, "output_gate": o}
    return gates | {"cell_state": c, "hidden_state": o * np.tanh(c)}


def _peepholes(weights: Weights, layer: int) -> list[np.ndarray]:
    """Those of the input, forget and output gate, (H,) each; zeros where the cell has none."""
    none = np.zeros(weights[f"weight_hh_l{layer}"].shape[1])
    return [weights.get(f"weight_c{gate}_l{layer}", none).astype(np.float64) for gate in "ifo"]


def by_hand(
    cell: str, layers: int, weights: Weights, inputs: np.ndarray, clamps: Sequence[Mapping[str, Any]]
) -> np.ndarray:
    """Predictions (T,) with activations held, one unit after the other, in float64."""
    below = inputs.astype(np.float64)
    for layer in range(layers):
        W, U, b, d = (
            weights[f"{name}_l{layer}"].astype(np.float64) for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        )
        H, (to_i, to_f, to_o) = U.shape[1], _peepholes(weights, layer)

        def held(name: str, values: np.ndarray, layer: int = layer) -> np.ndarray:
            values = values.copy()
            for clamp in clamps:
                if clamp["name"] == name and clamp["layer"] in (None, layer):
                    values[slice(None) if clamp["unit"] is None else clamp["unit"]] = clamp["value"]
            return values

        h, c, states = np.zeros(H), np.zeros(H), []
        for x in below:
            from_x, from_h = np.split(W @ x + b, len(b) // H), np.split(U @ h + d, len(b) // H)
            if cell in ("LSTM", "PeepholeLSTM"):
                i, f, g, o = (a + e for a, e in zip(from_x, from_h, strict=True))
                i, f = held("input_gate", _sigmoid(i + to_i * c)), held("forget_gate", _sigmoid(f + to_f * c))
                c = held("cell_state", f * c + i * held("candidate", np.tanh(g)))
                o = held("output_gate", _sigmoid(o + to_o * c))
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


def steady(hidden_size: int, inputs: int, prediction: float) -> dict[str, np.ndarray]:
    """Weights of an LSTM that predicts the same scaled number whatever it sees."""
    rows = 4 * hidden_size
    shapes = {"weight_ih_l0": (rows, inputs), "weight_hh_l0": (rows, hidden_size), "bias_ih_l0": (rows,)}
    shapes |= {"bias_hh_l0": (rows,), "head.weight": (1, hidden_size)}
    zeros = {name: np.zeros(shape, dtype=np.float32) for name, shape in shapes.items()}
    return zeros | {"head.bias": np.array([prediction], dtype=np.float32)}

"""Bodies of the sections that only "Inside the cell" has."""

from collections.abc import Callable
from typing import Any

from dashboard.components.buffer import Buffer, finite, whole_epoch
from dashboard.components.cell_row import cell_row
from dashboard.components.inside_data import ClampedTest, Explained, Matched, Network
from lstm_core.network.cells import CELLS


def _network(network: Network, buffer: Buffer) -> dict[str, Any]:
    layers = range(network.layers)
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh", *CELLS[network.cell].peepholes)
    return {
        "run": network.run,
        "epoch": whole_epoch(network.epoch),
        **cell_row(network.cell),
        "layers": [
            {name: buffer.put(network.weights[f"{name}_l{layer}"], "float32") for name in names} for layer in layers
        ],
        "head_weight": buffer.put(network.weights["head.weight"][0], "float32"),
        "head_bias": float(network.weights["head.bias"][0]),
        "inputs": list(network.inputs),
        "target": network.target,
        "scales": {name: [float(number) for number in scale] for name, scale in network.scales.items()},
    }


def _explained(explained: Explained, buffer: Buffer) -> dict[str, Any]:
    return {
        "run": explained.run,
        "film": explained.film,
        "epoch": whole_epoch(explained.epoch),
        "input_gradients": buffer.put(explained.input_gradients, "float32"),
        "gradient_norms": buffer.put(explained.gradient_norms, "float32"),
    }


def _clamped_test(test: ClampedTest, buffer: Buffer) -> dict[str, Any]:
    errors = {name: finite(getattr(test, name)) for name in ("rmse", "rmse_free", "rmse_naive")}
    sure = {name: getattr(test, name) for name in ("sure_free", "sure_naive")}
    whose = {"run": test.run, "epoch": whole_epoch(test.epoch), "asked": test.asked}
    return {**whose, "days": int(test.days), **errors, **sure}


def _matched(matched: Matched, buffer: Buffer) -> dict[str, Any]:
    return {
        "run": matched.run,
        "epoch": whole_epoch(matched.epoch),
        "asked": matched.asked,
        "first": buffer.put(matched.first, "int32"),
        "last": buffer.put(matched.last, "int32"),
        "days": int(matched.days),
        "active": int(matched.active),
    }


INSIDE_BODIES: dict[str, Callable[[Any, Buffer], dict[str, Any]]] = {
    "network": _network,
    "explanation": _explained,
    "clamped_test": _clamped_test,
    "matches": _matched,
}

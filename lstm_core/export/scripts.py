"""The scripts: a run's numbers, and names out of fixed tables, put into the templates. No text of a series goes in."""

from collections.abc import Mapping
from math import isfinite

from lstm_core.errors import InvalidArgument
from lstm_core.export.templates import (
    CONVERSION,
    INPUTS,
    KERAS,
    OUTPUTS,
    OWN_LAYERS,
    PYTORCH,
    REPRESENT,
    RESTORE,
)
from lstm_core.hyperparameters import Resolved
from lstm_core.network.cells import CELLS
from lstm_core.phrases import Choice, Phrase
from lstm_core.training.windows import Scale

Scales = Mapping[str, Scale]

_IN_KERAS = tuple(cell for cell, row in CELLS.items() if row.keras_layer)


def pytorch_script(hyperparameters: Resolved, scales: Scales) -> str:
    """A script that builds the run's network in PyTorch, loads weights.safetensors and forecasts values.csv.

    scales: that of each representation the run uses, as `Windows.scales` has them. Raises `InvalidArgument` where
    one is missing or not finite, or inputs or target are still ``auto``.
    """
    is_dropped, torchs = hyperparameters.output_dropout > 0, CELLS[hyperparameters.cell].torch
    dropout = ", dropout=DROPOUT" if _has_dropout(hyperparameters) else ""
    return PYTORCH.substitute(
        _shared(hyperparameters, scales),
        own_layers="" if torchs else f"{OWN_LAYERS[hyperparameters.cell]}\n\n",
        recurrent=f"nn.{torchs.layer}" if torchs else hyperparameters.cell,
        options=f", batch_first=True{dropout}" if torchs else dropout,
        output_dropout="\n        self.output_dropout = nn.Dropout(OUTPUT_DROPOUT)" if is_dropped else "",
        hidden="self.output_dropout(hidden)" if is_dropped else "hidden",
    )


def keras_script(hyperparameters: Resolved, scales: Scales) -> str:
    """The same with Keras 3, from the same files; errors as `pytorch_script`, and where Keras has no such cell."""
    layers = CELLS[hyperparameters.cell].keras_layer
    if layers is None:
        raise InvalidArgument("cell", Phrase("in_keras", choices=_IN_KERAS), hyperparameters.cell)
    dropped = _has_dropout(hyperparameters)
    before_head = "\n    model.add(keras.layers.Dropout(OUTPUT_DROPOUT))"
    step = "\n        if layer > 0:\n            model.add(keras.layers.Dropout(DROPOUT))"
    return KERAS.substitute(
        _shared(hyperparameters, scales),
        layer="layer" if dropped else "_",
        dropout=step if dropped else "",
        output_dropout=before_head if hyperparameters.output_dropout > 0 else "",
        layers=layers,
        conversion=CONVERSION[hyperparameters.cell],
    )


def _shared(hyperparameters: Resolved, scales: Scales) -> dict[str, str]:
    """What stands in both scripts."""
    _check(hyperparameters, scales)
    return {
        "cell": hyperparameters.cell,
        "constants": _constants(hyperparameters, scales),
        "inputs": _inputs(hyperparameters.inputs),
        "outputs": _outputs(hyperparameters.target),
    }


def _check(hyperparameters: Resolved, scales: Scales) -> None:
    for name in _representations(hyperparameters):
        if name not in scales or not all(map(isfinite, scales[name])):
            raise InvalidArgument("scales", Phrase("scale_known", representation=Choice(name)), scales.get(name))


def _representations(hyperparameters: Resolved) -> tuple[str, ...]:
    """Each once: the inputs, in their order, and the target."""
    return tuple(dict.fromkeys([*hyperparameters.inputs, hyperparameters.target]))


def _has_dropout(hyperparameters: Resolved) -> bool:
    return hyperparameters.num_layers > 1 and hyperparameters.dropout > 0


def _constants(hyperparameters: Resolved, scales: Scales) -> str:
    lines = [
        f"HIDDEN_SIZE = {hyperparameters.hidden_size}",
        f"NUM_LAYERS = {hyperparameters.num_layers}",
        f"INPUT_SIZE = {len(hyperparameters.inputs)}  # numbers that the network sees each timestep",
        f"WINDOW_LENGTH = {hyperparameters.window_length}  # timesteps that it sees before it predicts",
    ]
    if _has_dropout(hyperparameters):
        lines.append(f"DROPOUT = {hyperparameters.dropout!r}  # between layers, while training only")
    if hyperparameters.output_dropout > 0:
        lines.append(f"OUTPUT_DROPOUT = {hyperparameters.output_dropout!r}  # before the head, while training only")
    lines.append("\n# scaled = (x - MEAN) / DEVIATION, both taken from the days that the network was trained on.")
    for name in _representations(hyperparameters):
        mean, deviation = map(float, scales[name])
        lines += [f"{name.upper()}_MEAN = {mean!r}", f"{name.upper()}_DEVIATION = {deviation!r}"]
    return "\n".join(lines)


def _inputs(names: tuple[str, ...]) -> str:
    columns = []
    for name in names:
        scaled = f"({name} - {name.upper()}_MEAN) / {name.upper()}_DEVIATION"
        columns += [f"    {name} = {REPRESENT[name]}", f"    {name} = {scaled}"]
    needed = "WINDOW_LENGTH + 1" if "log_return" in names else "WINDOW_LENGTH"
    return INPUTS.substitute(needed=needed, columns="\n".join(columns), names=", ".join(names))


def _outputs(target: str) -> str:
    return OUTPUTS.substitute(target=target, constant=target.upper(), value=RESTORE[target])

"""Samples that the tests in tests/javascript read; messages for the stage's decoder come from `encode`."""

import json
from pathlib import Path

from dashboard.components import STAGE
from dashboard.components.cell_row import cell_row
from dashboard.components.payload import pack
from lstm_core.network.cells import CELLS
from tests.helpers.samples.experiments import experiments
from tests.helpers.samples.layers import layers
from tests.helpers.samples.messages import messages
from tests.helpers.samples.networks import networks
from tests.helpers.samples.one_unit import one_unit
from tests.helpers.samples.sequences import batch
from tests.helpers.stage_content import a_content

LAYER, UNIT, TIMESTEP, EPOCH = 1, 2, 3, 2.5


def write_samples(folder: Path) -> None:
    """Files for a folder that the environment variable STAGE_FIXTURE names: a message, what a reader finds in it ..."""
    content = a_content(1, EPOCH)
    assert content.film is not None
    assert content.predictions is not None
    assert content.losses is not None
    assert content.verdict is not None
    snapshot = content.film.snapshots[1]
    expected = {
        "dates": (content.chart.dates.astype("datetime64[ms]").astype(int)).tolist(),
        "price": content.chart.price.tolist(),
        "naive": content.predictions.naive.tolist(),
        "epochs": content.losses.epochs.tolist(),
        "epoch": EPOCH,
        "verdict": {"short": content.verdict.short, "sentences": list(content.verdict.sentences)},
        "layer": LAYER,
        "unit": UNIT,
        "t": TIMESTEP,
        "now": {name: float(values[LAYER, TIMESTEP, UNIT]) for name, values in snapshot.trace.activations.items()},
        "inputs": snapshot.trace.inputs[TIMESTEP].tolist(),
        "prediction_price": float(snapshot.values[TIMESTEP]),
    }
    (folder / "message.bin").write_bytes(pack(STAGE.encode(content)))
    (folder / "expected.json").write_text(json.dumps(expected))
    for name, data in messages().items():
        (folder / f"sent_{name}.bin").write_bytes(data)
    (folder / "cells.json").write_text(json.dumps({cell: cell_row(cell) for cell in CELLS}))
    (folder / "networks.json").write_text(json.dumps(networks()))
    (folder / "layers.json").write_text(json.dumps(layers()))
    (folder / "experiments.json").write_text(json.dumps(experiments()))
    (folder / "smallest.json").write_text(json.dumps(one_unit()))
    (folder / "batch.json").write_text(json.dumps(batch()))

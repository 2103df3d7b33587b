"""Run: what was saved is what is loaded, bit for bit, and any other program can read it."""

import json
from dataclasses import replace
from math import isnan, nan

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file

from lstm_core.network.cells import CELLS
from lstm_core.runs.run import load, save
from tests.helpers.series import wave
from tests.helpers.small_runs import SMALL, assert_same, trained


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("changes", [{}, {"num_layers": 3, "inputs": ("level", "relative"), "target": "level"}])
def test_what_was_saved_is_loaded_bit_for_bit(tmp_path, cell, changes):
    run = trained(replace(SMALL, cell=cell, **changes))
    save(run, tmp_path / "run")
    assert_same(load(tmp_path / "run"), run)


def test_weights_are_those_of_torch_nn_by_name(saved, run):
    arrays = {name: torch.from_numpy(value) for name, value in load_file(saved / "weights.safetensors").items()}
    head = torch.nn.Linear(3, 1)
    head.load_state_dict({name: arrays.pop(f"head.{name}") for name in ("weight", "bias")})
    network = torch.nn.LSTM(1, 3, batch_first=True)
    network.load_state_dict(arrays)  # strict: every name and no other
    np.testing.assert_array_equal(network.state_dict()["weight_hh_l0"], run.weights["weight_hh_l0"])


def test_what_run_json_says(saved, run):
    said = json.loads((saved / "run.json").read_text(encoding="utf-8"))
    assert said["format_version"] == 1
    assert said["hyperparameters"] == run.hyperparameters.to_dict()
    assert {name: said["series"][name] for name in ("name", "column", "unit", "source", "observations")} == {
        "name": "test",
        "column": "close",
        "unit": "USD",
        "source": {"kind": "verbatim", "values": {"text": "made for a test"}},
        "observations": 70,
    }
    assert said["series"]["fingerprint"] == wave(70, noise=0.2).fingerprint
    assert (said["series"]["first_date"], said["series"]["last_date"]) == ("2020-01-01T00:00:00", "2020-03-10T00:00:00")
    returns = np.diff(np.log(run.series.values[:49]))  # 0.7 of 70 observations
    assert said["scaler"] == {"log_return": pytest.approx({"mean": returns.mean(), "deviation": returns.std()})}
    assert [row["epoch"] for row in said["history"]] == [1, 2]
    assert set(said["history"][0]) == {"epoch", "train_loss", "validation_loss", "seconds"}
    assert (said["epoch"], said["outcome"]) == (2, "stopped_early")
    assert set(said["libraries"]) == {"torch", "numpy", "safetensors"}
    assert said["libraries"]["numpy"] == np.__version__
    assert said["libraries"]["torch"].startswith(torch.__version__.split("+")[0])


def test_a_naive_loss_that_nobody_knows_stays_unknown(tmp_path, run):
    save(replace(run, naive_loss=nan), tmp_path / "run")
    assert isnan(load(tmp_path / "run").naive_loss)
    assert "NaN" not in (tmp_path / "run" / "run.json").read_text()

"""Exported scripts: another's plain PyTorch and Keras code predicts what the run predicts."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import pytest
import torch

from lstm_core.errors import InvalidArgument
from lstm_core.export import bundle, keras_script, pytorch_script
from lstm_core.forecasting.predict import forecast, one_step
from lstm_core.hyperparameters import Resolved
from lstm_core.network.cells import CELLS
from lstm_core.network.forecaster import build
from lstm_core.training.windows import Scale, Windows
from tests.helpers.exported import NETWORKS, SERIES, WEIGHTS, T, settings
from tests.helpers.places import ROOT
from tests.helpers.reference import predictions
from tests.helpers.scripts import ask_all, need_keras, run_script

SCRIPTS = ("model_pytorch.py", "model_keras.py")
ENDS = (299, 140)  # the last window of what each script is asked about
KERAS_HAS = [name for name in NETWORKS if not name.startswith("peephole")]
SAID = [*(("model_pytorch.py", name) for name in NETWORKS), *(("model_keras.py", name) for name in KERAS_HAS)]


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """Each network's bundle, unpacked. Not to be changed."""
    folder = tmp_path_factory.mktemp("show code")  # with a space in its name
    for name, hyperparameters in NETWORKS.items():
        ZipFile(BytesIO(bundle(hyperparameters, SERIES, WEIGHTS[name]))).extractall(folder / name)
        asked = [SERIES.values[288 - 1 : 300].tolist(), SERIES.values[: ENDS[1] + 1].tolist()]
        (folder / name / "asked.json").write_text(json.dumps(asked))
    return folder


@pytest.fixture(scope="module")
def said(place) -> Callable[[str], dict[str, Any]]:
    """What the scripts of one kind answer: all in one process, asked once."""

    @cache
    def ask(script: str) -> dict[str, Any]:
        if script == "model_keras.py":
            need_keras()
        return ask_all(script, [place / name for each, name in SAID if each == script], place)

    return ask


def seen(hyperparameters: Resolved, end: int) -> np.ndarray:
    """A window's inputs, number by number: (T, D)."""
    x, scales = SERIES.values, Windows(SERIES.values, hyperparameters).scales
    days, first = range(end - T + 1, end + 1), x[end - T + 1]
    made = {
        "log_return": [np.log(x[day] / x[day - 1]) for day in days],
        "level": [x[day] for day in days],
        "relative": [x[day] / first - 1 for day in days],
    }
    return np.stack([(np.array(made[n]) - scales[n].mean) / scales[n].deviation for n in hyperparameters.inputs], 1)


@pytest.mark.parametrize(("script", "name"), SAID)
def test_scripts_predict_what_torch_nn_predicts_at_every_timestep(said, script, name):
    """And the peephole LSTM, which is not there, what its formulas in numpy predict."""
    answer = said(script)["answers"][name]
    assert answer["type"] == "float32"
    for end, scaled in zip(ENDS, answer["scaled"], strict=True):
        expected = predictions(WEIGHTS[name], seen(NETWORKS[name], end), NETWORKS[name].cell)
        assert np.shape(scaled) == (T,)
        assert np.abs(np.array(scaled) - expected).max() <= 1e-5 * np.abs(expected).max()


@pytest.mark.parametrize(("script", "name"), SAID)
def test_scripts_forecast_what_the_run_forecasts_in_the_unit_of_the_series(said, script, name):
    windows = Windows(SERIES.values, NETWORKS[name])
    ours = one_step(build(NETWORKS[name], WEIGHTS[name]), windows, np.array(ENDS))
    np.testing.assert_allclose(said(script)["answers"][name]["predicted"], ours, rtol=1e-6)


@pytest.mark.parametrize(("script", "name"), SAID)
def test_scripts_print_the_next_value_beside_the_naive_one(said, script, name):
    windows = Windows(SERIES.values, NETWORKS[name])
    ahead = forecast(build(NETWORKS[name], WEIGHTS[name]), windows, SERIES, 1)
    answer = said(script)["answers"][name]
    assert answer["at_import"] == ""
    network, naive = printed(answer["printed"])
    assert network == pytest.approx(ahead.values[0], rel=1e-5)
    assert naive == pytest.approx(SERIES.values[-1], rel=1e-5)


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_need_nothing_of_ours(said, script):
    assert said(script)["foreign"] == []


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_runs_as_its_first_lines_say(place, script):
    if script == "model_keras.py":
        need_keras()
    network, _ = printed(run_script(place / "gru_2" / script, place))
    windows = Windows(SERIES.values, NETWORKS["gru_2"])
    ours = one_step(build(NETWORKS["gru_2"], WEIGHTS["gru_2"]), windows, np.array([299]))
    assert network == pytest.approx(ours[0], rel=1e-5)


def printed(text: str) -> tuple[float, float]:
    found = re.fullmatch(r"forecast of the next value: (\S+)\nnaive, tomorrow equals today: (\S+)\n", text)
    assert found, text
    return float(found[1]), float(found[2])


@pytest.mark.parametrize(("name", "needed"), [("lstm_1", T + 1), ("gru_2", T + 1), ("gru_1", T), ("rnn_1", T)])
def test_too_few_values_are_told(place, name, needed):
    """Only a log return needs the day before the window."""
    module = imported(place / name / "model_pytorch.py")
    assert len(module.predict_scaled(SERIES.values[-needed:])) == T
    with pytest.raises(ValueError, match=f"^{needed} values are needed, and {needed - 1} came.$"):
        module.predict(SERIES.values[1 - needed :])


def imported(path: Path) -> Any:
    spec = spec_from_file_location(path.parent.name, path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_layers_of_the_scripts_own_begin_and_drop_as_torchs_do(place):
    """Its reader may train it on: uniform within 1 / sqrt(7), and dropout between its three layers, while training."""
    torch.manual_seed(2)
    network, x = imported(place / "peephole_3" / "model_pytorch.py").Forecaster().recurrent, torch.randn(1, T, 2)
    values = torch.cat([parameter.detach().flatten() for parameter in network.parameters()])
    assert values.abs().max() <= 7**-0.5
    assert values.std().item() == pytest.approx(7**-0.5 / 3**0.5, rel=0.1)
    torch.manual_seed(3)
    whole = network.train()(x)[0]
    torch.manual_seed(3)
    below = x
    for layer in range(3):
        below = network.run_layer(layer, torch.nn.functional.dropout(below, 0.5) if layer else below)
    assert torch.equal(whole, below)
    assert not torch.equal(whole, network.eval()(x)[0])


# What is in the scripts.


def test_every_script_is_clean(tmp_path):
    """By this project's own rules, for every kind of network."""
    every = ("log_return", "level", "relative")
    scales = {name: Scale(-1.25e-05, 1e16 / 3) for name in every}
    kinds = product(
        CELLS, (1, 2), ((0.0, 0.0), (0.1, 0.0), (0.0, 0.2), (0.1, 0.2)), [*((name,) for name in every), every], every
    )
    for number, (cell, layers, dropouts, inputs, target) in enumerate(kinds):
        hyperparameters = settings(cell, layers, inputs, target, *dropouts)
        (tmp_path / f"pytorch_{number}.py").write_text(pytorch_script(hyperparameters, scales))
        if cell != "PeepholeLSTM":
            (tmp_path / f"keras_{number}.py").write_text(keras_script(hyperparameters, scales))
    for check in (["check", "--no-cache"], ["format", "--check", "--no-cache"]):
        line = [sys.executable, "-m", "ruff", *check, "--config", str(ROOT / "pyproject.toml"), str(tmp_path)]
        done = subprocess.run(line, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    assert len(list(tmp_path.glob("*.py"))) == (4 + 3) * 2 * 4 * 4 * 3  # in PyTorch, and in Keras


@pytest.mark.parametrize(("layers", "dropout", "expected"), [(2, 0.5, True), (2, 0.0, False), (1, 0.5, False)])
def test_dropout_is_built_where_it_had_an_effect(layers, dropout, expected):
    """With one layer it has none, and torch.nn would warn of it."""
    hyperparameters = settings("GRU", layers, ("level",), "level", dropout)
    scales = {"level": Scale(0.0, 1.0)}
    for script in (pytorch_script(hyperparameters, scales), keras_script(hyperparameters, scales)):
        assert ("DROPOUT = 0.5" in script) is expected
        assert script.count("DROPOUT") == (2 if expected else 0)


@pytest.mark.parametrize("layers", [1, 2])
def test_dropout_before_the_head_is_built_with_any_number_of_layers(layers):
    scales = {"level": Scale(0.0, 1.0)}
    for script in (pytorch_script, keras_script):
        with_it = script(settings("GRU", layers, ("level",), "level", output_dropout=0.25), scales)
        assert with_it.count("OUTPUT_DROPOUT = 0.25") == 1
        assert with_it.count("Dropout(OUTPUT_DROPOUT)") == 1
        assert "ropout" not in script(settings("GRU", layers, ("level",), "level"), scales)


@pytest.mark.parametrize("script", [pytorch_script, keras_script])
def test_what_no_script_can_be_made_of(script):
    with pytest.raises(InvalidArgument, match=r"inputs and target must be resolved .* got 'auto'\."):
        script(Resolved(), {"log_return": Scale(0.0, 1.0)})
    with pytest.raises(InvalidArgument, match=r"scales must be known and finite for level; got None\."):
        script(NETWORKS["lstm_2"], {"relative": Scale(0.0, 1.0)})
    with pytest.raises(InvalidArgument, match=r"scales must be known and finite for level; got Scale.*inf"):
        script(NETWORKS["lstm_2"], {"relative": Scale(0.0, 1.0), "level": Scale(0.0, np.inf)})


def test_a_cell_that_keras_has_not_is_told_in_one_sentence():
    with pytest.raises(InvalidArgument) as error:
        keras_script(NETWORKS["peephole_1"], {"log_return": Scale(0.0, 1.0)})
    assert str(error.value) == "cell must be one that Keras has a layer for: LSTM, GRU, RNN; got 'PeepholeLSTM'."

"""The command line as scripts and teachers use it: what is printed, what is written, and that the numbers are right."""

import json
import re
from dataclasses import fields, replace
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest
from dieboldmariano import dm_test

from lstm_core.data.catalogue import entries
from lstm_core.data.catalogue import load as load_series
from lstm_core.hyperparameters import Hyperparameters, Resolved
from lstm_core.runs.run import load, save
from tests.helpers.command import SIZES, call, csv_of, prices, run
from tests.helpers.reference import lstm_trace, predictions, steady
from tests.helpers.scripts import run_script

PRICES = prices()
RETURNS = np.diff(np.log(PRICES))
MEAN, DEVIATION = RETURNS[:83].mean(), RETURNS[:83].std()  # of the first 84 days, 0.7 of 120


@pytest.fixture(scope="module")
def directory(tmp_path_factory) -> Path:
    """Not to be changed."""
    folder = tmp_path_factory.mktemp("command")
    done = call("train", "tiny", "--csv", csv_of(folder), "--column", "Close", *SIZES, "--out", folder / "run")
    assert done.code == 0, done.err
    return folder / "run"


def test_series_lists_what_can_be_had():
    done = call("series")
    assert (done.code, done.err) == (0, "")
    rows = [line.split(maxsplit=4) for line in done.out.splitlines()]
    assert [row[0] for row in rows] == [entry.name for entry in entries()]
    for name, first, last, observations, source in rows:
        series = load_series(name)
        assert (first, last) == (str(series.dates[0])[:10], str(series.dates[-1])[:10])
        assert int(observations) == len(series)
        assert source == str(series.source)


def test_train_with_json_prints_one_object_an_epoch_and_nothing_else(tmp_path):
    done = run("train", "sine", *SIZES, "--json", "--out", tmp_path / "run")
    assert (done.code, done.err) == (0, "")
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert [row["epoch"] for row in rows] == [1, 2, 3]
    assert all(set(row) == {"epoch", "train_loss", "validation_loss", "seconds"} for row in rows)
    loaded = load(tmp_path / "run")
    assert [report.row() for report in loaded.history] == rows
    assert loaded.series.fingerprint == load_series("sine").fingerprint


def test_train_tells_people_where_the_run_is(tmp_path):
    done = call("train", "sine", *SIZES, "--out", tmp_path / "run")
    lines = done.out.splitlines()
    assert [line.split()[:2] for line in lines[:3]] == [["epoch", "1"], ["epoch", "2"], ["epoch", "3"]]
    assert (
        lines[3] == f"finished: the weights of epoch 3, where the validation loss was lowest, are in {tmp_path / 'run'}"
    )


def test_an_early_end_is_explained_beside_the_json(directory, tmp_path):
    csv = directory.parent / "prices.csv"
    sizes = [*SIZES[:-1], "500"]
    done = call(
        "train", "--csv", csv, *sizes, "--patience", "1", "--learning-rate", "0.05", "--json", "--out", tmp_path / "r"
    )
    assert done.code == 0
    assert done.err.startswith("No better validation loss in 1 epoch; the best was epoch ")
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert [row["epoch"] for row in rows] == list(range(1, len(rows) + 1))
    assert 1 < len(rows) < 500
    assert load(tmp_path / "r").series.name == "prices"  # the file's name, where none is given


OTHERWISE = {
    "cell": "GRU",
    "hidden_size": 3,
    "num_layers": 2,
    "dropout": 0.25,
    "output_dropout": 0.125,
    "forget_bias": -0.5,
    "window_length": 9,
    "inputs": ("level", "log_return"),
    "target": "relative",
    "epochs": 1,
    "learning_rate": 0.002,
    "batch_size": 5,
    "optimizer": "adamw",
    "weight_decay": 0.125,
    "loss": "huber",
    "loss_on": "last_step",
    "burn_in": 4,
    "stride": 6,
    "gradient_clip": 2.5,
    "patience": 7,
    "seed": 11,
    "train_fraction": 0.6,
    "validation_fraction": 0.2,
    "device": "cpu",
}


def test_every_hyperparameter_is_a_flag(directory, tmp_path):
    defaults = Hyperparameters().to_dict()
    assert set(OTHERWISE) == {each.name for each in fields(Hyperparameters)}
    assert not [name for name, value in OTHERWISE.items() if defaults[name] == value]
    flags = []
    for name, value in OTHERWISE.items():
        flags += ["--" + name.replace("_", "-"), *(value if isinstance(value, tuple) else [value])]
    done = call("train", "--csv", directory.parent / "prices.csv", *flags, "--out", tmp_path / "run")
    assert done.code == 0, done.err
    assert load(tmp_path / "run").hyperparameters == Resolved(**OTHERWISE)


def test_help_explains_every_flag():
    done = call("train", "--help")
    assert done.code == 0
    words = " ".join(done.out.split())
    for each in fields(Hyperparameters):
        assert "--" + each.name.replace("_", "-") in words
        assert " ".join(each.metadata["rule"].help.split()[:4]) in words
    assert "0 to 2147483647; default 0." in words


@pytest.mark.parametrize(
    ("options", "end"), [([], 118), (["--window", "0"], 8), (["--window", "50"], 58), (["--window", "-2"], 117)]
)
def test_a_trace_holds_what_the_network_computed(directory, tmp_path, options, end):
    """111 windows have a known target: those that end on the days 8 to 118."""
    path = tmp_path / "trace"  # no ending is added
    assert call("trace", directory, *options, "--out", path) == (0, "", "")
    with np.load(path, allow_pickle=False) as file:
        arrays = dict(file)
    weights = load(directory).weights
    seen = ((RETURNS[end - 8 : end] - MEAN) / DEVIATION)[:, None]
    expected = {"inputs": seen, **lstm_trace(weights, seen), "prediction": predictions(weights, seen)}
    expected["target"] = (RETURNS[end - 7 : end + 1] - MEAN) / DEVIATION
    expected["prediction_price"] = PRICES[end - 7 : end + 1] * np.exp(expected["prediction"] * DEVIATION + MEAN)
    expected["target_price"] = PRICES[end - 6 : end + 2]
    assert list(arrays) == [
        *("inputs", "input_gate", "forget_gate", "candidate", "output_gate", "cell_state", "hidden_state"),
        *("prediction", "target", "prediction_price", "target_price"),
    ]
    for name, values in expected.items():
        assert arrays[name].shape == values.shape, name
        assert arrays[name].dtype == (np.float64 if name.endswith("_price") else np.float32), name
        np.testing.assert_allclose(arrays[name], values, rtol=1e-5, atol=5e-6, err_msg=name)
    assert arrays["cell_state"].shape == (2, 8, 4)


def test_evaluate_prints_the_metrics_of_network_and_baselines(directory):
    done = call("evaluate", directory, "--json")
    assert (done.code, done.err, done.out.count("\n")) == (0, "", 1)
    said = json.loads(done.out)
    assert (said["part"], said["days"]) == ("test", 18)
    assert set(said["metrics"]) == {"network", "naive", "drift"}
    weights = load(directory).weights
    errors = []
    for day in range(102, 120):
        seen = ((RETURNS[day - 9 : day - 1] - MEAN) / DEVIATION)[:, None]
        errors.append(PRICES[day - 1] * np.exp(predictions(weights, seen)[-1] * DEVIATION + MEAN) - PRICES[day])
    assert said["metrics"]["network"]["rmse"] == pytest.approx(np.sqrt(np.mean(np.square(errors))), rel=1e-5)
    assert said["metrics"]["naive"]["mae"] == pytest.approx(np.abs(np.diff(PRICES[101:])).mean())


def test_evaluate_for_people_never_shows_a_hit_rate_alone(directory):
    lines = call("evaluate", directory).out.splitlines()
    assert [line.split()[0] for line in lines[1:4]] == ["network", "naive", "drift"]
    assert lines[2].split()[-2:] == ["1.0000", "–"]
    assert lines[4].startswith("Always naming the more frequent direction is right on ")


def test_evaluate_says_whether_chance_could_have_done_it(directory):
    """18 test days are too few; the JSON has the numbers all the same, as the package has them."""
    said = call("evaluate", directory).out.splitlines()[5]
    found = re.fullmatch(r"Epoch 3, one seed: RMSE ([\d.]+) % (better|worse) than naive\. (.*)", said)
    assert found
    assert found[3] == "18 days are too few to tell whether chance did that: at least 30 are needed."
    told = json.loads(call("evaluate", directory, "--json").out)
    assert float(found[1]) == pytest.approx(100 * abs(told["skill"]), abs=0.051)
    assert found[2] == ("better" if told["skill"] > 0 else "worse")
    weights, foreseen = load(directory).weights, []
    for day in range(102, 120):
        seen = ((RETURNS[day - 9 : day - 1] - MEAN) / DEVIATION)[:, None]
        foreseen.append(PRICES[day - 1] * np.exp(predictions(weights, seen)[-1] * DEVIATION + MEAN))
    tested = dm_test(list(PRICES[102:]), foreseen, list(PRICES[101:-1]), variance_estimator="acf")
    assert set(told["diebold_mariano"]) == {"statistic", "p_value"}
    assert tuple(told["diebold_mariano"].values()) == pytest.approx(tested, rel=1e-3)


def test_forecast_prints_dates_interval_and_naive(directory):
    """The series ends on Monday, 17 June 2024."""
    done = call("forecast", directory, "--horizon", "5", "--json")
    assert (done.code, done.err, done.out.count("\n")) == (0, "", 1)
    said = json.loads(done.out)
    assert set(said) == {"dates", "level", "unit", "forecast", "lower", "upper", "naive"}
    assert said["dates"] == ["2024-06-18", "2024-06-19", "2024-06-20", "2024-06-21", "2024-06-24"]
    assert said["naive"] == [PRICES[-1]] * 5
    seen = ((RETURNS[111:] - MEAN) / DEVIATION)[:, None]
    first = PRICES[-1] * np.exp(predictions(load(directory).weights, seen)[-1] * DEVIATION + MEAN)
    assert said["forecast"][0] == pytest.approx(first, rel=1e-6)
    assert all(
        low < value < high for low, value, high in zip(said["lower"], said["forecast"], said["upper"], strict=True)
    )
    people = call("forecast", directory, "--horizon", "5").out.splitlines()
    assert [line.split()[0] for line in people] == ["date", *said["dates"]]


def test_a_forecast_that_cannot_be_followed_is_null_in_json(directory, tmp_path):
    trained = load(directory)
    settings = replace(trained.hyperparameters, target="level", num_layers=1)
    weights = steady(4, 1, -1000.0)
    save(replace(trained, hyperparameters=settings, weights=weights, kept={3: weights}), tmp_path / "run")
    said = json.loads(call("forecast", tmp_path / "run", "--horizon", "3", "--json").out)
    assert said["forecast"][0] < 0
    assert said["forecast"][1:] == said["lower"][1:] == said["upper"][1:] == [None, None]


def test_a_cell_that_torch_nn_has_not_goes_all_the_way(directory, tmp_path):
    """Trained, traced, judged, and handed out as a script that forecasts what the run forecasts."""
    run_directory = tmp_path / "run"
    flags = [*SIZES, "--cell", "PeepholeLSTM", "--column", "Close", "--out", run_directory]
    assert call("train", "--csv", directory.parent / "prices.csv", *flags).code == 0
    assert call("trace", run_directory, "--out", tmp_path / "trace.npz").code == 0
    weights = load(run_directory).weights
    assert weights["weight_co_l1"].shape == (4,)
    with np.load(tmp_path / "trace.npz", allow_pickle=False) as arrays:
        expected = lstm_trace(weights, arrays["inputs"])
        for name, values in expected.items():
            np.testing.assert_allclose(arrays[name], values, atol=2e-6)
    assert "network" in json.loads(call("evaluate", run_directory, "--json").out)["metrics"]
    (ahead,) = json.loads(call("forecast", run_directory, "--horizon", "1", "--json").out)["forecast"]
    assert call("code", run_directory, "--out", tmp_path / "code.zip") == (0, "", "")
    ZipFile(tmp_path / "code.zip").extractall(tmp_path / "code")
    said = run_script(tmp_path / "code" / "model_pytorch.py", tmp_path)
    assert float(said.split()[5]) == pytest.approx(ahead, rel=1e-5)

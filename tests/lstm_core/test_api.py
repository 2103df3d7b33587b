"""The public face: `import lstm_core` gives what the command line gives, and tells mistakes in a sentence."""

import json
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any, assert_type

import numpy as np
import pytest
import torch

import lstm_core
from lstm_core.api import WindowTrace
from lstm_core.data.series import Series
from lstm_core.errors import InvalidArgument, InvalidFile
from lstm_core.forecasting.evaluation import Evaluation
from lstm_core.forecasting.predict import Forecast
from lstm_core.runs.run import Run
from lstm_core.training.checkpoint import EpochReport
from tests.helpers.command import SIZES, call, csv_of, prices
from tests.helpers.places import ROOT
from tests.helpers.series import wave
from tests.helpers.small_runs import assert_same

SETTINGS: dict[str, Any] = {
    "hidden_size": 4,
    "num_layers": 2,
    "window_length": 8,
    "burn_in": 2,
    "epochs": 3,
}  # those of SIZES
NAMES = {"load_series", "Hyperparameters", "train", "trace", "evaluate", "forecast", "save", "load"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A CSV file, and a run that the command line has trained on it; not to be changed."""
    folder = tmp_path_factory.mktemp("api")
    done = call("train", "tiny", "--csv", csv_of(folder), "--column", "Close", *SIZES, "--out", folder / "run")
    assert done.code == 0, done.err
    return folder


@pytest.fixture(scope="module")
def run(folder) -> Run:
    return lstm_core.load(folder / "run")


def test_each_public_name_is_there():
    assert set(lstm_core.__all__) == NAMES
    assert set(dir(lstm_core)) >= NAMES
    for name in NAMES:
        assert getattr(lstm_core, name).__doc__, name
    with pytest.raises(AttributeError, match="'lstm_core' has no attribute 'predict'"):
        lstm_core.predict  # type: ignore[attr-defined]  # noqa: B018


def test_a_type_checker_knows_the_names(run):
    """pyright, which reads this file, knows them; a module that answered to any name would be `Any`."""
    assert_type(lstm_core.load_series("sine"), Series)
    assert_type(lstm_core.train("sine", epochs=1), Run)
    assert_type(lstm_core.trace(run), WindowTrace)
    assert_type(lstm_core.evaluate(run), Evaluation)
    assert_type(lstm_core.forecast(run, 1), Forecast)


LAZY = """
import sys, lstm_core
assert not [name for name in sys.modules if name.startswith("lstm_core.")], "a room before a name was asked for"
lstm_core.Hyperparameters(hidden_size=3), lstm_core.load_series("sine"), dir(lstm_core)
[getattr(lstm_core, name) for name in lstm_core.__all__]
assert "torch" not in sys.modules
"""


def test_neither_the_package_nor_a_name_of_it_brings_torch_along():
    done = subprocess.run([sys.executable, "-c", LAZY], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_series_is_that_of_the_catalogue_or_of_a_file(folder):
    assert lstm_core.load_series("sine").name == "sine"
    named = lstm_core.load_series("tiny", csv=folder / "prices.csv", column="Twice")
    assert (named.name, named.column) == ("tiny", "Twice")
    np.testing.assert_allclose(named.values, 2 * prices())
    assert lstm_core.load_series(csv=str(folder / "prices.csv")).name == "prices"


def test_training_gives_the_bits_of_the_command_line(folder, run):
    series = lstm_core.load_series("tiny", csv=folder / "prices.csv", column="Close")
    trained = lstm_core.train(series, **SETTINGS)
    assert run.epoch > 0
    assert trained.epoch == run.epoch
    for name, value in run.weights.items():
        assert trained.weights[name].tobytes() == value.tobytes(), name


def test_keywords_go_before_hyperparameters_and_those_before_defaults():
    base = lstm_core.Hyperparameters(hidden_size=3, epochs=1, window_length=9)
    chosen = lstm_core.train("sine", base, window_length=np.int64(8), inputs="level").hyperparameters
    assert (chosen.hidden_size, chosen.window_length, chosen.inputs) == (3, 8, ("level",))
    assert chosen.learning_rate == lstm_core.Hyperparameters().learning_rate
    assert type(chosen.window_length) is int  # run.json takes no other


def test_a_training_is_heard_of_epoch_by_epoch():
    heard: list[EpochReport] = []
    run = lstm_core.train(wave(70), hidden_size=3, window_length=6, epochs=3, on_report=heard.append)
    assert [report.epoch for report in heard] == [1, 2, 3]
    assert [report.row() for report in heard] == [report.row() for report in run.history]


def test_torch_has_its_threads_back_after_a_training():
    """Or else whatever else a notebook does would be slow, and nobody would know why."""
    before = torch.get_num_threads()
    torch.set_num_threads(3)
    lstm_core.train(wave(70), hidden_size=3, window_length=6, epochs=1)
    assert torch.get_num_threads() == 3
    torch.set_num_threads(before)


def test_a_saved_run_is_the_same_when_loaded(run, tmp_path):
    lstm_core.save(run, str(tmp_path / "run"))
    assert_same(lstm_core.load(str(tmp_path / "run")), run)


@pytest.mark.parametrize("window", [0, 50, -2, -1])
def test_a_trace_is_the_command_lines(folder, run, tmp_path, window):
    assert call("trace", folder / "run", "--window", window, "--out", tmp_path / "trace.npz").code == 0
    trace = lstm_core.trace(run, window)
    with np.load(tmp_path / "trace.npz") as file:
        written = dict(file)
    ours = {each.name: getattr(trace, each.name) for each in fields(trace)} | dict(trace.activations)
    assert set(written) == set(ours) - {"cell", "activations", "dates", "naive_price"}
    for name, values in written.items():
        assert values.tobytes() == ours[name].tobytes(), name
    assert trace.shape == (2, 8, 4)


def test_without_a_window_a_trace_is_of_the_last(folder, run, tmp_path):
    assert call("trace", folder / "run", "--out", tmp_path / "trace.npz").code == 0
    with np.load(tmp_path / "trace.npz") as file:
        assert file["prediction"].tobytes() == lstm_core.trace(run).prediction.tobytes()


@pytest.mark.parametrize(("window", "end"), [(0, 8), (-1, 118)])
def test_a_trace_knows_its_dates_and_the_naive_answer(run, window, end):
    """Of 120 prices; the first has no return."""
    trace = lstm_core.trace(run, window)
    np.testing.assert_array_equal(trace.dates, run.series.dates[end - 7 : end + 1])
    np.testing.assert_array_equal(trace.naive_price, prices()[end - 7 : end + 1])
    np.testing.assert_array_equal(trace.target_price, prices()[end - 6 : end + 2])


def test_an_evaluation_is_the_command_lines(folder, run):
    assert json.loads(call("evaluate", folder / "run", "--json").out) == lstm_core.evaluate(run).to_dict()


def test_a_forecast_is_the_command_lines(folder, run):
    said = json.loads(call("forecast", folder / "run", "--horizon", "5", "--json").out)
    ahead = lstm_core.forecast(run, horizon=5)
    assert said["forecast"] == ahead.values.tolist()
    for name in ("lower", "upper", "naive"):
        assert said[name] == getattr(ahead, name).tolist()
    assert (said["dates"], said["level"]) == ([str(date)[:10] for date in ahead.dates], ahead.level)


face: Any = lstm_core  # or else a type checker would find these mistakes first
WRONG = {
    "no series": (lambda run: face.load_series(), "series must be a name of the catalogue, unless csv is given"),
    "unknown series": (lambda run: face.load_series("ACME"), "series must be "),
    "a column of the catalogue": (
        lambda run: face.load_series("MSFT", column="open"),
        "column must be given with csv only; got 'open'.",
    ),
    "a table as csv": (lambda run: face.load_series(csv=[[1, 2]]), "csv must be the path of a file; got"),
    "missing csv": (lambda run: face.load_series(csv="no.csv"), "csv must be a file that can be read"),
    "prices as series": (lambda run: face.train([1.0, 2.0]), "series must be a name of the catalogue or a Series"),
    "a size as hyperparameters": (
        lambda run: face.train("sine", 16),
        "hyperparameters must be Hyperparameters(...), or keywords instead; got 16.",
    ),
    "unknown setting": (
        lambda run: face.train("sine", lookback=60),
        "hyperparameters must be made of known names; got 'lookback'.",
    ),
    "a setting out of bounds": (
        lambda run: face.train("sine", hidden_size=0),
        "hidden_size must be a whole number from 1 to 512; got 0.",
    ),
    "a setting that does not fit the series": (
        lambda run: face.train("sine", target="log_return"),
        "inputs and target must be level",
    ),
    "a window beyond": (lambda run: face.trace(run, 111), "window must be from 0 to 110 (or negative"),
    "a window far before": (lambda run: face.trace(run, -112), "window must be from 0 to 110"),
    "a date as window": (lambda run: face.trace(run, "2024-01-09"), "window must be from 0 to 110"),
    "half a window": (lambda run: face.trace(run, 1.5), "window must be from 0 to 110"),
    "a directory as run": (lambda run: face.trace("runs/tiny"), "run must be a run, as train and load return it"),
    "a series as run": (lambda run: face.evaluate(run.series), "run must be a run"),
    "nothing as run": (lambda run: face.forecast(None, 5), "run must be a run"),
    "a horizon of nothing": (lambda run: face.forecast(run, 0), "horizon must be a whole number from 1 to 18"),
    "half a horizon": (lambda run: face.forecast(run, 1.5), "horizon must be a whole number from 1 to 18"),
    "run and directory swapped": (lambda run: face.save("runs/tiny", run), "out must be the path of a directory"),
    "a place that is a file": (lambda run: face.save(run, __file__), "out must be a directory; got"),
    "a run to load": (lambda run: face.load(run), "directory must be the path of a directory; got Run("),
}


@pytest.mark.parametrize(("mistake", "said"), WRONG.values(), ids=WRONG.keys())
def test_a_mistake_is_told_in_one_sentence(run, mistake, said):
    with pytest.raises(InvalidArgument) as caught:
        mistake(run)
    sentence = str(caught.value)
    assert sentence.startswith(said)
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_a_folder_without_a_run_is_told(tmp_path):
    with pytest.raises(InvalidFile, match="cannot be read as a run"):
        lstm_core.load(tmp_path)


def test_a_run_shown_in_a_notebook_says_what_it_is_and_no_numbers(run):
    shown = repr(run)
    assert all(word in shown for word in ("hidden_size=4", "epoch=", "'tiny'", "finished"))
    assert "array(" not in shown

"""The run in assets/: what is stored is what its network computes, number by number."""

from pathlib import Path

import numpy as np
import pytest
import torch

from dashboard.first_run import HORIZON, open_first_run
from lstm_core.catalogue import load
from lstm_core.moves import interesting_end
from lstm_core.tasks import film, judge

FOLDER = Path(__file__).resolve().parents[2] / "assets" / "first_run"


@pytest.fixture(scope="module")
def first_run():
    return open_first_run(FOLDER)


def test_its_series_is_the_sample(first_run):
    assert first_run.run.series.fingerprint == load(first_run.run.series.name).fingerprint


def test_every_stored_picture_is_what_torch_nn_computes(first_run):
    """Independently of our own tracing: hidden states and predictions by torch.nn.LSTM and torch.nn.Linear."""
    run = first_run.run
    windows = run.windows()
    batch = windows.batch(np.array([first_run.film.facts.end]))
    network = torch.nn.LSTM(1, run.hyperparameters.hidden_size, batch_first=True)
    assert [picture.epoch for picture in first_run.film.pictures] == sorted(run.kept)
    for picture in first_run.film.pictures:
        weights = {name: torch.from_numpy(value) for name, value in run.kept[picture.epoch].items()}
        network.load_state_dict({name: value for name, value in weights.items() if not name.startswith("head.")})
        with torch.no_grad():
            hidden = network(torch.from_numpy(batch.inputs))[0][0]
            prediction = hidden @ weights["head.weight"][0] + weights["head.bias"][0]
        np.testing.assert_allclose(picture.trace.activations["hidden_state"][0], hidden, atol=1e-6)
        np.testing.assert_allclose(picture.trace.prediction, prediction, atol=1e-6)
        today = run.series.values[windows.days(np.array([first_run.film.facts.end]))[0]]
        mean, deviation = first_run.film.facts.scale
        np.testing.assert_allclose(picture.values, today * np.exp(prediction.numpy() * deviation + mean), rtol=1e-6)


def test_film_and_judgement_are_what_the_workers_answer(first_run):
    run = first_run.run
    assert first_run.film.facts.end == interesting_end(run.windows())
    again = film(run.hyperparameters, run.series, run.kept, first_run.film.facts.end)
    for stored, computed in zip(first_run.film.pictures, again.pictures, strict=True):
        for name, values in computed.trace.activations.items():
            np.testing.assert_allclose(stored.trace.activations[name], values, atol=1e-6)
    assert first_run.film.cell_state_bound == pytest.approx(again.cell_state_bound)
    judged = judge(run.hyperparameters, run.series, run.weights, run.epoch, HORIZON)
    stored = first_run.judgement
    assert stored.evaluation.metrics["network"].rmse == pytest.approx(judged.evaluation.metrics["network"].rmse)
    np.testing.assert_allclose(stored.predictions.values, judged.predictions.values, rtol=1e-6)
    for name in ("values", "lower", "upper", "naive"):
        np.testing.assert_allclose(getattr(stored.forecast, name), getattr(judged.forecast, name), rtol=1e-6)

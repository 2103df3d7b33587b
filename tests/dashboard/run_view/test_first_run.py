"""The run in assets/: what is stored is what its network computes, number by number."""

import numpy as np
import pytest
import torch

from dashboard.panels import training_buttons as controls
from dashboard.run_view.first_run import HORIZON, open_first_run
from dashboard.run_view.viewed_run import of_job
from dashboard.session.browser_tab import BrowserTab
from dashboard.session.link import AppState
from dashboard.session.series_search import SeriesSearch
from lstm_core.data.catalogue import load
from lstm_core.engine.embedded import EmbeddedEngine
from lstm_core.forecasting.moves import interesting_end
from lstm_core.jobs import JobBook
from lstm_core.training.problems.forecasting.task import Forecasting
from lstm_core.training.windows import resolved
from lstm_core.work.judging import judge
from lstm_core.work.snapshots import film
from tests.helpers.places import ROOT
from tests.helpers.work import until

FOLDER = ROOT / "assets" / "first_run"


@pytest.fixture(scope="module")
def first_run():
    return open_first_run(FOLDER)


def test_it_is_of_the_series_and_settings_that_the_fields_open_with(first_run):
    """Chosen by that rule and not by its score."""
    series = load(AppState().data.sample)
    assert first_run.run.series.fingerprint == series.fingerprint
    assert first_run.run.hyperparameters == resolved(AppState().hyperparameters, series)
    assert first_run.judgement.epoch == first_run.run.epoch
    assert first_run.run.epoch == 1 + np.argmin([report.validation_loss for report in first_run.run.history])


def test_no_field_differs_from_the_network_on_show(first_run, book):
    state = AppState()
    search = SeriesSearch(series=load(state.data.sample))
    assert controls.differences(BrowserTab("me", book, first_run, state, search=search)) == {}


@pytest.mark.slow
def test_pressing_train_gives_it_bit_for_bit(first_run):
    """The fields as they stand, through the book and its workers."""
    stored, series = first_run.run, load(AppState().data.sample)
    engine = EmbeddedEngine(1)
    book = JobBook(engine)
    try:
        job = book.train(Forecasting(resolved(AppState().hyperparameters, series), series))
        until(lambda: book.job(job).has_ended, seconds=300)
        trained = of_job(book.job(job))
    finally:
        book.close()
        engine.shutdown()
    assert (trained.state, trained.epoch) == (stored.outcome, stored.epoch)
    np.testing.assert_array_equal(trained.validation, [report.validation_loss for report in stored.history])
    assert {*stored.kept} <= {*trained.kept}
    for epoch, weights in stored.kept.items():
        for name, values in weights.items():
            np.testing.assert_array_equal(trained.kept[epoch][name], values)
    for name, values in stored.weights.items():
        np.testing.assert_array_equal(trained.kept[stored.epoch][name], values)


def test_it_is_small_enough_for_a_phones_line():
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < 2**20 * 1.1


def test_every_stored_picture_is_what_torch_nn_computes(first_run):
    """Independently of our own tracing: hidden states and predictions by torch.nn.LSTM and torch.nn.Linear."""
    run = first_run.run
    windows = run.windows()
    batch = windows.batch(np.array([first_run.film.facts.end]))
    network = torch.nn.LSTM(1, run.hyperparameters.hidden_size, batch_first=True)
    assert [snapshot.epoch for snapshot in first_run.film.snapshots] == sorted(run.kept)
    for snapshot in first_run.film.snapshots:
        weights = {name: torch.from_numpy(value) for name, value in run.kept[snapshot.epoch].items()}
        network.load_state_dict({name: value for name, value in weights.items() if not name.startswith("head.")})
        with torch.no_grad():
            hidden = network(torch.from_numpy(batch.inputs))[0][0]
            prediction = hidden @ weights["head.weight"][0] + weights["head.bias"][0]
        np.testing.assert_allclose(snapshot.trace.activations["hidden_state"][0], hidden, atol=1e-6)
        np.testing.assert_allclose(snapshot.trace.prediction, prediction, atol=1e-6)
        today = run.series.values[windows.days(np.array([first_run.film.facts.end]))[0]]
        mean, deviation = first_run.film.facts.scale
        np.testing.assert_allclose(snapshot.values, today * np.exp(prediction.numpy() * deviation + mean), rtol=1e-6)


def test_film_and_judgement_are_what_the_workers_answer(first_run):
    run = first_run.run
    assert first_run.film.facts.end == interesting_end(run.windows())
    again = film(run.hyperparameters, run.series, run.kept, first_run.film.facts.end)
    for stored, computed in zip(first_run.film.snapshots, again.snapshots, strict=True):
        for name, values in computed.trace.activations.items():
            np.testing.assert_allclose(stored.trace.activations[name], values, atol=1e-6)
    assert first_run.film.cell_state_bound == pytest.approx(again.cell_state_bound)
    judged = judge(run.hyperparameters, run.series, run.weights, run.epoch, HORIZON)
    stored = first_run.judgement
    assert stored.evaluation.metrics["network"].rmse == pytest.approx(judged.evaluation.metrics["network"].rmse)
    np.testing.assert_allclose(stored.predictions.values, judged.predictions.values, rtol=1e-6)
    for name in ("values", "lower", "upper", "naive"):
        np.testing.assert_allclose(getattr(stored.forecast, name), getattr(judged.forecast, name), rtol=1e-6)

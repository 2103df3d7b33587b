"""Inside the cell, on the server's side: who is asked what, when, and what reaches the stage."""

import json
from dataclasses import replace

import numpy as np
import pytest

from dashboard.components import Question, StageEvents
from dashboard.run_view import stage_content, viewing
from dashboard.session.browser_tab import BrowserTab
from dashboard.session.link import AppState
from lstm_core.training.problems.forecasting.task import Forecasting
from lstm_core.training.windows import resolved
from lstm_core.work.explaining import explain
from tests.helpers.first_run import FIRST_RUN
from tests.helpers.small_training import SERIES, SMALL
from tests.helpers.stepping_engine import SteppingEngine

SETTINGS = resolved(SMALL, SERIES)
HOLDS = json.dumps([{"name": "forget_gate", "layer": None, "unit": None, "value": 1}])


@pytest.fixture
def tab(book):
    return BrowserTab("one", book, FIRST_RUN, AppState())


def asked(engine: SteppingEngine) -> list[str]:
    return [call.name for call in engine.calls]


def test_the_forecast_page_neither_asks_nor_sends_anything_of_it(tab, engine):
    content = stage_content.of_view(viewing.view_run(tab))
    assert (content.page, content.network, content.explanation) == ("forecast", None, None)
    assert asked(engine) == []


def test_the_page_sends_the_weights_and_asks_what_mattered(tab, engine):
    content = stage_content.of_view(viewing.view_run(tab, "inside"), "inside")
    run = FIRST_RUN.run
    assert content.network
    assert content.film
    assert (content.network.epoch, content.network.run, content.film.run) == (run.epoch, "first_run", "first_run")
    np.testing.assert_array_equal(content.network.weights["weight_hh_l0"], run.weights["weight_hh_l0"])
    assert content.network.scales == run.windows().scales
    assert asked(engine) == ["explain"]
    viewing.view_run(tab, "inside")
    assert asked(engine) == ["explain"]  # once
    engine.step()
    told = stage_content.of_view(viewing.view_run(tab, "inside"), "inside").explanation
    assert told
    truth = explain(run.hyperparameters, run.series, run.weights, FIRST_RUN.film.facts.end)
    assert (told.film, told.epoch) == (content.film.id, run.epoch)
    np.testing.assert_allclose(told.input_gradients, truth.input_gradients)


def test_the_film_says_how_its_run_is_trained(tab, engine):
    """By hand: 120 values, 70 % of them to train on; windows of 8 returns may end on days 8 to 82, 8 days apart."""
    for changes, first_scored in (
        ({"dropout": 0.5, "output_dropout": 0.25, "num_layers": 2}, 2),
        ({"loss_on": "last_step", "stride": 8}, 7),
    ):
        job = tab.book.train(Forecasting(replace(SETTINGS, **changes), SERIES), "one", window_end=100)
        tab.show_job(job)
        while not engine.slices:
            engine.step()  # what was asked of the network before goes first
        engine.step(engine.calls.index(engine.slices[0]))
        film = stage_content.of_view(viewing.view_run(tab, "inside"), "inside").film
        assert film
        assert vars(film.training) == {
            "batch_size": 8,
            "windows": 10,
            "dropout": changes.get("dropout", 0.0),
            "output_dropout": changes.get("output_dropout", 0.0),
            "first_scored": first_scored,
        }
        tab.book.stop(job)
        engine.drain()


def test_a_question_is_asked_once_and_comes_back_with_its_answer(tab, engine):
    tab.hear(StageEvents(clamps=Question("first_run", HOLDS)))
    viewing.view_run(tab, "inside")
    assert asked(engine) == ["explain", "_one_step_clamped"]
    engine.drain()
    test = stage_content.of_view(viewing.view_run(tab, "inside"), "inside").clamped_test
    assert test
    assert (test.asked, test.run) == (HOLDS, "first_run")
    assert test.rmse > test.rmse_free
    assert {test.sure_free, test.sure_naive} <= {"may be chance", "more than chance"}
    assert test.rmse_naive == pytest.approx(FIRST_RUN.judgement.evaluation.metrics["naive"].rmse)


def test_a_question_about_another_run_is_not_this_ones(tab, engine):
    tab.hear(StageEvents(clamps=Question("another", HOLDS)))
    viewing.view_run(tab, "inside")
    assert asked(engine) == ["explain"]


def test_what_cannot_be_read_is_a_sentence(tab, engine):
    tab.hear(StageEvents(clamps=Question("first_run", "{"), pattern=Question("first_run", "[1]")))
    view = viewing.view_run(tab, "inside")
    assert "clamps must be JSON" in view.problem
    assert "pattern must be an object" in view.problem
    assert asked(engine) == ["explain"]


def test_a_unit_that_is_not_there_is_a_sentence(tab, engine):
    far = json.dumps([{"name": "forget_gate", "layer": 0, "unit": 99, "value": 1}])
    tab.hear(StageEvents(clamps=Question("first_run", far)))
    viewing.view_run(tab, "inside")
    engine.drain()
    assert "unit must be less than" in viewing.view_run(tab, "inside").problem


def test_while_it_trains_small_weights_travel_and_large_ones_stay(tab, engine):
    for hidden_size, travels in ((2, True), (160, False)):
        job = tab.book.train(Forecasting(replace(SETTINGS, hidden_size=hidden_size), SERIES), "one", window_end=100)
        tab.show_job(job)
        while not engine.slices:
            engine.step()  # what was asked of the network before goes first
        engine.step(engine.calls.index(engine.slices[0]))
        view = viewing.view_run(tab, "inside")
        assert tab.book.job(job).runs
        assert (view.weights is not None) == travels
        if view.weights:
            assert view.weights[0] == tab.book.job(job).snapshot.epoch
            assert view.weights[1] is tab.book.job(job).checkpoint.weights
        tab.book.stop(job)
        engine.drain()
        assert viewing.view_run(tab, "inside").weights is not None

"""Inside the cell, on the server's side: who is asked what, when, and what reaches the scene."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dashboard.components import Question, StageEvents
from dashboard.run_view import looks, scenes
from dashboard.run_view.first_run import open_first_run
from dashboard.session.link import AppState
from dashboard.session.visit import Visit
from lstm_core.training.problems.forecasting.task import Forecasting
from lstm_core.training.windows import resolved
from lstm_core.work.explaining import explain
from tests.dashboard.small_training import SERIES, SMALL
from tests.dashboard.stepping_engine import SteppingEngine

FIRST_RUN = open_first_run(Path(__file__).resolve().parents[2] / "assets" / "first_run")
SETTINGS = resolved(SMALL, SERIES)
HOLDS = json.dumps([{"name": "forget_gate", "layer": None, "unit": None, "value": 1}])


@pytest.fixture
def visit(book):
    return Visit("one", book, FIRST_RUN, AppState())


def asked(engine: SteppingEngine) -> list[str]:
    return [call.name for call in engine.calls]


def test_the_forecast_page_neither_asks_nor_sends_anything_of_it(visit, engine):
    scene = scenes.scene(looks.look(visit))
    assert (scene.page, scene.network, scene.explanation) == ("forecast", None, None)
    assert asked(engine) == []


def test_the_page_sends_the_weights_and_asks_what_mattered(visit, engine):
    scene = scenes.scene(looks.look(visit, "inside"), "inside")
    run = FIRST_RUN.run
    assert scene.network
    assert scene.film
    assert (scene.network.epoch, scene.network.run, scene.film.run) == (run.epoch, "first_run", "first_run")
    np.testing.assert_array_equal(scene.network.weights["weight_hh_l0"], run.weights["weight_hh_l0"])
    assert scene.network.scales == run.windows().scales
    assert asked(engine) == ["explain"]
    looks.look(visit, "inside")
    assert asked(engine) == ["explain"]  # once
    engine.step()
    told = scenes.scene(looks.look(visit, "inside"), "inside").explanation
    assert told
    truth = explain(run.hyperparameters, run.series, run.weights, FIRST_RUN.film.facts.end)
    assert (told.film, told.epoch) == (scene.film.id, run.epoch)
    np.testing.assert_allclose(told.input_gradients, truth.input_gradients)


def test_the_film_says_how_its_run_is_trained(visit, engine):
    """By hand: 120 values, 70 % of them to train on; windows of 8 returns may end on days 8 to 82, 8 days apart."""
    for changes, first_scored in (
        ({"dropout": 0.5, "output_dropout": 0.25, "num_layers": 2}, 2),
        ({"loss_on": "last_step", "stride": 8}, 7),
    ):
        job = visit.book.train(Forecasting(replace(SETTINGS, **changes), SERIES), "one", window_end=100)
        visit.show_job(job)
        while not engine.slices:
            engine.step()  # what was asked of the network before goes first
        engine.step(engine.calls.index(engine.slices[0]))
        film = scenes.scene(looks.look(visit, "inside"), "inside").film
        assert film
        assert vars(film.training) == {
            "batch_size": 8,
            "windows": 10,
            "dropout": changes.get("dropout", 0.0),
            "output_dropout": changes.get("output_dropout", 0.0),
            "first_scored": first_scored,
        }
        visit.book.stop(job)
        engine.drain()


def test_a_question_is_asked_once_and_comes_back_with_its_answer(visit, engine):
    visit.hear(StageEvents(holds=Question("first_run", HOLDS)))
    looks.look(visit, "inside")
    assert asked(engine) == ["explain", "_one_step_held"]
    engine.drain()
    test = scenes.scene(looks.look(visit, "inside"), "inside").held_test
    assert test
    assert (test.asked, test.run) == (HOLDS, "first_run")
    assert test.rmse > test.rmse_free
    assert {test.sure_free, test.sure_naive} <= {"may be chance", "more than chance"}
    assert test.rmse_naive == pytest.approx(FIRST_RUN.judgement.evaluation.metrics["naive"].rmse)


def test_a_question_about_another_run_is_not_this_ones(visit, engine):
    visit.hear(StageEvents(holds=Question("another", HOLDS)))
    looks.look(visit, "inside")
    assert asked(engine) == ["explain"]


def test_what_cannot_be_read_is_a_sentence(visit, engine):
    visit.hear(StageEvents(holds=Question("first_run", "{"), pattern=Question("first_run", "[1]")))
    look = looks.look(visit, "inside")
    assert "holds must be JSON" in look.problem
    assert "pattern must be an object" in look.problem
    assert asked(engine) == ["explain"]


def test_a_unit_that_is_not_there_is_a_sentence(visit, engine):
    far = json.dumps([{"name": "forget_gate", "layer": 0, "unit": 99, "value": 1}])
    visit.hear(StageEvents(holds=Question("first_run", far)))
    looks.look(visit, "inside")
    engine.drain()
    assert "unit must be less than" in looks.look(visit, "inside").problem


def test_while_it_trains_small_weights_travel_and_large_ones_stay(visit, engine):
    for hidden_size, travels in ((2, True), (160, False)):
        job = visit.book.train(Forecasting(replace(SETTINGS, hidden_size=hidden_size), SERIES), "one", window_end=100)
        visit.show_job(job)
        while not engine.slices:
            engine.step()  # what was asked of the network before goes first
        engine.step(engine.calls.index(engine.slices[0]))
        look = looks.look(visit, "inside")
        assert visit.book.snapshot(job).runs
        assert (look.weights is not None) == travels
        if look.weights:
            assert look.weights[0] == visit.book.snapshot(job).picture.epoch
            assert look.weights[1] is visit.book.snapshot(job).checkpoint.weights
        visit.book.stop(job)
        engine.drain()
        assert looks.look(visit, "inside").weights is not None

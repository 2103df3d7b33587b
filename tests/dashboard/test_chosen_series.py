"""Choosing a series changes the picture at once; going back brings the run back."""

from pathlib import Path

import numpy as np
import pytest

from dashboard.panels.training_buttons import differences
from dashboard.run_view import looks, scenes
from dashboard.run_view.first_run import open_first_run
from dashboard.session.link import AppState, DataChoice
from dashboard.session.visit import Visit
from dashboard.texts.page import not_trained
from lstm_core.data.catalogue import load
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.training.problems.forecasting.task import Forecasting
from lstm_core.training.windows import resolved
from tests.dashboard.stepping_engine import SteppingEngine

FIRST = open_first_run(Path(__file__).resolve().parents[2] / "assets" / "first_run")
SMALL = Hyperparameters(hidden_size=2, window_length=8, burn_in=2, stride=40, epochs=2)


@pytest.fixture
def visit(book) -> Visit:
    visit = Visit("me", book, FIRST, AppState())
    visit.find_series()
    return visit


def choose(visit: Visit, name: str) -> None:
    visit.change(data=DataChoice(sample=name))
    visit.find_series()


def train(visit: Visit, engine: SteppingEngine) -> str:
    assert visit.series is not None
    job = visit.book.train(Forecasting(resolved(SMALL, visit.series), visit.series), visit.id)
    visit.show_job(job)
    engine.step()
    return job


def test_the_chart_is_of_the_series_chosen_and_no_number_is_of_another(visit):
    choose(visit, "AAPL")
    scene = scenes.scene(looks.look(visit))
    np.testing.assert_array_equal(scene.chart.price, load("AAPL").values)
    assert (scene.film, scene.predictions, scene.forecast, scene.losses) == (None, None, None, None)
    assert (scene.status.state, scene.status.message) == ("idle", "Not trained yet: press Train.")


def test_going_back_brings_the_run_back(visit):
    before = scenes.scene(looks.look(visit))
    choose(visit, "AAPL")
    choose(visit, "MSFT")
    after = scenes.scene(looks.look(visit))
    assert after.film is not None
    assert before.film is not None
    assert (after.film.id, after.chart.id) == (before.film.id, before.chart.id)


def test_a_window_of_one_series_is_none_of_another(visit):
    visit.change(window=2000)
    choose(visit, "AAPL")
    assert visit.state.window is None


def test_a_training_goes_on_elsewhere_and_is_found_again(visit, engine):
    job = train(visit, engine)
    choose(visit, "AAPL")
    now = looks.look(visit)
    assert now.job is None
    assert now.subject.explanation == not_trained("Microsoft")
    engine.step()
    choose(visit, "MSFT")
    again = looks.look(visit)
    assert again.job is not None
    assert again.job.id == job
    assert again.subject.series.name == "MSFT"


def test_the_same_choice_that_gives_other_data_keeps_its_run(visit, engine):
    """Yahoo's prices have one day more tomorrow."""
    choose(visit, "FB")
    train(visit, engine)
    visit.series = load("GOOG")
    assert looks.look(visit).subject.series.name == "FB"


def test_what_differs_is_told_of_the_network_on_show_alone(visit, engine):
    shown = FIRST.run.hyperparameters
    visit.change(hyperparameters=Hyperparameters(hidden_size=shown.hidden_size + 1, window_length=30))
    told = differences(visit)
    assert (told["hidden_size"], told["window_length"]) == (shown.hidden_size, shown.window_length)
    assert not {"target", "inputs", "device"} & set(told)  # the fields leave them to the series
    visit.take_settings(told)
    assert differences(visit) == {}
    assert visit.state.hyperparameters.target == "auto"
    choose(visit, "AAPL")
    visit.change(hyperparameters=SMALL)
    assert differences(visit) == {}


def test_settings_that_the_series_cannot_have_leave_the_run_on_show(visit):
    visit.change(hyperparameters=Hyperparameters(window_length=500))
    choose(visit, "FB")
    assert looks.misfit(visit) is not None
    assert looks.look(visit).subject.series.name == "MSFT"

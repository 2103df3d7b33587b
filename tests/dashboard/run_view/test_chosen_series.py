"""Choosing a series changes the picture at once; going back brings the run back."""

import numpy as np
import pytest

from dashboard.panels.training_buttons import differences
from dashboard.run_view import stage_content, viewing
from dashboard.session.browser_tab import BrowserTab
from dashboard.session.link import AppState, DataChoice
from dashboard.texts.series import not_trained
from lstm_core.data.catalogue import load
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.training.problems.forecasting.task import Forecasting
from lstm_core.training.windows import resolved
from tests.helpers.first_run import FIRST_RUN
from tests.helpers.stepping_engine import SteppingEngine

SMALL = Hyperparameters(hidden_size=2, window_length=8, burn_in=2, stride=40, epochs=2)


@pytest.fixture
def tab(book) -> BrowserTab:
    tab = BrowserTab("me", book, FIRST_RUN, AppState())
    tab.find_series()
    return tab


def choose(tab: BrowserTab, name: str) -> None:
    tab.change(data=DataChoice(sample=name))
    tab.find_series()


def train(tab: BrowserTab, engine: SteppingEngine) -> str:
    assert tab.search.series is not None
    job = tab.book.train(Forecasting(resolved(SMALL, tab.search.series), tab.search.series), tab.id)
    tab.show_job(job)
    engine.step()
    return job


def test_the_chart_is_of_the_series_chosen_and_no_number_is_of_another(tab):
    choose(tab, "AAPL")
    content = stage_content.of_view(viewing.view_run(tab))
    np.testing.assert_array_equal(content.chart.price, load("AAPL").values)
    assert (content.film, content.predictions, content.forecast, content.losses) == (None, None, None, None)
    assert (content.status.state, content.status.message) == ("idle", "Not trained yet: press Train.")


def test_going_back_brings_the_run_back(tab):
    before = stage_content.of_view(viewing.view_run(tab))
    choose(tab, "AAPL")
    choose(tab, "MSFT")
    after = stage_content.of_view(viewing.view_run(tab))
    assert after.film is not None
    assert before.film is not None
    assert (after.film.id, after.chart.id) == (before.film.id, before.chart.id)


def test_a_window_of_one_series_is_none_of_another(tab):
    tab.change(window=2000)
    choose(tab, "AAPL")
    assert tab.state.window is None


def test_a_training_goes_on_elsewhere_and_is_found_again(tab, engine):
    job = train(tab, engine)
    choose(tab, "AAPL")
    now = viewing.view_run(tab)
    assert now.job is None
    assert str(now.viewed.explanation) == not_trained("Microsoft")
    engine.step()
    choose(tab, "MSFT")
    again = viewing.view_run(tab)
    assert again.job is not None
    assert again.job.id == job
    assert again.viewed.series.name == "MSFT"


def test_the_same_choice_that_gives_other_data_keeps_its_run(tab, engine):
    """Yahoo's prices have one day more tomorrow."""
    choose(tab, "FB")
    train(tab, engine)
    tab.search.series = load("GOOG")
    assert viewing.view_run(tab).viewed.series.name == "FB"


def test_what_differs_is_told_of_the_network_on_show_alone(tab, engine):
    shown = FIRST_RUN.run.hyperparameters
    tab.change(hyperparameters=Hyperparameters(hidden_size=shown.hidden_size + 1, window_length=30))
    told = differences(tab)
    assert (told["hidden_size"], told["window_length"]) == (shown.hidden_size, shown.window_length)
    assert not {"target", "inputs", "device"} & set(told)  # the fields leave them to the series
    tab.take_settings(told)
    assert differences(tab) == {}
    assert tab.state.hyperparameters.target == "auto"
    choose(tab, "AAPL")
    tab.change(hyperparameters=SMALL)
    assert differences(tab) == {}


def test_settings_that_the_series_cannot_have_leave_the_run_on_show(tab):
    tab.change(hyperparameters=Hyperparameters(window_length=500))
    choose(tab, "FB")
    assert viewing.misfit(tab) is not None
    assert viewing.view_run(tab).viewed.series.name == "MSFT"

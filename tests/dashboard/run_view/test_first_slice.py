"""Before the first slice of a training has come home: pausing it, and finding it again after a reload."""

import pytest

from dashboard.components import StageContent
from dashboard.run_view import stage_content, viewing
from dashboard.run_view.unfit_choices import unfit
from dashboard.session.browser_tab import BrowserTab
from dashboard.session.link import AppState
from dashboard.texts import say
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.jobs import JobBook
from lstm_core.training.problems.forecasting.task import Forecasting
from lstm_core.training.windows import resolved
from tests.helpers.first_run import FIRST_RUN
from tests.helpers.series import wave
from tests.helpers.stepping_engine import SteppingEngine

SERIES = wave(120)
SETTINGS = resolved(Hyperparameters(hidden_size=2, window_length=8, burn_in=2, epochs=4), SERIES)


@pytest.fixture
def engine() -> SteppingEngine:
    return SteppingEngine()


@pytest.fixture
def tab(engine):
    book = JobBook(engine)
    tab = BrowserTab("one", book, FIRST_RUN, AppState())
    tab.show_job(book.train(Forecasting(SETTINGS, SERIES), "one", window_end=100))
    yield tab
    book.close()


def scene_of(tab: BrowserTab) -> StageContent:
    return stage_content.of_view(viewing.view_run(tab), "forecast", tab.chosen)


def is_changing(tab: BrowserTab) -> bool:
    return viewing.view_run(tab).is_changing


def said(content: StageContent) -> str:
    return " ".join(content.verdict.sentences) if content.verdict else ""


def expect_untrained(tab: BrowserTab) -> None:
    content = scene_of(tab)
    assert content.film
    assert [snapshot.epoch for snapshot in content.film.snapshots] == [0]
    assert content.window == (93, 8)


def test_pause_during_the_first_slice_shows_the_untrained_network(tab, engine):
    tab.command(tab.viewed_job_id, "pause")
    content = scene_of(tab)
    assert (content.status.state, content.film) == ("pausing", None)
    assert is_changing(tab), "the page goes on asking for the first picture"
    engine.step()
    assert not engine.slices, "no second slice is sent"
    assert scene_of(tab).status.state == "paused"
    expect_untrained(tab)
    assert said(scene_of(tab)).startswith(say("training.untrained"))
    engine.drain()
    assert not is_changing(tab)
    assert "epoch 0, untrained" in said(scene_of(tab))
    tab.command(tab.viewed_job_id, "resume")
    engine.drain()
    assert tab.book.job(tab.viewed_job_id).epoch == 4


def test_pause_before_the_first_slice_is_sent_shows_it_too(tab, engine):
    """Others have all workers."""
    late = BrowserTab("late", tab.book, FIRST_RUN, AppState())
    for _ in range(engine.workers + 1):
        tab.book.train(Forecasting(SETTINGS, SERIES), "one", window_end=100)
    late.show_job(tab.book.train(Forecasting(SETTINGS, SERIES), "late", window_end=100))
    assert late.viewed_job_id
    late.command(late.viewed_job_id, "pause")
    assert (scene_of(late).status.state, scene_of(late).film) == ("paused", None)
    assert said(scene_of(late)).startswith(say("training.untrained"))
    assert is_changing(late)
    engine.drain()
    expect_untrained(late)
    assert tab.book.job(late.viewed_job_id).state == "paused"


def test_a_reload_before_the_first_slice_finds_the_training(tab, engine):
    """As `session` does with a link that carries all that can be chosen."""
    again = BrowserTab("again", tab.book, FIRST_RUN, AppState(window=90, epoch=25, unit=2, timestep=3))
    again.find_again(tab.viewed_job_id)
    again.pass_over(unfit(again.state, viewing.viewed_run(again)))
    assert len(again.problems) == 1
    assert "epoch" in again.problems[0].lower()
    assert (again.state.window, again.state.epoch, again.state.unit, again.state.timestep) == (90, None, 2, 3)
    content = scene_of(again)
    assert (content.film, content.window, content.chart.id) == (None, (83, 8), SERIES.fingerprint)
    assert said(content) in (say("training.beginning"), say("training.in_line"))
    assert is_changing(again)
    engine.step()
    assert is_changing(again)
    engine.drain()
    assert scene_of(again).status.state == "finished"
    engine.drain()
    film = scene_of(again).film
    assert film
    assert (film.window_start, len(film.snapshots)) == (83, 5)

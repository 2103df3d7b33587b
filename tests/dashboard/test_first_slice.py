"""Before the first slice of a training has come home: pausing it, and finding it again after a reload."""

from pathlib import Path

import pytest

from dashboard.components import Scene
from dashboard.run_view import looks, scenes
from dashboard.run_view.chosen import unfit
from dashboard.run_view.first_run import open_first_run
from dashboard.session.link import AppState
from dashboard.session.visit import Visit
from dashboard.texts import page as words
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.jobs import JobBook
from lstm_core.training.problems.forecasting.task import Forecasting
from lstm_core.training.windows import resolved
from tests.core.series_for_tests import wave
from tests.dashboard.stepping_engine import SteppingEngine

SERIES = wave(120)
SETTINGS = resolved(Hyperparameters(hidden_size=2, window_length=8, burn_in=2, epochs=4), SERIES)
FIRST_RUN = open_first_run(Path(__file__).resolve().parents[2] / "assets" / "first_run")


@pytest.fixture
def engine() -> SteppingEngine:
    return SteppingEngine()


@pytest.fixture
def visit(engine):
    book = JobBook(engine)
    visit = Visit("one", book, FIRST_RUN, AppState())
    visit.show_job(book.train(Forecasting(SETTINGS, SERIES), "one", window_end=100))
    yield visit
    book.close()


def scene_of(visit: Visit) -> Scene:
    return scenes.scene(looks.look(visit), "forecast", visit.chosen)


def is_changing(visit: Visit) -> bool:
    return looks.look(visit).is_changing


def said(scene: Scene) -> str:
    return " ".join(scene.verdict.sentences) if scene.verdict else ""


def expect_untrained(visit: Visit) -> None:
    scene = scene_of(visit)
    assert scene.film
    assert [frame.epoch for frame in scene.film.frames] == [0]
    assert scene.window == (93, 8)


def test_pause_during_the_first_slice_shows_the_untrained_network(visit, engine):
    visit.command(visit.subject_job, "pause")
    scene = scene_of(visit)
    assert (scene.status.state, scene.film) == ("pausing", None)
    assert is_changing(visit), "the page goes on asking for the first picture"
    engine.step()
    assert not engine.slices, "no second slice is sent"
    assert scene_of(visit).status.state == "paused"
    expect_untrained(visit)
    assert said(scene_of(visit)).startswith(words.UNTRAINED)
    engine.drain()
    assert not is_changing(visit)
    assert "epoch 0, untrained" in said(scene_of(visit))
    visit.command(visit.subject_job, "resume")
    engine.drain()
    assert visit.book.snapshot(visit.subject_job).epoch == 4


def test_pause_before_the_first_slice_is_sent_shows_it_too(visit, engine):
    """Others have all workers."""
    late = Visit("late", visit.book, FIRST_RUN, AppState())
    for _ in range(engine.workers + 1):
        visit.book.train(Forecasting(SETTINGS, SERIES), "one", window_end=100)
    late.show_job(visit.book.train(Forecasting(SETTINGS, SERIES), "late", window_end=100))
    assert late.subject_job
    late.command(late.subject_job, "pause")
    assert (scene_of(late).status.state, scene_of(late).film) == ("paused", None)
    assert said(scene_of(late)).startswith(words.UNTRAINED)
    assert is_changing(late)
    engine.drain()
    expect_untrained(late)
    assert visit.book.snapshot(late.subject_job).state == "paused"


def test_a_reload_before_the_first_slice_finds_the_training(visit, engine):
    """As `session` does with a link that carries all that can be chosen."""
    again = Visit("again", visit.book, FIRST_RUN, AppState(window=90, epoch=25, unit=2, timestep=3))
    again.find_again(visit.subject_job)
    again.pass_over(unfit(again.state, looks.subject(again)))
    assert len(again.problems) == 1
    assert "epoch" in again.problems[0].lower()
    assert (again.state.window, again.state.epoch, again.state.unit, again.state.timestep) == (90, None, 2, 3)
    scene = scene_of(again)
    assert (scene.film, scene.window, scene.chart.id) == (None, (83, 8), SERIES.fingerprint)
    assert said(scene) in (words.BEGINNING, words.IN_LINE)
    assert is_changing(again)
    engine.step()
    assert is_changing(again)
    engine.drain()
    assert scene_of(again).status.state == "finished"
    engine.drain()
    film = scene_of(again).film
    assert film
    assert (film.window_start, len(film.frames)) == (83, 5)

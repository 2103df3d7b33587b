"""What a visit does to the book: new runs, shared links, lost connections, forgotten jobs."""

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.components import Chosen, Question, StageEvents
from dashboard.panels import training_buttons as controls
from dashboard.run_view import looks
from dashboard.run_view.first_run import FIRST_RUN as FIRST_RUN_ID
from dashboard.run_view.first_run import open_first_run
from dashboard.session.link import AppState, DataChoice
from dashboard.session.visit import Visit
from dashboard.texts import page as words
from lstm_core.forecasting.moves import interesting_end
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.jobs import JobBook
from lstm_core.training.problems.forecasting.task import Forecasting
from lstm_core.training.windows import Windows, resolved
from tests.core.series_for_tests import wave
from tests.dashboard.stepping_engine import SteppingEngine

SERIES = wave(120)
SETTINGS = resolved(Hyperparameters(hidden_size=2, window_length=8, burn_in=2, epochs=4), SERIES)
HELD = Question("run", "[]")
PLAIN = replace(SETTINGS, inputs=("auto",), target="auto")
FIRST_RUN = open_first_run(Path(__file__).resolve().parents[2] / "assets" / "first_run")


@pytest.fixture
def book():
    book = JobBook(SteppingEngine(), capacity=2)
    yield book
    book.close()


def visit_of(book: JobBook, name: str) -> Visit:
    return Visit(name, book, FIRST_RUN, AppState())


def begin(visit: Visit) -> str:
    job = visit.book.train(Forecasting(SETTINGS, SERIES), visit.id)
    visit.show_job(job)
    return job


def test_a_new_run_ends_the_one_before(book):
    visit = visit_of(book, "one")
    first = begin(visit)
    second = begin(visit)
    assert book.snapshot(first).state == "stopped"
    assert book.snapshot(second).runs
    assert visit.subject_job == visit.state.job == second


def test_a_run_that_others_look_at_goes_on(book):
    teacher, pupil = visit_of(book, "teacher"), visit_of(book, "pupil")
    shared = begin(teacher)
    pupil.find_again(shared)
    begin(pupil)
    assert book.snapshot(shared).runs


def test_a_forgotten_run_leads_back_to_the_first_one_with_a_sentence(book):
    visit, other = visit_of(book, "one"), visit_of(book, "two")
    book.stop(begin(visit))
    begin(other)
    book.train(Forecasting(SETTINGS, SERIES), "three")  # the book is full: the ended job makes room
    now = looks.look(visit)
    assert now.subject.id == FIRST_RUN_ID
    assert visit.problems == (words.NO_LONGER_KEPT,)
    assert visit.state.job is None


def test_a_lost_connection_that_comes_back_is_counted_again(book):
    visit = visit_of(book, "one")
    job = begin(visit)
    book.leave(visit.id)
    visit.come_back()
    other = visit_of(book, "two")
    other.find_again(job)
    begin(other)
    assert book.snapshot(job).runs, "the first visit still looks at it"


def test_a_date_picked_twice_is_news_twice_and_an_old_pick_is_none(book):
    visit = visit_of(book, "one")
    assert visit.hear(StageEvents(window_end=90, picked_at=1))
    assert not visit.hear(StageEvents(window_end=90, picked_at=1))
    job = begin(visit)
    assert not visit.hear(StageEvents(window_end=90, picked_at=1))
    assert visit.state.window is None
    assert visit.hear(StageEvents(window_end=90, picked_at=2))
    assert visit.state.window == book.snapshot(job).window_end == 90


def test_train_keeps_the_window_that_was_picked_where_the_new_data_have_it(book):
    visit = visit_of(book, "one")
    visit.change(hyperparameters=PLAIN, data=DataChoice(source="synthetic", synthetic="sine", length=120))
    visit.find_series()
    assert controls.begin(visit)
    assert visit.series is not None
    opened_on = interesting_end(Windows(visit.series.values, resolved(PLAIN, visit.series)))
    assert watched(visit) == (None, opened_on)
    visit.hear(StageEvents(window_end=40, picked_at=1))
    assert controls.begin(visit)
    assert watched(visit) == (40, 40)
    visit.change(hyperparameters=replace(PLAIN, window_length=50, burn_in=10))
    assert controls.begin(visit)
    assert watched(visit)[0] is None, "no window of 50 timesteps ends on observation 40"
    visit.hear(StageEvents(window_end=70, picked_at=2))
    visit.change(hyperparameters=PLAIN, data=replace(visit.state.data, length=140))
    visit.find_series()
    assert controls.begin(visit)
    assert watched(visit)[0] is None, "another series has other days"


def test_train_keeps_the_unit_that_was_chosen_where_the_new_network_has_it(book):
    visit = visit_of(book, "one")
    visit.series = SERIES
    visit.change(hyperparameters=SETTINGS, unit=2, layer=1, timestep=8)
    assert controls.begin(visit)
    assert (visit.state.unit, visit.state.layer, visit.state.timestep) == (2, 1, 8)
    visit.change(hyperparameters=replace(SETTINGS, hidden_size=1, window_length=6))
    assert controls.begin(visit)
    assert (visit.state.unit, visit.state.layer, visit.state.timestep) == (None, 1, None)


def watched(visit: Visit) -> tuple[int | None, int | None]:
    """What the link says, and what the training pictures."""
    assert visit.subject_job is not None
    return visit.state.window, visit.book.snapshot(visit.subject_job).window_end


def test_one_judgement_at_a_time_leaves_a_worker_to_other_answers():
    engine = SteppingEngine()
    visit = Visit("one", JobBook(engine), FIRST_RUN, AppState())
    kept = [epoch for epoch in FIRST_RUN.run.kept if epoch != FIRST_RUN.judgement.epoch][:2]
    for epoch in kept:
        visit.change(epoch=epoch)
        assert looks.look(visit).is_waiting
    assert {call.name for call in engine.calls} == {"_one_step"}, "one call of the one judgement"
    engine.drain()
    assert looks.look(visit).judgement is None
    engine.drain()
    now = looks.look(visit).judgement
    assert now is not None
    assert now.epoch == kept[1]
    visit.book.close()


def test_the_newest_answer_is_the_last_of_its_kind_that_came():
    engine = SteppingEngine()
    book = JobBook(engine)
    visit = visit_of(book, "one")
    for key, text in {("a", 1): "1", ("a", 2): "2", ("b", 1): "3", ("a", 3): "no number"}.items():
        visit.answers.ask(key, int, text)
    engine.drain()
    visit.answers.ask(("a", 4), int, "4")  # still owed
    assert (visit.answers.newest("a"), visit.answers.newest("b"), visit.answers.newest("c")) == (2, 3, None)
    book.close()


def test_a_page_that_was_just_turned_to_takes_back_no_choice(book):
    """Its stage is another one for Streamlit, and has nothing to tell yet."""
    visit = visit_of(book, "one")
    chosen = StageEvents(
        window_end=90, picked_at=1, epoch=10, scrubbed=2, place=Chosen(unit=3, layer=1, timestep=5), holds=HELD
    )
    assert visit.hear(chosen)
    assert not visit.hear(StageEvents())
    assert visit.heard.holds == HELD
    state = visit.state
    assert (state.window, state.epoch, state.unit, state.layer, state.timestep) == (90, 10, 3, 1, 5)
    assert visit.hear(StageEvents(epoch=None, scrubbed=3)), "on that page: back to following"
    assert visit.state.epoch is None
    assert visit.state.window == 90


def test_another_window_keeps_the_epoch_and_the_unit(book):
    visit = visit_of(book, "one")
    visit.hear(StageEvents(epoch=10, scrubbed=1, place=Chosen(unit=3)))
    assert visit.hear(StageEvents(window_end=1500, picked_at=2, epoch=10, scrubbed=1, place=Chosen(unit=3)))
    assert (visit.state.window, visit.state.epoch, visit.state.unit) == (1500, 10, 3)


def test_a_unit_is_no_reason_to_ask_a_worker_anything(book):
    assert not visit_of(book, "one").hear(StageEvents(place=Chosen(unit=3, layer=1, timestep=7)))


def test_the_ages_chosen_on_compare_outlive_a_turn_of_the_page(book):
    visit = visit_of(book, "one")
    assert visit.hear_ages({"0.a": 3})
    assert not visit.hear_ages({})
    assert visit.ages == {"0.a": 3}


@pytest.mark.parametrize(("command", "kept"), [("pause", 2), ("one_epoch", 2), ("stop", 2), ("reset", None)])
def test_a_command_keeps_the_epoch_that_is_looked_at_unless_it_is_gone(book, command, kept):
    visit = visit_of(book, "one")
    begin(visit)
    visit.change(epoch=2)
    controls._command(visit, command)
    assert visit.state.epoch == kept

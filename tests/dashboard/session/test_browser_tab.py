"""What a browser tab does to the book: new runs, shared links, lost connections, forgotten jobs."""

from dataclasses import replace

import pytest

from dashboard.components import Chosen, Question, StageEvents
from dashboard.panels import training_buttons as controls
from dashboard.run_view import viewing
from dashboard.run_view.first_run import FIRST_RUN as FIRST_RUN_ID
from dashboard.session.browser_tab import BrowserTab
from dashboard.session.link import AppState, DataChoice
from dashboard.texts import say
from lstm_core.forecasting.moves import interesting_end
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.jobs import JobBook
from lstm_core.training.problems.forecasting.task import Forecasting
from lstm_core.training.windows import Windows, resolved
from tests.helpers.first_run import FIRST_RUN
from tests.helpers.series import wave
from tests.helpers.stepping_engine import SteppingEngine

SERIES = wave(120)
PLAIN = Hyperparameters(hidden_size=2, window_length=8, burn_in=2, epochs=4)
SETTINGS = resolved(PLAIN, SERIES)
HELD = Question("run", "[]")


@pytest.fixture
def book():
    book = JobBook(SteppingEngine(), capacity=2)
    yield book
    book.close()


def visit_of(book: JobBook, name: str) -> BrowserTab:
    return BrowserTab(name, book, FIRST_RUN, AppState())


def begin(tab: BrowserTab) -> str:
    job = tab.book.train(Forecasting(SETTINGS, SERIES), tab.id)
    tab.show_job(job)
    return job


def test_a_new_run_ends_the_one_before(book):
    tab = visit_of(book, "one")
    first = begin(tab)
    second = begin(tab)
    assert book.job(first).state == "stopped"
    assert book.job(second).runs
    assert tab.viewed_job_id == tab.state.job == second


def test_a_run_that_others_look_at_goes_on(book):
    teacher, pupil = visit_of(book, "teacher"), visit_of(book, "pupil")
    shared = begin(teacher)
    pupil.find_again(shared)
    begin(pupil)
    assert book.job(shared).runs


def test_a_forgotten_run_leads_back_to_the_first_one_with_a_sentence(book):
    tab, other = visit_of(book, "one"), visit_of(book, "two")
    book.stop(begin(tab))
    begin(other)
    book.train(Forecasting(SETTINGS, SERIES), "three")  # the book is full: the ended job makes room
    now = viewing.view_run(tab)
    assert now.viewed.id == FIRST_RUN_ID
    assert tab.problems == (say("page.no_longer_kept"),)
    assert tab.state.job is None


def test_a_lost_connection_that_comes_back_is_counted_again(book):
    tab = visit_of(book, "one")
    job = begin(tab)
    book.leave(tab.id)
    tab.come_back()
    other = visit_of(book, "two")
    other.find_again(job)
    begin(other)
    assert book.job(job).runs, "the first tab still looks at it"


def test_a_date_picked_twice_is_news_twice_and_an_old_pick_is_none(book):
    tab = visit_of(book, "one")
    assert tab.hear(StageEvents(window_end=90, picked_at=1))
    assert not tab.hear(StageEvents(window_end=90, picked_at=1))
    job = begin(tab)
    assert not tab.hear(StageEvents(window_end=90, picked_at=1))
    assert tab.state.window is None
    assert tab.hear(StageEvents(window_end=90, picked_at=2))
    assert tab.state.window == book.job(job).window_end == 90


def test_train_keeps_the_window_that_was_picked_where_the_new_data_have_it(book):
    tab = visit_of(book, "one")
    tab.change(hyperparameters=PLAIN, data=DataChoice(source="synthetic", synthetic="sine", length=120))
    tab.find_series()
    assert controls.begin(tab)
    assert tab.search.series is not None
    opened_on = interesting_end(Windows(tab.search.series.values, resolved(PLAIN, tab.search.series)))
    assert watched(tab) == (None, opened_on)
    tab.hear(StageEvents(window_end=40, picked_at=1))
    assert controls.begin(tab)
    assert watched(tab) == (40, 40)
    tab.change(hyperparameters=replace(PLAIN, window_length=50, burn_in=10))
    assert controls.begin(tab)
    assert watched(tab)[0] is None, "no window of 50 timesteps ends on observation 40"
    tab.hear(StageEvents(window_end=70, picked_at=2))
    tab.change(hyperparameters=PLAIN, data=replace(tab.state.data, length=140))
    tab.find_series()
    assert controls.begin(tab)
    assert watched(tab)[0] is None, "another series has other days"


def test_train_keeps_the_unit_that_was_chosen_where_the_new_network_has_it(book):
    tab = visit_of(book, "one")
    tab.search.series = SERIES
    tab.change(hyperparameters=SETTINGS, unit=2, layer=1, timestep=8)
    assert controls.begin(tab)
    assert (tab.state.unit, tab.state.layer, tab.state.timestep) == (2, 1, 8)
    tab.change(hyperparameters=replace(SETTINGS, hidden_size=1, window_length=6))
    assert controls.begin(tab)
    assert (tab.state.unit, tab.state.layer, tab.state.timestep) == (None, 1, None)


def watched(tab: BrowserTab) -> tuple[int | None, int | None]:
    """What the link says, and what the training pictures."""
    assert tab.viewed_job_id is not None
    return tab.state.window, tab.book.job(tab.viewed_job_id).window_end


def test_one_judgement_at_a_time_leaves_a_worker_to_other_answers():
    engine = SteppingEngine()
    tab = BrowserTab("one", JobBook(engine), FIRST_RUN, AppState())
    kept = [epoch for epoch in FIRST_RUN.run.kept if epoch != FIRST_RUN.judgement.epoch][:2]
    for epoch in kept:
        tab.change(epoch=epoch)
        assert viewing.view_run(tab).is_waiting
    assert {call.name for call in engine.calls} == {"_one_step"}, "one call of the one judgement"
    engine.drain()
    assert viewing.view_run(tab).judgement is None
    engine.drain()
    now = viewing.view_run(tab).judgement
    assert now is not None
    assert now.epoch == kept[1]
    tab.book.close()


def test_the_newest_answer_is_the_last_of_its_kind_that_came():
    engine = SteppingEngine()
    book = JobBook(engine)
    tab = visit_of(book, "one")
    for key, text in {("a", 1): "1", ("a", 2): "2", ("b", 1): "3", ("a", 3): "no number"}.items():
        tab.answers.ask(key, int, text)
    engine.drain()
    tab.answers.ask(("a", 4), int, "4")  # still owed
    assert (tab.answers.newest("a"), tab.answers.newest("b"), tab.answers.newest("c")) == (2, 3, None)
    book.close()


def test_a_page_that_was_just_turned_to_takes_back_no_choice(book):
    """Its stage is another one for Streamlit, and has nothing to tell yet."""
    tab = visit_of(book, "one")
    chosen = StageEvents(
        window_end=90, picked_at=1, epoch=10, scrubbed=2, place=Chosen(unit=3, layer=1, timestep=5), clamps=HELD
    )
    assert tab.hear(chosen)
    assert not tab.hear(StageEvents())
    assert tab.browser.events.clamps == HELD
    state = tab.state
    assert (state.window, state.epoch, state.unit, state.layer, state.timestep) == (90, 10, 3, 1, 5)
    assert tab.hear(StageEvents(epoch=None, scrubbed=3)), "on that page: back to following"
    assert tab.state.epoch is None
    assert tab.state.window == 90


def test_another_window_keeps_the_epoch_and_the_unit(book):
    tab = visit_of(book, "one")
    tab.hear(StageEvents(epoch=10, scrubbed=1, place=Chosen(unit=3)))
    assert tab.hear(StageEvents(window_end=1500, picked_at=2, epoch=10, scrubbed=1, place=Chosen(unit=3)))
    assert (tab.state.window, tab.state.epoch, tab.state.unit) == (1500, 10, 3)


def test_a_unit_is_no_reason_to_ask_a_worker_anything(book):
    assert not visit_of(book, "one").hear(StageEvents(place=Chosen(unit=3, layer=1, timestep=7)))


def test_the_ages_chosen_on_compare_outlive_a_turn_of_the_page(book):
    tab = visit_of(book, "one")
    assert tab.browser.hear_ages({"0.a": 3})
    assert not tab.browser.hear_ages({})
    assert tab.browser.ages == {"0.a": 3}


@pytest.mark.parametrize(("command", "kept"), [("pause", 2), ("one_epoch", 2), ("stop", 2), ("reset", None)])
def test_a_command_keeps_the_epoch_that_is_looked_at_unless_it_is_gone(book, command, kept):
    tab = visit_of(book, "one")
    begin(tab)
    tab.change(epoch=2)
    controls._command(tab, command)
    assert tab.state.epoch == kept

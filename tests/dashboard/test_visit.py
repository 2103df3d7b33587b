"""What a visit does to the book: new runs, shared links, lost connections, forgotten jobs."""

from pathlib import Path

import pytest

from dashboard import looks, words
from dashboard.first_run import open_first_run
from dashboard.jobs import JobBook
from dashboard.stage import StageEvents
from dashboard.state import AppState
from dashboard.visit import Visit
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.windows import resolved
from tests.core.series_for_tests import wave
from tests.dashboard.stepping_engine import SteppingEngine

SERIES = wave(120)
SETTINGS = resolved(Hyperparameters(hidden_size=2, window_length=8, burn_in=2, epochs=4), SERIES)
FIRST_RUN = open_first_run(Path(__file__).resolve().parents[2] / "assets" / "first_run")


@pytest.fixture
def book():
    book = JobBook(SteppingEngine(), capacity=2)
    yield book
    book.close()


def visit_of(book: JobBook, name: str) -> Visit:
    return Visit(name, book, FIRST_RUN, AppState())


def begin(visit: Visit) -> str:
    job = visit.book.train(SETTINGS, SERIES, visit.id)
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
    book.train(SETTINGS, SERIES, "three")  # the book is full: the ended job makes room
    now = looks.look(visit)
    assert now.subject.id == looks.FIRST_RUN
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


def test_one_judgement_at_a_time_leaves_a_worker_to_other_answers():
    engine = SteppingEngine()
    visit = Visit("one", JobBook(engine), FIRST_RUN, AppState())
    kept = [epoch for epoch in FIRST_RUN.run.kept if epoch != FIRST_RUN.judgement.epoch][:2]
    for epoch in kept:
        visit.change(epoch=epoch)
        assert looks.look(visit).is_waiting
    assert [call.function.__name__ for call in engine.calls] == ["judge"]
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
        visit.answer(key, int, text)
    engine.drain()
    visit.answer(("a", 4), int, "4")  # still owed
    assert (visit.newest("a"), visit.newest("b"), visit.newest("c")) == (2, 3, None)
    book.close()

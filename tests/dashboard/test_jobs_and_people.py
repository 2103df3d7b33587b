"""JobBook, one slice at a time: what people may do wrong, what may go wrong for them, and when they leave."""

import logging
from dataclasses import replace

import numpy as np
import pytest

from dashboard.jobs import BookIsFull, JobBook, turns
from lstm_core.engine import EngineClosed, WorkLost
from lstm_core.errors import DataUnavailable, InvalidArgument
from tests.core.series_for_tests import series_of
from tests.dashboard.small_training import SERIES, SMALL, Clock, is_known, states, train
from tests.dashboard.stepping_engine import SteppingEngine


@pytest.fixture(autouse=True)
def one_batch_a_slice(monkeypatch):
    """A slice without time still trains one batch; two make an epoch here."""
    monkeypatch.setattr(turns, "SLICE", 0.0)
    monkeypatch.setattr(turns, "CROWDED_SLICE", 0.0)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def engine():
    return SteppingEngine()


@pytest.fixture
def book(engine, clock):
    book = JobBook(engine, grace=30, findable=1800, capacity=5, clock=clock)
    yield book
    book.close()


@pytest.mark.parametrize("hostile", ["", "unknown", "../../etc/passwd", "a" * 100_000, None, 0, b"x", [], {}, object()])
def test_a_job_that_is_not_in_the_book(book, hostile):
    train(book)
    commands = (book.pause, book.resume, book.one_epoch, book.stop, book.reset, book.snapshot)
    more = (lambda job: book.attach(job, "me"), lambda job: book.watch_window(job, 3))
    for command in (*commands, *more):
        with pytest.raises(InvalidArgument, match=r"^job must be one that this server still knows; got") as caught:
            command(hostile)
        assert len(str(caught.value)) < 200


@pytest.mark.parametrize("end", [-1, 1.5, "7", True, float("nan")])
def test_a_window_that_cannot_be(book, end):
    job = train(book)
    with pytest.raises(InvalidArgument, match="window_end must be the position of a day"):
        book.watch_window(job, end)
    with pytest.raises(InvalidArgument, match="window_end must be the position of a day"):
        book.train(SMALL, SERIES, "me", window_end=end)


def test_ids_cannot_be_guessed(book, engine):
    jobs = {train(book, seed) for seed in range(5)}
    assert len(jobs) == 5
    assert min(map(len, jobs)) >= 20


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (InvalidArgument("window_length", "shorter", 60), "window_length must be shorter; got 60."),
        (DataUnavailable("There is nothing."), "There is nothing."),
        (WorkLost("The worker died."), "The worker died."),
    ],
)
def test_an_error_for_people_is_told_to_them(book, engine, caplog, error, sentence):
    failing, other = train(book, 0), train(book, 1)
    engine.step()
    engine.step()
    engine.step()
    engine.step()
    before = book.snapshot(failing).checkpoint
    position = next(place for place, call in enumerate(engine.calls) if call.seed == 0)
    engine.calls.pop(position).fail(error)
    failed = book.snapshot(failing)
    assert (failed.state, failed.explanation) == ("failed", sentence)
    assert failed.checkpoint is before
    assert before is not None
    engine.drain()
    assert states(book, other) == ["finished"]
    assert caplog.records == []


def test_an_error_that_nobody_expected_is_logged_with_its_traceback(book, engine, caplog):
    failing, other = train(book, 0), train(book, 1)
    engine.calls.pop(0).settle(lambda: 1 / 0)
    assert book.snapshot(failing).state == "failed"
    assert "log" in book.snapshot(failing).explanation
    assert "ZeroDivisionError" not in book.snapshot(failing).explanation
    [record] = caplog.records
    assert record.levelno == logging.ERROR
    assert record.exc_info[0] is ZeroDivisionError
    engine.drain()
    assert states(book, other) == ["finished"]


def test_a_failed_job_can_be_reset(book, engine):
    job = train(book)
    engine.calls.pop().fail(WorkLost("Gone."))
    book.resume(job)
    assert states(book, job) == ["failed"]
    book.reset(job)
    book.resume(job)
    engine.drain()
    assert (book.snapshot(job).state, book.snapshot(job).explanation) == ("finished", "")


def test_settings_that_do_not_fit_the_series_end_in_a_sentence(book, engine):
    job = book.train(SMALL, series_of(range(1, 9)), "me")
    engine.drain()
    assert book.snapshot(job).state == "failed"
    assert book.snapshot(job).explanation.startswith("window_length must be shorter for this series of 8 observations")


def test_divergence_ends_the_job_with_its_last_good_weights(book, engine):
    job = train(book, learning_rate=1.0, gradient_clip=0.0, epochs=400, inputs=("level",), target="level")
    book.pause(job)
    engine.drain()
    checkpoint = book.snapshot(job).checkpoint
    poisoned = {name: np.full_like(value, 1e30) for name, value in checkpoint.weights.items()}
    book.resume(job)
    [call] = engine.calls
    engine.calls[0] = call._replace(arguments=(*call.arguments[:2], replace(checkpoint, weights=poisoned)))
    engine.step()
    end = book.snapshot(job)
    assert end.state == "diverged"
    assert "Try gradient_clip 1 or a smaller learning_rate" in end.explanation
    assert all(np.array_equal(end.checkpoint.weights[name], checkpoint.weights[name]) for name in checkpoint.weights)


def test_a_job_left_alone_pauses_after_the_grace_time(book, engine, clock):
    job, other = train(book, 0, "me", epochs=500), train(book, 1, "you", epochs=500)
    book.attach(job, "me too")
    engine.step()
    engine.step()
    book.leave("me")
    clock.now += 100
    book.tidy()
    assert states(book, job) == ["training"], "one of two still looks"
    book.leave("me too")
    book.leave("me too")
    book.leave("a stranger")
    clock.now += 29.9
    book.tidy()
    assert states(book, job) == ["training"]
    clock.now += 0.2
    book.tidy()
    for _ in range(4):
        engine.step()
    assert states(book, job, other) == ["paused", "training"]
    assert book.snapshot(job).explanation == "Paused while nobody was looking."
    assert all(call.seed == 1 for call in engine.calls), "the workers are free for others"
    clock.now += 1700
    book.attach(job, "me again")
    book.resume(job)
    assert book.snapshot(job).explanation == ""
    clock.now += 10_000
    book.tidy()
    assert states(book, job, other) == ["training", "training"]


def test_a_reload_is_no_absence(book, engine, clock):
    job = train(book, epochs=500)
    for _ in range(20):
        book.leave("me")
        clock.now += 25
        book.attach(job, "me")
        book.tidy()
        engine.step()
    assert states(book, job) == ["training"]


def test_turning_to_another_job_ends_this_one_unless_somebody_else_looks(book):
    job = train(book, 0, "me", epochs=400)
    book.attach(job, "you")
    book.abandon(job, "me")
    book.abandon(job, "a stranger")
    assert states(book, job) == ["training"]
    book.abandon(job, "you")
    assert states(book, job) == ["stopped"]
    book.abandon("unknown", "me")


def test_a_job_left_alone_for_long_is_forgotten_even_with_a_slice_under_way(book, engine, clock):
    job, other = train(book, 0, "me", epochs=500), train(book, 1, "you")
    book.leave("me")
    clock.now += 1799
    book.tidy()
    assert book.snapshot(job).state in ("pausing", "paused")
    clock.now += 2
    book.tidy()
    with pytest.raises(InvalidArgument):
        book.snapshot(job)
    engine.drain()
    assert states(book, other) == ["finished"]


def test_nobody_at_all_counts_as_nobody(book, engine, clock):
    job = book.train(SMALL, SERIES)
    clock.now += 31
    book.tidy()
    assert states(book, job) == ["pausing"]
    book.resume(job)
    book.tidy()
    assert states(book, job) == ["training"], "a command is a sign of life"


def test_at_capacity_the_oldest_that_matters_least_makes_room(book, engine):
    done = [train(book, seed) for seed in range(3)]
    engine.drain()
    left = train(book, 3, "you")
    book.pause(left)
    engine.drain()
    book.leave("you")
    running = train(book, 4, epochs=400)
    train(book, 5, epochs=400)
    known = [job for job in (*done, left, running) if is_known(book, job)]
    assert known == [*done[1:], left, running], "the oldest of those that ended"
    train(book, 6, epochs=400)
    train(book, 7, epochs=400)
    train(book, 8, epochs=400)
    assert [is_known(book, job) for job in (*done, left, running)] == [False] * 4 + [True]
    with pytest.raises(BookIsFull, match="This server keeps 5 trainings"):
        train(book, 9)


def test_what_makes_room_first(book, engine):
    """What ended and was left, what ended, what was paused and left; what runs stays, be it alone for a moment."""
    left = train(book, 0, "a", epochs=400)
    book.pause(left)
    book.leave("a")
    running = train(book, 1, "b", epochs=400)
    book.leave("b")
    ended, ended_and_left = train(book, 2, "c", epochs=1), train(book, 3, "d", epochs=1)
    while not (book.snapshot(ended).has_ended and book.snapshot(ended_and_left).has_ended):
        engine.step()
    book.leave("d")
    train(book, 4, "e", epochs=400)
    jobs = (left, running, ended, ended_and_left)
    gone = []
    for seed in range(5, 8):
        train(book, seed, "e", epochs=400)
        gone.append([job for job in jobs if not is_known(book, job)])
    assert gone == [[ended_and_left], [ended, ended_and_left], [left, ended, ended_and_left]]
    with pytest.raises(BookIsFull):
        train(book, 8)
    assert is_known(book, running)


def test_time_spent_and_time_left(book, engine, clock):
    job = train(book, epochs=10)
    clock.now += 3
    assert book.snapshot(job).elapsed == 3
    engine.step()
    while book.snapshot(job).epoch < 5:
        engine.step()
    now = book.snapshot(job)
    assert now.seconds_left == pytest.approx(5 * now.losses.seconds.mean())
    others = [train(book, seed) for seed in range(1, 4)]
    assert book.snapshot(job).seconds_left == pytest.approx(2 * now.seconds_left), "four jobs on two workers"
    for other in others:
        book.stop(other)
    book.pause(job)
    clock.now += 100
    assert book.snapshot(job).elapsed == 3
    book.resume(job)
    clock.now += 1
    assert book.snapshot(job).elapsed == 4
    book.pause(job)
    assert book.snapshot(job).elapsed == 4
    book.reset(job)
    assert book.snapshot(job).elapsed == 0


def test_when_the_engine_ends_jobs_stand_still_without_a_word(book, engine, caplog):
    job = train(book, epochs=400)
    engine.step()
    engine.shutdown()
    assert states(book, job) == ["paused"]
    book.resume(job)
    assert states(book, job) == ["queued"]
    with pytest.raises(EngineClosed):
        book.ask(pow, 2, 2)
    assert caplog.records == []


def test_a_closed_book_sends_nothing(book, engine):
    job = train(book, epochs=400)
    book.close()
    engine.drain()
    assert states(book, job) == ["training"]
    assert book.snapshot(job).epoch == 0

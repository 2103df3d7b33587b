"""JobBook, one slice at a time: people who leave and come back, and what makes room for others."""

import pytest

from lstm_core.engine import EngineClosed
from lstm_core.errors import InvalidArgument
from lstm_core.jobs import BookIsFull
from lstm_core.training.problems.forecasting.task import Forecasting
from tests.helpers.small_training import SERIES, SMALL, is_known, states, train

pytestmark = pytest.mark.usefixtures("one_batch_a_slice")  # two of them make an epoch here


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
    assert str(book.job(job).explanation) == "Paused while nobody was looking."
    assert {call.seed for call in engine.calls} == {1}, "the workers are free for others"
    clock.now += 1700
    book.attach(job, "me again")
    book.resume(job)
    assert book.job(job).explanation is None
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
    assert book.job(job).state in ("pausing", "paused")
    clock.now += 2
    book.tidy()
    with pytest.raises(InvalidArgument):
        book.job(job)
    engine.drain()
    assert states(book, other) == ["finished"]


def test_nobody_at_all_counts_as_nobody(book, engine, clock):
    job = book.train(Forecasting(SMALL, SERIES))
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
    while not (book.job(ended).has_ended and book.job(ended_and_left).has_ended):
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
    assert book.job(job).elapsed == 3
    engine.step()
    while book.job(job).epoch < 5:
        engine.step()
    now = book.job(job)
    assert now.seconds_left == pytest.approx(5 * now.history.seconds.mean())
    others = [train(book, seed) for seed in range(1, 4)]
    assert book.job(job).seconds_left == pytest.approx(2 * now.seconds_left), "four jobs on two workers"
    for other in others:
        book.stop(other)
    book.pause(job)
    clock.now += 100
    assert book.job(job).elapsed == 3
    book.resume(job)
    clock.now += 1
    assert book.job(job).elapsed == 4
    book.pause(job)
    assert book.job(job).elapsed == 4
    book.reset(job)
    assert book.job(job).elapsed == 0


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
    assert book.job(job).epoch == 0

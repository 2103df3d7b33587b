"""JobBook with real worker processes: who trains what, at whatever speed, cut wherever, and with workers killed."""

import gc
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from lstm_core.engine import Engine
from lstm_core.engine.embedded import EmbeddedEngine
from lstm_core.errors import InvalidArgument
from lstm_core.hyperparameters import Resolved
from lstm_core.jobs import Job, JobBook, turns
from lstm_core.network.weights import Weights
from lstm_core.training.problems.forecasting.task import Forecasting
from lstm_core.work.training import Slice, train_slice
from tests.helpers.series import wave
from tests.helpers.settings import returns
from tests.helpers.small_training import is_known
from tests.helpers.work import python, until

SMALL = returns(hidden_size=4, window_length=20, epochs=15, dropout=0.2, num_layers=2)
SERIES = wave(300, noise=0.1)
WORKERS = 2


class Witness(Engine):
    """Hands all on to an engine, and remembers what was submitted and what came home, in this order."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._lock = engine, threading.Lock()
        self.events: list[tuple[str, str, int]] = []  # (submitted or done, function, seed)

    @property
    def workers(self) -> int:
        return self._engine.workers

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        seed = args[0].hyperparameters.seed if fn is train_slice else -1
        name = getattr(fn, "func", fn).__name__
        self._note("submitted", name, seed)
        future = self._engine.submit(fn, *args, **kwargs)
        future.add_done_callback(lambda _: self._note("done", name, seed))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._engine.shutdown(wait, cancel_futures=cancel_futures)

    def _note(self, what: str, function: str, seed: int) -> None:
        with self._lock:
            self.events.append((what, function, seed))

    def outstanding(self) -> Iterator[list[int]]:
        """The seeds of the slices under way, after each event."""
        under_way: list[int] = []
        for what, function, seed in self.events:
            if function == "train_slice":
                under_way.append(seed) if what == "submitted" else under_way.remove(seed)
            yield list(under_way)


@pytest.fixture(scope="module")
def engine():
    with EmbeddedEngine(WORKERS) as engine:
        for future in engine.warm_up():
            future.result()
        yield engine


@pytest.fixture
def book(engine):
    book = JobBook(engine)
    yield book
    book.close()


@pytest.fixture(autouse=True)
def short_slices(monkeypatch):
    monkeypatch.setattr(turns, "SLICE", 0.03)
    monkeypatch.setattr(turns, "CROWDED_SLICE", 0.01)


def ended(book: JobBook, *jobs: str) -> list[Job]:
    until(lambda: all(book.job(job).has_ended for job in jobs))
    return [book.job(job) for job in jobs]


def uncut(engine: Engine, hyperparameters: Resolved) -> tuple[Weights, np.ndarray]:
    """Weights and validation losses of the same training in one piece."""
    begun = engine.submit(train_slice, Forecasting(hyperparameters, SERIES), None, 0.0).result()
    whole: Slice = engine.submit(train_slice, Forecasting(hyperparameters, SERIES), begun.checkpoint, 1e9).result()
    return whole.checkpoint.weights, np.array([report.validation_loss for report in whole.reports])


def assert_same(job: Job, expected: tuple[Weights, np.ndarray]) -> None:
    weights, losses = expected
    assert job.state == "finished", job.explanation
    assert job.checkpoint is not None
    assert np.array_equal(job.history.validation, losses)
    assert job.checkpoint.weights.keys() == weights.keys()
    assert all(np.array_equal(job.checkpoint.weights[name], weights[name]) for name in weights)


def test_five_jobs_in_turns_with_pauses_have_the_bits_of_uncut_trainings(engine):
    witness = Witness(engine)
    book = JobBook(witness)
    settings = [replace(SMALL, seed=seed) for seed in range(5)]
    jobs = [book.train(Forecasting(each, SERIES), "class", window_end=200) for each in settings]
    until(lambda: book.job(jobs[1]).epoch >= 3)
    book.pause(jobs[1])
    until(lambda: book.job(jobs[1]).state == "paused")
    until(lambda: book.job(jobs[0]).epoch >= 5)
    book.one_epoch(jobs[1])
    until(lambda: book.job(jobs[1]).state == "paused")
    book.resume(jobs[1])
    for job, each in zip(ended(book, *jobs), settings, strict=True):
        assert_same(job, uncut(engine, each))
    cuts = [list(under_way) for under_way in witness.outstanding()]
    assert len(cuts) > 30, "they took turns"
    assert all(len(set(seeds)) == len(seeds) <= WORKERS + 1 for seeds in cuts)


def test_a_killed_worker_costs_no_bit_and_one_generation():
    settings = [replace(SMALL, seed=seed, epochs=60) for seed in range(3)]
    with EmbeddedEngine(WORKERS) as engine:
        book = JobBook(engine)
        jobs = [book.train(Forecasting(each, SERIES), "class", window_end=200) for each in settings]
        until(lambda: book.job(jobs[0]).epoch >= 2)
        victim = book.ask(os.getpid).result()
        os.kill(victim, signal.SIGKILL)
        finished = ended(book, *jobs)
        assert engine.generation == 2
        for job, each in zip(finished, settings, strict=True):
            assert_same(job, uncut(engine, each))
        book.close()


def test_reset_gives_the_same_losses(book, engine):
    job = book.train(Forecasting(SMALL, SERIES), "me")
    [first] = ended(book, job)
    book.reset(job)
    book.resume(job)
    [second] = ended(book, job)
    assert second.attempt != first.attempt
    assert_same(second, uncut(engine, SMALL))
    assert np.array_equal(first.history.train, second.history.train)


def test_a_class_advances_as_one(book):
    """Twelve people on two workers: half-way through, nobody is far ahead and nobody far behind."""
    jobs = [book.train(Forecasting(replace(SMALL, seed=seed, epochs=30), SERIES), str(seed)) for seed in range(12)]
    until(lambda: sum(book.job(job).share for job in jobs) >= 6)
    shares = [book.job(job).share for job in jobs]
    assert max(shares) <= 1.6 * min(shares)
    assert all(job.state == "finished" for job in ended(book, *jobs))


def test_a_request_waits_for_no_slice_that_was_in_line(engine):
    """Of twelve jobs at most three slices are under way: those may end before the answer, and hardly another."""
    witness = Witness(engine)
    book = JobBook(witness)
    jobs = [book.train(Forecasting(replace(SMALL, seed=seed, epochs=5000), SERIES), "class") for seed in range(12)]
    until(lambda: all(book.job(job).epoch > 0 for job in jobs))
    for number in range(20):
        assert book.ask(pow, 2, number).result(240) == 2**number
    for job in jobs:
        book.stop(job)
    until(lambda: not list(witness.outstanding())[-1])
    book.close()
    assert max(overtaking(witness)) <= 0
    assert max(ahead(witness)) <= WORKERS + 1


def ahead(witness: Witness) -> list[int]:
    """For each request: how many slices were under way when it came."""
    under_way = list(witness.outstanding())
    return [len(under_way[at]) for at, event in enumerate(witness.events) if event[:2] == ("submitted", "pow")]


def overtaking(witness: Witness) -> list[int]:
    """For each request: how many slices came home before its answer, beyond those under way when it came.

    On two workers the one beside the request may be handed the next slice and bring it home before the answer.
    """
    counts = []
    begun: int | None = None
    under_way = list(witness.outstanding())
    for at, (what, function, _) in enumerate(witness.events):
        if function == "pow" and what == "submitted":
            begun = at
        elif function == "pow" and begun is not None:
            home = sum(event[:2] == ("done", "train_slice") for event in witness.events[begun:at])
            counts.append(home - len(under_way[begun]) - WORKERS)
    assert len(counts) == 20
    return counts


def test_settings_that_do_not_fit_fail_alone(book):
    good = book.train(Forecasting(SMALL, SERIES), "me")
    bad = book.train(Forecasting(replace(SMALL, window_length=300), SERIES), "you")
    failed, finished = ended(book, bad, good)
    assert failed.state == "failed"
    assert str(failed.explanation).startswith("window_length must be shorter for this series of 300 observations")
    assert finished.state == "finished"


def test_a_job_left_alone_pauses_by_itself_and_is_found_again(engine):
    book = JobBook(engine, grace=0.05)
    job = book.train(Forecasting(replace(SMALL, epochs=5000), SERIES), "me")
    until(lambda: book.job(job).epoch >= 1)
    book.leave("me")
    until(lambda: book.job(job).state == "paused")
    assert str(book.job(job).explanation) == "Paused while nobody was looking."
    before = book.job(job)
    book.attach(job, "me again")
    book.one_epoch(job)
    until(lambda: book.job(job).epoch == before.epoch + 1)
    book.close()


def test_a_job_left_alone_for_long_is_forgotten_by_itself(engine):
    book = JobBook(engine, grace=0.02, findable=0.1)
    job = book.train(Forecasting(replace(SMALL, epochs=5000), SERIES), "me")
    book.leave("me")
    until(lambda: not is_known(book, job))
    with pytest.raises(InvalidArgument):
        book.attach(job, "me")
    book.close()


def slices_in_memory() -> list[Slice]:
    gc.collect()
    return [thing for thing in gc.get_objects() if type(thing) is Slice]


def test_no_result_is_kept_but_the_last(book):
    one = train_slice(Forecasting(SMALL, SERIES), None, 0.0)
    assert [each is one for each in slices_in_memory()] == [True], "one that is kept would be seen"
    del one
    jobs = [book.train(Forecasting(replace(SMALL, seed=seed), SERIES), "me", window_end=200) for seed in range(3)]
    ended(book, *jobs)
    assert slices_in_memory() == []
    assert book.job(jobs[0]).revision > 5


def test_snapshots_from_many_threads_while_commands_rain(book):
    """Nobody waits for ever, nothing is torn: as many losses as epochs in every snapshot."""
    jobs = [book.train(Forecasting(replace(SMALL, seed=seed, epochs=5000), SERIES), str(seed)) for seed in range(4)]
    problems: list[str] = []
    commands = [book.pause, book.resume, book.one_epoch, book.reset, book.resume, book.resume]

    def click(seed: int) -> None:
        generator = np.random.default_rng(seed)
        for _ in range(300):
            job = jobs[generator.integers(len(jobs))]
            commands[generator.integers(len(commands))](job)
            now = book.job(job)
            if len(now.history) != now.epoch:
                problems.append(f"{len(now.history)} losses in epoch {now.epoch}")

    people = [threading.Thread(target=click, args=(seed,)) for seed in range(6)]
    for person in people:
        person.start()
    for person in people:
        person.join(240)
    assert not any(person.is_alive() for person in people)
    assert problems == []
    for job in jobs:
        book.resume(job)
    before = [book.job(job).epoch for job in jobs]
    until(lambda: all(book.job(job).epoch > epoch for job, epoch in zip(jobs, before, strict=True)))


def test_the_server_ends_although_somebody_trains_and_a_timer_waits():
    """And the server's process never imports torch."""
    script = """
import sys
from lstm_core.jobs import JobBook
from lstm_core.engine import open_engine
from lstm_core.training.problems.forecasting.task import Forecasting
from tests.helpers.series import wave
from tests.helpers.work import until
from tests.helpers.settings import returns
book = JobBook(open_engine({"GATESCOPE_WORKERS": "1"}), grace=1000)
job = book.train(Forecasting(returns(hidden_size=4, epochs=5000), wave(400)), "me", window_end=300)
until(lambda: book.job(job).epoch > 0)
book.leave("me")
print("torch" in sys.modules)
"""
    server = python(script)
    output, errors = server.communicate(timeout=240)
    assert (output, errors, server.returncode) == ("False\n", "", 0)

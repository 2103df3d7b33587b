"""JobBook under any sequence of commands, slices that come home in any order, failures, people who come and go."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, precondition, rule

from lstm_core.engine import WorkLost
from lstm_core.jobs import ENDS, JobBook
from lstm_core.network.weights import Weights
from lstm_core.phrases import verbatim
from lstm_core.training.problems.forecasting.task import Forecasting
from lstm_core.work.training import train_slice
from tests.helpers.series import wave
from tests.helpers.settings import returns
from tests.helpers.stepping_engine import SteppingEngine

SETTINGS = returns(hidden_size=1, window_length=4, burn_in=1, stride=8, batch_size=4, epochs=3)
SERIES = wave(60)
WORKERS = 2


@cache
def uncut(seed: int) -> dict[int, Weights]:
    """The weights after each epoch of a training that nobody cut, paused or reset."""
    hyperparameters = replace(SETTINGS, seed=seed)
    begun = train_slice(Forecasting(hyperparameters, SERIES), None, 0.0)
    whole = train_slice(Forecasting(hyperparameters, SERIES), begun.checkpoint, 1e9)
    return {0: begun.checkpoint.weights} | {report.epoch: report.weights for report in whole.reports if report.weights}


class People(RuleBasedStateMachine):
    jobs = Bundle("jobs")

    def __init__(self) -> None:
        super().__init__()
        self.engine = SteppingEngine(WORKERS)
        self.now = 0.0
        self.book = JobBook(self.engine, grace=30, findable=1800, capacity=6, clock=lambda: self.now)
        self.seeds: dict[str, int] = {}
        self.pauses_at: dict[str, int] = {}  # jobs that "one epoch" was asked of while they stood still

    @precondition(lambda self: len(self.seeds) < 6)
    @rule(target=jobs)
    def train(self):
        seed = len(self.seeds)
        job = self.book.train(Forecasting(replace(SETTINGS, seed=seed), SERIES), f"session {seed}", window_end=30)
        self.seeds[job] = seed
        return job

    @rule(job=jobs)
    def pause(self, job):
        before = self.state(job)
        self.book.pause(job)
        self.pauses_at.pop(job, None)
        assert self.state(job) == before if before in (*ENDS, "paused") else self.state(job) in ("pausing", "paused")

    @rule(job=jobs)
    def resume(self, job):
        before = self.state(job)
        self.book.resume(job)
        self.pauses_at.pop(job, None)
        assert self.state(job) == before if before in ENDS else self.state(job) in ("queued", "training")

    @rule(job=jobs)
    def one_epoch(self, job):
        before = self.book.job(job)
        self.book.one_epoch(job)
        if before.state == "paused":
            self.pauses_at[job] = before.epoch + 1

    @rule(job=jobs)
    def stop(self, job):
        before = self.state(job)
        self.book.stop(job)
        assert self.state(job) == (before if before in ENDS else "stopped")

    @rule(job=jobs)
    def reset(self, job):
        self.book.reset(job)
        self.pauses_at.pop(job, None)
        now = self.book.job(job)
        assert (now.state, now.epoch, len(now.history), now.kept) == ("paused", 0, 0, {})

    @rule(job=jobs, end=st.none() | st.integers(0, 100))
    def watch(self, job, end):
        self.book.watch_window(job, end)

    @rule(job=jobs)
    def leave_and_come_back(self, job):
        self.book.leave(f"session {self.seeds[job]}")
        self.now += 29
        self.book.attach(job, f"session {self.seeds[job]}")

    @rule(job=jobs)
    def leave_for_longer(self, job):
        before = self.state(job)
        self.book.leave(f"session {self.seeds[job]}")
        self.now += 31
        self.book.attach(job, f"session {self.seeds[job]}")
        self.pauses_at.pop(job, None)
        after = self.state(job)
        assert after in ("pausing", "paused") if before in ("queued", "training", "pausing") else after == before

    @rule()
    def ask(self):
        self.book.ask(pow, 2, 3)

    @precondition(lambda self: self.engine.calls)
    @rule(choice=st.integers(0, 100))
    def come_home(self, choice):
        self.engine.step(choice % len(self.engine.calls))

    @precondition(lambda self: self.engine.slices)
    @rule(choice=st.integers(0, 100))
    def fail(self, choice):
        call = self.engine.slices[choice % len(self.engine.slices)]
        self.engine.calls.remove(call)
        call.fail(WorkLost(verbatim("The worker died.")))

    @invariant()
    def few_slices_and_no_idle_worker(self):
        seeds = [call.seed for call in self.engine.slices]
        requests = len(self.engine.calls) - len(seeds)
        assert len(set(seeds)) == len(seeds) <= WORKERS + 1
        waiting = [job for job in self.seeds if self.book.job(job).runs and self.seeds[job] not in seeds]
        assert not waiting or len(seeds) >= max(1, WORKERS + 1 - requests)

    @invariant()
    def weights_are_those_of_an_uncut_training(self):
        for job, seed in self.seeds.items():
            now = self.book.job(job)
            for epoch, weights in now.kept.items():
                assert all(np.array_equal(weights[name], uncut(seed)[epoch][name]) for name in weights), (seed, epoch)
            assert len(now.history) == now.epoch
            assert sorted(now.kept) == (list(range(now.epoch + 1)) if now.checkpoint else [])

    @invariant()
    def one_epoch_is_never_more(self):
        for job, epoch in self.pauses_at.items():
            now = self.book.job(job)
            assert now.epoch <= epoch
            assert now.state != "paused" or now.epoch == epoch

    def teardown(self):
        """Whatever happened: all that may go on comes to its end, and what may not stands still."""
        self.engine.drain()
        for job, seed in self.seeds.items():
            now = self.book.job(job)
            assert now.state in (*ENDS, "paused")
            assert now.state != "finished" or now.epoch == SETTINGS.epochs
            assert now.state != "paused" or now.checkpoint is not None, "it shows its initial weights at least"
            self.book.resume(job)
            self.engine.drain()
            assert self.state(job) == ("finished" if now.state == "paused" else now.state), seed
        self.book.close()

    def state(self, job: str) -> str:
        return self.book.job(job).state


@pytest.mark.usefixtures("one_batch_a_slice")
class TestPeople(People.TestCase):
    settings = settings(max_examples=60, stateful_step_count=40, deadline=None, derandomize=True)

"""The process of thirty_people.py, which holds what the app's server holds and no torch: people who train at once.

    python -m benchmarks.classroom PEOPLE EPOCHS ROUNDS

Every third of them runs an experiment, its cells side by side; the others train on a series. In each round the engine
first gets every training in one piece, which is the work's ideal time on these workers; then the people begin the
same trainings in the JobBook. Who trains on a series has a live picture and asks for the newest state every second, as
a page does, and five times a second somebody clicks on something that a worker must answer: a window to be traced.
Prints the figures of each round as JSON.
"""

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple

import dashboard.session.current  # noqa: F401  # what a server holds in memory before anybody comes
from lstm_core.data.catalogue import load
from lstm_core.engine import Engine
from lstm_core.engine.embedded import EmbeddedEngine
from lstm_core.experiments.gap import Gap
from lstm_core.experiments.settings import CLASSIC_CELLS
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.jobs import Job, JobBook
from lstm_core.training.problem import Task
from lstm_core.training.problems.forecasting.task import Forecasting
from lstm_core.training.windows import resolved
from lstm_core.work.snapshots import film
from lstm_core.work.training import train_slice

WORKERS = 2
CLICKS_A_SECOND = 5
EXPERIMENTERS = 3  # each third person
Race = Mapping[str, Gap]
SERIES = load("MSFT")
WINDOW_END = len(SERIES) - 100


def run_class(people: int, epochs: int, rounds: int) -> list[dict[str, float]]:
    """The figures of each round, by name; times in seconds, memory in megabytes."""
    trainings = [
        Forecasting(resolved(Hyperparameters(seed=seed, epochs=epochs), SERIES), SERIES)
        for seed in range(people)
        if seed % EXPERIMENTERS
    ]
    races = [_race(seed, epochs) for seed in range(0, people, EXPERIMENTERS)]
    with EmbeddedEngine(WORKERS) as engine:
        for future in engine.warm_up():
            future.result()
        return [_round(engine, trainings, races) for _ in range(rounds)]


def _race(seed: int, epochs: int) -> Race:
    """As long for each cell as a training on a series is: about as many gradient steps a second."""
    return {cell: Gap(cell=cell, gap=20, seed=seed, steps=10 * epochs) for cell in CLASSIC_CELLS}


def _round(engine: Engine, trainings: list[Forecasting], races: list[Race]) -> dict[str, float]:
    before = _megabytes()
    ideal, ideal_cpu = _measured(lambda: _train_uncut(engine, trainings, races))
    book = JobBook(engine)
    clicks = Clicks(book)
    figures: dict[str, float] = {}
    took, took_cpu = _measured(lambda: figures.update(_train_in_turns(book, clicks, trainings, races)))
    book.close()
    answers, look_ups = quantiles(clicks.seconds, n=20), quantiles(clicks.look_ups, n=20)
    return {
        **figures,
        "memory before": before,
        "ideal": ideal,
        "took": took,
        "ratio": took / ideal,
        "ratio of CPU time": took_cpu.workers / ideal_cpu.workers,
        "server": took_cpu.server / took,
        "clicks": len(clicks.seconds),
        "median answer": answers[9],
        "most answers": answers[18],
        "most snapshots": look_ups[18],
    }


def _train_in_turns(
    book: JobBook, clicks: "Clicks", trainings: list[Forecasting], races: list[Race]
) -> dict[str, float]:
    groups = [book.train_together(each, f"race {number}") for number, each in enumerate(races)]
    jobs = [book.train(each, f"person {number}", window_end=WINDOW_END) for number, each in enumerate(trainings)]
    clicks.start(jobs)
    try:
        return _watch(book, jobs, groups)
    finally:
        clicks.stop()


def _train_uncut(engine: Engine, trainings: list[Forecasting], races: list[Race]) -> None:
    """Each training as one slice; nothing is watched but the last picture."""
    tasks: list[Task] = [*trainings, *(task for race in races for task in race.values())]
    begun = [engine.submit(train_slice, each, None, 0.0) for each in tasks]
    starts = [future.result().checkpoint for future in begun]
    whole = [
        engine.submit(train_slice, each, start, 1e9, window_end=WINDOW_END)
        for each, start in zip(tasks, starts, strict=True)
    ]
    for future in whole:
        future.result()


def _watch(book: JobBook, jobs: list[str], groups: list[str]) -> dict[str, float]:
    """Until all have ended: how even the trainings on a series were half-way or later (once nobody has none), first
    pictures, memory."""
    began, even, snapshots, memory = time.perf_counter(), 0.0, 0.0, 0.0
    while True:
        now = [book.job(job) for job in jobs]
        shares = [job.share for job in now]
        if not snapshots and all(job.revision for job in now):
            snapshots = time.perf_counter() - began
        if not even and min(shares) and sum(shares) >= len(jobs) / 2:
            even, memory = max(shares) / min(shares), _megabytes()
        raced = [job for group in groups for job in book.group(group).values()]
        if all(job.has_ended for job in (*now, *raced)):
            assert {job.state for job in now} == {"finished"}
            assert {job.state for job in raced} <= {"finished", "solved"}
            return {"even": even, "first pictures": snapshots, "memory half-way": memory, "memory after": _megabytes()}
        time.sleep(0.2)


class Clicks:
    """A page's polling and clicking, from a thread of its own."""

    def __init__(self, book: JobBook) -> None:
        self._book, self._is_over = book, threading.Event()
        self.seconds: list[float] = []
        self.look_ups: list[float] = []

    def start(self, jobs: list[str]) -> None:
        self._thread = threading.Thread(target=self._click, args=(jobs,))
        self._thread.start()

    def stop(self) -> None:
        self._is_over.set()
        self._thread.join()

    def _click(self, jobs: list[str]) -> None:
        number, people = 0, len(jobs)
        while not self._is_over.wait(1 / people):
            job = jobs[number % people]
            began = time.perf_counter()
            now = self._book.job(job)
            self.look_ups.append(time.perf_counter() - began)
            number += 1
            if number % max(1, people // CLICKS_A_SECOND) == 0 and now.kept:
                self._ask(now)

    def _ask(self, job: Job) -> None:
        began = time.perf_counter()
        newest = {job.epoch: job.checkpoint.weights} if job.checkpoint else {}
        answer = self._book.ask(film, job.hyperparameters, job.series, newest, WINDOW_END)
        answer.add_done_callback(lambda done: self._answered(began, done))

    def _answered(self, began: float, done: Future) -> None:
        done.result()
        self.seconds.append(time.perf_counter() - began)


class Cpu(NamedTuple):
    """Seconds of CPU time."""

    server: float
    workers: float


def _measured(work: Callable[[], None]) -> tuple[float, Cpu]:
    """Seconds on the wall, and the CPU time of this process and of its workers."""
    began, before = time.perf_counter(), _cpu()
    work()
    after = _cpu()
    return time.perf_counter() - began, Cpu(after.server - before.server, after.workers - before.workers)


def _cpu() -> Cpu:
    workers = 0
    for process in _family(os.getpid()) - {os.getpid()}:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        workers += int(fields[11]) + int(fields[12])
    return Cpu(time.process_time(), workers / os.sysconf("SC_CLK_TCK"))


def _megabytes() -> float:
    """Proportional set size of this process and all below it."""
    return sum(map(_proportional_set_size, _family(os.getpid()))) / 1000


def _family(ancestor: int) -> set[int]:
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # a process that has just ended
            parents[int(status.parent.name)] = int(status.read_text().rpartition(")")[2].split()[1])
    family, grown = set(), {ancestor}
    while grown - family:
        family |= grown
        grown = {process for process, parent in parents.items() if parent in family}
    return family


def _proportional_set_size(process: int) -> float:
    """Kilobytes."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    return next(float(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))


if __name__ == "__main__":
    people, epochs, rounds = map(int, sys.argv[1:])
    json.dump(run_class(people, epochs, rounds), sys.stdout)

"""A real Dask cluster on this machine's loopback: the same engine as the embedded one, down to the bits."""

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("distributed")

from lstm_core.engine import EngineClosed, WorkLost, open_engine
from lstm_core.errors import InvalidArgument
from lstm_core.jobs import JobBook
from lstm_core.training.problems.forecasting.task import Forecasting
from lstm_core.work.training import train_slice
from tests.helpers.places import ROOT
from tests.helpers.series import wave
from tests.helpers.settings import returns
from tests.helpers.work import die, meet, refuse, report_then_wait, stay, threads, until


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A scheduler and two workers with Dask's own settings, as processes."""
    folder = tmp_path_factory.mktemp("cluster")
    file = folder / "scheduler.json"
    ours = ["--host", "127.0.0.1", "--scheduler-file", str(file)]
    processes = [start("scheduler", folder, "--port", "0", "--no-dashboard", *ours)]
    until(file.exists)
    workers = ["--nworkers", "2", "--nthreads", "1", "--no-dashboard", "--local-directory", str(folder)]
    processes.append(start("worker", folder, *workers, *ours))
    yield json.loads(file.read_text())["address"]
    for process in reversed(processes):
        process.terminate()
        process.wait(240)


def start(role: str, folder: Path, *arguments: str) -> subprocess.Popen:
    command = [sys.executable, "-m", f"distributed.cli.dask_{role}", *arguments]
    with open(folder / f"{role}.log", "w") as log:
        return subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=log, stderr=log)


@pytest.fixture
def engine(address):
    with open_engine({"DASK_SCHEDULER_ADDRESS": address}) as engine:
        until(lambda: engine.submit(pow, 2, 2).result() == 4 and engine.workers == 2)
        yield engine


def test_work_runs_side_by_side_on_one_thread_each(engine, tmp_path):
    assert len({future.result() for future in [engine.submit(meet, tmp_path, 2) for _ in range(2)]}) == 2
    assert [future.result() for future in engine.warm_up()] == [None, None]
    assert engine.submit(threads).result() == (1, "1")


def train_alone(epochs: int, submit) -> dict[str, np.ndarray]:
    hyperparameters = returns(hidden_size=8, window_length=20, epochs=epochs, seed=3)
    checkpoint = None
    while checkpoint is None or not checkpoint.is_over:
        checkpoint = submit(train_slice, Forecasting(hyperparameters, wave()), checkpoint, 0.02).result().checkpoint
    return dict(checkpoint.weights)


def test_the_same_bits_as_the_embedded_engine(engine):
    with open_engine({"GATESCOPE_WORKERS": "1"}) as embedded:
        here = train_alone(6, embedded.submit)
    there = train_alone(6, engine.submit)
    assert here.keys() == there.keys()
    for name, weights in here.items():
        np.testing.assert_array_equal(weights, there[name], err_msg=name)


def test_a_book_of_jobs_does_not_know_where_they_train(engine):
    """Its callbacks run on the client's event loop and submit from there; commands come from another thread."""
    book = JobBook(engine)
    settings = [returns(hidden_size=8, window_length=20, epochs=6, seed=seed) for seed in range(4)]
    jobs = [book.train(Forecasting(each, wave()), "class", window_end=200) for each in settings]
    answers = [book.ask(pow, 2, number) for number in range(10)]
    book.pause(jobs[3])
    until(lambda: all(book.job(job).has_ended for job in jobs[:3]))
    book.resume(jobs[3])
    until(lambda: book.job(jobs[3]).has_ended)
    assert [answer.result() for answer in answers] == [2**number for number in range(10)]
    expected = train_alone(6, engine.submit)
    trained = book.job(jobs[3]).checkpoint
    assert trained is not None
    assert all(np.array_equal(trained.weights[name], weights) for name, weights in expected.items())
    book.close()


def faults_of_large_arrays() -> int:
    """Memory pages that the system had to hand out while the same few megabytes were taken and given back 200 times."""
    for _ in range(3):
        np.ones(250_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(200):
        np.ones(250_000)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def test_workers_keep_the_memory_that_training_frees(engine):
    """With what Dask sets, each of the arrays costs its 488 pages anew."""
    assert engine.submit(os.getenv, "MALLOC_TRIM_THRESHOLD_").result() == "65536"
    assert engine.submit(faults_of_large_arrays).result() < 2_000


def test_errors_come_back_as_they_were(engine):
    with pytest.raises(InvalidArgument, match=r"^hidden_size must be small; got 7\.$") as caught:
        engine.submit(refuse, 7).result()
    assert caught.value.argument == "hidden_size"


def test_names_that_dask_knows_are_arguments_like_others(engine):
    assert engine.submit(dict, key="a", workers=2, pure=True).result() == {"key": "a", "workers": 2, "pure": True}


def test_work_of_a_killed_worker_is_done_elsewhere(engine, tmp_path):
    go, began = tmp_path / "go", tmp_path / "began"
    work = engine.submit(report_then_wait, began, go)
    until(began.exists)
    os.kill(int(began.read_text()), signal.SIGKILL)
    go.touch()
    assert work.result(240) == "done"


def test_work_that_kills_its_workers_is_given_up(engine, tmp_path):
    with pytest.raises(WorkLost, match="died 3 times"):
        engine.submit(die, tmp_path / "deaths").result(240)
    assert engine.submit(pow, 2, 3).result(240) == 8


def test_shutdown_cuts_off_or_finishes(address, tmp_path):
    patient = open_engine({"DASK_SCHEDULER_ADDRESS": address})
    taken = [patient.submit(pow, number, 2) for number in range(8)]
    patient.shutdown()
    assert [future.result() for future in taken] == [number**2 for number in range(8)]
    hasty = open_engine({"DASK_SCHEDULER_ADDRESS": address})
    endless = hasty.submit(stay, tmp_path / "began")
    until((tmp_path / "began").exists)
    hasty.shutdown(wait=False)
    assert isinstance(endless.exception(240), EngineClosed)
    with pytest.raises(EngineClosed):
        hasty.submit(pow, 2, 2)
    os.kill(int((tmp_path / "began").read_text()), signal.SIGKILL)  # Dask cannot take back what runs


@pytest.mark.parametrize("wrong", ["tcp://127.0.0.1:1", "nonsense", "carrier-pigeon://127.0.0.1:8786"])
def test_an_address_where_no_scheduler_answers_is_refused(wrong, monkeypatch):
    monkeypatch.setattr("lstm_core.engine.cluster._PATIENCE", 0.5)
    with pytest.raises(InvalidArgument, match=r"^DASK_SCHEDULER_ADDRESS must be the address of a Dask scheduler"):
        open_engine({"DASK_SCHEDULER_ADDRESS": wrong})

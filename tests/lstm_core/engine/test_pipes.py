"""Engine: workers that are killed in the midst of a message, on its way back or on its way out."""

import os
import signal
import threading
from pathlib import Path

import numpy as np
import pytest

from lstm_core.engine.embedded import EmbeddedEngine
from tests.helpers.work import sign, until

pytestmark = pytest.mark.skipif(not os.path.isdir("/proc"), reason="watches processes through /proc")

LARGE = 300_000_000  # bytes: a tenth of a second in the pipe
PATIENCE = 120.0  # seconds; a hang is for ever


def tell_much(file: Path) -> np.ndarray:
    sign(file, str(os.getpid()))
    return np.ones(LARGE, np.uint8)


def was_read() -> int:
    """Bytes that this process has read so far."""
    fields = dict(line.split(": ") for line in Path("/proc/self/io").read_text().splitlines())
    return int(fields["rchar"])


def test_half_an_answer_is_noticed_and_the_work_done_again(tmp_path):
    tries = tmp_path / "tries"
    with EmbeddedEngine(2) as engine:
        before = was_read()
        owed = engine.submit(tell_much, tries)
        until(lambda: was_read() > before + LARGE // 20)
        os.kill(int(tries.read_text()), signal.SIGKILL)
        assert owed.result(PATIENCE).sum() == LARGE
        assert engine.generation == 2
    assert len(tries.read_text().split()) == 2


def measure(go: Path, began: Path, array: np.ndarray) -> int:
    sign(began, str(os.getpid()))
    until(go.exists)
    return array.nbytes


def writers() -> int:
    """loky's threads that write work into pipes, of all executors there are."""
    return sum(thread.name == "QueueFeederThread" for thread in threading.enumerate())


def test_nothing_waits_for_a_dead_worker_to_take_its_work(tmp_path):
    """Work that fills the pipe, and nobody left to empty it: who writes it must come to an end as well."""
    before = writers()
    go, began = tmp_path / "go", tmp_path / "began"
    with EmbeddedEngine(1) as engine:
        owed = [engine.submit(measure, go, began, np.ones(LARGE // 100, np.uint8)) for _ in range(3)]
        until(lambda: began.exists() and began.read_text().endswith("\n"))
        os.kill(int(began.read_text()), signal.SIGKILL)
        go.touch()
        assert [each.result(PATIENCE) for each in owed] == [LARGE // 100] * 3
        until(lambda: writers() == before + 1, PATIENCE)

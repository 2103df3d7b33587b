"""Engine: the promises of an executor, and what becomes of work and workers when one of them dies."""

import math
import os
import signal
import threading
from concurrent.futures import CancelledError, Future

import pytest

from lstm_core.engine import Engine, EngineClosed, WorkLost, open_engine
from lstm_core.engine.base import TRIES
from lstm_core.engine.embedded import EmbeddedEngine
from lstm_core.errors import InvalidArgument
from tests.helpers.work import (
    die,
    die_soon,
    is_alive,
    meet,
    python,
    refuse,
    report_then_wait,
    sign,
    stay,
    take_a_second,
    threads,
    until,
    wait_for_file,
)

pytestmark = pytest.mark.skipif(not os.path.isdir("/proc"), reason="watches processes through /proc")


@pytest.fixture(scope="module")
def engine():
    with EmbeddedEngine(2) as engine:
        yield engine
        assert engine.generation == 1, "no worker was meant to die here"


def worker_of(engine: Engine, began) -> int:
    """Keep one worker busy for good; its process id."""
    engine.submit(stay, began)
    until(began.exists)
    return int(began.read_text())


def test_work_runs_side_by_side_in_other_processes(engine, tmp_path):
    met = [engine.submit(meet, tmp_path, 2) for _ in range(2)]
    processes = {future.result() for future in met}
    assert len(processes) == 2
    assert os.getpid() not in processes


def test_warm_workers_have_torch_on_one_thread(engine):
    assert [future.result() for future in engine.warm_up()] == [None, None]
    assert engine.submit(threads).result() == (1, "1")


def test_an_error_comes_back_as_what_it_was(engine):
    with pytest.raises(ValueError, match="math domain error"):
        engine.submit(math.sqrt, -1).result()
    with pytest.raises(InvalidArgument) as caught:
        engine.submit(refuse, 7).result()
    assert caught.value.argument == "hidden_size"
    assert str(caught.value) == "hidden_size must be small; got 7."


def test_what_cannot_be_sent_is_an_error_of_that_work_alone(engine):
    good = engine.submit(pow, 2, 5)
    with pytest.raises(Exception, match="pickle"):
        engine.submit(print, threading.Lock()).result()
    assert good.result() == 32


def test_work_is_taken_up_in_the_order_in_which_it_came(tmp_path):
    names = [str(number) for number in range(12)]
    with EmbeddedEngine(1) as engine:
        for name in names:
            engine.submit(sign, tmp_path / "book", name)
    assert (tmp_path / "book").read_text().split() == names


def test_waiting_work_can_be_cancelled(engine, tmp_path):
    go = tmp_path / "go"
    busy = [engine.submit(wait_for_file, go) for _ in range(3)]
    late = [engine.submit(sign, tmp_path / "book", str(number)) for number in range(3)]
    assert late[1].cancel()
    go.touch()
    assert [future.result() for future in (late[0], late[2])] == ["0", "2"]
    assert sorted((tmp_path / "book").read_text().split()) == ["0", "2"]  # two workers: in either order
    assert all(future.result() for future in busy)


def test_a_killed_worker_costs_one_generation_and_no_result(tmp_path):
    """Three pieces are submitted when it dies, and loky fails all of them; the others wait until those are done."""
    go, book = tmp_path / "go", tmp_path / "book"
    with EmbeddedEngine(2) as engine:
        lost = [engine.submit(report_then_wait, tmp_path / str(number), go) for number in range(2)]
        slow = engine.submit(take_a_second, book)
        others = [engine.submit(sign, book, str(number)) for number in range(10)]
        until((tmp_path / "0").exists)
        until((tmp_path / "1").exists)
        os.kill(int((tmp_path / "0").read_text()), signal.SIGKILL)
        until(lambda: engine.generation > 1)
        go.touch()
        assert [future.result() for future in lost] == ["done"] * 2
        assert [future.result() for future in (slow, *others)] == [None, *"0123456789"]
        assert engine.generation == 2
    pages = book.read_text().splitlines()
    assert set(pages[: pages.index("end slow")]) == {"begin slow"}
    assert sorted(pages[-10:]) == list("0123456789")


def test_a_worker_killed_while_idle_is_replaced(tmp_path):
    with EmbeddedEngine(1) as engine:
        before = engine.submit(os.getpid).result()
        os.kill(before, signal.SIGKILL)
        until(lambda: not is_alive(before))
        after = engine.submit(os.getpid).result()
        assert after != before
        assert engine.generation == 2


def test_work_that_kills_its_worker_is_given_up_and_its_neighbours_are_not(tmp_path):
    with EmbeddedEngine(2) as engine:
        deadly = engine.submit(die, tmp_path / "deaths")
        others = [engine.submit(pow, number, 3) for number in range(12)]
        with pytest.raises(WorkLost, match="died 3 times"):
            deadly.result()
        assert [future.result() for future in others] == [number**3 for number in range(12)]
        assert len((tmp_path / "deaths").read_text().split()) == TRIES
        assert engine.generation == 1 + TRIES


def test_what_was_lost_is_tried_again_with_nothing_beside_it(tmp_path):
    """Or a slow piece would be blamed for the deaths that its neighbour brings about."""
    book = tmp_path / "book"
    with EmbeddedEngine(2) as engine:
        deadly = engine.submit(die_soon, book)
        slow = engine.submit(take_a_second, book)
        quick = [engine.submit(sign, book, str(number)) for number in range(6)]
        assert slow.result() is None
        assert [future.result() for future in quick] == list("012345")
        assert isinstance(deadly.exception(), WorkLost)
    pages = book.read_text().splitlines()
    assert pages.count("begin deadly") == TRIES
    end = pages.index("end slow")
    assert pages[end - 1] == "begin slow"


def test_shutdown_finishes_what_was_taken(tmp_path):
    engine = EmbeddedEngine(1)
    taken = [engine.submit(sign, tmp_path / "book", str(number)) for number in range(6)]
    engine.shutdown()
    assert [future.result() for future in taken] == list("012345")
    with pytest.raises(EngineClosed):
        engine.submit(pow, 2, 2)


def test_shutdown_without_waiting_cuts_off_running_and_waiting_work(tmp_path):
    engine = EmbeddedEngine(1)
    worker = worker_of(engine, tmp_path / "began")
    waiting: list[Future] = [engine.submit(sign, tmp_path / "book", "never") for _ in range(4)]
    engine.shutdown(wait=False)
    for future in waiting:
        assert isinstance(future.exception(timeout=240), EngineClosed)
    until(lambda: not is_alive(worker))
    assert not (tmp_path / "book").exists()
    engine.shutdown(wait=False)


def test_shutdown_can_cancel_what_waits_and_finish_what_runs(tmp_path):
    engine = EmbeddedEngine(1)
    go, began = tmp_path / "go", tmp_path / "began"
    running = engine.submit(report_then_wait, began, go)
    waiting = [engine.submit(sign, tmp_path / "book", str(number)) for number in range(4)]
    until(began.exists)
    go.touch()
    engine.shutdown(cancel_futures=True)
    assert running.result() == "done"
    with pytest.raises(CancelledError):
        waiting[-1].result()


SERVER = """
import sys, pathlib, signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # tests that run in a shell's background inherit its deafness
print("started", flush=True)
from lstm_core.engine.embedded import EmbeddedEngine
from tests.helpers.work import meet, stay
engine = EmbeddedEngine(2)
folder = pathlib.Path(sys.argv[1])
(folder / "met").mkdir()
print(*(future.result() for future in [engine.submit(meet, folder / "met", 2) for _ in range(2)]), flush=True)
assert "torch" not in sys.modules
"""


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_workers_end_with_their_server_however_it_ends(tmp_path, ending):
    endless = "engine.submit(stay, folder / 'a'); engine.submit(stay, folder / 'b').result()"
    server = python(SERVER + endless, tmp_path)
    workers = first_lines(server)
    until(lambda: (tmp_path / "a").exists() and (tmp_path / "b").exists())
    server.send_signal(ending)
    until(lambda: not any(is_alive(worker) for worker in workers), 5.0)
    server.communicate()


@pytest.mark.parametrize(
    "left", ["engine.submit(pow, 2, 2)", "[engine.submit(stay, folder / str(n)) for n in range(9)]"]
)
def test_a_server_that_forgets_its_engine_ends_in_silence(tmp_path, left):
    """And no worker ran its script again, although there is no guard: the first line would come thrice."""
    server = python(SERVER + left, tmp_path)
    output, errors = server.communicate(timeout=240)
    assert output.splitlines()[0] == "started"
    assert len(output.splitlines()) == 2
    assert (errors, server.returncode) == ("", 0)
    until(lambda: not any(is_alive(int(worker)) for worker in output.splitlines()[1].split()), 5.0)


def first_lines(server) -> list[int]:
    assert server.stdout.readline() == "started\n"
    return [int(word) for word in server.stdout.readline().split()]


@pytest.mark.parametrize(("wanted", "workers"), [("3", 3), ("1", 1), (" 2 ", 2), ("64", 64)])
def test_the_environment_says_how_many_workers(wanted, workers):
    assert open_engine({"GATESCOPE_WORKERS": wanted}).workers == workers


@pytest.mark.parametrize("wanted", ["0", "-1", "65", "two", "1.5", "²", "999999999999999999999"])
def test_a_number_of_workers_that_makes_no_sense_is_refused(wanted):
    with pytest.raises(InvalidArgument, match=r"^GATESCOPE_WORKERS must be a whole number from 1 to 64; got"):
        open_engine({"GATESCOPE_WORKERS": wanted})


def test_unasked_there_are_no_more_workers_than_cores_that_may_be_used():
    script = """
import math
import os
from lstm_core.engine import open_engine
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
print(open_engine({}).workers)
"""
    output, errors = python(script).communicate(timeout=240)
    assert (output, errors) == ("1\n", "")
    assert 1 <= open_engine({}).workers <= 2


def test_no_cluster_without_dask():
    script = """
import sys
sys.modules["distributed"] = None
from lstm_core.engine import open_engine
try:
    open_engine({"DASK_SCHEDULER_ADDRESS": "tcp://127.0.0.1:8786"})
except ValueError as error:
    print(error)
"""
    output, errors = python(script).communicate(timeout=240)
    assert output.startswith("DASK_SCHEDULER_ADDRESS must be unset, since dask.distributed is not installed here")
    assert errors == ""

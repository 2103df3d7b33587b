"""Work that tests hand to an engine, and how they wait for what other processes do."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from lstm_core.errors import InvalidArgument
from lstm_core.phrases import verbatim
from tests.helpers.places import ROOT


def meet(folder: Path, people: int) -> int:
    """Returns this process's id once so many pieces of work are in here at the same time: they run side by side."""
    (folder / f"{os.getpid()}").touch()
    until(lambda: len(list(folder.iterdir())) == people)
    return os.getpid()


def sign(file: Path, name: str) -> str:
    with open(file, "a") as page:
        page.write(name + "\n")
    return name


def wait_for_file(file: Path) -> int:
    """Wait until the file is there; the worker's id."""
    until(file.exists)
    return os.getpid()


def stay(began: Path) -> None:
    """Say that it began, and by whom; then go on for longer than any test lasts."""
    whole = began.with_suffix(".part")
    whole.write_text(str(os.getpid()))
    whole.rename(began)
    time.sleep(600)


def report_then_wait(began: Path, go: Path) -> str:
    """Say that it began, and by whom; then wait until the file ``go`` is there."""
    began.with_suffix(".part").write_text(str(os.getpid()))
    began.with_suffix(".part").rename(began)
    until(go.exists)
    return "done"


def refuse(value: int) -> None:
    raise InvalidArgument("hidden_size", verbatim("small"), value)


def die(file: Path) -> None:
    """Take this worker down, as the system does when memory runs out."""
    sign(file, str(os.getpid()))
    os.kill(os.getpid(), signal.SIGKILL)


def die_soon(book: Path) -> None:
    sign(book, "begin deadly")
    time.sleep(0.3)
    os.kill(os.getpid(), signal.SIGKILL)


def take_a_second(book: Path) -> None:
    sign(book, "begin slow")
    time.sleep(1)
    sign(book, "end slow")


def threads() -> tuple[int, str | None]:
    import torch

    return torch.get_num_threads(), os.environ.get("OMP_NUM_THREADS")


def until(condition: Callable[[], bool], seconds: float = 240.0) -> None:
    """Wait for what is bound to happen; the limit only ends a test that would otherwise hang."""
    limit = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > limit:
            raise TimeoutError(f"It did not happen within {seconds:g} s.")
        time.sleep(0.01)


def is_alive(process: int) -> bool:
    """A zombie is dead: it only waits for its parent to notice."""
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def python(script: str, *arguments: object, **environment: str) -> subprocess.Popen:
    """A Python process of its own running the script, with this repository at hand; its output is text in pipes."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )

"""The command line, in this process or in one of its own, and a small run made with it."""

import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import numpy as np

from lstm_core.__main__ import main
from tests.helpers.places import ROOT

SIZES = ["--hidden-size", "4", "--num-layers", "2", "--window-length", "8", "--burn-in", "2", "--epochs", "3"]


class Done(NamedTuple):
    code: int | str | None
    out: str
    err: str


def call(*arguments: object) -> Done:
    """In this process: importing torch anew takes seconds."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as end:  # from argparse
            code = end.code
    return Done(code, out.getvalue(), err.getvalue())


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "lstm_core", *map(str, arguments)]


def run(*arguments: object) -> Done:
    """In a process of its own, as a shell does it."""
    done = subprocess.run(command(*arguments), cwd=ROOT, capture_output=True, text=True)
    return Done(done.returncode, done.stdout, done.stderr)


def prices() -> np.ndarray:
    """120 of them, as they are read from the file: two decimals."""
    return np.round(50 * np.exp(np.cumsum(np.random.default_rng(5).normal(scale=0.02, size=120))), 2)


def csv_of(folder: Path) -> Path:
    """Columns Date (business days from Tuesday, 2 January 2024), Close, Twice and Word."""
    dates = np.busday_offset(np.datetime64("2024-01-02"), np.arange(120))
    rows = [f"{date},{price:.2f},{2 * price:.2f},up" for date, price in zip(dates, prices(), strict=True)]
    path = folder / "prices.csv"
    path.write_text("\n".join(["Date,Close,Twice,Word", *rows]) + "\n")
    return path

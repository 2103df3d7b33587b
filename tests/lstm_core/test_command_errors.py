"""What users get wrong: exit code 2 and one line on standard error that names it; never a traceback."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from tests.helpers.command import SIZES, call, command, csv_of, run
from tests.helpers.places import ROOT


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """A folder with a run, a CSV file, a folder of someone else, and broken things."""
    folder = tmp_path_factory.mktemp("errors")
    assert call("train", "--csv", csv_of(folder), *SIZES, "--out", folder / "run").code == 0
    shutil.copytree(folder / "run", folder / "broken")
    (folder / "broken" / "weights.safetensors").write_bytes(b"\x00" * 100)
    (folder / "other").mkdir()
    (folder / "other" / "thesis.tex").write_text("precious")
    (folder / "empty.csv").write_bytes(b"")
    (folder / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    return folder


TRAIN = ["train", "sine", "--out", "{}/new"]
CSV = ["train", "--out", "{}/new", "--csv"]

WRONG = {
    "no command": ([], "COMMAND"),
    "unknown command": (["predict"], "predict"),
    "unknown flag": ([*TRAIN, "--lookback", "60"], "--lookback"),
    "shortened flag": ([*TRAIN, "--hidden", "60"], "--hidden"),
    "no out": (["train", "sine"], "--out"),
    "hidden size of nothing": (
        [*TRAIN, "--hidden-size", "0"],
        "hidden_size must be a whole number from 1 to 512; got 0.",
    ),
    "a size that is a word": ([*TRAIN, "--hidden-size", "big"], "--hidden-size"),
    "half an epoch": ([*TRAIN, "--epochs", "1.5"], "--epochs"),
    "a rate that is no number": (
        [*TRAIN, "--learning-rate", "nan"],
        "learning_rate must be a number from 1e-06 to 1; got nan.",
    ),
    "an infinite rate": ([*TRAIN, "--learning-rate", "inf"], "learning_rate"),
    "a huge seed": ([*TRAIN, "--seed", "9" * 400], "seed must be a whole number from 0 to 2147483647"),
    "a huger seed": ([*TRAIN, "--seed", "9" * 9999], "--seed"),
    "unknown cell": (
        [*TRAIN, "--cell", "Transformer"],
        "cell must be one of LSTM, GRU, RNN, PeepholeLSTM; got 'Transformer'.",
    ),
    "unknown inputs": (
        [*TRAIN, "--inputs", "level", "volume"],
        "inputs must be one of auto, log_return, level, relative",
    ),
    "a burn-in too long": ([*TRAIN, "--burn-in", "60"], "burn_in must be less than window_length (60); got 60."),
    "no test part": ([*TRAIN, "--train-fraction", "0.9"], "validation_fraction must be at most 0.05"),
    "a window too long": ([*CSV, "{}/prices.csv", "--window-length", "100"], "window_length must be shorter"),
    "returns of a sine": ([*TRAIN, "--target", "log_return"], "inputs and target must be level"),
    "unknown series": (["train", "ACME", "--out", "{}/new"], "series must be one of"),
    "misspelt series": (["train", "AAPLE", "--out", "{}/new"], "perhaps AAPL"),
    "no series": (["train", "--out", "{}/new"], "series must be a name of the catalogue, unless csv is given"),
    "a column of the catalogue": ([*TRAIN, "--column", "open"], "column must be given with csv only; got 'open'."),
    "missing csv": ([*CSV, "{}/missing.csv"], "csv must be a file that can be read (No such file or directory)"),
    "a folder as csv": ([*CSV, "{}"], "csv must be a file that can be read (Is a directory)"),
    "empty csv": ([*CSV, "{}/empty.csv"], "file"),
    "a picture as csv": ([*CSV, "{}/picture.csv"], "file"),
    "unknown column": (
        [*CSV, "{}/prices.csv", "--column", "close"],
        "column must be one of Close, Twice; got 'close'.",
    ),
    "a column of words": (
        [*CSV, "{}/prices.csv", "--column", "Word"],
        "column must be one of Close, Twice; got 'Word'.",
    ),
    "out is a file": (["train", "sine", "--out", "{}/prices.csv"], "out must be a directory; got 'prices.csv'."),
    "out is below a file": (
        ["train", "sine", "--out", "{}/prices.csv/run"],
        "out must be in a directory that can be written to",
    ),
    "out belongs to others": (
        ["train", "sine", "--out", "{}/other"],
        "out must be a new or empty directory, or an earlier run",
    ),
    "out has too long a name": (["train", "sine", "--out", "{}/" + "x" * 300], "File name too long"),
    "window beyond": (["trace", "{}/run", "--window", "111", "--out", "{}/t"], "window must be from 0 to 110"),
    "window far before": (["trace", "{}/run", "--window", "-112", "--out", "{}/t"], "window must be from 0 to 110"),
    "window is a word": (["trace", "{}/run", "--window", "last", "--out", "{}/t"], "--window"),
    "trace into nowhere": (
        ["trace", "{}/run", "--out", "{}/no/t.npz"],
        "out must be a file that can be written (No such file",
    ),
    "trace into a folder": (
        ["trace", "{}/run", "--out", "{}"],
        "out must be a file that can be written (Is a directory)",
    ),
    "no horizon": (["forecast", "{}/run"], "--horizon"),
    "horizon of nothing": (["forecast", "{}/run", "--horizon", "0"], "horizon must be a whole number from 1 to 18"),
    "horizon backwards": (["forecast", "{}/run", "--horizon", "-3"], "horizon must be a whole number from 1 to 18"),
    "horizon too far": (
        ["forecast", "{}/run", "--horizon", "19", "--json"],
        "horizon must be a whole number from 1 to 18",
    ),
    "missing run": (["evaluate", "{}/missing", "--json"], "missing cannot be read as a run"),
    "a file as run": (["evaluate", "{}/prices.csv"], "prices.csv cannot be read as a run"),
    "a folder as run": (["forecast", "{}/other", "--horizon", "1"], "other cannot be read as a run"),
    "broken run": (
        ["trace", "{}/broken", "--out", "{}/t"],
        "broken cannot be read as a run: weights.safetensors is not",
    ),
}


@pytest.mark.parametrize(("arguments", "said"), WRONG.values(), ids=WRONG.keys())
def test_a_mistake_is_told_in_one_line(place, arguments, said):
    before = {path: path.stat().st_mtime_ns for path in place.rglob("*")}
    done = call(*(argument.replace("{}", str(place)) for argument in arguments))
    assert done.code == 2
    assert done.out == ""
    assert done.err.count("\n") == 1
    assert done.err.endswith("\n")
    assert said in done.err
    assert {path: path.stat().st_mtime_ns for path in place.rglob("*")} == before


@pytest.mark.skipif(torch.cuda.is_available(), reason="this machine has CUDA")
def test_a_device_that_is_not_there(tmp_path):
    done = call("train", "sine", "--device", "cuda", "--out", tmp_path / "run")
    assert done == (2, "", "device must be cpu or auto on a machine without CUDA; got 'cuda'.\n")


def test_a_process_says_the_same(tmp_path):
    done = run("train", "sine", "--hidden-size", "0", "--out", tmp_path / "run")
    assert done == (2, "", "hidden_size must be a whole number from 1 to 512; got 0.\n")


def endless(out: Path) -> list:
    return ["train", "sine", *SIZES[:-1], "5000", "--json", "--out", out]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes")
def test_a_reader_that_goes_away_is_no_error(tmp_path):
    """As in `train ... | head -1`."""
    child = subprocess.Popen(
        command(*endless(tmp_path / "run")), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert child.stdout is not None
    assert child.stdout.readline().startswith(b'{"epoch": 1')
    child.stdout.close()
    assert child.stderr is not None
    assert child.stderr.read() == b""
    child.stderr.close()
    assert child.wait(timeout=60) == -signal.SIGPIPE


# A shell that starts this in the background would have told it to ignore Ctrl-C.
WITH_CTRL_C = """
import runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
runpy.run_module("lstm_core", run_name="__main__", alter_sys=True)
"""


def test_ctrl_c_ends_a_training_quietly(tmp_path):
    line = [sys.executable, "-c", WITH_CTRL_C, *map(str, endless(tmp_path / "run"))]
    child = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline().startswith('{"epoch": 1')
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=60)
    assert (child.returncode, err) == (130, "")
    assert "Traceback" not in out
    assert not list(tmp_path.iterdir())

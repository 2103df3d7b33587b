"""Fixtures of the core's tests."""

import shutil
from pathlib import Path

import pytest
import torch

from lstm_core.runs.run import Run, save
from tests.helpers.small_runs import trained


@pytest.fixture(autouse=True, scope="session")
def one_thread() -> None:
    """As in a worker: two threads wait for each other whenever the machine has other things to do."""
    torch.set_num_threads(1)


@pytest.fixture(scope="module")
def run() -> Run:
    return trained()


@pytest.fixture(scope="module")
def saved(run, tmp_path_factory) -> Path:
    """Not to be changed; `place` is a copy."""
    directory = tmp_path_factory.mktemp("saved") / "run"
    save(run, directory)
    return directory


@pytest.fixture
def place(saved, tmp_path) -> Path:
    return shutil.copytree(saved, tmp_path / "run")

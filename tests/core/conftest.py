"""One torch thread, as in a worker: two of them wait for each other whenever the machine has other things to do."""

import pytest
import torch


@pytest.fixture(autouse=True, scope="session")
def one_thread() -> None:
    torch.set_num_threads(1)

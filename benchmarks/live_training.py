"""Training with the live view on, against a bare torch.nn.LSTM loop over the same batches.

Ours is what the page does: a `JobBook` cuts the training into slices and sends them to a worker process one by one;
each slice traces the watched window and now and again predicts along the whole chart; meanwhile somebody looks three
times a second. Its seconds run from the first submit to the last result, dispatch and pickling included.

The bare loop runs in the same worker as one piece of work. All windows of the series lie ready as tensors before its
clock starts, so it only gathers. It takes the same batches in the same order, has the same loss, clipping and fused
Adam, and computes the same validation loss after each epoch. It reports nothing, keeps nothing and cannot be stopped.
Both must end with the same weights.
"""

from collections.abc import Callable, Iterator
from time import perf_counter, process_time, sleep
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import mse_loss

from benchmarks.figures import Figure, Size, print_table, take
from benchmarks.timing import in_turn, ratios, spread
from lstm_core.data.catalogue import load
from lstm_core.data.series import Series
from lstm_core.engine import Engine, open_engine
from lstm_core.hyperparameters import Hyperparameters, Resolved
from lstm_core.jobs import JobBook
from lstm_core.network.weights import Weights
from lstm_core.training.problems.forecasting.task import Forecasting
from lstm_core.training.windows import Batch, Windows, resolved
from lstm_core.work.training import train_slice

LOOKS_EVERY = 1 / 3
WHAT = "training with the live view on, speed against a bare torch.nn.LSTM loop over the same batches"
SIZES = {  # hidden_size, num_layers, window_length, share of the epochs: a large network's last long
    Figure(f"{WHAT}: 32 units", "at least 0.97"): (32, 1, 60, 1.0),
    Figure(f"{WHAT}: 50 units", "at least 0.97"): (50, 1, 60, 1.0),
    Figure(f"{WHAT}: 2 x 128 units", "at least 0.95"): (128, 2, 120, 0.25),
}
FIGURES = tuple(SIZES)
HEADER = ("units x layers, window", "live, s", "bare, s", "bare/live", "of CPU seconds")


def live(book: JobBook, series: Series, hyperparameters: Resolved) -> tuple[float, Weights]:
    """Seconds and last weights of a training that is watched."""
    name = book.train(Forecasting(hyperparameters, series), window_end=len(series) - 2)
    while not (job := book.job(name)).has_ended:
        sleep(LOOKS_EVERY)
    assert job.checkpoint is not None
    return job.elapsed, job.checkpoint.weights


def bare(series: Series, hyperparameters: Resolved, initial: Weights) -> tuple[float, Weights]:
    """Seconds and last weights of the loop that anybody would write."""
    windows = Windows(series.values, hyperparameters)
    inputs, target, _ = _tensors(windows.batch(windows.ends("train")))
    checked = _tensors(windows.scoring_batch(windows.scoring_ends("validation"), "validation"))
    began = perf_counter()
    network, head = _network(hyperparameters, initial)
    parameters = [*network.parameters(), *head.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=hyperparameters.learning_rate, fused=True)
    first = hyperparameters.first_scored
    for epoch in range(hyperparameters.epochs):
        train_loss = 0.0
        for rows in _batches(windows, epoch):
            optimizer.zero_grad()
            predicted = head(network(inputs[rows])[0]).squeeze(-1)
            loss = mse_loss(predicted[:, first:], target[rows, first:])
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, hyperparameters.gradient_clip)
            optimizer.step()
            train_loss += loss.item()
        with torch.no_grad():
            predicted = head(network(checked[0])[0]).squeeze(-1)
            mse_loss(predicted[checked[2]], checked[1][checked[2]]).item()
    return perf_counter() - began, _weights(network, head)


def _network(hyperparameters: Hyperparameters, initial: Weights) -> tuple[nn.LSTM, nn.Linear]:
    network = nn.LSTM(1, hyperparameters.hidden_size, hyperparameters.num_layers, batch_first=True)
    head = nn.Linear(hyperparameters.hidden_size, 1)
    network.load_state_dict({name: torch.tensor(initial[name]) for name in network.state_dict()})
    head.load_state_dict({name: torch.tensor(initial[f"head.{name}"]) for name in head.state_dict()})
    return network, head


def _weights(network: nn.LSTM, head: nn.Linear) -> Weights:
    named = {**network.state_dict(), **{f"head.{name}": value for name, value in head.state_dict().items()}}
    return {name: value.numpy() for name, value in named.items()}


def _tensors(batch: Batch) -> list[Tensor]:
    return [torch.from_numpy(array) for array in batch]


def _batches(windows: Windows, epoch: int) -> Iterator[Tensor]:
    """Rows of the training windows, batch by batch, in the order in which our training takes them."""
    ends = windows.training_ends(np.random.default_rng((windows.hyperparameters.seed, epoch)))
    rows = torch.from_numpy(ends - windows.first_end)
    return iter(rows.split(windows.hyperparameters.batch_size))


class Took(NamedTuple):
    """Seconds on the wall, and of the processor over both processes."""

    wall: float
    cpu: float


def measure(repeats: int, epochs: int) -> Iterator[Figure]:
    series = load("MSFT")
    with open_engine({"GATESCOPE_WORKERS": "1"}) as engine:
        for figure, (hidden_size, num_layers, window_length, share) in SIZES.items():
            wanted = Hyperparameters(
                hidden_size=hidden_size,
                num_layers=num_layers,
                window_length=window_length,
                epochs=max(1, round(share * epochs)),
            )
            ours, theirs = compare(engine, series, resolved(wanted, series), repeats)
            (our_wall, our_cpu), (their_wall, their_cpu) = (list(zip(*each, strict=True)) for each in (ours, theirs))
            speed = ratios(their_wall, our_wall)
            row = map(spread, (our_wall, their_wall, speed, ratios(their_cpu, our_cpu)))
            print_table(HEADER, [[f"{hidden_size} x {num_layers}, {window_length}", *row]])
            yield figure.measured(speed)


def compare(engine: Engine, series: Series, hyperparameters: Resolved, repeats: int) -> tuple[list[Took], list[Took]]:
    """What the trainings took, live and bare. Raises `AssertionError` unless both end with the same weights."""
    initial = engine.submit(train_slice, Forecasting(hyperparameters, series), None, 0.0).result().checkpoint.weights
    last: dict[str, Weights] = {}
    book = JobBook(engine)

    def run(name: str, training: Callable[[], tuple[float, Weights]]) -> Took:
        before = _cpu(engine)
        wall, last[name] = training()
        return Took(wall, _cpu(engine) - before)

    ours, theirs = in_turn(
        lambda: run("live", lambda: live(book, series, hyperparameters)),
        lambda: run("bare", lambda: engine.submit(bare, series, hyperparameters, initial).result()),
        repeats,
    )
    book.close()
    for name, weights in last["live"].items():
        np.testing.assert_allclose(weights, last["bare"][name], rtol=0, atol=1e-2, err_msg=name)
    return ours, theirs


def _cpu(engine: Engine) -> float:
    """Seconds that this process and the one worker have computed so far."""
    return process_time() + engine.submit(process_time).result()


if __name__ == "__main__":
    take(
        __doc__,
        FIGURES,
        measure,
        repeats=Size(5, 1, "pairs of trainings for each size"),
        epochs=Size(80, 1, "of each training"),
    )

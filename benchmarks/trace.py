"""A trace of one window (every activation of every layer) against an untraced torch.nn.LSTM forward of it.

Two traces: `recurrent.run_with_trace`, which works on tensors as the forward does, and `forecaster.trace_window`, which
also predicts at every timestep and hands over arrays. They take turns, 20 calls at a time, on one thread.
"""

from collections.abc import Callable, Iterator
from time import perf_counter
from typing import NamedTuple

import torch
from torch import nn

from benchmarks.figures import Figure, Size, print_table, take
from benchmarks.timing import in_turn, one_thread, ratios, spread
from lstm_core.hyperparameters import Resolved
from lstm_core.network.forecaster import build, trace_window
from lstm_core.network.recurrent import run_with_trace

CALLS = 20
HEADER = ("units x layers, window", "forward, ms", "run_with_trace, times", "trace_window, times")
WHAT = "trace of one window, as a multiple of an untraced torch.nn.LSTM forward, tensors to tensors"
SIZES = {  # hidden_size, num_layers, window_length
    Figure(f"{WHAT}: 32 units, 60 steps", "at most 3", ".1f"): (32, 1, 60),
    Figure(f"{WHAT}: 128 units, 250 steps", "at most 3", ".1f"): (128, 1, 250),
    Figure(f"{WHAT}: 2 x 128 units, 250 steps", "at most 3", ".1f"): (128, 2, 250),
}
FIGURES = tuple(SIZES)


def measure(repeats: int) -> Iterator[Figure]:
    one_thread()
    for figure, (hidden_size, num_layers, window_length) in SIZES.items():
        took = compare(hidden_size, num_layers, window_length, repeats)
        print_table(HEADER, [[f"{hidden_size} x {num_layers}, {window_length}", *map(spread, took)]])
        yield figure.measured(took.traced)


class Took(NamedTuple):
    """Milliseconds of a forward, and how many times that `run_with_trace` and `trace_window` take, turn by turn."""

    forward: list[float]
    traced: list[float]
    whole: list[float]


@torch.no_grad()
def compare(hidden_size: int, num_layers: int, window_length: int, repeats: int) -> Took:
    settings = Resolved(
        hidden_size=hidden_size, num_layers=num_layers, window_length=window_length, inputs=("level",), target="level"
    )
    forecaster = build(settings).eval()
    plain = nn.LSTM(1, hidden_size, num_layers, batch_first=True).eval()
    plain.load_state_dict(forecaster.recurrent.state_dict())
    x = torch.randn(1, window_length, 1)
    window = x[0].numpy()
    forward = _timed(lambda: plain(x))
    traced, untraced = in_turn(_timed(lambda: run_with_trace(forecaster.recurrent, x)), forward, repeats)
    whole, before = in_turn(_timed(lambda: trace_window(forecaster, window)), forward, repeats)
    forwards = [1e3 * seconds for seconds in (*untraced, *before)]
    return Took(forwards, ratios(traced, untraced), ratios(whole, before))


def _timed(call: Callable[[], object]) -> Callable[[], float]:
    def run() -> float:
        began = perf_counter()
        for _ in range(CALLS):
            call()
        return (perf_counter() - began) / CALLS

    return run


if __name__ == "__main__":
    take(__doc__, FIGURES, measure, repeats=Size(15, 1, "turns for each size"))

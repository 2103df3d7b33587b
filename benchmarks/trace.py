"""A trace of one window (every activation of every layer) against an untraced torch.nn.LSTM forward of it.

Two traces: `recurrent.run_with_trace`, which works on tensors as the forward does, and `forecaster.trace_window`, which
also predicts at every timestep and hands over arrays. They take turns, 20 calls at a time, on one thread.
"""

import argparse
from collections.abc import Callable
from time import perf_counter

import torch
from torch import nn

from benchmarks.timing import in_turn, print_machine, print_table, ratios, spread
from lstm_core.forecaster import build, trace_window
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.recurrent import run_with_trace

SIZES = ((32, 1, 60), (128, 1, 250), (128, 2, 250))  # hidden_size, num_layers, window_length
CALLS = 20
HEADER = ("units x layers, window", "forward, ms", "run_with_trace, times", "trace_window, times")


@torch.no_grad()
def measure(hidden_size: int, num_layers: int, window_length: int, repeats: int) -> list[str]:
    """One row of the table."""
    settings = Hyperparameters(
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
    return [
        f"{hidden_size} x {num_layers}, {window_length}",
        spread([1e3 * seconds for seconds in (*untraced, *before)]),
        spread(ratios(traced, untraced)),
        spread(ratios(whole, before)),
    ]


def _timed(call: Callable[[], object]) -> Callable[[], float]:
    def run() -> float:
        began = perf_counter()
        for _ in range(CALLS):
            call()
        return (perf_counter() - began) / CALLS

    return run


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=30, help="turns for each size (default %(default)s)")
    parser.add_argument("--quick", action="store_true", help="5 turns")
    options = parser.parse_args()
    print_machine()
    print_table(HEADER, [measure(*size, 5 if options.quick else options.repeats) for size in SIZES])


if __name__ == "__main__":
    main()

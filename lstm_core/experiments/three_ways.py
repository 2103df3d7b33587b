"""One LSTM, three ways: torch.nn.LSTM, nn.LSTMCell in a loop, and our equations, with the same weights."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np

from lstm_core.hyperparameters import check_fields, number
from lstm_core.pieces import Pieces

if TYPE_CHECKING:
    from lstm_core.network.recurrent import Recurrent

# Not taken from lstm_core.network.recurrent, which needs torch; a test says that they are the same.
IMPLEMENTATIONS = ("fused", "cell", "scratch")
PAIRS = (("fused", "cell"), ("fused", "scratch"), ("cell", "scratch"))
BATCHES = 3  # of one epoch
_REPEATS = 3
_ACTIVATIONS_AT_ONCE = 500_000  # B * T * L * H: forward and backward in float64 take a fifth of a second
TYPES = ("float64", "float32")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """The network and its batches."""

    hidden_size: int = number(32, 1, 256, "model", "Hidden units H of each layer.")
    num_layers: int = number(1, 1, 4, "model", "Layers stacked on one another.")
    window_length: int = number(60, 2, 250, "model", "Timesteps T.")
    batch_size: int = number(32, 1, 256, "training", "Sequences B in one batch.")
    seed: int = number(0, 0, 2**31 - 1, "training", "Same seed, same weights and same batches.")

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, eq=False)
class Timing:
    """Of one device: implementation -> (repeats,) seconds of an epoch, forward and backward, taken in turns."""

    device: str
    seconds: Mapping[str, np.ndarray]

    def median(self, implementation: str) -> float:
        return float(np.median(self.seconds[implementation]))

    def ratio(self, implementation: str) -> float:
        """How many times as long as fused: the median of the ratios within each turn."""
        return float(np.median(self.seconds[implementation] / self.seconds["fused"]))


@dataclass(frozen=True, eq=False)
class ThreeWays:
    """Largest absolute differences, (type, one, other) -> number, on the CPU; and the times on each device there is.

    outputs: hidden states (B, T, H); gradients: of all parameters and of the inputs. type: float64 or float32.
    """

    sizes: Sizes
    outputs: Mapping[tuple[str, str, str], float]
    gradients: Mapping[tuple[str, str, str], float]
    timings: tuple[Timing, ...]


def compare(hidden_size: int, num_layers: int, window_length: int, batch_size: int, seed: int) -> ThreeWays:
    """All of `comparing` at once, in this process."""
    return comparing(hidden_size, num_layers, window_length, batch_size, seed).all_at_once()


def comparing(hidden_size: int, num_layers: int, window_length: int, batch_size: int, seed: int) -> Pieces:
    """Each way's numbers in both types, some sequences at a time; then turns of a batch each, so that other work on the
    machine slows all.

    Raises `InvalidArgument` when a size is out of its bounds (`Sizes`).
    """
    sizes = Sizes(
        hidden_size=hidden_size,
        num_layers=num_layers,
        window_length=window_length,
        batch_size=batch_size,
        seed=seed,
    )
    at_once = max(1, _ACTIVATIONS_AT_ONCE // (hidden_size * num_layers * window_length))
    some = [slice(at, at + at_once) for at in range(0, batch_size, at_once)]
    numbers = [
        partial(_numbers, sizes, type_, way, rows) for type_ in TYPES for way in IMPLEMENTATIONS for rows in some
    ]
    turns = [number for _ in range(_REPEATS) for number in range(BATCHES)]
    times = [partial(_seconds, sizes, way, number) for number in turns for way in IMPLEMENTATIONS]
    return Pieces((*numbers, *times), partial(_compared, sizes, len(some)))


def _numbers(sizes: Sizes, type_: str, implementation: str, rows: slice) -> list[np.ndarray]:
    """Hidden states and gradients of the inputs of some sequences, and what these add to the gradient of every
    parameter; on the CPU."""
    import torch

    kind = getattr(torch, type_)
    network, x = _network(sizes, implementation).to(kind), _batch(sizes, 0)[rows].to(kind)
    return [each.numpy() for each in _run(network, x, sizes.batch_size)]


def _whole(parts: tuple[list[np.ndarray], ...]) -> list[np.ndarray]:
    """What `_numbers` gave of some sequences after others, of all."""
    of_sequences, of_parameters = ([each[:2] for each in parts], [each[2:] for each in parts])
    whole = [np.concatenate(each) for each in zip(*of_sequences, strict=True)]
    return whole + [np.sum(each, axis=0) for each in zip(*of_parameters, strict=True)]


def _compared(sizes: Sizes, parts: int, found: tuple[Any, ...]) -> ThreeWays:
    """parts: calls that one way's numbers took."""
    count = len(TYPES) * len(IMPLEMENTATIONS) * parts
    numbers = [_whole(found[at : at + parts]) for at in range(0, count, parts)]
    outputs, gradients = {}, {}
    for at, type_ in enumerate(TYPES):
        ways: dict[str, Any] = dict(zip(IMPLEMENTATIONS, numbers[at * len(IMPLEMENTATIONS) :], strict=False))
        for one, other in PAIRS:
            differences = [float(np.abs(a - b).max()) for a, b in zip(ways[one], ways[other], strict=True)]
            outputs[type_, one, other], gradients[type_, one, other] = differences[0], max(differences[1:])
    return ThreeWays(sizes, outputs, gradients, tuple(_timings(found[count:])))


def _timings(found: tuple[dict[str, float], ...]) -> Iterator[Timing]:
    """Of each device that every batch was timed on: a worker on another machine may have others."""
    for device in found[0]:
        if all(device in each for each in found):
            batches = np.array([each[device] for each in found]).reshape(_REPEATS, BATCHES, len(IMPLEMENTATIONS))
            yield Timing(device, dict(zip(IMPLEMENTATIONS, batches.sum(axis=1).T, strict=True)))


def _network(sizes: Sizes, implementation: str) -> "Recurrent":
    import torch

    from lstm_core.network.recurrent import Recurrent

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(sizes.seed)
        return Recurrent("LSTM", 1, sizes.hidden_size, sizes.num_layers, implementation=implementation)


def _batch(sizes: Sizes, number: int) -> Any:
    """Inputs (B, T, 1) of one batch, a tensor."""
    import torch

    rng = np.random.default_rng((sizes.seed, number))
    return torch.from_numpy(rng.standard_normal((sizes.batch_size, sizes.window_length, 1), dtype=np.float32))


def _run(network: "Recurrent", x: Any, batch_size: int) -> list[Any]:
    """Forward and backward -> the hidden states, then the gradients of the inputs and of every parameter.

    The loss is the mean square of the hidden states over B, summed over T and H. It is nobody's training: no optimizer
    takes a step.
    """
    x = x.clone().requires_grad_()
    network.zero_grad()
    hidden = network(x)
    (hidden.square().sum() / batch_size).backward()
    return [hidden.detach(), x.grad, *(parameter.grad for parameter in network.parameters())]


def _seconds(sizes: Sizes, implementation: str, number: int) -> dict[str, float]:
    """Device -> seconds of one batch, after two timesteps of it that pay what only a first call pays."""
    import torch

    seconds = {}
    for device in ("cpu", "cuda") if torch.cuda.is_available() else ("cpu",):
        network, batch = _network(sizes, implementation).to(device), _batch(sizes, number).to(device)
        _run(network, batch[:, :2], len(batch))
        began = perf_counter()
        _run(network, batch, len(batch))
        if device == "cuda":
            torch.cuda.synchronize()
        seconds[device] = perf_counter() - began
    return seconds

"""One LSTM, three ways: torch.nn.LSTM, nn.LSTMCell in a loop, and our equations, with the same weights."""

from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np

from lstm_core.hyperparameters import check_fields, number

if TYPE_CHECKING:
    from lstm_core.network.recurrent import Recurrent

# Not taken from lstm_core.network.recurrent, which needs torch; a test says that they are the same.
IMPLEMENTATIONS = ("fused", "cell", "scratch")
PAIRS = (("fused", "cell"), ("fused", "scratch"), ("cell", "scratch"))
BATCHES = 3  # of one epoch
_REPEATS, _SECONDS = 5, 1.0  # at least two repeats, whatever they take


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
    """Raises `InvalidArgument` when a size is out of its bounds (`Sizes`)."""
    import torch

    sizes = Sizes(
        hidden_size=hidden_size,
        num_layers=num_layers,
        window_length=window_length,
        batch_size=batch_size,
        seed=seed,
    )
    outputs, gradients = {}, {}
    for name, kind in (("float64", torch.float64), ("float32", torch.float32)):
        results = {each: _run(_network(sizes, each).to(kind), _batch(sizes, 0).to(kind)) for each in IMPLEMENTATIONS}
        for one, other in PAIRS:
            differences = [_largest_difference(a, b) for a, b in zip(results[one], results[other], strict=True)]
            outputs[name, one, other], gradients[name, one, other] = differences[0], max(differences[1:])
    devices = ("cpu", "cuda") if torch.cuda.is_available() else ("cpu",)
    return ThreeWays(sizes, outputs, gradients, tuple(_time(sizes, device) for device in devices))


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


def _run(network: "Recurrent", x: Any) -> list[Any]:
    """Forward and backward -> the hidden states, then the gradients of the inputs and of every parameter.

    The loss is the mean square of the hidden states over B, summed over T and H.
    """
    x = x.clone().requires_grad_()
    network.zero_grad()
    hidden = network(x)
    (hidden.square().sum() / len(x)).backward()
    return [hidden.detach(), x.grad, *(parameter.grad for parameter in network.parameters())]


def _largest_difference(one: Any, other: Any) -> float:
    return float((one - other).abs().max())


def _time(sizes: Sizes, device: str) -> Timing:
    networks = {each: _network(sizes, each).to(device) for each in IMPLEMENTATIONS}
    batches = [_batch(sizes, number).to(device) for number in range(BATCHES)]
    for network in networks.values():  # what only a first call pays
        _run(network, batches[0])
    seconds: dict[str, list[float]] = {each: [] for each in IMPLEMENTATIONS}
    began = perf_counter()
    while len(seconds["fused"]) < 2 or (len(seconds["fused"]) < _REPEATS and perf_counter() - began < _SECONDS):
        for each, network in networks.items():  # in turns, so that other work on the machine slows all of them
            seconds[each].append(_epoch(network, batches, device))
    return Timing(device, {each: np.array(values) for each, values in seconds.items()})


def _epoch(network: "Recurrent", batches: list[Any], device: str) -> float:
    import torch

    began = perf_counter()
    for batch in batches:
        _run(network, batch)
    if device == "cuda":
        torch.cuda.synchronize()
    return perf_counter() - began

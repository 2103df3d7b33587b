"""What only "Inside the cell" shows: the network itself, how it is trained, what workers found out about it.

Axis letters: K matches, T timesteps, L layers, D input features. The network and the answers say of which
run and which age they are, and a question's answer also what was ``asked``, as the browser wrote it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.errors import InvalidArgument
from lstm_core.phrases import Phrase, verbatim


@dataclass(frozen=True, eq=False, kw_only=True)
class Network:
    """The network behind a film's snapshot of ``epoch``, for what the browser computes itself: what-if, terms, clamps.

    run: whose it is. weights: under torch.nn's names, with head.weight and head.bias. inputs: (D,) representations of
    the series in the order of the features; target: the head's. scales: (mean, deviation) of each representation.
    """

    run: str
    epoch: float
    cell: str
    weights: Mapping[str, np.ndarray]
    inputs: Sequence[str]
    target: str
    scales: Mapping[str, tuple[float, float]]

    def __post_init__(self) -> None:
        if missing := {*self.inputs, self.target} - set(self.scales):
            expected = verbatim("one for each representation")
            raise InvalidArgument("scales", expected, f"none for {', '.join(sorted(missing))}")

    @property
    def layers(self) -> int:
        return sum(name.startswith("weight_ih_l") for name in self.weights)


@dataclass(frozen=True, kw_only=True)
class Training:
    """How training feeds the network, for the shapes on its wires.

    batch_size: windows in one gradient step; windows: those of an epoch, at most. dropout: share of what one layer
    hands to the next that is dropped; output_dropout: of what the last one hands to the head. first_scored: the first
    timestep, from 0, whose prediction the loss reads.
    """

    batch_size: int
    windows: int
    dropout: float
    output_dropout: float
    first_scored: int

    def __post_init__(self) -> None:
        for name in ("batch_size", "windows"):
            if getattr(self, name) < 1:
                raise InvalidArgument(name, Phrase("whole_number_from", low=1), getattr(self, name))
        for name in ("dropout", "output_dropout"):
            if not 0 <= getattr(self, name) < 1:
                raise InvalidArgument(name, verbatim("a share from 0 to below 1"), getattr(self, name))
        if self.first_scored < 0:
            raise InvalidArgument("first_scored", Phrase("whole_number_from", low=0), self.first_scored)


@dataclass(frozen=True, eq=False, kw_only=True)
class Explained:
    """What mattered in one film's window: input_gradients (T, D), scaled; gradient_norms (L, T)."""

    run: str
    film: str
    epoch: float
    input_gradients: np.ndarray
    gradient_norms: np.ndarray


@dataclass(frozen=True, eq=False, kw_only=True)
class ClampedTest:
    """RMSE over the test part, in the chart's unit: with activations held, with none held, and the naive one.

    sure_free, sure_naive: could chance have made the difference between held and the other? In a few words.
    """

    run: str
    epoch: float
    asked: str
    days: int
    rmse: float
    rmse_free: float
    rmse_naive: float
    sure_free: str
    sure_naive: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Matched:
    """Stretches of the series that look like a pattern: first and last (K,) positions, both inclusive."""

    run: str
    epoch: float
    asked: str
    first: np.ndarray
    last: np.ndarray
    days: int
    active: int

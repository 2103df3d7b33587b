"""Windows: what the network is shown of a series, and what it is asked for.

Positions are days of the series, 0 .. N-1. The window that ends at day e shows the T days e-T+1 .. e and asks, at each
of its timesteps, for the day after it; its last target is day e+1. The naive forecast of day d is the value of day d-1.

Parts are chronological, and a window belongs to the part in which its last target lies. What is allowed: a validation
or test window may show days of an earlier part (at the time of the forecast they are known), and a target inside such
a window that lies in the earlier part is not scored. What is not: no training window shows or asks for a day of a
later part, and the scaler sees days of the training part alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from lstm_core.data.series import Series
from lstm_core.errors import InvalidArgument
from lstm_core.hyperparameters import Hyperparameters, Resolved
from lstm_core.phrases import Choice, Phrase

PARTS = ("train", "validation", "test")


class Scale(NamedTuple):
    """Standardisation: scaled = (value - mean) / deviation."""

    mean: float
    deviation: float

    def apply(self, values: np.ndarray) -> np.ndarray:
        return (values - self.mean) / self.deviation

    def undo(self, scaled: np.ndarray) -> np.ndarray:
        return scaled * self.deviation + self.mean


class Batch(NamedTuple):
    """inputs (B, T, D) and target (B, T), scaled float32; scored (B, T) bool: which targets count in the loss."""

    inputs: np.ndarray
    target: np.ndarray
    scored: np.ndarray


def resolved(hyperparameters: Hyperparameters, series: Series) -> Resolved:
    """Put what fits where ``auto`` stands: the representation chosen for the other side, where one was chosen;
    else log returns if all values are positive, and levels if not."""
    fitting = "log_return" if (series.values > 0).all() else "level"
    inputs, target = hyperparameters.inputs, hyperparameters.target
    if inputs == ("auto",):
        inputs = (fitting if target == "auto" else target,)
    chosen = {each.name: getattr(hyperparameters, each.name) for each in fields(Hyperparameters)}
    return Resolved(**chosen | {"inputs": inputs, "target": inputs[0] if target == "auto" else target})


@dataclass(frozen=True, eq=False)
class Windows:
    """The windows of one series; `windows_of` keeps the last few. Raises `InvalidArgument` where the hyperparameters do
    not fit the series."""

    values: np.ndarray
    hyperparameters: Resolved

    def __post_init__(self) -> None:
        _check(self.values, self.hyperparameters, self.first_end)
        for name in {*self.hyperparameters.inputs, self.hyperparameters.target}:
            if not self.scales[name].deviation > 0:
                raise InvalidArgument("series", Phrase("changing", representation=Choice(name)), "a constant")

    @property
    def length(self) -> int:
        return self.hyperparameters.window_length

    @cached_property
    def first_end(self) -> int:
        """The first day on which a window can end: a log return needs the day before it."""
        return self.length - 1 + ("log_return" in self.hyperparameters.inputs)

    @property
    def last_end(self) -> int:
        """The last day on which a window can end whose target is known: one before the series' last."""
        return len(self.values) - 2

    @cached_property
    def bounds(self) -> Mapping[str, tuple[int, int]]:
        """Part -> the days [start, stop) that it is asked for."""
        total = len(self.values)
        train_stop = round(total * self.hyperparameters.train_fraction)
        validation_stop = round(
            total * (self.hyperparameters.train_fraction + self.hyperparameters.validation_fraction)
        )
        return {
            "train": (self.first_end + 1, train_stop),
            "validation": (train_stop, validation_stop),
            "test": (validation_stop, total),
        }

    def ends(self, part: str) -> np.ndarray:
        """The days on which the windows of a part end, every one: their last targets are all days of the part."""
        start, stop = self.bounds[part]
        return np.arange(max(start - 1, self.first_end), stop - 1)

    def training_ends(self, generator: np.random.Generator) -> np.ndarray:
        """One epoch's training windows, ``training_stride`` apart from a random offset, shuffled."""
        every = self.ends("train")
        stride = self.hyperparameters.training_stride
        chosen = every[generator.integers(min(stride, len(every))) :: stride]
        return generator.permutation(chosen)

    @property
    def epoch_size(self) -> int:
        """Training windows of an epoch, at most: its random offset may cost it one."""
        return len(self.ends("train")[:: self.hyperparameters.training_stride])

    def scoring_ends(self, part: str) -> np.ndarray:
        """The fewest windows whose scored targets cover the part, each day once."""
        every = self.ends(part)
        scored_each = self.length - self.hyperparameters.first_scored
        return every[::-1][::scored_each][::-1]

    def batch(self, ends: np.ndarray, scored_from: int = 0) -> Batch:
        """The windows that end on the given days (B,). Targets of days before ``scored_from`` are not scored."""
        values = self._gather(ends)
        asked = ends[:, None] + np.arange(2 - self.length, 2)
        scored = (asked >= scored_from) & (asked < len(self.values))
        scored[:, : self.hyperparameters.first_scored] = False
        target = self.hyperparameters.target
        return Batch(self.inputs(values[:, :-1]), self._scaled(target, next_day(target, values)), scored)

    def inputs(self, values: np.ndarray) -> np.ndarray:
        """The values of each window's days and of the day before it (B, T+1) -> what the network sees (B, T, D)."""
        names = self.hyperparameters.inputs
        return np.stack([self._scaled(name, same_day(name, values)) for name in names], axis=-1)

    def scoring_batch(self, ends: np.ndarray, part: str) -> Batch:
        """Windows out of `scoring_ends`: over all of them each day of the part is scored once, others never."""
        return self.batch(ends, scored_from=self.bounds[part][0])

    def naive(self, ends: np.ndarray) -> np.ndarray:
        """What "tomorrow equals today" predicts at each timestep, scaled like the target: (B, T) float32."""
        target = self.hyperparameters.target
        values = self._gather(ends)
        held = np.zeros(values[:, 1:-1].shape) if target == "log_return" else same_day(target, values[:, :-1])
        return self._scaled(target, held)

    def to_values(self, scaled: np.ndarray, values: np.ndarray) -> np.ndarray:
        """Scaled predictions (B, T) for windows whose days have the given values (B, T) -> the series' unit (B, T)."""
        target = self.hyperparameters.target
        predicted = self.scales[target].undo(scaled.astype(np.float64))
        if target == "log_return":
            return values * np.exp(predicted)
        return values[:, :1] * (1 + predicted) if target == "relative" else predicted

    def days(self, ends: np.ndarray) -> np.ndarray:
        """The days that windows show: (B,) ends -> (B, T) positions."""
        return ends[:, None] + np.arange(1 - self.length, 1)

    @cached_property
    def scales(self) -> Mapping[str, Scale]:
        """Representation -> its scale, from the training part alone."""
        stop = self.bounds["train"][1]
        ends = self.ends("train")
        names = {*self.hyperparameters.inputs, self.hyperparameters.target}
        return {name: _fit(self._training_values(name, stop, ends)) for name in sorted(names)}

    def _training_values(self, name: str, stop: int, ends: np.ndarray) -> np.ndarray:
        """All that a representation can show of the training part, as one array to fit a scale to."""
        if name == "relative":
            return same_day(name, self.values[ends[:, None] + np.arange(-self.length, 1)])
        return same_day(name, self.values[None, :stop]) if name == "log_return" else self.values[:stop]

    def _gather(self, ends: np.ndarray) -> np.ndarray:
        """Values of the day before each window, its days and the day after: (B,) -> (B, T+2).

        Beyond the series its nearest day stands in; what is made of it is neither shown nor scored.
        """
        rows = ends[:, None] + np.arange(-self.length, 2)
        return self.values[np.clip(rows, 0, len(self.values) - 1)]

    def _scaled(self, name: str, represented: np.ndarray) -> np.ndarray:
        return self.scales[name].apply(represented).astype(np.float32)


def same_day(name: str, values: np.ndarray) -> np.ndarray:
    """A representation of each day: the values of a day before and of T days (B, T+1) -> (B, T)."""
    if name == "log_return":
        return np.diff(np.log(values), axis=1)
    return values[:, 1:] / values[:, 1:2] - 1 if name == "relative" else values[:, 1:]


def next_day(name: str, values: np.ndarray) -> np.ndarray:
    """The representation of the day after each of T days, seen from it: (B, T+2) values -> (B, T)."""
    if name == "log_return":
        return same_day(name, values[:, 1:])
    return values[:, 2:] / values[:, 1:2] - 1 if name == "relative" else values[:, 2:]


def _fit(values: np.ndarray) -> Scale:
    """A deviation that is nothing but rounding of a constant counts as zero."""
    mean, deviation = float(values.mean()), float(values.std())
    return Scale(mean, deviation if deviation > 1e-12 * max(1.0, abs(mean)) else 0.0)


def _check(values: np.ndarray, hyperparameters: Resolved, first_end: int) -> None:
    needs_positive = {*hyperparameters.inputs, hyperparameters.target} - {"level"}
    if needs_positive and not (values > 0).all():
        came = Phrase("quoted", what=tuple(map(Choice, sorted(needs_positive))))
        raise InvalidArgument("inputs and target", Phrase("positive_series", level=Choice("level")), came)
    needed = int(np.ceil((first_end + 3) / hyperparameters.train_fraction))
    if len(values) < needed:
        length = hyperparameters.window_length
        expected = Phrase("shorter_window", observations=len(values), length=length, needed=needed)
        raise InvalidArgument("window_length", expected, length)
    one_unit = min(hyperparameters.validation_fraction, hyperparameters.test_fraction)
    if len(values) * one_unit < 2:
        expected = Phrase("long_enough_for_parts", observations=int(np.ceil(2 / one_unit)))
        raise InvalidArgument("series", expected, len(values))


@lru_cache(maxsize=8)
def _cached_windows(fingerprint: str, holder: "_Unhashed", hyperparameters: Resolved) -> Windows:
    return Windows(holder.series.values, hyperparameters)


@dataclass(frozen=True)
class _Unhashed:
    """Carries a series past a cache whose key is its fingerprint."""

    series: Series

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Unhashed)


def windows_of(series: Series, hyperparameters: Resolved) -> Windows:
    """Built once, and kept for whoever asks next. Raises `InvalidArgument` where they do not fit."""
    return _cached_windows(series.fingerprint, _Unhashed(series), hyperparameters)

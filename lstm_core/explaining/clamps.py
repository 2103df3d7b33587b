"""Clamps: activations kept at a value of the reader's choice while the network runs.

Imports no torch, so that the app's process can make them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lstm_core.errors import InvalidArgument
from lstm_core.hyperparameters import Resolved
from lstm_core.network.cells import BOUNDS, CELLS
from lstm_core.phrases import Argument, Choice, Phrase


@dataclass(frozen=True)
class Clamp:
    """The activation ``name`` clamped at ``value``, for one layer and unit or (None) for all.

    Raises `InvalidArgument` for a name that no cell has, and for a value that the activation cannot take.
    """

    name: str
    value: float
    layer: int | None = None
    unit: int | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or self.name not in BOUNDS:
            raise InvalidArgument("name", Phrase("activation", choices=tuple(map(Choice, BOUNDS))), self.name)
        low, high = BOUNDS[self.name]
        is_number = isinstance(self.value, int | float) and not isinstance(self.value, bool)
        if not is_number or not low <= self.value <= high:  # NaN is in no range
            expected = Phrase("number_of_activation", low=low, high=high, activation=Choice(self.name))
            raise InvalidArgument("value", expected, self.value)
        for argument in ("layer", "unit"):
            index = getattr(self, argument)
            if index is not None and not is_index(index):
                raise InvalidArgument(argument, Phrase("whole_number_or_all", low=0), index)


def check_clamps(clamps: Sequence[Clamp], hyperparameters: Resolved) -> None:
    """Raises `InvalidArgument` for the first clamp of something that a network of these hyperparameters has not."""
    for clamp in clamps:
        check_place(hyperparameters, clamp.name, clamp.layer or 0, clamp.unit or 0)


def check_place(hyperparameters: Resolved, name: str, layer: int, unit: int) -> None:
    """Raises `InvalidArgument` where a network of these hyperparameters has no such activation, layer or unit."""
    names = CELLS[hyperparameters.cell].activations
    if name not in names:
        choices = tuple(map(Choice, names))
        raise InvalidArgument("name", Phrase("activation_of_cell", cell=hyperparameters.cell, choices=choices), name)
    for argument, index, size in (("layer", layer, "num_layers"), ("unit", unit, "hidden_size")):
        most = getattr(hyperparameters, size)
        if index >= most:
            raise InvalidArgument(argument, Phrase("less_than_setting", setting=Argument(size), value=most), index)


def is_index(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0

"""One window at many ages of one network. Axis letters as in `stage_content`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from dashboard.components.checks import finite_everywhere, same_length
from dashboard.components.inside_data import Training
from lstm_core.checks import one_of, whole_number
from lstm_core.errors import InvalidArgument
from lstm_core.network.cells import CELLS
from lstm_core.phrases import verbatim
from lstm_core.work.snapshots import Snapshot


@dataclass(frozen=True, eq=False, kw_only=True)
class Film:
    """One window at many ages of one network. ``id`` changes with the ``run`` or the window.

    snapshots: those to hand over; the browser adds them to what it holds of this film. is_whole: there are no more,
    and others that came while the network learned go away. to_come: the epochs of those that follow in a moment.
    window_start: series index of the first input day. input_names: (D,).
    target_price, naive_price: (T,) the real next value (NaN where not known yet) and the naive forecast of it;
    target: (T,) the real next value as the network is scored on it, scaled (NaN where not known yet).
    training: what its batches are like. largest_move: the timestep, from 0, at which the series moved most.
    first_end: series index of the first day on which a window can end.
    cell_state_bound: colour bound of |c| for the whole run; None for cells without a cell state.
    """

    id: str
    run: str
    cell: str
    window_start: int
    snapshots: Sequence[Snapshot]
    input_names: Sequence[str]
    target_price: np.ndarray
    naive_price: np.ndarray
    target: np.ndarray
    training: Training
    largest_move: int
    cell_state_bound: float | None = None
    first_end: int = 0
    is_whole: bool = False
    to_come: Sequence[float] = ()

    def __post_init__(self) -> None:
        if self.cell not in CELLS:
            raise InvalidArgument("cell", one_of(CELLS), self.cell)
        has_cell_state = CELLS[self.cell].has_cell_state
        if has_cell_state and not (self.cell_state_bound and np.isfinite(self.cell_state_bound)):
            expected = verbatim("a positive number for this cell")
            raise InvalidArgument("cell_state_bound", expected, self.cell_state_bound)
        timesteps = len(self.target_price)
        same_length("target", self.target, timesteps)
        same_length("naive_price", self.naive_price, timesteps)
        finite_everywhere("naive_price", self.naive_price)
        if not 0 <= self.largest_move < timesteps:
            raise InvalidArgument("largest_move", whole_number(0, timesteps - 1), self.largest_move)
        if self.training.first_scored >= timesteps:
            expected = verbatim(f"scored before timestep {timesteps}")
            raise InvalidArgument("training", expected, self.training.first_scored)
        for snapshot in self.snapshots:
            _fits(snapshot, self.cell, timesteps, len(self.input_names))

    def opening_on(self, *epochs: float | None) -> "Film":
        """With the frames alone that are nearest to these epochs (None: the last), which travel fast."""
        if not self.snapshots:
            return self
        first = {self._nearest(epoch).epoch for epoch in epochs}
        opening = [each for each in self.snapshots if each.epoch in first]
        to_come = [each.epoch for each in self.snapshots if each.epoch not in first]
        return replace(self, snapshots=opening, to_come=to_come, is_whole=False)

    def _nearest(self, epoch: float | None) -> Snapshot:
        return self.snapshots[-1] if epoch is None else min(self.snapshots, key=lambda each: abs(each.epoch - epoch))


def _fits(snapshot: Snapshot, cell: str, timesteps: int, features: int) -> None:
    """Every snapshot of a film shows the same window through the same kind of cell."""
    if snapshot.trace.cell != cell:
        raise InvalidArgument("snapshots", verbatim(f"traces of cell {cell}"), snapshot.trace.cell)
    if snapshot.trace.inputs.shape != (timesteps, features):
        expected = verbatim(f"traces of inputs {(timesteps, features)}")
        raise InvalidArgument("snapshots", expected, snapshot.trace.inputs.shape)
    same_length("values", snapshot.values, timesteps)
    same_length("head_weight", snapshot.head_weight, snapshot.trace.shape[-1])

"""What the stage shows, as frozen dataclasses that check themselves.

Axis letters: N observations, K predictions, T timesteps, L layers, H hidden units, D input features.
No forecast stands alone: `Predictions`, `Forecast`, `Film` and `Losses` cannot be built without their naive one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from dashboard.stage.inside_scene import Explained, HeldTest, Matched, Network, Training
from dashboard.stage.inside_words import INSIDE_WORDS
from dashboard.stage.term_words import TERM_WORDS
from dashboard.stage.words import WORDS
from lstm_core.errors import InvalidArgument
from lstm_core.trace import ACTIVATIONS, Trace

PAGES = ("forecast", "inside")
STATES = ("idle", "queued", "training", "pausing", "paused", "finished", "stopped", "diverged", "failed")


@dataclass(frozen=True, eq=False, kw_only=True)
class Chart:
    """The series. ``id`` changes with the series; zoom is kept as long as it stays.

    dates: (N,) datetime64; price: (N,) in ``unit``; train_stop, validation_stop: indices where those parts end.
    ``step`` is what one timestep is called ("day").
    """

    id: str
    title: str
    unit: str
    dates: np.ndarray
    price: np.ndarray
    train_stop: int
    validation_stop: int
    step: str = "day"

    def __post_init__(self) -> None:
        _same_length("price", self.price, len(self.dates))
        _finite("price", self.price)
        if not 0 < self.train_stop <= self.validation_stop <= len(self.dates):
            came = (self.train_stop, self.validation_stop)
            raise InvalidArgument("train_stop, validation_stop", f"rising, from 1 to {len(self.dates)}", came)


@dataclass(frozen=True, eq=False, kw_only=True)
class Predictions:
    """One step ahead on known data, with the naive forecast of the same days.

    positions: (K,) index into the series of the day predicted, rising; price, naive: (K,) in the chart's unit.
    """

    epoch: float
    positions: np.ndarray
    price: np.ndarray
    naive: np.ndarray

    def __post_init__(self) -> None:
        _same_length("price", self.price, len(self.positions))
        _same_length("naive", self.naive, len(self.positions))
        _finite("naive", self.naive)


@dataclass(frozen=True, eq=False, kw_only=True)
class Forecast:
    """Beyond the last observation, with its interval and the naive forecast: all (horizon,), in the chart's unit.

    ``level`` is the share of the future that the interval is meant to hold (0.9).
    """

    dates: np.ndarray
    price: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    naive: np.ndarray
    level: float

    def __post_init__(self) -> None:
        for name in ("price", "lower", "upper", "naive"):
            _same_length(name, getattr(self, name), len(self.dates))
        _finite("naive", self.naive)
        if not 0 < self.level < 1:
            raise InvalidArgument("level", "a share between 0 and 1", self.level)


@dataclass(frozen=True, eq=False, kw_only=True)
class Frame:
    """The film's window as the network saw it after ``epoch``.

    prediction_price: (T,) in the chart's unit; head_weight: (H,), head_bias: the linear head on the last layer.
    """

    epoch: float
    trace: Trace
    prediction_price: np.ndarray
    head_weight: np.ndarray
    head_bias: float

    def __post_init__(self) -> None:
        _, timesteps, hidden_size = self.trace.shape
        _same_length("prediction_price", self.prediction_price, timesteps)
        _same_length("head_weight", self.head_weight, hidden_size)


@dataclass(frozen=True, eq=False, kw_only=True)
class Film:
    """One window at many ages of one network. ``id`` changes with the ``run`` or the window.

    frames: those to hand over; the browser adds them to what it holds of this film. is_whole: these are all there are,
    and others that came while the network learned go away.
    window_start: series index of the first input day. input_names: (D,).
    target_price, naive_price: (T,) the real next value (NaN where not known yet) and the naive forecast of it;
    target: (T,) the real next value as the network is scored on it, scaled (NaN where not known yet).
    training: what its batches are like. largest_move: the timestep, from 0, at which the series moved most.
    first_end: series index of the first day on which a window can end.
    cell_state_bound: colour bound of |c| for the whole run; None for cells
    without a cell state.
    """

    id: str
    run: str
    cell: str
    window_start: int
    frames: Sequence[Frame]
    input_names: Sequence[str]
    target_price: np.ndarray
    naive_price: np.ndarray
    target: np.ndarray
    training: Training
    largest_move: int
    cell_state_bound: float | None = None
    first_end: int = 0
    is_whole: bool = False

    def __post_init__(self) -> None:
        if self.cell not in ACTIVATIONS:
            raise InvalidArgument("cell", "one of " + ", ".join(ACTIVATIONS), self.cell)
        has_cell_state = "cell_state" in ACTIVATIONS[self.cell]
        if has_cell_state and not (self.cell_state_bound and np.isfinite(self.cell_state_bound)):
            raise InvalidArgument("cell_state_bound", "a positive number for this cell", self.cell_state_bound)
        timesteps = len(self.target_price)
        _same_length("target", self.target, timesteps)
        _same_length("naive_price", self.naive_price, timesteps)
        _finite("naive_price", self.naive_price)
        if not 0 <= self.largest_move < timesteps:
            raise InvalidArgument("largest_move", f"a timestep from 0 to {timesteps - 1}", self.largest_move)
        if self.training.first_scored >= timesteps:
            raise InvalidArgument("training", f"scored before timestep {timesteps}", self.training.first_scored)
        for frame in self.frames:
            _fits(frame, self.cell, timesteps, len(self.input_names))

    def opening_on(self, *epochs: float | None) -> "Film":
        """With the frames alone that are nearest to these epochs (None: the last), which travel fast."""
        if not self.frames:
            return self
        first = {self._nearest(epoch).epoch for epoch in epochs}
        return replace(self, frames=[each for each in self.frames if each.epoch in first], is_whole=False)

    def _nearest(self, epoch: float | None) -> Frame:
        return self.frames[-1] if epoch is None else min(self.frames, key=lambda each: abs(each.epoch - epoch))


@dataclass(frozen=True, eq=False, kw_only=True)
class Losses:
    """Loss against epoch: epochs, train, validation are equally long; ``naive`` is one number, by the same criterion.

    best_epoch: that of the lowest validation loss, ``best_loss`` (NaN where it is not known); 0 is before training.
    kept_epochs: those whose frames can be had; planned_epochs: how many the run will have.
    """

    epochs: np.ndarray
    train: np.ndarray
    validation: np.ndarray
    naive: float
    best_epoch: float | None
    best_loss: float
    kept_epochs: Sequence[float]
    planned_epochs: int

    def __post_init__(self) -> None:
        _same_length("train", self.train, len(self.epochs))
        _same_length("validation", self.validation, len(self.epochs))
        _finite("naive", np.asarray(self.naive))


@dataclass(frozen=True, kw_only=True)
class Status:
    """What the run is doing, with a sentence for people where there is something to say.

    epoch: the one that is judged and shown while nobody scrubs; None: the newest, which will be another in a moment.
    progress: how far it is, in words; share: the same between 0 and 1, None where nothing goes on.
    cell: of its network, also before there is a picture of it.
    """

    state: str = "idle"
    message: str = ""
    epoch: float | None = None
    progress: str = ""
    share: float | None = None
    cell: str = "LSTM"

    def __post_init__(self) -> None:
        if self.state not in STATES:
            raise InvalidArgument("state", "one of " + ", ".join(STATES), self.state)
        if self.share is not None and not 0 <= self.share <= 1:
            raise InvalidArgument("share", "between 0 and 1", self.share)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Is the network any better than naive, and could chance have done it: in a few words, and in sentences."""

    short: str
    sentences: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What a person chose on the stage, counted from 1 as the stage counts; None: as it opens.

    epoch: the age of the network; None follows. timestep: the one that the playhead rests on; None while it plays.
    """

    epoch: float | None = None
    unit: int | None = None
    layer: int | None = None
    timestep: int | None = None


@dataclass(frozen=True, eq=False, kw_only=True)
class Scene:
    """All that the stage shows. None means: there is none (what was drawn of it goes away).

    window: series index of its first day, and its length, also while there is no film of it.
    page: with ``inside`` the stage also has the tools that take the cell apart.
    chosen: what a stage that knows of no choice yet opens on; the epoch also another run.
    epoch: the age of the network that all else is about, where it stands still; a stage that shows
    another one says so until this is that one.
    """

    chart: Chart
    page: str = "forecast"
    chosen: Chosen = field(default_factory=Chosen)
    window: tuple[int, int] | None = None
    epoch: float | None = None
    predictions: Predictions | None = None
    forecast: Forecast | None = None
    film: Film | None = None
    network: Network | None = None
    explanation: Explained | None = None
    held_test: HeldTest | None = None
    matches: Matched | None = None
    losses: Losses | None = None
    verdict: Verdict | None = None
    status: Status = field(default_factory=Status)
    words: dict[str, str] = field(default_factory=lambda: WORDS | TERM_WORDS | INSIDE_WORDS)

    def __post_init__(self) -> None:
        if self.page not in PAGES:
            raise InvalidArgument("page", "one of " + ", ".join(PAGES), self.page)

    def opening(self) -> "Scene":
        """With that frame of its film that the stage opens on."""
        epoch = self.chosen.epoch if self.epoch is None else self.epoch
        return replace(self, film=self.film and self.film.opening_on(epoch))


def _same_length(name: str, values: np.ndarray, length: int) -> None:
    if np.shape(values) != (length,):
        raise InvalidArgument(name, f"of shape ({length},)", np.shape(values))


def _finite(name: str, values: np.ndarray) -> None:
    if not np.isfinite(values).all():
        raise InvalidArgument(name, "finite everywhere", "values that are not finite")


def _fits(frame: Frame, cell: str, timesteps: int, features: int) -> None:
    """Every frame of a film shows the same window through the same kind of cell."""
    if frame.trace.cell != cell:
        raise InvalidArgument("frames", f"traces of cell {cell}", frame.trace.cell)
    if frame.trace.inputs.shape != (timesteps, features):
        raise InvalidArgument("frames", f"traces of inputs {(timesteps, features)}", frame.trace.inputs.shape)

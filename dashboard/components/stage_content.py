"""What the stage shows, as frozen dataclasses that check themselves.

Axis letters: N observations, K predictions, T timesteps, L layers, H hidden units, D input features.
No forecast stands alone: `Predictions`, `Forecast`, `Film` and `Losses` cannot be built without their naive one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from dashboard.components.checks import finite_everywhere, same_length
from dashboard.components.film import Film
from dashboard.components.inside_data import ClampedTest, Explained, Matched, Network
from dashboard.texts import words
from lstm_core.checks import a_number, one_of
from lstm_core.errors import InvalidArgument
from lstm_core.phrases import Phrase, verbatim

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
        same_length("price", self.price, len(self.dates))
        finite_everywhere("price", self.price)
        if not 0 < self.train_stop <= self.validation_stop <= len(self.dates):
            came = (self.train_stop, self.validation_stop)
            expected = verbatim(f"rising, from 1 to {len(self.dates)}")
            raise InvalidArgument("train_stop, validation_stop", expected, came)


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
        same_length("price", self.price, len(self.positions))
        same_length("naive", self.naive, len(self.positions))
        finite_everywhere("naive", self.naive)


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
            same_length(name, getattr(self, name), len(self.dates))
        finite_everywhere("naive", self.naive)
        if not 0 < self.level < 1:
            raise InvalidArgument("level", Phrase("share"), self.level)


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
        same_length("train", self.train, len(self.epochs))
        same_length("validation", self.validation, len(self.epochs))
        finite_everywhere("naive", np.asarray(self.naive))


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
            raise InvalidArgument("state", one_of(STATES), self.state)
        if self.share is not None and not 0 <= self.share <= 1:
            raise InvalidArgument("share", a_number(0, 1), self.share)


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
class StageContent:
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
    clamped_test: ClampedTest | None = None
    matches: Matched | None = None
    losses: Losses | None = None
    verdict: Verdict | None = None
    status: Status = field(default_factory=Status)
    words: Mapping[str, str] = field(
        default_factory=lambda: words("steps", "stage", "moment", "terms", "inside", "layers")
    )

    def __post_init__(self) -> None:
        if self.page not in PAGES:
            raise InvalidArgument("page", one_of(PAGES), self.page)

    def opening(self) -> "StageContent":
        """With that snapshot of its film that the stage opens on."""
        epoch = self.chosen.epoch if self.epoch is None else self.epoch
        return replace(self, film=self.film and self.film.opening_on(epoch))

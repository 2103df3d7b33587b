"""What `import lstm_core` offers, and the command line does: get a series, train, look, judge, forecast, keep.

Torch is imported when a function first needs it, not before.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from lstm_core.checks import instance_of
from lstm_core.data.series import Series
from lstm_core.errors import InvalidArgument
from lstm_core.forecasting.evaluation import Evaluation
from lstm_core.forecasting.predict import Forecast
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.network.trace import Trace
from lstm_core.phrases import Phrase
from lstm_core.runs.run import Run, load, require_run, save
from lstm_core.training.checkpoint import EpochReport

if TYPE_CHECKING:
    from lstm_core.network.forecaster import Forecaster

__all__ = ["Hyperparameters", "evaluate", "forecast", "load", "load_series", "save", "trace", "train"]


@dataclass(frozen=True, eq=False)
class WindowTrace(Trace):
    """A `Trace` of one window of a run, with what its numbers mean in the series' unit.

    dates: (T,) datetime64[s], one a timestep; prediction and target at t are of the observation after it.
    target: (T,) float32, what came, scaled like ``prediction``.
    prediction_price, target_price, naive_price: (T,) float64, in the series' unit; naive is the observation at t, held.
    """

    dates: np.ndarray
    target: np.ndarray
    prediction_price: np.ndarray
    target_price: np.ndarray
    naive_price: np.ndarray


def load_series(name: str | None = None, *, csv: str | Path | None = None, column: str | None = None) -> Series:
    """A series of the catalogue (`python -m lstm_core series` lists them), or a column of a CSV file.

    csv: a file with a column of dates; name: what to call its series (the file's name, where none is given); column:
    the one to forecast (where none is given: a price, else the first with numbers). ``notes`` of the series say what
    was cleaned.

    Raises `InvalidArgument` for a name that is not in the catalogue, a file that cannot be opened or a column that it
    has not; `InvalidFile` for a file that cannot be understood; `DataUnavailable` where the package is missing that
    carries a series.
    """
    if csv is not None:
        from lstm_core.data.csv.reading import read_csv

        path = Path(instance_of((str, Path), "csv", Phrase("path_of_file"), csv))
        return read_csv(_read(path), name or path.stem, column)
    if column is not None:
        raise InvalidArgument("column", Phrase("with_csv_only"), column)
    from lstm_core.data.catalogue import load as load_of_catalogue

    return load_of_catalogue(instance_of(str, "series", Phrase("name_unless_csv"), name))


def train(
    series: str | Series,
    hyperparameters: Hyperparameters | None = None,
    *,
    on_report: Callable[[EpochReport], None] = lambda report: None,
    **settings: Any,
) -> Run:
    """Train a network and return the run, which stands for the epoch of the lowest validation loss.

    series: a name of the catalogue, or a `Series`. settings: fields of `Hyperparameters` by name, such as
    ``hidden_size=16, epochs=20, seed=1``; they go before those of ``hyperparameters``. on_report hears of each epoch
    when it ends: number, training and validation loss (scaled), seconds. The same settings and seed give the same
    weights, bit for bit, as on the command line.

    Raises `InvalidArgument` for a setting that is unknown, out of its bounds or does not fit the series; for a name,
    what `load_series` raises.
    """
    from lstm_core.runs.train import train_whole

    chosen = _chosen(hyperparameters, settings)
    given = instance_of((str, Series), "series", Phrase("name_or_series"), series)
    return train_whole(chosen, load_series(given) if isinstance(given, str) else given, on_report)


def trace(run: Run, window: int = -1) -> WindowTrace:
    """Every activation of one window, each (L, T, H), as the run's network computes it.

    window: in time order, from 0, or from -1 backwards; the windows are those whose last target is known.
    Raises `InvalidArgument` for a window that there is not.
    """
    from lstm_core.work.snapshots import snapshot, window_facts

    windows = require_run(run).windows()
    end = windows.first_end + _position(window, windows.last_end - windows.first_end + 1)
    seen, facts = snapshot(windows, run.weights, run.epoch, end), window_facts(windows, end)
    return WindowTrace(
        **vars(seen.trace),
        dates=run.series.dates[windows.days(np.array([end]))[0]],
        target=facts.target,
        prediction_price=seen.values,
        target_price=facts.target_values,
        naive_price=facts.naive_values,
    )


def evaluate(run: Run) -> Evaluation:
    """One-step forecasts of the whole test part, in the series' unit: the network beside naive and drift.

    ``metrics["network"]`` stands beside ``metrics["naive"]``, and ``diebold_mariano`` says whether chance could have
    made the difference. One run is one seed.
    """
    from lstm_core.forecasting.evaluation import evaluate as evaluate_network

    return evaluate_network(_network(run), run.windows(), run.series)


def forecast(run: Run, horizon: int) -> Forecast:
    """``horizon`` timesteps beyond the last observation, in the series' unit: each array (horizon,), naive among them.

    Raises `InvalidArgument` for a horizon that is no whole number, or longer than the validation part can judge.
    """
    from lstm_core.forecasting.predict import forecast as forecast_of_network

    return forecast_of_network(_network(run), run.windows(), run.series, _plain(horizon))


def _network(run: Run) -> "Forecaster":
    from lstm_core.network.forecaster import build

    require_run(run)
    return build(run.hyperparameters, run.weights)


def _chosen(hyperparameters: Hyperparameters | None, settings: dict[str, Any]) -> Hyperparameters:
    """The settings over the hyperparameters that were given, over the defaults."""
    given = Hyperparameters() if hyperparameters is None else hyperparameters
    given = instance_of(Hyperparameters, "hyperparameters", Phrase("hyperparameters"), given)
    return Hyperparameters.from_dict(given.to_dict() | {name: _plain(value) for name, value in settings.items()})


def _position(window: Any, count: int) -> int:
    """From 0, of one of ``count`` windows."""
    index = _plain(window)
    if not isinstance(index, int) or isinstance(index, bool) or not -count <= index < count:
        raise InvalidArgument("window", Phrase("window_index", low=0, high=count - 1), window)
    return index % count


def _plain(value: Any) -> Any:
    """Python's own number for one of numpy's, as loops in notebooks have them."""
    return value.item() if isinstance(value, np.generic) else value


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InvalidArgument("csv", Phrase("readable_file", reason=str(error.strerror)), str(path)) from error

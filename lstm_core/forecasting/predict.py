"""One-step predictions on known data, and forecasts beyond the last observation.

Imports no torch, so that the app's process can hold what it returns.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lstm_core.data.series import Series
from lstm_core.errors import InvalidArgument
from lstm_core.phrases import Phrase
from lstm_core.training.windows import Windows

if TYPE_CHECKING:
    from lstm_core.network.forecaster import Forecaster

LONGEST_HORIZON = 250
_AT_ONCE = 512
_ORIGINS = 250
_DAY = np.timedelta64(86_400, "s")


@dataclass(frozen=True, eq=False)
class Forecast:
    """Beyond the last observation, ``horizon`` timesteps: each array (horizon,), in the series' own unit.

    lower, upper: an interval as wide as ``level`` of the validation part's own errors at the same distance. Where the
    part has too few days for the level asked for, ``level`` is the highest that n errors can vouch for, n / (n + 1).
    naive: the last observation, held. A forecast is NaN from where it left what the inputs are defined for: a network
    that sees log returns and predicts levels can predict a negative price, but cannot be shown one.
    """

    dates: np.ndarray
    values: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    naive: np.ndarray
    level: float


def one_step(forecaster: "Forecaster", windows: Windows, ends: np.ndarray) -> np.ndarray:
    """What windows ending on days ``ends`` (K,) predict for the day after: (K,), in the series' own unit."""
    return roll(forecaster, windows, ends, 1)[:, 0]


def roll(forecaster: "Forecaster", windows: Windows, ends: np.ndarray, horizon: int) -> np.ndarray:
    """From each day of ``ends`` (K,) on, the network fed with its own predictions: (K, horizon), in the series' unit.

    NaN where it cannot be fed with them, see `Forecast`.
    """
    groups = [ends[at : at + _AT_ONCE] for at in range(0, len(ends), _AT_ONCE)]
    parts = [roll_on(forecaster, windows, group, np.empty((len(group), 0)), horizon) for group in groups]
    return np.concatenate(parts) if parts else np.empty((0, horizon))


def roll_on(forecaster: "Forecaster", windows: Windows, ends: np.ndarray, path: np.ndarray, horizon: int) -> np.ndarray:
    """`roll` from where it stands: path (K, P), what was predicted so far -> (K, horizon)."""
    values = windows.values[np.clip(ends[:, None] + np.arange(-windows.length, 1), 0, None)]
    values = np.concatenate([values, _shown(windows, path)], axis=1)[:, path.shape[1] :]
    while path.shape[1] < horizon:
        scaled = forecaster.predict(windows.inputs(values))
        with np.errstate(over="ignore"):  # returns that grow without end become infinite, and then NaN
            ahead = windows.to_values(scaled, values[:, 1:])[:, -1:]
        values = np.concatenate([values[:, 1:], _shown(windows, ahead)], axis=1)
        path = np.concatenate([path, np.where(np.isfinite(ahead), ahead, np.nan)], axis=1)
    return path


def forecast(forecaster: "Forecaster", windows: Windows, series: Series, horizon: int, level: float = 0.9) -> Forecast:
    """Raises `InvalidArgument` for a level that is no share, or a horizon that is out of bounds or longer than the
    validation part can judge."""
    if not 0 < level < 1:
        raise InvalidArgument("level", Phrase("share"), level)
    longest = longest_horizon(windows)
    if not isinstance(horizon, int) or isinstance(horizon, bool) or not 1 <= horizon <= longest:
        raise InvalidArgument("horizon", Phrase("horizon", low=1, high=longest), horizon)
    ahead, known = (roll(forecaster, windows, each, horizon) for each in (newest(windows), origins(windows, horizon)))
    return forecast_of(ahead[0], known, windows, series, level)


def newest(windows: Windows) -> np.ndarray:
    """The day that a forecast is rolled from: (1,)."""
    return np.array([len(windows.values) - 1])


def origins(windows: Windows, horizon: int) -> np.ndarray:
    """Days of the validation part that it is rolled from too, for its interval."""
    every = _origins(windows, horizon)
    return every[:: -(-len(every) // _ORIGINS)]


def forecast_of(
    values: np.ndarray, paths: np.ndarray, windows: Windows, series: Series, level: float = 0.9
) -> Forecast:
    """The forecast made of what `roll` gave from the newest day (horizon,) and from the `origins` (K, horizon)."""
    horizon = len(values)
    lower, upper, held = _interval(paths, origins(windows, horizon), windows, values, level)
    return Forecast(dates_after(series, horizon), values, lower, upper, np.full(horizon, windows.values[-1]), held)


def longest_horizon(windows: Windows) -> int:
    """As far ahead as the validation part has at least one day to judge from."""
    return min(LONGEST_HORIZON, len(_origins(windows, 1)))


def dates_after(series: Series, horizon: int) -> np.ndarray:
    """The dates that follow, at the series' usual distance; weekends are left out where the series has none.

    (horizon,) datetime64[s], at the time of day of the last observation.
    """
    step = np.median(np.diff(series.dates).astype("int64")).astype("timedelta64[s]")
    days = series.dates.astype("datetime64[D]")
    if step == _DAY and np.is_busday(days).all():
        following = np.busday_offset(days[-1], np.arange(1, horizon + 1))
        return following.astype("datetime64[s]") + (series.dates[-1] - days[-1])
    return series.dates[-1] + step * np.arange(1, horizon + 1)


def _shown(windows: Windows, values: np.ndarray) -> np.ndarray:
    """Predictions as they are fed back: NaN for what has no logarithm where the inputs need one, or is infinite."""
    needs_positive = set(windows.hyperparameters.inputs) != {"level"}
    return np.where(np.isfinite(values) & ((values > 0) | (not needs_positive)), values, np.nan)


def _origins(windows: Windows, horizon: int) -> np.ndarray:
    """Days of the validation part from which ``horizon`` steps ahead are still known and still validation."""
    ends = windows.ends("validation")
    return ends[: max(len(ends) - horizon + 1, 0)]


def _interval(
    predicted: np.ndarray, origins: np.ndarray, windows: Windows, values: np.ndarray, level: float
) -> tuple[np.ndarray, np.ndarray, float]:
    """Split-conformal intervals from the validation part's errors at each distance ahead: lower, upper, level held.

    Errors are relative where values are positive, so that an interval from cheap years fits dear ones.
    Source: Lei et al. 2018, "Distribution-free predictive inference for regression", algorithm 2.
    """
    held = min(level, len(origins) / (len(origins) + 1))
    known = windows.values[origins[:, None] + np.arange(1, len(values) + 1)]
    if (windows.values > 0).all() and not (values <= 0).any() and not (predicted <= 0).any():
        width = np.exp(_conformal_width(np.abs(np.log(known / predicted)), held))
        return values / width, values * width, held
    width = _conformal_width(np.abs(known - predicted), held)
    return values - width, values + width, held


def _conformal_width(errors: np.ndarray, level: float) -> np.ndarray:
    """The ceil((n + 1) level)-th smallest of n absolute errors in each column: (n, horizon) -> (horizon,).

    NaN, a path that could not be followed to the end, counts as the largest error of all.
    """
    rank = int(np.ceil(round((len(errors) + 1) * level, 9)))
    return np.sort(errors, axis=0)[rank - 1]

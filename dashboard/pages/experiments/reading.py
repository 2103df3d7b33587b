"""A trained run -> what an experiment shows of it: curves, a table beside naive, checks in words; pure functions."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from dashboard.run_view import verdict
from dashboard.run_view.viewed_run import ViewedRun
from lstm_core import formatting
from lstm_core.forecasting.evaluation import NETWORK, Evaluation
from lstm_core.forecasting.significance import Answer
from lstm_core.training.windows import windows_of
from lstm_core.work.judging import Judgement, Predictions

SHOWN = 60  # test days: few enough to see that a prediction lies on yesterday's price

Curves = Mapping[str, tuple[np.ndarray, np.ndarray]]


def losses(viewed: ViewedRun) -> Curves:
    """Of each epoch so far."""
    cell = viewed.hyperparameters.cell
    return {
        f"{cell} validation": (viewed.epochs, viewed.validation),
        f"{cell} training": (viewed.epochs, viewed.train),
    }


def loss_bounds(viewed: ViewedRun) -> tuple[float, float]:
    """What a logarithmic axis has to show: both curves and naive's level, and a little air."""
    shown = np.concatenate([viewed.validation, viewed.train, [viewed.naive_loss]])
    shown = shown[np.isfinite(shown) & (shown > 0)]
    return 0.8 * float(shown.min()), 1.25 * float(shown.max())


def test_days(viewed: ViewedRun, predictions: Predictions) -> Curves:
    """Price, prediction and naive on the last `SHOWN` test days, counted from the part's start."""
    windows = windows_of(viewed.series, viewed.hyperparameters)
    days = windows.ends("test") + 1
    is_shown = np.isin(predictions.days, days[-SHOWN:])
    shown = predictions.days[is_shown]
    x = shown - days[0] + 1
    return {
        "price": (x, windows.values[shown]),
        viewed.hyperparameters.cell: (x, predictions.values[is_shown]),
        "naive": (x, predictions.naive[is_shown]),  # last, so that it is seen where both lie on each other
    }


def table(evaluation: Evaluation, viewed: ViewedRun) -> pd.DataFrame:
    """A row a forecaster, the network first."""
    unit = formatting.unit_of(viewed.series.unit, viewed.series.values)
    told = evaluation.metrics.values()
    rmse, mae = (formatting.errors([getattr(each, name) for each in told], unit) for name in ("rmse", "mae"))
    return pd.DataFrame(
        {
            "forecast": viewed.hyperparameters.cell if name == NETWORK else name,
            "RMSE": rmse[row],
            "MAE": mae[row],
            "relative MAE": formatting.number(told.relative_mae, 3),
            "direction": formatting.NONE if told.direction is None else formatting.percent(told.direction),
        }
        for row, (name, told) in enumerate(evaluation.metrics.items())
    )


def checks(viewed: ViewedRun, judgement: Judgement) -> list[str]:
    """Did training work, and is the network any better than naive? One epoch alone cannot tell whether it learns."""
    beaten = _beats_naive(viewed, judgement)
    return [_training(viewed), beaten] if len(viewed.epochs) > 1 else [beaten]


def _training(viewed: ViewedRun) -> str:
    first, last, epoch = viewed.train[0], viewed.train[-1], len(viewed.epochs)
    from_to = f"from {formatting.number(first, 4)} in epoch 1 to {formatting.number(last, 4)} in epoch {epoch}"
    moved = f"{'fell' if last < first else 'rose'} {from_to}"
    share = abs(last / first - 1)
    told = f"**Training worked: {yes(last < first)}.** The training loss {moved}, by {formatting.percent(share)}."
    if not viewed.best_epoch:
        return f"{told} The validation loss never fell below what it was before training."
    best = viewed.validation[viewed.best_epoch - 1]
    return (
        f"{told} The validation loss was lowest in epoch {viewed.best_epoch}: {formatting.number(best, 4)}; "
        f"naive's is {formatting.number(viewed.naive_loss, 4)}."
    )


def _beats_naive(viewed: ViewedRun, judgement: Judgement) -> str:
    evaluation, unit = judgement.evaluation, formatting.unit_of(viewed.series.unit, viewed.series.values)
    named = (evaluation.metrics[each].rmse for each in (NETWORK, "naive", "drift"))
    network, naive, drift = formatting.errors(tuple(named), unit)
    side = "below" if evaluation.skill > 0 else "above"
    return (
        f"**Beats naive: {_answer(evaluation)}.** RMSE {network} against {naive}: "
        f"{formatting.percent(abs(evaluation.skill))} {side} naive's. {verdict.chance(viewed, evaluation)} "
        f"Naive plus the mean step of the training part (drift) has {drift}."
    )


def _answer(evaluation: Evaluation) -> str:
    """Yes is said only where chance alone does not do it."""
    if evaluation.skill > 0 and evaluation.diebold_mariano.kind is not Answer.MORE_THAN_CHANCE:
        return verdict.how_sure(evaluation)
    return yes(evaluation.skill > 0)


def test_part(viewed: ViewedRun, predictions: Predictions) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What happened, what the network said and what naive said, on each test day: (K,) each."""
    windows = windows_of(viewed.series, viewed.hyperparameters)
    told = predictions.within(windows.ends("test") + 1)
    return windows.values[told.days], told.values, told.naive


def yes(is_so: bool) -> str:
    return "yes" if is_so else "no"

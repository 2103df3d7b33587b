"""A trained run -> what an experiment shows of it: curves, a table beside naive, checks in words; pure functions."""

import numpy as np
import pandas as pd

from dashboard.panels.charts import Line
from dashboard.run_view import verdict
from dashboard.run_view.viewed_run import ViewedRun
from dashboard.texts import say
from lstm_core import formatting
from lstm_core.forecasting.evaluation import NETWORK, Evaluation
from lstm_core.forecasting.significance import Answer
from lstm_core.training.windows import windows_of
from lstm_core.work.judging import Judgement, Predictions

SHOWN = 60  # test days: few enough to see that a prediction lies on yesterday's price


def losses(viewed: ViewedRun) -> list[Line]:
    """Of each epoch so far."""
    cell = viewed.hyperparameters.cell
    return [
        Line(say("charts.line_validation", cell=cell), viewed.epochs, viewed.validation, cell),
        Line(say("charts.line_training", cell=cell), viewed.epochs, viewed.train, cell, is_dashed=True),
    ]


def loss_bounds(viewed: ViewedRun) -> tuple[float, float]:
    """What a logarithmic axis has to show: both curves and naive's level, and a little air."""
    shown = np.concatenate([viewed.validation, viewed.train, [viewed.naive_loss]])
    shown = shown[np.isfinite(shown) & (shown > 0)]
    return 0.8 * float(shown.min()), 1.25 * float(shown.max())


def test_days(viewed: ViewedRun, predictions: Predictions) -> list[Line]:
    """Price, prediction and naive on the last `SHOWN` test days, counted from the part's start."""
    windows = windows_of(viewed.series, viewed.hyperparameters)
    days = windows.ends("test") + 1
    is_shown = np.isin(predictions.days, days[-SHOWN:])
    shown = predictions.days[is_shown]
    x, cell = shown - days[0] + 1, viewed.hyperparameters.cell
    naive = predictions.naive[is_shown]
    return [
        Line(say("charts.line_price"), x, windows.values[shown], "truth"),
        Line(cell, x, predictions.values[is_shown], cell),
        # last, so that it is seen where both lie on each other
        Line(say("charts.line_naive"), x, naive, "naive", is_dashed=True),
    ]


def table(evaluation: Evaluation, viewed: ViewedRun) -> pd.DataFrame:
    """A row a forecaster, the network first."""
    unit = formatting.unit_of(viewed.series.unit, viewed.series.values)
    told = evaluation.metrics.values()
    rmse, mae = (formatting.errors([getattr(each, name) for each in told], unit) for name in ("rmse", "mae"))
    return pd.DataFrame(
        {
            say("experiment_trained.forecast"): viewed.hyperparameters.cell
            if name == NETWORK
            else say(f"experiment_trained.baseline_{name}"),
            say("experiment_trained.rmse"): rmse[row],
            say("experiment_trained.mae"): mae[row],
            say("experiment_trained.relative_mae"): formatting.number(told.relative_mae, 3),
            say("experiment_trained.direction"): formatting.NONE
            if told.direction is None
            else formatting.percent(told.direction),
        }
        for row, (name, told) in enumerate(evaluation.metrics.items())
    )


def checks(viewed: ViewedRun, judgement: Judgement) -> list[str]:
    """Did training work, and is the network any better than naive? One epoch alone cannot tell whether it learns."""
    beaten = _beats_naive(viewed, judgement)
    return [_training(viewed), beaten] if len(viewed.epochs) > 1 else [beaten]


def _training(viewed: ViewedRun) -> str:
    first, last = viewed.train[0], viewed.train[-1]
    told = say(
        "experiment_trained.worked_yes" if last < first else "experiment_trained.worked_no",
        first=formatting.number(first, 4),
        last=formatting.number(last, 4),
        epoch=len(viewed.epochs),
        share=formatting.percent(abs(last / first - 1)),
    )
    return f"{told} {_best(viewed)}"


def _best(viewed: ViewedRun) -> str:
    epoch = viewed.best_epoch
    if not epoch:
        return say("experiment_trained.never_better")
    best, naive = formatting.number(viewed.validation[epoch - 1], 4), formatting.number(viewed.naive_loss, 4)
    return say("experiment_trained.best", epoch=epoch, loss=best, naive=naive)


def _beats_naive(viewed: ViewedRun, judgement: Judgement) -> str:
    evaluation, unit = judgement.evaluation, formatting.unit_of(viewed.series.unit, viewed.series.values)
    named = (evaluation.metrics[each].rmse for each in (NETWORK, "naive", "drift"))
    network, naive, drift = formatting.errors(tuple(named), unit)
    return say(
        "experiment_trained.beats_below" if evaluation.skill > 0 else "experiment_trained.beats_above",
        answer=_answer(evaluation),
        network=network,
        naive=naive,
        share=formatting.percent(abs(evaluation.skill)),
        chance=verdict.chance(viewed, evaluation),
        drift=drift,
    )


def _answer(evaluation: Evaluation) -> str:
    """Yes is said only where chance alone does not do it."""
    if evaluation.skill > 0 and evaluation.diebold_mariano.kind is not Answer.MORE_THAN_CHANCE:
        return verdict.how_sure(evaluation)
    return say("experiments.yes" if evaluation.skill > 0 else "experiments.no")


def test_part(viewed: ViewedRun, predictions: Predictions) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What happened, what the network said and what naive said, on each test day: (K,) each."""
    windows = windows_of(viewed.series, viewed.hyperparameters)
    told = predictions.within(windows.ends("test") + 1)
    return windows.values[told.days], told.values, told.naive

"""Training from the first batch to the last in one process, as the command line does it."""

from collections.abc import Callable

import torch

from lstm_core.data.series import Series
from lstm_core.hyperparameters import Hyperparameters, Resolved
from lstm_core.runs.run import Run
from lstm_core.training.checkpoint import EpochReport, final_weights
from lstm_core.training.loop import advance, start, warm_up
from lstm_core.training.problems.forecasting.task import Forecasting
from lstm_core.training.windows import resolved

_SLICE_SECONDS = 0.25


def train_whole(
    hyperparameters: Hyperparameters, series: Series, on_report: Callable[[EpochReport], None] = lambda report: None
) -> Run:
    """Train until the run is over; ``on_report`` hears of each epoch within a fraction of a second of its end.

    On one thread, as a worker does: for networks of this size it is faster, and the weights are the same bits.
    Afterwards torch has as many threads as before, for whatever else a notebook does.
    """
    threads = torch.get_num_threads()
    warm_up()
    try:
        return _trained(resolved(hyperparameters, series), series, on_report)
    finally:
        torch.set_num_threads(threads)


def _trained(chosen: Resolved, series: Series, on_report: Callable[[EpochReport], None]) -> Run:
    problem = Forecasting(chosen, series).problem()
    checkpoint, _ = start(problem)
    history: list[EpochReport] = []
    kept = {0: checkpoint.weights}
    while not checkpoint.is_over:
        checkpoint, reports = advance(checkpoint, problem, _SLICE_SECONDS)
        for report in reports:
            on_report(report)
            history.append(report)
            if report.weights is not None:
                kept[report.epoch] = report.weights
    epoch, weights = final_weights(checkpoint)
    kept[epoch] = weights
    return Run(
        hyperparameters=chosen,
        series=series,
        weights=weights,
        epoch=epoch,
        history=tuple(history),
        kept=dict(sorted(kept.items())),
        outcome=checkpoint.outcome,
        explanation=checkpoint.explanation,
        naive_loss=problem.baseline_scores()["loss"],
    )

"""Which epoch a network stands for: while it learns the newest, once training has ended the best one."""

from dataclasses import replace

import numpy as np
import pytest

from dashboard.run_view import stage_content
from dashboard.run_view.viewed_run import ViewedRun, of_job, of_run
from lstm_core.data.series import Series
from lstm_core.hyperparameters import Hyperparameters, Resolved
from lstm_core.jobs import Job, JobState
from lstm_core.jobs import job as after
from lstm_core.network.forecaster import build
from lstm_core.phrases import Phrase
from lstm_core.runs.train import train_whole
from lstm_core.training.problems.forecasting.problem import score
from lstm_core.training.problems.forecasting.task import Forecasting
from lstm_core.training.windows import Windows, resolved
from lstm_core.work.training import train_slice
from tests.helpers.series import walk, wave

SERIES = wave(200, noise=0.5)
# Too fast: the validation loss is lowest long before the end.
SETTINGS = resolved(Hyperparameters(hidden_size=4, window_length=8, burn_in=2, epochs=40, learning_rate=0.02), SERIES)
HARMFUL, WALK = replace(SETTINGS, learning_rate=0.5, epochs=6), walk()


def job_after(epochs: int, settings: Resolved = SETTINGS, series: Series = SERIES) -> Job:
    """A job whose slices are one epoch each."""
    job = replace(Job("a", Forecasting(settings, series), window_end=150), state=JobState.TRAINING)
    for _ in range(epochs + 1):  # the first slice only begins
        job = after.continued(job, train_slice(job.task, job.checkpoint, 1e9, window_end=150, epochs=1))
    return job


@pytest.fixture(scope="module")
def finished() -> Job:
    return job_after(40)


def lowest(job: Job) -> int:
    return 1 + int(np.argmin(job.history.validation))


def weighed(viewed: ViewedRun) -> float:
    """The validation loss of the weights that it stands for."""
    windows = Windows(viewed.series.values, viewed.hyperparameters)
    return score(build(viewed.hyperparameters, viewed.kept[viewed.epoch]), windows, "validation")


def test_once_training_has_ended_it_stands_for_the_best_epoch(finished):
    viewed = of_job(finished)
    assert finished.state == "finished"
    assert viewed.epoch == viewed.best_epoch == lowest(finished) < 40
    assert weighed(viewed) == pytest.approx(finished.history.validation.min(), rel=1e-6)
    assert viewed.best_loss == finished.history.validation.min()
    assert {0, 40} < {*viewed.kept}  # to any other one can scrub


@pytest.mark.parametrize("command", [after.stopped, lambda job: after.failed(job, Phrase("training_failed"))])
def test_so_it_does_when_it_was_stopped_or_failed(command):
    ended = command(job_after(30))
    viewed = of_job(ended)
    assert viewed.epoch == lowest(ended) < 30
    assert weighed(viewed) == pytest.approx(ended.history.validation.min(), rel=1e-6)


def test_a_pause_changes_nothing_of_what_is_on_show():
    going = job_after(30)
    paused = after.paused(going)
    assert paused.state == "paused"
    assert of_job(going).epoch == of_job(paused).epoch == 30
    assert of_job(paused).best_epoch == lowest(going) < 30


def test_the_message_names_the_epoch_that_is_judged_and_the_best_one(finished):
    status, losses = stage_content.status(of_job(finished)), stage_content.losses(of_job(finished))
    assert status.epoch == losses.best_epoch == lowest(finished)
    assert losses.best_loss == finished.history.validation.min()
    assert losses.best_epoch in losses.kept_epochs
    assert stage_content.status(of_job(job_after(3))).epoch is None  # it learns: the newest is on show


def test_where_training_did_nothing_but_harm_the_untrained_network_is_kept():
    job = job_after(6, HARMFUL, WALK)
    viewed = of_job(job)
    assert (viewed.epoch, viewed.best_epoch) == (0, 0)
    assert viewed.best_loss < job.history.validation.min()
    assert weighed(viewed) == pytest.approx(viewed.best_loss, rel=1e-6)
    assert stage_content.losses(viewed).best_epoch == 0


def test_a_run_from_its_directory_stands_for_what_it_says(finished):
    run = train_whole(SETTINGS, SERIES)
    assert of_run(run, "run").epoch == of_run(run, "run").best_epoch == lowest(finished)
    assert of_run(run, "run").best_loss == pytest.approx(finished.history.validation.min())
    old = replace(run, epoch=40, weights=run.kept[40])  # as earlier versions wrote it
    assert (of_run(old, "old").epoch, of_run(old, "old").best_epoch) == (40, lowest(finished))
    harmful = train_whole(HARMFUL, WALK)
    assert (of_run(harmful, "run").epoch, of_run(harmful, "run").best_epoch) == (0, 0)

"""Whose turn it is, worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest

from lstm_core.jobs import ENDS, JobState, turns
from lstm_core.jobs.job import Job
from lstm_core.training.checkpoint import Checkpoint
from lstm_core.training.history import History
from lstm_core.training.problems.forecasting.task import Forecasting
from tests.helpers.series import wave
from tests.helpers.settings import returns

SERIES = wave(60)
QUEUED, PAUSING, PAUSED = JobState.QUEUED, JobState.PAUSING, JobState.PAUSED


def job(
    name: str, epoch: int = 0, trained: float = 0.0, *, epochs: int = 100, state: JobState = JobState.TRAINING, **more
) -> Job:
    checkpoint = Checkpoint({}, {}, {}, 0, 1.0, epoch=epoch)
    settings = returns(epochs=epochs)
    return Job(name, Forecasting(settings, SERIES), state=state, checkpoint=checkpoint, trained=trained, **more)


def order(*jobs: Job) -> list[str]:
    return [each.id for each in turns.in_line(jobs)]


def test_the_least_advanced_goes_first():
    assert order(job("a", 30), job("b", 10), job("c", 20)) == ["b", "c", "a"]
    assert order(job("a", 30), job("b", 10, epochs=20), job("c", 20)) == ["c", "a", "b"], "by the share, not the number"


def test_among_equals_who_had_less_time():
    assert order(job("a", 10, 2.0), job("b", 10, 1.0)) == ["b", "a"]


def test_who_begins_goes_before_all():
    assert order(job("a", 0, 0.0), replace(job("new"), checkpoint=None, state=QUEUED)) == ["new", "a"]


def test_only_those_that_want_a_turn_are_in_line():
    beginning = replace(job("reset"), checkpoint=None, state=PAUSED)
    resting = [job(state, state=state) for state in (PAUSING, PAUSED, *ENDS)]
    assert order(job("busy", is_under_way=True), *resting, job("a"), beginning) == ["reset", "a"]
    assert turns.next_turn(resting) is None


def test_a_huge_training_cannot_hold_up_the_others():
    """It is the least advanced for hours; but once it had five seconds more than the others, they go first."""
    huge = job("huge", 0, 5.9)
    assert order(job("a", 50, 1.0), huge) == ["huge", "a"]
    assert order(job("a", 50, 0.8), huge) == ["a", "huge"]
    assert order(job("a", 50, 0.8, is_under_way=True), huge) == ["huge"], "but no worker stays idle"
    assert order(job("a", 50, 0.8), huge, job("huger", 0, 7.0)) == ["a", "huge", "huger"]


def test_a_newcomer_is_not_owed_what_others_got_before():
    old = [job("a", 50, 100.0), job("b", 50, 90.0)]
    assert turns.least_had(old) == 90.0
    newcomer = job("new", 1, 3.0, handicap=90.0)
    assert turns.parties([newcomer])["new"].had == 93.0
    assert order(newcomer, job("b", 50, 90.0)) == ["new", "b"]
    assert order(replace(newcomer, trained=6.0), job("b", 50, 90.0)) == ["b", "new"]


def test_a_group_takes_turns_as_one():
    """Its share is the mean of its jobs' shares, its time their sum; within it the one that had least goes first."""
    race = [job("lstm", 10, 0.3, group="race"), job("rnn", 70, 0.2, group="race")]
    assert order(job("a", 30, 1.0), *race) == ["a", "rnn", "lstm"]
    assert order(job("a", 50, 1.0), *race) == ["rnn", "lstm", "a"]
    huge = [job("first", 0, 3.0, group="huge"), job("second", 0, 3.0, group="huge")]
    assert order(job("a", 50, 0.5), *huge) == ["a", "first", "second"], "six seconds, where others had half a one"


def test_only_the_first_of_a_group_goes_before_all():
    """Or else thirty small trainings of one person would hold up everybody while they begin."""
    race = [job("lstm", 10, 0.3, group="race"), replace(job("rnn", group="race"), checkpoint=None, state=QUEUED)]
    assert order(job("a", 1, 0.1), *race) == ["a", "rnn", "lstm"]


def test_a_group_that_joins_late_is_not_owed_what_others_got_before():
    old = [job("a", 50, 100.0)]
    first, second = job("lstm", 1, 3.0, group="race"), job("rnn", 1, 2.0, group="race")
    assert turns.handicap(first, [*old, first, second]) == 0.0, "it is in line already, and had least"
    assert turns.handicap(replace(first, state=QUEUED), [*old, replace(second, state=PAUSED)]) == 95.0


@pytest.mark.parametrize(("running", "seconds"), [(1, 0.25), (2, 0.25), (3, 0.16), (30, 0.16)])
def test_slices_are_short_where_jobs_take_turns(running, seconds):
    jobs = [job(str(number)) for number in range(running)] + [job("resting", state=PAUSED)]
    assert turns.slice_seconds(jobs[0], jobs, workers=2) == seconds


def test_slices_of_a_large_network_are_longer_than_its_way_to_the_worker():
    million = np.zeros(1_000_000, dtype=np.float32)
    large = job("large", state=QUEUED)
    large = replace(large, checkpoint=Checkpoint({"weight": million}, {}, {}, 0, 1.0))
    assert turns.slice_seconds(large, [large], workers=2) == pytest.approx(0.8)


def test_places_in_line():
    jobs = [job("a", 3), job("b", 1), job("c", 2, is_under_way=True), job("d", 2, state=PAUSED)]
    assert [turns.place(each, jobs) for each in jobs] == [2, 1, 0, None]


def test_time_left_follows_the_recent_epochs_and_the_crowd():
    seconds = np.array([9.0] * 5 + [0.5] * 10)
    now = job("a", 15, history=History(seconds, {"loss": seconds}, seconds))
    crowd = [job(str(number)) for number in range(5)]
    assert turns.seconds_left(now, [now], 2) == pytest.approx(85 * 0.5)
    assert turns.seconds_left(now, [now, *crowd], 2) == pytest.approx(85 * 0.5 * 3)
    resting = replace(now, state=PAUSED)
    assert turns.seconds_left(resting, [resting, *crowd], 2) == pytest.approx(85 * 0.5 * 3), "as if it were resumed"
    assert turns.seconds_left(replace(now, state=JobState.STOPPED), [], 2) is None
    assert turns.seconds_left(job("fresh"), [], 2) is None


def test_predictions_take_three_hundredths_of_the_training():
    assert not turns.predicts(job("a", 0, 1.0)), "not before the first epoch"
    assert turns.predicts(job("a", 1, 0.1))
    after = job("a", 5, 3.0, predictions_seconds=0.03, predicted_at=2.1)
    assert not turns.predicts(after)
    assert turns.predicts(replace(after, trained=3.2))

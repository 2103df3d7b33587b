"""JobBook, one slice at a time: real slices of one batch each, run in this process when the test says so."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from lstm_core.jobs import turns
from lstm_core.phrases import Phrase
from lstm_core.training.problems.forecasting.task import Forecasting
from tests.helpers.series import wave
from tests.helpers.small_training import SMALL, states, train

NOTES = (Phrase("rows_sorted"), Phrase("several_series"))

pytestmark = pytest.mark.usefixtures("one_batch_a_slice")  # two of them make an epoch here


def test_a_training_from_its_first_slice_to_its_last(book, engine):
    job = train(book)
    begun = book.job(job)
    assert (begun.state, begun.place, begun.epoch, begun.snapshot, begun.seconds_left) == ("training", 0, 0, None, None)
    engine.step()
    initial = book.job(job)
    assert (initial.epoch, initial.revision, initial.snapshot.epoch, list(initial.kept)) == (0, 1, 0, [0])
    assert begun.checkpoint is None, "a snapshot does not change"
    engine.drain()
    end = book.job(job)
    assert (end.state, end.epoch, end.place, end.seconds_left) == ("finished", 4, None, None)
    assert len(end.history) == 4
    assert np.isfinite([end.history.train, end.history.validation, end.history.seconds]).all()
    assert sorted(end.kept) == [0, 1, 2, 3, 4]
    assert all(np.array_equal(end.kept[4][name], end.checkpoint.weights[name]) for name in end.checkpoint.weights)
    assert end.revision == 9, "the initial picture and one for each of the eight batches"
    assert end.facts.end == 100
    assert np.isfinite(end.baseline_scores["loss"])


def test_of_a_large_network_fewer_epochs_are_kept(book, engine, monkeypatch):
    small = train(book)
    engine.drain()
    size = sum(array.nbytes for array in book.job(small).kept[0].values())
    monkeypatch.setattr("lstm_core.jobs.job.KEPT_BYTES", 5 * size + 1)
    job = train(book, epochs=23)
    while not book.job(job).has_ended:
        engine.step()
        kept = book.job(job).kept
        assert len(kept) <= 5
        assert not kept or 0 in kept
    epochs = sorted(kept)
    assert (len(epochs), epochs[-1]) == (5, 23)
    assert all((later + 1) / (earlier + 1) <= 4 for earlier, later in pairwise(epochs)), "dense at first, no large gap"


def test_of_a_series_only_dates_and_the_learnt_column_travel_with_a_slice(book, engine):
    prices = wave(400)
    wide = replace(prices, columns={**prices.columns, "open": prices.values, "high": prices.values}, notes=NOTES)
    job = book.train(Forecasting(SMALL, wide), window_end=100)
    (call,) = engine.slices
    told, kept = call.arguments[0].series, book.job(job).series
    assert (list(told.columns), told.notes, told.fingerprint) == (["close"], (), wide.fingerprint)
    assert (list(kept.columns), kept.notes) == (list(wide.columns), NOTES), "the page knows all of it"


def test_one_slice_a_job_and_one_more_than_workers_in_all(book, engine):
    jobs = [train(book, seed) for seed in range(5)]
    assert [call.seed for call in engine.slices] == [0, 1, 2]
    assert [book.job(job).place for job in jobs] == [0, 0, 0, 1, 2]
    assert states(book, *jobs) == ["training"] * 3 + ["queued"] * 2
    while engine.calls:
        engine.step(len(engine.calls) // 2)
        seeds = [call.seed for call in engine.slices]
        assert len(set(seeds)) == len(seeds) <= 3
        wanting = sum(book.job(job).runs for job in jobs)
        assert len(seeds) == min(wanting, 3), "nobody waits while there is room"
    assert states(book, *jobs) == ["finished"] * 5


def test_jobs_advance_side_by_side(book, engine):
    jobs = [train(book, seed, epochs=20) for seed in range(5)]
    while engine.calls:
        engine.step()
        epochs = [book.job(job).epoch for job in jobs]
        assert max(epochs) - min(epochs) <= 1
    assert states(book, *jobs) == ["finished"] * 5


def test_the_share_of_the_planned_epochs_counts(book, engine):
    """With half as many epochs to do, a job is as far after half as many."""
    short, *long = [train(book, seed, epochs=40 if seed else 20) for seed in range(5)]
    while book.job(short).state != "finished":
        engine.step()
        shares = [book.job(job).share for job in long]
        assert all(abs(share - book.job(short).share) <= 0.1 for share in shares)


def test_who_comes_later_starts_level_with_who_had_least(book, engine):
    old = [train(book, seed, epochs=400) for seed in range(2)]
    for _ in range(12):
        engine.step()
    least = min(book.job(job).trained for job in old)
    late = train(book, 2)
    assert book.job(late).handicap == least > 0
    book.pause(late)
    for _ in range(12):
        engine.step()
    least = min(book.job(job).trained for job in old)
    book.resume(late)
    now = book.job(late)
    assert now.handicap + now.trained == pytest.approx(least), "nor does a pause save up turns"


def test_requests_take_the_place_of_slices_that_were_not_sent_yet(book, engine):
    for seed in range(5):
        train(book, seed)
    answer = book.ask(pow, 2, 5)
    assert [call.is_slice for call in engine.calls] == [True, True, True, False]
    engine.step()
    assert [call.is_slice for call in engine.calls] == [True, True, False], "its place is not filled up"
    engine.step()
    assert [call.is_slice for call in engine.calls] == [True, False, True], "no slice overtakes it"
    engine.step()
    engine.step()
    assert answer.result() == 32
    assert len(engine.slices) == 3, "then training goes on as before"


def test_a_flood_of_requests_leaves_training_one_slice(book, engine):
    train(book, 0)
    train(book, 1)
    answers = [book.ask(pow, 2, number) for number in range(10)]
    for _ in range(5):
        engine.step()
        assert len(engine.slices) >= 1
    engine.drain()
    assert [answer.result() for answer in answers] == [2**number for number in range(10)]


def test_a_failed_request_gives_its_place_back(book, engine):
    for seed in range(4):
        train(book, seed)
    for wrong in range(4):
        book.ask(divmod, wrong, 0)
    while any(not call.is_slice for call in engine.calls):
        engine.step()
    assert len(engine.slices) == 3


def test_pause_lets_the_slice_under_way_come_home(book, engine):
    job = train(book)
    engine.step()
    engine.step()
    book.pause(job)
    assert states(book, job) == ["pausing"]
    engine.step()
    paused = book.job(job)
    assert (paused.state, paused.checkpoint.epoch, engine.calls) == ("paused", 1, [])
    book.resume(job)
    engine.drain()
    assert book.job(job).epoch == 4


def test_one_epoch_is_one_epoch(book, engine):
    job = train(book)
    book.pause(job)
    engine.drain()
    for epoch in (1, 2, 3):
        book.one_epoch(job)
        book.one_epoch(job)  # an impatient second click asks for the same epoch
        assert states(book, job) == ["training"]
        engine.drain()
        assert (book.job(job).state, book.job(job).epoch) == ("paused", epoch)
    book.one_epoch(job)
    engine.drain()
    assert book.job(job).state == "finished"


def test_one_epoch_of_a_slice_that_could_hold_many(book, engine, monkeypatch):
    job = train(book)
    book.pause(job)
    engine.drain()
    monkeypatch.setattr(turns, "SLICE", 60.0)
    book.one_epoch(job)
    engine.drain()
    assert (book.job(job).state, book.job(job).epoch) == ("paused", 1)


def test_one_epoch_of_a_job_that_runs_pauses_it_after_the_epoch(book, engine):
    job = train(book)
    engine.step()
    engine.step()
    book.one_epoch(job)
    engine.drain()
    assert (book.job(job).state, book.job(job).epoch) == ("paused", 1)
    book.one_epoch(job)
    book.resume(job)
    engine.drain()
    assert states(book, job) == ["finished"], "resume lifts the goal"


def test_stop_is_final_and_what_comes_home_later_changes_nothing(book, engine):
    job = train(book)
    for _ in range(4):
        engine.step()
    before = book.job(job)
    book.stop(job)
    engine.drain()
    for command in (book.stop, book.pause, book.resume, book.one_epoch):
        command(job)
    after = book.job(job)
    assert after.state == "stopped"
    assert after.checkpoint is before.checkpoint
    assert after.revision == before.revision
    assert engine.calls == []


@pytest.mark.parametrize("command", ["pause", "resume", "one_epoch", "stop"])
def test_commands_after_the_end_change_nothing(book, engine, command):
    job = train(book)
    engine.drain()
    end = book.job(job)
    getattr(book, command)(job)
    assert book.job(job).state == "finished"
    assert book.job(job).checkpoint is end.checkpoint
    assert engine.calls == []


def test_reset_trains_the_same_network_again(book, engine):
    job = train(book)
    engine.drain()
    first = book.job(job)
    book.reset(job)
    assert (book.job(job).state, book.job(job).epoch, len(book.job(job).history)) == ("paused", 0, 0)
    engine.drain()
    initial = book.job(job)
    assert (initial.state, list(initial.kept), initial.snapshot.epoch) == ("paused", [0], 0)
    assert initial.revision > first.revision
    book.resume(job)
    engine.drain()
    again = book.job(job)
    assert np.array_equal(again.history.validation, first.history.validation)
    assert all(np.array_equal(again.kept[3][name], first.kept[3][name]) for name in first.kept[3])


def test_reset_forgets_a_slice_under_way_and_sends_no_second_one_beside_it(book, engine):
    job = train(book)
    for _ in range(5):
        engine.step()
    book.reset(job)
    book.resume(job)
    assert len(engine.calls) == 1
    engine.step()
    assert book.job(job).checkpoint is None, "that was a slice of the life before"
    engine.drain()
    assert (book.job(job).state, len(book.job(job).history)) == ("finished", 4)


def test_watching_another_window_shows_in_the_next_picture(book, engine):
    job = train(book)
    engine.step()
    book.watch_window(job, 60)
    engine.step()
    engine.step()
    assert book.job(job).facts.end == 60
    book.watch_window(job, None)
    engine.step()
    before = book.job(job).revision
    engine.drain()
    assert (book.job(job).revision, book.job(job).state) == (before, "finished")


def test_predictions_come_with_the_first_epoch_and_then_as_training_affords_them(book, engine):
    job = train(book, epochs=30)
    while book.job(job).epoch < 1:
        assert book.job(job).predictions is None
        engine.step()
    engine.step()
    with_them = book.job(job)
    assert with_them.predictions.epoch == with_them.snapshot.epoch
    assert len(with_them.predictions.values) > 50
    asked = 0
    while engine.calls:
        asked += engine.step().keywords["with_predictions"]
    end = book.job(job)
    assert asked * with_them.predictions_seconds <= 0.03 * end.trained * 4 + with_them.predictions_seconds

"""JobBook, one slice at a time: what people may do wrong, and what may go wrong for them."""

import logging
from dataclasses import replace

import numpy as np
import pytest

from lstm_core.engine import WorkLost
from lstm_core.errors import DataUnavailable, InvalidArgument
from lstm_core.phrases import verbatim
from lstm_core.training.problems.forecasting.task import Forecasting
from tests.helpers.series import series_of
from tests.helpers.small_runs import assert_same_bits
from tests.helpers.small_training import SERIES, SMALL, states, train

pytestmark = pytest.mark.usefixtures("one_batch_a_slice")  # two of them make an epoch here


@pytest.mark.parametrize("hostile", ["", "unknown", "../../etc/passwd", "a" * 100_000, None, 0, b"x", [], {}, object()])
def test_a_job_that_is_not_in_the_book(book, hostile):
    train(book)
    commands = (book.pause, book.resume, book.one_epoch, book.stop, book.reset, book.job)
    more = (lambda job: book.attach(job, "me"), lambda job: book.watch_window(job, 3))
    for command in (*commands, *more):
        with pytest.raises(InvalidArgument, match=r"^job must be one that this server still knows; got") as caught:
            command(hostile)
        assert len(str(caught.value)) < 200


@pytest.mark.parametrize("end", [-1, 1.5, "7", True, float("nan")])
def test_a_window_that_cannot_be(book, end):
    job = train(book)
    with pytest.raises(InvalidArgument, match="window_end must be the position of a day"):
        book.watch_window(job, end)
    with pytest.raises(InvalidArgument, match="window_end must be the position of a day"):
        book.train(Forecasting(SMALL, SERIES), "me", window_end=end)


def test_ids_cannot_be_guessed(book, engine):
    jobs = {train(book, seed) for seed in range(5)}
    assert len(jobs) == 5
    assert min(map(len, jobs)) >= 20


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (InvalidArgument("window_length", verbatim("shorter"), 60), "window_length must be shorter; got 60."),
        (DataUnavailable(verbatim("There is nothing.")), "There is nothing."),
        (WorkLost(verbatim("The worker died.")), "The worker died."),
    ],
)
def test_an_error_for_people_is_told_to_them(book, engine, caplog, error, sentence):
    failing, other = train(book, 0), train(book, 1)
    engine.step()
    engine.step()
    engine.step()
    engine.step()
    before = book.job(failing).checkpoint
    position = next(place for place, call in enumerate(engine.calls) if call.seed == 0)
    engine.calls.pop(position).fail(error)
    failed = book.job(failing)
    assert (failed.state, str(failed.explanation)) == ("failed", sentence)
    assert failed.checkpoint is before
    assert before is not None
    engine.drain()
    assert states(book, other) == ["finished"]
    assert caplog.records == []


def test_an_error_that_nobody_expected_is_logged_with_its_traceback(book, engine, caplog):
    failing, other = train(book, 0), train(book, 1)
    engine.calls.pop(0).settle(lambda: 1 / 0)
    assert book.job(failing).state == "failed"
    assert "log" in str(book.job(failing).explanation)
    assert "ZeroDivisionError" not in str(book.job(failing).explanation)
    [record] = caplog.records
    assert record.levelno == logging.ERROR
    assert record.exc_info[0] is ZeroDivisionError
    engine.drain()
    assert states(book, other) == ["finished"]


def test_a_failed_job_can_be_reset(book, engine):
    job = train(book)
    engine.calls.pop().fail(WorkLost(verbatim("Gone.")))
    book.resume(job)
    assert states(book, job) == ["failed"]
    book.reset(job)
    book.resume(job)
    engine.drain()
    assert (book.job(job).state, book.job(job).explanation) == ("finished", None)


def test_settings_that_do_not_fit_the_series_end_in_a_sentence(book, engine):
    job = book.train(Forecasting(SMALL, series_of(range(1, 9))), "me")
    engine.drain()
    assert book.job(job).state == "failed"
    assert str(book.job(job).explanation).startswith("window_length must be shorter for this series of 8 observations")


def test_divergence_ends_the_job_with_its_last_good_weights(book, engine):
    job = train(book, learning_rate=1.0, gradient_clip=0.0, epochs=400, inputs=("level",), target="level")
    book.pause(job)
    engine.drain()
    checkpoint = book.job(job).checkpoint
    poisoned = {name: np.full_like(value, 1e30) for name, value in checkpoint.weights.items()}
    book.resume(job)
    [call] = engine.calls
    engine.calls[0] = call._replace(arguments=(call.arguments[0], replace(checkpoint, weights=poisoned)))
    engine.step()
    end = book.job(job)
    assert end.state == "diverged"
    assert "Try gradient_clip 1 or a smaller learning_rate" in str(end.explanation)
    assert_same_bits(end.checkpoint.weights, checkpoint.weights)

"""The page's sentences: how far, how long, how much, in the right unit."""

import numpy as np
import pytest

from dashboard import words
from lstm_core.hyperparameters import Hyperparameters


def test_learning_compares_with_naive():
    said = words.learning(np.array([0.5, 0.3]), 0.24)
    assert said == "Validation loss 0.3000, naive 0.2400: 25.0 % worse than naive so far; the test comes at the end."


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [(26.857, "USD", "$26.86"), (-1234.5, "USD", "−$1,234.50"), (0.01234, "", "0.0123"), (3.0, "", "3.00")],
)
def test_money(value, unit, text):
    assert words.money(value, unit) == text


def test_errors_that_are_compared_do_not_read_alike():
    assert words.errors([1.124, 1.00], "USD") == ["$1.12", "$1.00"]
    assert words.errors([1.124, 1.12], "USD") == ["$1.1240", "$1.1200"]
    assert words.errors([1.2, 0.3], "USD") == ["$1.2000", "$0.3000"]


@pytest.mark.parametrize(
    ("epoch", "text"),
    [(0, "epoch 0"), (25, "epoch 25"), (25.0, "epoch 25"), (24.3, "during epoch 25"), (0.5, "during epoch 1")],
)
def test_ages_are_whole_epochs_or_within_one(epoch, text):
    assert words.age(epoch) == text


def test_counts_and_shares():
    assert (words.count(1, "test day"), words.count(1234, "test day")) == ("1 test day", "1,234 test days")
    assert (words.percent(0.0042), words.percent(0.5)) == ("0.4 %", "50.0 %")


def test_progress_says_how_far_how_long_and_who_goes_first():
    assert words.progress("training", 34, 80, 12.4, None) == "Training: epoch 34 of 80, about 12 s left"
    assert words.progress("queued", 0, 80, None, 3) == "Waiting for a worker: epoch 0 of 80, 2 go first"
    assert words.progress("queued", 0, 80, None, 2) == "Waiting for a worker: epoch 0 of 80, 1 goes first"
    assert words.progress("paused", 3, 80, 5.0, None) == "Paused: epoch 3 of 80"


@pytest.mark.parametrize(
    ("moment", "text"),
    [("2009-07-24", "24 Jul 2009"), ("2013-03-01T15:30", "1 Mar 2013, 15:30"), ("1999-12-31T00:00:00", "31 Dec 1999")],
)
def test_days_are_written_one_way(moment, text):
    assert words.day(np.datetime64(moment)) == text


def test_counts_have_their_plural():
    assert [words.count(number, "layer") for number in (0, 1, 2, 3270)] == [
        "0 layers", "1 layer", "2 layers", "3,270 layers",
    ]  # fmt: skip


def test_every_hyperparameter_and_choice_has_a_label():
    for name, field in Hyperparameters.__dataclass_fields__.items():
        assert name in words.FIELDS
        for choice in field.metadata["rule"].choices:
            assert words.choice(choice)

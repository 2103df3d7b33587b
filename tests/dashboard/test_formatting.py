"""Numbers, dates and ages as the page writes them."""

import numpy as np
import pytest

from dashboard.texts import formatting


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [(26.857, "USD", "$26.86"), (-1234.5, "USD", "−$1,234.50"), (0.01234, "", "0.0123"), (3.0, "", "3.00")],
)
def test_money(value, unit, text):
    assert formatting.money(value, unit) == text


def test_errors_that_are_compared_do_not_read_alike():
    assert formatting.errors([1.124, 1.00], "USD") == ["$1.12", "$1.00"]
    assert formatting.errors([1.124, 1.12], "USD") == ["$1.1240", "$1.1200"]
    assert formatting.errors([1.2, 0.3], "USD") == ["$1.2000", "$0.3000"]


@pytest.mark.parametrize(
    ("epoch", "text"),
    [(0, "epoch 0"), (25, "epoch 25"), (25.0, "epoch 25"), (24.3, "during epoch 25"), (0.5, "during epoch 1")],
)
def test_ages_are_whole_epochs_or_within_one(epoch, text):
    assert formatting.age(epoch) == text


def test_counts_have_their_plural_and_shares_a_tenth_of_a_percent():
    said = [formatting.count(number, "test day") for number in (0, 1, 2, 1234)]
    assert said == ["0 test days", "1 test day", "2 test days", "1,234 test days"]
    assert (formatting.percent(0.0042), formatting.percent(0.5)) == ("0.4 %", "50.0 %")


@pytest.mark.parametrize(
    ("moment", "text"),
    [("2009-07-24", "24 Jul 2009"), ("2013-03-01T15:30", "1 Mar 2013, 15:30"), ("1999-12-31T00:00:00", "31 Dec 1999")],
)
def test_days_are_written_one_way(moment, text):
    assert formatting.day(np.datetime64(moment)) == text

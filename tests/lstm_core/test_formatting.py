"""Amounts, numbers and dates as the page and the command line write them; the browser is held to the same table."""

import json

import numpy as np
import pytest

from lstm_core import formatting
from lstm_core.formatting import Unit
from tests.helpers.places import ROOT

TABLE = json.loads((ROOT / "tests" / "helpers" / "amounts.json").read_text(encoding="utf-8"))
NAN = float("nan")
PERIODIC = np.array([1.0, -1.0] * 20)


def moving(value: float, by: float) -> np.ndarray:
    """Values around one, each ``by`` from the next."""
    return value + PERIODIC * by / 2


@pytest.mark.parametrize("row", TABLE["amounts"], ids=lambda row: row["text"])
def test_amounts_of_every_unit(row):
    series = moving(100, 10.0 ** (1 - row["decimals"]) * 1.5)  # whose steps need so many decimals
    unit = formatting.unit_of(row["unit"], series)
    assert unit == Unit(row["before"], row["after"], row["decimals"], row["money"])
    assert formatting.amount(NAN if row["value"] is None else row["value"], unit) == row["text"]


@pytest.mark.parametrize("row", TABLE["errors"], ids=lambda row: row["texts"][0])
def test_errors_that_are_compared_do_not_read_alike(row):
    unit = formatting.unit_of(row["unit"], moving(100, 10.0 ** (1 - row["decimals"]) * 1.5))
    assert formatting.errors(row["values"], unit) == row["texts"]


@pytest.mark.parametrize("row", TABLE["significant"], ids=lambda row: row["text"])
def test_digits_that_matter(row):
    assert formatting.significant(NAN if row["value"] is None else row["value"], row["digits"]) == row["text"]


@pytest.mark.parametrize("row", TABLE["scientific"], ids=lambda row: row["text"])
def test_powers_of_ten(row):
    assert formatting.scientific(NAN if row["value"] is None else row["value"], row["decimals"]) == row["text"]


@pytest.mark.parametrize("row", TABLE["dates"], ids=lambda row: row["date"])
def test_dates_are_written_one_way_for_people_and_one_for_tables(row):
    moment = np.datetime64(row["moment"])
    assert (formatting.date(moment), formatting.iso_date(moment)) == (row["date"], row["iso"])


@pytest.mark.parametrize(
    ("unit", "values", "decimals"),
    [
        ("USD", moving(230, 2.5), 2),  # a share
        ("USD", moving(1.08, 0.004), 4),  # EUR/USD
        ("USD", moving(1.2e-5, 3e-7), 8),  # SHIB-USD
        ("JPY", moving(2800, 30), 0),
        ("JPY", moving(150, 0.6), 2),  # USD/JPY
        ("KRW", moving(71_300, 800), 0),
        ("GBp", moving(1234, 12), 2),
        ("USD", np.full(30, 5.0), 2),  # never moves: a tenth of it
        ("", np.zeros(30), 2),
    ],
)
def test_a_series_has_as_many_decimals_as_its_usual_step_needs(unit, values, decimals):
    assert formatting.unit_of(unit, values).decimals == decimals


def test_what_rounds_to_nothing_has_no_minus():
    assert [formatting.number(-0.00001, 4), formatting.number(-0.0, 2), formatting.significant(-0.0, 3)] == [
        "0.0000",
        "0.00",
        "0",
    ]
    assert formatting.number(1234567890.123456, 6) == "1,234,567,890.123456"


def test_counts_have_their_plural_and_shares_a_tenth_of_a_percent():
    said = [formatting.count(number, "test day") for number in (0, 1, 2, 1234)]
    assert said == ["0 test days", "1 test day", "2 test days", "1,234 test days"]
    assert [formatting.percent(share) for share in (0.0042, 0.5, -0.1)] == ["0.4 %", "50.0 %", "−10.0 %"]
    assert formatting.percent(0.99, 0) == "99 %"

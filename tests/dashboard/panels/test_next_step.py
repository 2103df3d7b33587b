"""What a newcomer is told: one sentence for every kind of series and cell, and one next step."""

from dataclasses import replace

import numpy as np
import pytest

from dashboard.panels.next_step import next_step, what_it_is
from dashboard.run_view.viewed_run import of_run, untrained
from lstm_core.data import catalogue
from lstm_core.data.series import Series
from lstm_core.phrases import Phrase
from tests.helpers.first_run import FIRST_RUN
from tests.helpers.settings import returns

FIRST = FIRST_RUN.run


def made(title: str, source: Phrase, step: str = "D", column: str = "close") -> Series:
    dates = np.datetime64("2020-01-01", "s") + np.arange(60) * np.timedelta64(1, step)
    return Series("x", title, dates, {column: np.arange(60.0)}, "", source, column)


READ = {
    "Microsoft's share price one day at a time": catalogue.load("MSFT"),
    "Apple's share price one day at a time": catalogue.load("AAPL-2013"),
    "the price of Bitcoin USD one day at a time": made(
        "Bitcoin USD", Phrase("yahoo", fetched=np.datetime64("2026-01-01"))
    ),
    "the column height of tides.csv one hour at a time": made(
        "tides.csv: height", Phrase("csv", file="tides.csv"), "h", "height"
    ),
    "a sine with noise one day at a time": catalogue.load("noisy-sine"),
}


@pytest.mark.parametrize("read", READ)
def test_one_sentence_says_what_it_reads(read):
    viewed = replace(of_run(FIRST, "first_run"), series=READ[read])
    assert what_it_is(viewed) == f"This is an LSTM, a neural network with a memory, reading {read}."


@pytest.mark.parametrize(
    ("cell", "start"),
    [
        ("LSTM", "This is an LSTM,"),
        ("GRU", "This is a GRU,"),
        ("RNN", "This is a plain RNN,"),
        ("PeepholeLSTM", "This is a peephole LSTM,"),
    ],
)
def test_each_cell_has_its_own_words(cell, start):
    viewed = replace(of_run(FIRST, "first_run"), hyperparameters=returns(cell=cell))
    assert what_it_is(viewed).startswith(start)


def test_a_series_without_a_network_is_not_said_to_be_read():
    viewed = untrained(catalogue.load("AAPL"), returns(), "")
    assert what_it_is(viewed) == "This LSTM, a neural network with a memory, has not read Apple's share price yet."


def test_one_step_at_a_time_and_none_twice():
    steps = [
        next_step("LSTM", "month", taken)
        for taken in ((), ("train",), ("train", "inside"), ("train", "inside", "compare"))
    ]
    assert [step and step.name for step in steps] == ["train", "inside", "compare", None]
    assert steps[0] is not None
    assert steps[1] is not None
    assert steps[1].sentence == "Next: Inside the cell, what if one month had been another?"
    assert (steps[0].sentence, steps[0].letter) == ("Next: press Train and watch the forget gate", "f")


@pytest.mark.parametrize(("cell", "letter"), [("LSTM", "f"), ("GRU", "z"), ("RNN", "h"), ("PeepholeLSTM", "f")])
def test_what_to_watch_is_a_row_that_the_cell_has(cell, letter):
    step = next_step(cell, "day", ())
    assert step is not None
    assert step.letter == letter

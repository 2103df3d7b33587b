"""No name from the code reaches a reader of the page: every message that a setting can cause, and notes on data."""

import re
from dataclasses import fields, replace
from datetime import date

import numpy as np
import pytest

from dashboard.texts import sentences
from dashboard.texts.sentences import field_name, sentence_of
from lstm_core.data import catalogue
from lstm_core.data.synthetic import synthetic
from lstm_core.data.yahoo import download as yahoo
from lstm_core.errors import InvalidArgument
from lstm_core.hyperparameters import RULES, Hyperparameters, Resolved
from lstm_core.phrases import Argument, Phrase, verbatim
from lstm_core.training.windows import Windows, resolved

HIDDEN = Phrase("less_than_setting", setting=Argument("hidden_size"), value=8)
CODE = re.compile(r"\b[a-z]+_[a-z_]+\b")


def refusal(ask) -> str:
    with pytest.raises(InvalidArgument) as raised:
        ask()
    return sentences.refusal(raised.value)


def wrong(name: str):
    rule = RULES[name]
    return "nonsense" if rule.choices else rule.high + 1


@pytest.mark.parametrize("name", [each.name for each in fields(Hyperparameters)])
def test_a_refused_setting_is_named_like_its_field(name):
    said = refusal(lambda: replace(Hyperparameters(), **{name: wrong(name)}))
    assert said.startswith(f"{field_name(name)} must be ")
    assert not CODE.search(said)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (
            lambda: Hyperparameters(burn_in=10, window_length=5),
            "Burn-in must be less than Window (5); got 10.",
        ),
        (
            lambda: Hyperparameters(train_fraction=0.9, validation_fraction=0.3),
            "Validation share must be at most 0.05 beside Training share 0.9, so that a test part remains; got 0.3.",
        ),
        (
            lambda: Windows(synthetic("sine").values, Resolved(inputs=("log_return",), target="log_return")),
            "What the network sees and predicts must be level for a series with values that are not positive; got",
        ),
        (
            lambda: yahoo.fetch("AAPL", date(2020, 2, 1), date(2020, 1, 31)),
            "The day up to which must be on or after the start (1 Feb 2020); got '31 Jan 2020'.",
        ),
        (lambda: yahoo.fetch("!!", date(2020, 2, 1), date(2020, 3, 1)), "Ticker"),
        (lambda: catalogue.load("NOSUCH"), "The series must be"),
        (lambda: synthetic("sine", length=1), "Length must be a whole number from 10 to 100000; got 1."),
    ],
)
def test_what_the_core_refuses_is_said_in_the_pages_words(ask, said):
    sentence = refusal(ask)
    assert sentence.startswith(said)
    assert not CODE.search(sentence)


def test_too_long_a_window_is_said_in_the_pages_words():
    series = synthetic("sine", length=30)
    said = refusal(lambda: Windows(series.values, resolved(Hyperparameters(), series)))
    assert said.startswith("Window must be shorter for this series of 30 observations")
    assert not CODE.search(said)


@pytest.mark.parametrize(
    ("came", "said"),
    [
        (InvalidArgument("unit", HIDDEN, 9).phrase, "The unit must be less than Hidden units (8); got 9."),
        (Phrase("on_or_after", day=np.datetime64("2009-07-24")), "on or after 24 Jul 2009"),
        (verbatim("No loss of data; the seed of 2009-07-24."), "No loss of data; the seed of 2009-07-24."),
        (None, ""),
    ],
)  # fmt: skip
def test_names_and_dates_are_translated_and_plain_words_are_not(came, said):
    assert sentence_of(came) == said


def test_the_horizon_is_called_forecast():
    assert sentences.refusal(InvalidArgument("horizon", verbatim("small"), 3)) == "Forecast must be small; got 3."

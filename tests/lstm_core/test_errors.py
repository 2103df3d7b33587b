"""Errors: one sentence, on one line, that survives the way between two processes."""

import copy
import pickle

import numpy as np
import pytest

from lstm_core.errors import DataUnavailable, InvalidArgument, InvalidFile

ERRORS = [
    InvalidArgument("hidden_size", "a whole number from 1 to 512", 0),
    DataUnavailable("Yahoo does not answer: try again in a minute."),
    InvalidFile("run.json is missing."),
]


def test_the_sentence_names_argument_expectation_and_what_came():
    error = InvalidArgument("cell", "one of LSTM, GRU, RNN", "Transformer")
    assert str(error) == "cell must be one of LSTM, GRU, RNN; got 'Transformer'."
    assert error.argument == "cell"


def test_each_is_what_callers_catch():
    assert issubclass(InvalidArgument, ValueError)
    assert issubclass(InvalidFile, ValueError)
    assert issubclass(DataUnavailable, RuntimeError)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_errors_cross_processes_unchanged(error, protocol):
    for arrived in (pickle.loads(pickle.dumps(error, protocol)), copy.copy(error)):
        assert type(arrived) is type(error)
        assert str(arrived) == str(error)
        assert getattr(arrived, "argument", None) == getattr(error, "argument", None)


@pytest.mark.parametrize(
    ("came", "shown"),
    [
        (None, "None"),
        ("two\nlines", r"'two\nlines'"),
        (np.eye(3), "array([[1., 0., 0.], [0., 1., 0.], [0., 0., 1.]])"),
        ("x" * 78, "'" + "x" * 78 + "'"),
        ("x" * 79, "'" + "x" * 76 + "..."),
        (list(range(10_000)), None),
    ],
)
def test_what_came_is_shown_on_one_short_line(came, shown):
    sentence = str(InvalidArgument("it", "better", came))
    told = sentence.removeprefix("it must be better; got ").removesuffix(".")
    assert "\n" not in sentence
    assert len(told) <= 80
    assert shown is None or told == shown

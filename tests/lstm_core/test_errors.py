"""Errors: one sentence, on one line, that survives the way between two processes."""

import copy
import pickle

import numpy as np
import pytest

from lstm_core.checks import one_of, whole_number
from lstm_core.errors import DataUnavailable, InvalidArgument, InvalidFile
from lstm_core.phrases import Phrase, verbatim

ERRORS = [
    InvalidArgument("hidden_size", whole_number(1, 512), 0),
    DataUnavailable(Phrase("package_missing", package="river")),
    InvalidFile(Phrase("run_unreadable", name="run", reason=Phrase("run_file_missing", file="run.json"))),
]


def test_the_sentence_names_argument_expectation_and_what_came():
    error = InvalidArgument("cell", one_of(("LSTM", "GRU", "RNN")), "Transformer")
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
        assert arrived.phrase == error.phrase
        assert getattr(arrived, "argument", None) == getattr(error, "argument", None)


@pytest.mark.parametrize(
    ("came", "shown"),
    [
        (None, "None"),
        ("two\nlines", r"'two\nlines'"),
        (np.eye(3), "array([[1., 0., 0.], [0., 1., 0.], [0., 0., 1.]])"),
        ("x" * 78, "'" + "x" * 78 + "'"),
        ("x" * 79, "'" + "x" * 76 + "..."),
        (list(range(10_000)), str(list(range(10_000)))[:77] + "..."),
    ],
)
def test_what_came_is_shown_on_one_short_line(came, shown):
    sentence = str(InvalidArgument("it", verbatim("better"), came))
    told = sentence.removeprefix("it must be better; got ").removesuffix(".")
    assert "\n" not in sentence
    assert len(told) <= 80
    assert told == shown

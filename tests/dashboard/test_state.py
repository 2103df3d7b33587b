"""AppState <-> URL: a round trip for every state, and a sentence for every bad parameter."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.state import COMPARISONS, PARAMETERS, SOURCES, AppState, DataChoice, from_query, to_query
from lstm_core.hyperparameters import CELLS, REPRESENTATIONS, Hyperparameters

DATA = st.builds(
    DataChoice,
    source=st.sampled_from(SOURCES),
    sample=st.sampled_from(["AAPL", "MSFT"]),
    synthetic=st.sampled_from(["sine", "random-walk"]),
    length=st.integers(10, 100_000),
    noise=st.floats(0, 1000),
    series_seed=st.integers(0, 10**6),
    ticker=st.text(alphabet="ABCXYZ.-^=0123456789", min_size=1, max_size=12),
    start=st.dates(date(1970, 1, 1), date(2030, 1, 1)),
    end=st.none() | st.dates(date(1970, 1, 1), date(2030, 1, 1)),
)
SETTINGS = st.builds(
    Hyperparameters,
    cell=st.sampled_from(CELLS),
    hidden_size=st.integers(1, 512),
    window_length=st.integers(30, 500),
    burn_in=st.integers(0, 29),
    dropout=st.floats(0, 0.9),
    output_dropout=st.floats(0, 0.9),
    learning_rate=st.floats(1e-6, 1),
    inputs=st.lists(st.sampled_from(REPRESENTATIONS), min_size=1, max_size=3, unique=True).map(tuple),
    target=st.sampled_from(REPRESENTATIONS),
    loss_on=st.sampled_from(["every_step", "last_step"]),
)
JOB = st.text(alphabet="abcXYZ019-_", min_size=1, max_size=22)
STATES = st.builds(
    AppState,
    data=DATA,
    hyperparameters=SETTINGS,
    horizon=st.integers(1, 250),
    job=st.none() | JOB,
    compare=st.sampled_from(COMPARISONS),
    race=st.lists(JOB, max_size=4).map(tuple),
    experiment=st.sampled_from(["", "amazon", "three_ways"]),
    window=st.none() | st.integers(0, 10**6),
    epoch=st.none() | st.integers(0, 5000),
)


@given(STATES)
def test_every_state_survives_the_way_through_a_url(state):
    query = to_query(state)
    assert all(isinstance(text, str) for text in query.values())
    assert from_query(query) == (state, ())


def test_a_fresh_page_has_a_clean_address():
    assert to_query(AppState()) == {}


def test_every_field_of_the_state_can_be_in_a_link():
    names = {each.name for kind in (DataChoice, Hyperparameters) for each in fields(kind)}
    assert names | {"horizon", "job", "compare", "race", "experiment", "window", "epoch"} == set(PARAMETERS)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"hidden_size": "99999"}, "hidden_size must be a whole number from 1 to 512; got 99999."),
        ({"hidden_size": "many"}, "hidden_size must be of another form; got 'many'."),
        ({"learning_rate": "nan"}, "learning_rate must be a number from 1e-06 to 1; got nan."),
        ({"cell": "<script>alert(1)</script>"}, "cell must be one of LSTM, GRU, RNN; got '<script>"),
        (
            {"source": "file:///etc/passwd"},
            "source must be one of sample, synthetic, yahoo, csv; got 'file:///etc/passwd'.",
        ),
        ({"job": "x" * 5000}, "job must be of another form; got 'xxx"),
        ({"job": "a\x00b"}, "job must be of another form"),
        ({"window": "1e9999"}, "window must be of another form"),
        ({"horizon": "0"}, "horizon must be a whole number from 1 to 250; got 0."),
        ({"start": "2020-13-45"}, "start must be of another form"),
        ({"inputs": "level level"}, "inputs must be without repetition"),
    ],
)
def test_a_bad_parameter_is_passed_over_with_a_sentence(query, sentence):
    state, problems = from_query(query | {"cell_of_somebody_else": "1", "seed": "7"})
    assert state == replace(AppState(), hyperparameters=Hyperparameters(seed=7))
    assert len(problems) == 1
    assert sentence in problems[0]


def test_settings_that_need_each_other_are_taken_together():
    """A window shorter than the default burn-in stands only beside the burn-in that came with it."""
    state, problems = from_query({"window_length": "5", "burn_in": "2"})
    assert problems == ()
    assert (state.hyperparameters.window_length, state.hyperparameters.burn_in) == (5, 2)


@given(st.dictionaries(st.sampled_from(sorted(PARAMETERS)), st.text(max_size=80)))
def test_whatever_a_url_says_there_is_a_state(query):
    state, problems = from_query(query)
    assert isinstance(state, AppState)
    assert all("\n" not in sentence for sentence in problems)

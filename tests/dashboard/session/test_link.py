"""AppState <-> URL: a round trip for every state, and a sentence for every bad parameter."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.session.link import COMPARISONS, LETTERS, PARAMETERS, SOURCES, AppState, DataChoice, from_query, to_query
from lstm_core.hyperparameters import REPRESENTATIONS, Hyperparameters
from lstm_core.network.cells import CELLS

DATA = st.builds(
    DataChoice,
    source=st.sampled_from(SOURCES),
    sample=st.sampled_from(["AAPL", "MSFT"]),
    synthetic=st.sampled_from(["sine", "random-walk"]),
    length=st.integers(10, 100_000),
    noise=st.floats(0, 1000),
    series_seed=st.integers(0, 10**6),
    ticker=st.text(alphabet="ABCXYZ.-^=0123456789", min_size=1, max_size=12),
    start=st.dates(date(1970, 1, 1), date(2000, 1, 1)),
    end=st.none() | st.dates(date(2000, 1, 1), date.today()),
)
SETTINGS = st.builds(
    Hyperparameters,
    cell=st.sampled_from(sorted(CELLS)),
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
    trainings=st.one_of(st.just(""), JOB),
    smallest=st.one_of(st.just(""), JOB),
    experiment=st.sampled_from(["", "amazon", "three_ways"]),
    letters=st.sampled_from(LETTERS),
    window=st.none() | st.integers(0, 10**6),
    epoch=st.none() | st.integers(0, 5000) | st.floats(0, 5000).map(lambda age: int(age) if age.is_integer() else age),
    unit=st.none() | st.integers(1, 512),
    layer=st.none() | st.integers(1, 4),
    timestep=st.none() | st.integers(1, 500),
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
    looked_at = {"window", "epoch", "unit", "layer", "timestep"}
    trained = {"job", "race", "experiment", "trainings", "smallest"}
    assert names | {"horizon", "compare", "letters"} | trained | looked_at == set(PARAMETERS)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"hidden_size": "99999"}, "Hidden units must be a whole number from 1 to 512; got 99999."),
        ({"hidden_size": "many"}, "Hidden units must be a whole number from 1 to 512; got 'many'."),
        ({"learning_rate": "nan"}, "Learning rate must be a number from 1e-06 to 1; got nan."),
        ({"cell": "<script>alert(1)</script>"}, "Cell must be one of LSTM, GRU, RNN, PeepholeLSTM; got '<script>"),
        (
            {"source": "file:///etc/passwd"},
            "Source must be one of sample, synthetic, yahoo, csv; got 'file:///etc/passwd'.",
        ),
        ({"job": "x" * 5000}, "The run must be 1 to 64 characters on one line; got 'xxx"),
        ({"job": "a\x00b"}, "The run must be 1 to 64 characters on one line"),
        ({"window": "1e9999"}, "The window's last day must be a whole number from 0"),
        ({"horizon": "0"}, "Forecast must be a whole number from 1 to 250; got 0."),
        ({"start": "2020-13-45"}, "The day from which must be a day from 1 Jan 1960 to "),
        ({"inputs": "level level"}, "What the network sees must be without repetition"),
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

"""The lanes of several sequences without a browser: which rows they have, and what tells one content from another."""

from dataclasses import replace

from dashboard.components.payload import pack
from dashboard.components.sequences import SEQUENCES, Lanes
from dashboard.pages.experiments import sine_lanes
from dashboard.pages.experiments.variable_length import verdict
from dashboard.pages.experiments.variable_length_lanes import MOST_ROWS, lanes_of
from lstm_core.experiments import sine, variable_length
from lstm_core.experiments.first_model import Check


def test_of_many_sequences_the_first_have_rows_and_all_are_counted():
    lengths = tuple(range(1, 21))
    lanes = lanes_of(variable_length.compare(lengths))
    ways = {way.name: way for way in lanes.ways}
    assert len(lanes.rows) == MOST_ROWS == 12
    assert list(ways["packed"].order) == list(range(11, -1, -1))  # by falling length
    assert list(ways["packed"].batch_sizes or ()) == list(range(20, 0, -1))
    assert list(lanes.lengths) == list(lengths)
    assert ways["padded"].hidden.shape == (12, 20, 50)
    pack(SEQUENCES.encode(lanes))


def revision(lanes: Lanes) -> str:
    return SEQUENCES.encode(lanes)["header"]["content"]["revision"]


def test_the_revision_is_the_contents():
    lanes = lanes_of(variable_length.compare((2, 3)))
    same, other = (lanes_of(variable_length.compare((2, 3), seed)) for seed in (0, 1))
    ids = [revision(each) for each in (lanes, same, other)]
    assert ids[0] == ids[1] != ids[2]
    named = replace(lanes, rows=[replace(lanes.rows[0], name="another"), *lanes.rows[1:]])
    assert revision(named) != ids[0]


def test_a_trained_network_is_looked_at_first():
    small = sine.Sine(hidden_size=3, period=8, observations=100, window_length=10, batch_size=2)
    states = {name: sine.chunk_states(small) for name in ("untrained", "windowed")}
    assert sine_lanes.lanes_of(states).first == "windowed"
    assert sine_lanes.lanes_of({"untrained": states["untrained"]}).first == "untrained"
    assert [row.restarts for row in sine_lanes.lanes_of(states).rows] == [False, True]


def test_the_verdict_says_what_was_asked_for_and_what_came():
    said = verdict(Check(0.05, 2.0, 1e-6))
    assert said.startswith("It worked:")
    assert "RMSE is 0.050" in said
    assert "(naive) 2.000: 40 times better, where 10 were asked for" in said
    assert "at most 1e−6, where 1e−5 is allowed" in said
    assert verdict(Check(0.5, 2.0, 1e-6)).startswith("It has not worked:")

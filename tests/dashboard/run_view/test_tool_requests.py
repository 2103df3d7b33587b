"""What a browser may ask: holds and patterns out of JSON, and one sentence for everything else."""

import json

import pytest

from dashboard.run_view.tool_requests import clamps_of, pattern_of
from lstm_core.errors import InvalidArgument
from lstm_core.explaining.clamps import Clamp
from lstm_core.explaining.patterns import Pattern

HOLD = {"name": "forget_gate", "layer": None, "unit": 3, "value": 1}
PATTERN = {"name": "hidden_state", "layer": 0, "units": [1, 4], "signs": [1, -1], "threshold": 0.25, "at_least": 3}


def test_clamps_as_the_browser_writes_them():
    assert clamps_of(json.dumps([HOLD, HOLD | {"unit": None, "value": 0.5}])) == (
        Clamp("forget_gate", 1, None, 3),
        Clamp("forget_gate", 0.5),
    )
    assert clamps_of("[]") == ()


def test_a_pattern_as_the_browser_writes_it():
    assert pattern_of(json.dumps(PATTERN)) == Pattern("hidden_state", 0, (1, 4), (1, -1), 0.25, 3)


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "{",
        "null",
        "3",
        '"text"',
        "[1]",
        "[[]]",
        "[" * 10_000,
        json.dumps([HOLD] * 201),
        json.dumps([HOLD | {"value": "1"}]),
        json.dumps([HOLD | {"value": 7}]),
        '[{"name": "forget_gate", "value": NaN}]',
        '[{"name": "forget_gate", "value": 1e999}]',
        json.dumps([HOLD | {"name": "__class__"}]),
        json.dumps([HOLD | {"unit": -1}]),
        json.dumps([HOLD | {"more": 1}]),
        json.dumps([{}]),
        " " * 20_001,
    ],
)
def test_other_clamps_are_refused(asked):
    with pytest.raises(InvalidArgument) as refused:
        clamps_of(asked)
    assert len(str(refused.value)) < 400


@pytest.mark.parametrize(
    "asked",
    [
        "[]",
        "null",
        json.dumps(PATTERN | {"units": []}),
        json.dumps(PATTERN | {"units": [[1], [2]]}),
        json.dumps(PATTERN | {"units": list(range(65)), "signs": [1] * 65}),
        json.dumps(PATTERN | {"threshold": "much"}),
        json.dumps(PATTERN | {"at_least": 0}),
        json.dumps({key: value for key, value in PATTERN.items() if key != "signs"}),
    ],
)
def test_other_patterns_are_refused(asked):
    with pytest.raises(InvalidArgument):
        pattern_of(asked)

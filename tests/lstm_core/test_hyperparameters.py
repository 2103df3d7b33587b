"""Hyperparameters: every field's bounds and kinds, the rules between fields, and the way through JSON."""

import json
import pickle
from dataclasses import FrozenInstanceError, fields
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.errors import InvalidArgument
from lstm_core.hyperparameters import Hyperparameters, Rule

# Written down once more, by hand: a bound that moves must move here too.
WHOLE_NUMBERS = {
    "hidden_size": (1, 512),
    "num_layers": (1, 4),
    "window_length": (2, 500),
    "epochs": (1, 5000),
    "batch_size": (1, 4096),
    "burn_in": (0, 499),
    "stride": (0, 500),
    "patience": (0, 1000),
    "seed": (0, 2147483647),
}
NUMBERS = {
    "dropout": (0.0, 0.9),
    "output_dropout": (0.0, 0.9),
    "forget_bias": (-10.0, 10.0),
    "learning_rate": (1e-6, 1.0),
    "weight_decay": (0.0, 1.0),
    "gradient_clip": (0.0, 1000.0),
    "train_fraction": (0.1, 0.9),
    "validation_fraction": (0.05, 0.5),
}
CHOICES = {
    "cell": ("LSTM", "GRU", "RNN", "PeepholeLSTM"),
    "target": ("auto", "log_return", "level", "relative"),
    "optimizer": ("adam", "adamw"),
    "loss": ("mse", "huber"),
    "loss_on": ("every_step", "last_step"),
    "device": ("auto", "cpu", "cuda"),
}
BOUNDED = WHOLE_NUMBERS | NUMBERS
# What else must change so that a field can take its bound.
COMPANIONS = {
    ("burn_in", 499): {"window_length": 500},
    ("window_length", 2): {"burn_in": 0},
    ("train_fraction", 0.9): {"validation_fraction": 0.05},
    ("validation_fraction", 0.5): {"train_fraction": 0.4},
}


def made(**settings: Any) -> Hyperparameters:
    """Of values of any type, which is what these tests are about."""
    return Hyperparameters(**settings)


def test_the_tables_above_are_complete():
    assert set(BOUNDED) | set(CHOICES) | {"inputs"} == {each.name for each in fields(Hyperparameters)}


def test_the_defaults():
    chosen = Hyperparameters()
    assert (chosen.cell, chosen.hidden_size, chosen.num_layers, chosen.dropout) == ("LSTM", 32, 1, 0.0)
    assert (chosen.inputs, chosen.target, chosen.loss_on) == (("auto",), "auto", "every_step")
    assert chosen.test_fraction == pytest.approx(0.15)


@pytest.mark.parametrize(("name", "bound"), [(name, bound) for name in BOUNDED for bound in BOUNDED[name]])
def test_both_bounds_are_allowed(name, bound):
    assert getattr(made(**{name: bound} | COMPANIONS.get((name, bound), {})), name) == bound


def beyond(name: str) -> list:
    low, high = BOUNDED[name]
    step = 1 if name in WHOLE_NUMBERS else 1e-9
    return [low - step, high + step, -(10**400), 10**400]


@pytest.mark.parametrize("name", BOUNDED)
def test_what_lies_beyond_is_refused_with_the_bounds(name):
    kind, low, high = "a whole number" if name in WHOLE_NUMBERS else "a number", *BOUNDED[name]
    for value in beyond(name):
        with pytest.raises(InvalidArgument) as caught:
            made(**{name: value})
        assert caught.value.argument == name
        assert str(caught.value).startswith(f"{name} must be {kind} from {low:.10g} to {high:.10g}; got ")


@pytest.mark.parametrize("value", [True, False, float("nan"), float("inf"), -float("inf"), "1", None, [1], 1j])
@pytest.mark.parametrize("name", BOUNDED)
def test_what_is_no_number_is_refused(name, value):
    with pytest.raises(InvalidArgument) as caught:
        made(**{name: value})
    assert caught.value.argument == name
    assert str(caught.value).endswith(f"; got {value!r}.")


@pytest.mark.parametrize("name", WHOLE_NUMBERS)
def test_a_whole_number_is_no_float(name):
    with pytest.raises(InvalidArgument, match=f"{name} must be a whole number"):
        made(**{name: 1.0})


@pytest.mark.parametrize("name", CHOICES)
def test_each_choice_and_no_other(name):
    for choice in CHOICES[name]:
        assert getattr(made(**{name: choice}), name) == choice
    for value in ("", CHOICES[name][0].upper() + "x", None, 0, True, list(CHOICES[name]), CHOICES[name]):
        with pytest.raises(InvalidArgument) as caught:
            made(**{name: value})
        assert str(caught.value).startswith(f"{name} must be one of {', '.join(CHOICES[name])}; got ")


@pytest.mark.parametrize(
    ("inputs", "sentence"),
    [
        ((), "inputs must be one of auto, log_return, level, relative; got ()."),
        ("level", "inputs must be one of auto, log_return, level, relative; got 'level'."),
        (["level"], "inputs must be one of auto, log_return, level, relative; got ['level']."),
        (("volume",), "inputs must be one of auto, log_return, level, relative; got ('volume',)."),
        (("level", "level"), "inputs must be without repetition; got ('level', 'level')."),
        (("auto", "level"), "inputs must be auto alone, or a list without auto; got ('auto', 'level')."),
    ],
)
def test_inputs_that_make_no_sense(inputs, sentence):
    with pytest.raises(InvalidArgument) as caught:
        made(inputs=inputs)
    assert str(caught.value) == sentence


def test_inputs_keep_their_order():
    assert made(inputs=("level", "log_return")).inputs == ("level", "log_return")


def test_a_burn_in_leaves_something_to_score():
    with pytest.raises(InvalidArgument, match=r"burn_in must be less than window_length \(10\); got 10\."):
        made(window_length=10, burn_in=10)
    assert made(window_length=10, burn_in=9).burn_in == 9
    assert made(window_length=10, burn_in=10, loss_on="last_step").burn_in == 10  # of no effect there


@pytest.mark.parametrize(
    ("train", "validation", "most"), [(0.7, 0.26, "0.25"), (0.876, 0.08, "0.074"), (0.9, 0.06, "0.05")]
)
def test_a_test_part_remains(train, validation, most):
    sentence = (
        f"validation_fraction must be at most {most} beside train_fraction {train:g}, so that a test part remains"
    )
    with pytest.raises(InvalidArgument) as caught:
        made(train_fraction=train, validation_fraction=validation)
    assert str(caught.value) == f"{sentence}; got {validation}."
    assert made(train_fraction=train, validation_fraction=float(most)).test_fraction >= 0.05 - 1e-9


@pytest.mark.parametrize(
    ("settings", "stride"),
    [
        ({}, 15),
        ({"window_length": 61}, 15),
        ({"window_length": 2, "burn_in": 1}, 1),
        ({"loss_on": "last_step"}, 1),
        ({"stride": 7}, 7),
        ({"stride": 7, "loss_on": "last_step"}, 7),
    ],
)
def test_the_training_stride(settings, stride):
    assert made(**settings).training_stride == stride


@pytest.mark.parametrize(
    ("settings", "first"),
    [
        ({}, 30),
        ({"window_length": 61}, 30),
        ({"window_length": 2}, 1),
        ({"burn_in": 7}, 7),
        ({"loss_on": "last_step"}, 59),
        ({"loss_on": "last_step", "burn_in": 7}, 59),
    ],
)
def test_the_first_timestep_that_is_scored(settings, first):
    assert made(**settings).first_scored == first


def strategy_of(name: str) -> st.SearchStrategy:
    if name in WHOLE_NUMBERS:
        return st.integers(*WHOLE_NUMBERS[name])
    if name in NUMBERS:
        return st.floats(*NUMBERS[name])
    if name == "inputs":
        return st.permutations(("log_return", "level", "relative")).map(lambda names: tuple(names[:2]))
    return st.sampled_from(CHOICES[name])


INDEPENDENT = [name for name in (*BOUNDED, *CHOICES, "inputs") if name not in ("burn_in", "validation_fraction")]


@given(st.fixed_dictionaries({}, optional={name: strategy_of(name) for name in INDEPENDENT}))
def test_the_way_through_json_and_back_loses_nothing(values):
    chosen = made(**{"burn_in": 0, "validation_fraction": 0.05} | values)
    assert Hyperparameters.from_dict(json.loads(json.dumps(chosen.to_dict()))) == chosen
    assert pickle.loads(pickle.dumps(chosen)) == chosen
    assert hash(pickle.loads(pickle.dumps(chosen))) == hash(chosen)


def test_from_dict_fills_in_defaults_and_refuses_strange_names():
    assert Hyperparameters.from_dict({"seed": 3}) == made(seed=3)
    with pytest.raises(InvalidArgument, match="hyperparameters must be made of known names; got 'lookback'"):
        Hyperparameters.from_dict({"lookback": 60})


def test_nothing_changes_them_later():
    with pytest.raises(FrozenInstanceError):
        Hyperparameters().seed = 1  # type: ignore[misc]


def test_numpy_numbers_are_not_taken_for_python_ones():
    """They would make JSON fail later, far from where they came in; a float64 is a float."""
    with pytest.raises(InvalidArgument, match=r"hidden_size must be .*; got np.int64\(8\)\."):
        made(hidden_size=np.int64(8))
    assert json.dumps(made(dropout=np.float64(0.5)).to_dict())


@pytest.mark.parametrize("each", fields(Hyperparameters), ids=lambda each: each.name)
def test_each_field_can_explain_itself(each):
    """The command line and the app show these."""
    rule: Rule = each.metadata["rule"]
    assert rule.help.endswith(".")
    assert rule.group in ("model", "training")
    assert bool(rule.choices) == (each.name not in BOUNDED)

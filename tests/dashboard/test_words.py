"""The page's sentences: which side is better, by how much, in the right unit."""

import numpy as np
import pytest

from dashboard import words
from lstm_core.evaluation import Evaluation, Metrics
from lstm_core.hyperparameters import Hyperparameters


def evaluation(network: float, naive: float, direction: float | None = 0.52) -> Evaluation:
    metrics = {"network": Metrics(network, network, 1.0, direction), "naive": Metrics(naive, naive, 1.0, None)}
    return Evaluation("test", 490, metrics, 0.521)


@pytest.mark.parametrize(
    ("network", "naive", "unit", "sentence"),
    [
        (1.12, 1.00, "USD", "is 12.0% worse than repeating yesterday's price: RMSE $1.12 against $1.00."),
        (0.80, 1.00, "", "is 20.0% better than repeating the last value: RMSE 0.8000 against 1.00."),
        (1.00001, 1.0, "USD", "is as good as repeating yesterday's price: RMSE $1.00 against $1.00."),
        (0.25, 0.0, "", "is off by 0.2500; repeating the last value is always right on this series."),
    ],
)
def test_the_verdict_names_the_better_one(network, naive, unit, sentence):
    said = words.verdict(evaluation(network, naive), "LSTM", unit, 80)
    assert said == f"Over 490 test days this LSTM (epoch 80) {sentence}"


def test_the_hit_rate_is_never_without_the_majority():
    assert words.direction(evaluation(1, 1)) == (
        "Right about up or down on 52.0% of the test days; always saying the commoner one: 52.1%."
    )
    assert "52.1%" in words.direction(evaluation(1, 1, direction=None))


def test_learning_compares_with_naive():
    said = words.learning(np.array([0.5, 0.3]), 0.24)
    assert said == "Validation loss 0.3000, naive 0.2400: 25.0% worse than naive so far."


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [(26.857, "USD", "$26.86"), (-1234.5, "USD", "−$1,234.50"), (0.01234, "", "0.0123"), (3.0, "", "3.00")],
)
def test_money(value, unit, text):
    assert words.money(value, unit) == text


def test_progress_says_how_far_how_long_and_who_goes_first():
    assert words.progress("training", 34, 80, 12.4, None) == "Training: epoch 34 of 80 · about 12 s left"
    assert words.progress("queued", 0, 80, None, 3) == "Waiting for a worker: epoch 0 of 80 · 2 go first"
    assert words.progress("paused", 3, 80, 5.0, None) == "Paused: epoch 3 of 80"


def test_changes_name_what_the_next_run_does_otherwise():
    before = Hyperparameters(inputs=("log_return",), target="log_return")
    after = Hyperparameters(inputs=("level", "relative"), target="log_return", hidden_size=64)
    assert words.changes(before, after, same_series=False) == [
        "another series",
        "Hidden units 32 → 64",
        "The network sees log return → level + change since window start",
    ]
    assert words.changes(before, before, same_series=True) == []


def test_every_hyperparameter_and_choice_has_a_label():
    for name, field in Hyperparameters.__dataclass_fields__.items():
        assert name in words.FIELDS
        for choice in field.metadata["rule"].choices:
            assert words.choice(choice)

"""How a training goes, in one line: how far, how long still, how much better or worse than naive; and its settings."""

import numpy as np

from dashboard.texts import words
from dashboard.texts.settings import choice
from dashboard.texts.training import learning, progress
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.network.cells import CELLS


def test_learning_compares_with_naive():
    said = learning(np.array([0.5, 0.3]), 0.24)
    assert said == "Validation loss 0.3000, naive 0.2400: 25.0 % worse than naive so far; the test comes at the end."


def test_progress_says_how_far_how_long_and_who_goes_first():
    assert progress("training", 34, 80, 12.4, None) == "Training: epoch 34 of 80, about 12 s left"
    assert progress("queued", 0, 80, None, 3) == "Waiting for a worker: epoch 0 of 80, 2 go first"
    assert progress("queued", 0, 80, None, 2) == "Waiting for a worker: epoch 0 of 80, 1 goes first"
    assert progress("paused", 3, 80, 5.0, None) == "Paused: epoch 3 of 80"


def test_every_hyperparameter_and_choice_has_a_label():
    for name, field in Hyperparameters.__dataclass_fields__.items():
        assert name in words("fields")
        labels = [choice(name, each) for each in field.metadata["rule"].choices]
        unnamed = {label for label in labels if label in field.metadata["rule"].choices}
        assert unnamed <= {*CELLS, "level"}, f"{name}: these are their own labels"
        assert len(set(labels)) == len(labels), name


def test_auto_says_what_it_chooses():
    assert choice("device", "auto") == "CUDA where there is one"
    assert choice("target", "auto") == "what suits the series"

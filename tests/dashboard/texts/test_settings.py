"""Hyperparameters and their choices by the labels of their fields."""

from dashboard.texts import words
from dashboard.texts.settings import choice
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.network.cells import CELLS


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

"""Hyperparameters and their values by the labels of their fields."""

from dashboard.texts import counted, say, words
from lstm_core.formatting import significant
from lstm_core.hyperparameters import Resolved


def choice(name: str, value: str) -> str:
    """One of the values that the hyperparameter ``name`` can take; a cell's name is its label."""
    return say(f"settings.auto_{name}") if value == "auto" else words("choices").get(value, value)


def setting(name: str, value: object) -> str:
    """One setting in a name: seed 3."""
    field = say(f"fields.{name}")  # words: *
    return say("settings.of_field", field=field.lower(), value=_value(name, value))


def on_show(name: str, value: object) -> str:
    """Beside the field of the hyperparameter ``name`` that says otherwise."""
    return say("settings.on_show", value=_value(name, value))


def on_show_unseen(number: int) -> str:
    """Beside fields that are closed away."""
    return counted("settings.differ", number)


def differing(number: int) -> str:
    """How many fields say otherwise, beside the word Settings."""
    return say("settings.differing", count=number) if number else ""


def at_most(longest: int, horizon: int) -> str:
    """Said before training, beside the field."""
    return say("settings.at_most_cut" if horizon > longest else "settings.at_most", longest=longest)


def run_title(series: str, settings: Resolved) -> str:
    """``series``: its title."""
    told = (setting(name, getattr(settings, name)) for name in ("hidden_size", "seed"))
    return ", ".join([series, settings.cell, *told])


def _value(name: str, value: object) -> str:
    if isinstance(value, tuple):
        return " + ".join(choice(name, str(each)) for each in value)
    return significant(value, 6) if isinstance(value, float) else choice(name, str(value))

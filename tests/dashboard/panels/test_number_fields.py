"""Minus undoes plus in every number field of every page, by the rule with which Streamlit's browser half counts."""

import math

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.pages.experiments.table import EXPERIMENTS
from dashboard.panels.number_fields import step_for
from dashboard.panels.sidebar import _STEPS
from lstm_core.hyperparameters import RULES, Hyperparameters

DECIMAL = sorted(_STEPS)


def browser(value: float, step: float, sign: int) -> float:
    """Both are rounded to the step's decimals before they are added."""
    scale = 10.0 ** len(f"{step:.10f}".rstrip("0").partition(".")[2])
    return (math.floor(value * scale + 0.5) + sign * math.floor(step * scale + 0.5)) / scale


def there_and_back(value: float, usual: float) -> float:
    """Plus, then minus, with the step that the field has at each of the two: it never grows."""
    first = step_for(value, usual)
    more = browser(value, first, +1)
    return browser(more, min(first, step_for(more, usual)), -1)


def test_every_decimal_setting_has_a_step_of_its_own():
    assert {name for name in RULES if isinstance(getattr(Hyperparameters(), name), float)} == set(DECIMAL)


@pytest.mark.parametrize("name", DECIMAL)
def test_minus_undoes_plus_whatever_was_typed(name):
    rule, usual = RULES[name], _STEPS[name]
    typed = [0.5, 0.25, 0.005, 0.0005, 0.0009, 0.00025, 3e-5, 1e-6, 0.123, 0.7, 0.15, 1.0, 9.75]
    possible = [
        each for each in {float(getattr(Hyperparameters(), name)), *typed} if rule.low <= each <= rule.high - usual
    ]
    assert len(possible) > 2
    assert [there_and_back(each, usual) for each in possible] == possible


def test_the_step_is_the_usual_one_unless_a_finer_number_was_typed():
    assert [step_for(value, 0.05) for value in (0.0, 0.3, 0.12, 0.125)] == [0.05, 0.05, 0.05, 0.001]
    assert [step_for(value, 0.5) for value in (-2.0, 5.0, 0.25)] == [0.5, 0.5, 0.01]


WITHOUT_FIELDS = {"three_ways", "amazon", "stacked"}
PAGES = {
    "watch": "from dashboard.pages import forecast\nforecast.page()",
    "waves": "from dashboard.pages import compare\ncompare.page()",
    "smallest": "from dashboard.pages import one_unit\none_unit.page()",
    **dict.fromkeys(EXPERIMENTS, "from dashboard.pages import experiments\nexperiments.page()"),
}


@pytest.mark.parametrize("name", PAGES)
def test_minus_undoes_plus_in_the_fields_of_each_page(name):
    page = AppTest.from_string(PAGES[name], default_timeout=60)
    page.session_state["more-settings"] = True  # somebody opened it
    if name == "waves":
        page.query_params["source"] = "synthetic"
    if name in EXPERIMENTS:
        page.query_params["experiment"] = name
    assert not page.run().exception
    fields = list(page.number_input)
    assert bool(fields) == (name not in WITHOUT_FIELDS)
    for each in fields:
        assert each.value is not None
        assert browser(browser(each.value, each.step, +1), each.step, -1) == each.value, each.label


def test_a_finer_number_makes_the_step_finer_and_it_stays_so():
    page = AppTest.from_string(PAGES["waves"], default_timeout=60)
    page.query_params["source"] = "synthetic"
    page.run()

    def noise():
        return next(each for each in page.number_input if each.label == "Noise")

    assert (noise().value, noise().step) == (0.1, 0.05)
    noise().set_value(0.119).run()
    assert noise().step == 0.001
    noise().set_value(browser(0.119, 0.001, +1)).run()
    assert (noise().value, noise().step) == (0.12, 0.001)

"""Fields for numbers: the bounds that a link has too; and of numbers that are no whole ones minus undoes plus."""

from decimal import Decimal
from typing import Any

import streamlit as st

from dashboard.session.bounds import Day, Number
from dashboard.session.browser_tab import BrowserTab
from dashboard.session.link import PARAMETERS


def range_of(name: str) -> dict[str, Any]:
    """What a widget takes of the bounds of a link's parameter."""
    bounds = PARAMETERS[name].bounds
    if isinstance(bounds, Day):
        return {"min_value": bounds.first(), "max_value": bounds.last()}
    assert isinstance(bounds, Number)
    return {"min_value": bounds.low, "max_value": bounds.high}


def decimal(
    tab: BrowserTab, label: str, min_value: float, max_value: float, value: float, step: float, **options: Any
) -> float:
    """A number between two bounds; plus and minus go by ``step``, by less once a finer number was typed.

    The browser rounds to the step's decimals before it adds, so a step that is too coarse would round a finer number
    away; and a step that grew with the number would not lead back.
    """
    key = options["key"]
    now = tab.fields.steps.setdefault(key, step_for(value, step))
    chosen = st.number_input(label, min_value, max_value, value, step=now, format="%g", **options)
    finer = step_for(chosen, step)
    if finer < now:  # it never grows again while the field stays
        tab.fields.steps[key] = finer
        st.rerun()
    return chosen


def step_for(value: float, usual: float) -> float:
    """The usual step, or one at the value's last decimal if that is finer."""
    decimals = _decimals(value)
    return usual if decimals <= _decimals(usual) else 10.0**-decimals


def _decimals(value: float) -> int:
    exponent = Decimal(repr(float(value))).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0

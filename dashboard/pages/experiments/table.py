"""The experiments that the page offers, in the order of their difficulty."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboard.pages.experiments import (
    amazon,
    gap,
    gaps,
    long_memory,
    scratch,
    sine,
    stacked,
    three_ways,
    variable_length,
)
from dashboard.session.browser_tab import BrowserTab


@dataclass(frozen=True)
class Experiment:
    """Its title and its introduction (what it is and what to look for) are in experiments.json, by its name.

    seconds: how long it takes on two idle cores from the click to the conclusion, by case, the page's default first
    (benchmarks/experiments.py takes the times). show: its part of the page.
    """

    seconds: Mapping[str, float]
    show: Callable[[BrowserTab], None]


EXPERIMENTS: Mapping[str, Experiment] = {
    "sine": Experiment({"alone": 14}, sine.show),
    "three_ways": Experiment({"alone": 2}, three_ways.show),
    "variable_length": Experiment({"alone": 18}, variable_length.show),
    "gap": Experiment({"gap_100": 25, "gap_200": 60}, gap.show),
    "gaps": Experiment({"alone": 70}, gaps.show),
    "long_memory": Experiment({"length_50": 30, "length_100": 60}, long_memory.show),
    "amazon": Experiment({"ours": 3, "tutorial": 15}, amazon.show),
    "stacked": Experiment({"alone": 12}, stacked.show),
    "scratch": Experiment({"alone": 1}, scratch.show),
}

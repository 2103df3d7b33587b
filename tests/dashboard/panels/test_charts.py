"""Words in the experiments' charts can be read on the page's ground, in both themes."""

import tomllib
from itertools import combinations, product

import numpy as np
import pytest

from dashboard.components.colours import CELL_COLOURS
from dashboard.panels import charts
from lstm_core.network.cells import CELLS
from tests.helpers.places import ROOT

CONFIG = tomllib.loads((ROOT / "dashboard" / ".streamlit" / "config.toml").read_text())


def luminance(colour: str) -> float:
    """As WCAG defines it."""
    values = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(values <= 0.03928, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    return float(linear @ np.array([0.2126, 0.7152, 0.0722]))


def contrast(one: str, other: str) -> float:
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_read_at_4_5_to_1(theme: str):
    ground, dark = CONFIG["theme"][theme]["backgroundColor"], theme == "dark"
    curve = [charts.Line("LSTM", np.arange(3.0), np.arange(3.0), "LSTM")]
    lines = charts.lines(curve, "epoch", "loss", dark, naive=1.0).to_dict()
    bars = charts.bars({"one": 1.0, "two": 2.0}, "seconds", dark).to_dict()
    named = [
        layer["mark"]["color"]
        for part in lines["layer"]
        for layer in part.get("layer", [part])
        if layer["mark"]["type"] == "text"
    ]
    assert len(named) == 1
    words = [*named, lines["config"]["legend"]["labelColor"]]
    words += [chart["config"]["axis"][name] for chart in (lines, bars) for name in ("labelColor", "titleColor")]
    assert min(contrast(each, ground) for each in words) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_cell_has_a_colour_of_its_own_in_which_words_read(theme: str):
    grounds = [CONFIG["theme"][theme][name] for name in ("backgroundColor", "secondaryBackgroundColor")]
    assert set(CELL_COLOURS) == set(CELLS)
    colours = [pair[theme == "dark"] for pair in CELL_COLOURS.values()]
    for colour, ground in product(colours, grounds):
        assert contrast(colour, ground) >= 4.5, (colour, ground)
    for one, other in combinations(colours, 2):
        apart = [abs(int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) for at in (1, 3, 5)]
        assert max(apart) >= 50, (one, other)

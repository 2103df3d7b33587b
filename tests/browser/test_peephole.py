"""The peephole LSTM from link to picture: trained there, drawn with its peepholes, its numbers those of numpy."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from lstm_core.data.catalogue import load as load_series
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.runs.run import Run
from lstm_core.runs.train import train_whole
from tests.helpers.browser.server import PATIENCE, Server
from tests.helpers.browser.stage_page import number, open_app, part, press, stage, train_to_the_end, where
from tests.helpers.reference import lstm_trace

SETTINGS = Hyperparameters(cell="PeepholeLSTM", hidden_size=4, window_length=20, burn_in=5, epochs=2, seed=7)
QUERY = "?cell=PeepholeLSTM&hidden_size=4&window_length=20&burn_in=5&epochs=2&seed=7&sample=FB"
SHOWN = {
    **{name: name for name in ("forget_gate", "input_gate", "candidate", "output_gate")},
    "c_now": "cell_state",
    "h_now": "hidden_state",
}


def test_it_trains_and_every_number_of_its_drawing_is_that_of_the_formulas(page: Page, server: Server):
    run = train_whole(SETTINGS, load_series("FB"))
    open_app(page, server, QUERY)
    train_to_the_end(page)
    expect(stage(page)).to_have_attribute("data-epoch", str(run.epoch), timeout=PATIENCE)
    press(page, "Home")
    trace = trace_of(run, where(page)["date"])
    press(page, "ArrowRight", 7)
    t, unit = 7, int(where(page)["unit"])
    assert int(where(page)["timestep"]) == t
    for shown, name in SHOWN.items():
        assert number(page, shown) == pytest.approx(trace[name][0, t, unit], abs=0.0051), shown
    assert number(page, "c_before") == pytest.approx(trace["cell_state"][0, t - 1, unit], abs=0.0051)
    expect(part(page, "diagram").locator(".gs-peephole")).to_have_count(3)
    part(page, "diagram").locator('[data-part="output_gate"]').hover()
    expect(page.get_by_role("tooltip").first).to_contain_text("o = σ(W·x + U·h′ + w·c + b)")
    expect(page).to_have_url(re.compile("cell=PeepholeLSTM"))
    page.reload()
    expect(part(page, "diagram").locator(".gs-peephole")).to_have_count(3, timeout=PATIENCE)


def trace_of(run: Run, first_day: str) -> dict[str, np.ndarray]:
    """By numpy, of the window that begins on a day."""
    windows, dates = run.windows(), run.series.dates.astype("datetime64[D]").astype(str).tolist()
    end = np.array([dates.index(first_day) + windows.length - 1])
    return lstm_trace(run.weights, windows.batch(end).inputs[0])

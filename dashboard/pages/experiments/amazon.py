"""Amazon: the tutorials' task, daily closes and windows of 60 days, with the verdict that tutorials leave out."""

import numpy as np
import streamlit as st

from dashboard.pages.experiments import reading, trained
from dashboard.pages.experiments.trained import Preset
from dashboard.run_view.viewed_run import ViewedRun
from dashboard.session.browser_tab import BrowserTab
from dashboard.session.link import DataChoice
from dashboard.texts import say
from lstm_core.forecasting.evaluation import r_squared
from lstm_core.formatting import amount, number, unit_of
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.training.windows import Windows
from lstm_core.work.judging import Judgement

NAME = "amazon"
WAYS = {
    "ours": Hyperparameters(window_length=60, patience=10),
    "tutorial": Hyperparameters(
        window_length=60,
        hidden_size=50,
        inputs=("level",),
        target="level",
        loss_on="last_step",
        batch_size=32,
        epochs=30,
    ),
}
CHOICES = (
    DataChoice(source="yahoo", ticker="AMZN"),
    DataChoice(sample="AMZN"),
)
_HUGS = 0.9  # R² of a curve that nobody could tell from the price


def show(tab: BrowserTab) -> None:
    presets = {way: Preset(NAME, settings, CHOICES, explain) for way, settings in WAYS.items()}
    chosen = st.segmented_control(
        say("experiment_trained.way"),
        list(WAYS),
        default=_newest(tab, presets),
        format_func=lambda way: say(f"experiment_trained.way_{way}"),
        key="amazon-way",
    )
    trained.show(tab, presets[chosen or next(iter(WAYS))])


def _newest(tab: BrowserTab, presets: dict[str, Preset]) -> str:
    """The way of the newest run: what a reload shows."""
    found = {way: trained.newest(tab, preset) for way, preset in presets.items()}
    places = {way: tab.runs.jobs.index(job.id) for way, job in found.items() if job is not None}
    return max(places, key=places.__getitem__) if places else next(iter(WAYS))


def explain(viewed: ViewedRun, windows: Windows, judgement: Judgement) -> list[str]:
    """What a curve that hugs the price is worth."""
    price, predicted, repeated = reading.test_part(viewed, judgement.predictions)
    network, naive = r_squared(predicted, price), r_squared(repeated, price)
    if network > _HUGS:
        return [say("experiment_trained.hugs", network=number(network, 3), naive=number(naive, 3))]
    return [_leaves(viewed, windows, price, network, naive)]


def _leaves(viewed: ViewedRun, windows: Windows, price: np.ndarray, network: float, naive: float) -> str:
    unit = unit_of(viewed.series.unit, viewed.series.values)
    known = windows.values[: windows.bounds["train"][1]].max()
    return say(
        "experiment_trained.leaves",
        network=number(network, 3),
        naive=number(naive, 3),
        highest=amount(price.max(), unit),
        known=amount(known, unit),
    )

"""Vanishing and exploding gradients: the first value has to be remembered over a gap that a slider stretches."""

from dataclasses import replace
from functools import partial

import numpy as np
import streamlit as st

from dashboard.pages.experiments import running
from dashboard.panels.number_fields import decimal
from dashboard.session.answers import answer
from dashboard.session.browser_tab import BrowserTab
from dashboard.session.experiment_run import ExperimentRun, is_over
from lstm_core.experiments import gap
from lstm_core.experiments.gap import Gap
from lstm_core.experiments.sequences.task import SOLVED_ACCURACY
from lstm_core.experiments.settings import CLASSIC_CELLS
from lstm_core.formatting import percent

NAME = "gap"
_LONG = 150  # beyond it the gradients of 64 sequences are too noisy
_SMALLEST = 1e-30  # on a logarithmic axis


def show(tab: BrowserTab) -> None:
    settings = _fields(tab)
    run = running.controls(tab, NAME, _race(settings))
    if run is not None:
        running.show(tab, NAME, partial(_draw, tab), "profile", came=_came)


def _fields(tab: BrowserTab) -> Gap:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        length = st.slider("Gap, timesteps", 5, 200, 100, 5, help="Noise between the value and the answer.")
        bias = decimal(tab, "Bias of the gate that keeps", -10.0, 10.0, 5.0, 0.5, key="gap-bias", help=_BIAS)
        clip = decimal(tab, "Gradient clip (0: none)", 0.0, 1000.0, 1.0, 0.5, key="gap-clip")
        gain = decimal(tab, "Gain of recurrent weights", 0.0, 10.0, 1.0, 0.5, key="gap-gain", help=_GAIN)
        seed = st.number_input("Seed", 0, 2**31 - 1, 0)
    batch_size = 64 if length <= _LONG else 128
    return Gap(gap=length, forget_bias=bias, gradient_clip=clip, recurrent_gain=gain, seed=seed, batch_size=batch_size)


_BIAS = (
    "Added at the start to LSTM's forget gate and GRU's update gate. At 0 both forget within a few timesteps; "
    "a gap of 200 wants 6."
)


_GAIN = "Multiplies the hidden-to-hidden weights at the start. From about 2.5 on a plain RNN's gradients explode."
_WHY = (
    "Look at the left end of the gradients: what does not reach the first value cannot teach it. To remember means: at "
    f"least {percent(SOLVED_ACCURACY, 0)} of the answers right, three scorings in a row."
)


def _came(run: ExperimentRun) -> str:
    settings = next(iter(run.settings.values()))
    assert isinstance(settings, Gap)
    came = running.verdict(run, "remembers", "does not remember", gap.naive_scores(settings)["accuracy"])
    return came and f"After a gap of {settings.gap}: {came}"


def _race(settings: Gap) -> dict[str, Gap]:
    return {cell: replace(settings, cell=cell) for cell in CLASSIC_CELLS}


def _draw(tab: BrowserTab, run: ExperimentRun) -> None:
    settings = next(iter(run.settings.values()))
    assert isinstance(settings, Gap)
    naive = gap.naive_scores(settings)
    x = running.against()
    left, right = st.columns(2)
    with left:
        st.markdown(f"**Right answers after a gap of {settings.gap}**")
        running.draw_accuracy(running.curves(run, "accuracy", x), x, naive["accuracy"])
    with right:
        st.markdown("**Gradient that reaches each timestep of the past**")
        running.draw_lines(_profiles(tab, run), "timestep", "gradient norm", log=True)
    running.table(run, {"accuracy": "accuracy", "loss": "loss"}, naive)
    st.caption(_WHY)


def _profiles(tab: BrowserTab, run: ExperimentRun) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Before training and, where it is over, after it; a worker computes each once."""
    found = {}
    for cell, job in run.begun.items():
        ages = {"before": job.kept[0], **({"after": job.checkpoint.weights} if job.checkpoint and is_over(job) else {})}
        for age, weights in ages.items():
            future = tab.answers.ask(("profile", run.id, cell, age), gap.gradient_profile, job.task, weights)
            if (profile := answer(future)) is not None:
                norms = np.maximum(profile, _SMALLEST)
                found[f"{cell}, {age}"] = (np.arange(len(norms)), norms)
    return found

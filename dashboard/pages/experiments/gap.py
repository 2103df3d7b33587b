"""Vanishing and exploding gradients: the first value has to be remembered over a gap that a slider stretches."""

from dataclasses import replace
from functools import partial

import numpy as np
import streamlit as st

from dashboard.pages.experiments import running
from dashboard.panels.charts import Line
from dashboard.panels.number_fields import decimal
from dashboard.session.answers import answer
from dashboard.session.browser_tab import BrowserTab
from dashboard.session.experiment_run import ExperimentRun, is_over
from dashboard.texts import say
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
        length = st.slider(say("experiment_gap.gap"), 5, 200, 100, 5, help=say("experiment_gap.gap_help"))
        label, told = say("experiment_gap.bias"), say("experiment_gap.bias_help")
        bias = decimal(tab, label, -10.0, 10.0, 5.0, 0.5, key="gap-bias", help=told)
        clip = decimal(tab, say("experiment_gap.clip"), 0.0, 1000.0, 1.0, 0.5, key="gap-clip")
        label, told = say("experiment_gap.gain"), say("experiment_gap.gain_help")
        gain = decimal(tab, label, 0.0, 10.0, 1.0, 0.5, key="gap-gain", help=told)
        seed = st.number_input(say("experiments.seed"), 0, 2**31 - 1, 0)
    batch_size = 64 if length <= _LONG else 128
    return Gap(gap=length, forget_bias=bias, gradient_clip=clip, recurrent_gain=gain, seed=seed, batch_size=batch_size)


def _came(run: ExperimentRun) -> str:
    settings = next(iter(run.settings.values()))
    assert isinstance(settings, Gap)
    came = running.verdict(run, "experiment_gap", gap.naive_scores(settings)["accuracy"])
    return came and say("experiment_gap.conclusion", gap=settings.gap, verdict=came)


def _race(settings: Gap) -> dict[str, Gap]:
    return {cell: replace(settings, cell=cell) for cell in CLASSIC_CELLS}


def _draw(tab: BrowserTab, run: ExperimentRun) -> None:
    settings = next(iter(run.settings.values()))
    assert isinstance(settings, Gap)
    naive = gap.naive_scores(settings)
    x = running.against()
    left, right = st.columns(2)
    with left:
        st.markdown(say("experiment_gap.accuracy", gap=settings.gap))
        running.draw_accuracy(running.curves(run, "accuracy", x), x, naive["accuracy"])
    with right:
        st.markdown(say("experiment_gap.gradients"))
        running.draw_lines(_profiles(tab, run), "timestep", "gradient_norm", log=True)
    running.table(run, ("accuracy", "loss"), naive)
    st.caption(say("experiment_gap.why", share=percent(SOLVED_ACCURACY, 0)))


def _profiles(tab: BrowserTab, run: ExperimentRun) -> list[Line]:
    """Before training and, where it is over, after it; a worker computes each once."""
    found = []
    for cell, job in run.begun.items():
        ages = {"before": job.kept[0], **({"after": job.checkpoint.weights} if job.checkpoint and is_over(job) else {})}
        for age, weights in ages.items():
            future = tab.answers.ask(("profile", run.id, cell, age), gap.gradient_profile, job.task, weights)
            if (profile := answer(future)) is not None:
                norms = np.maximum(profile, _SMALLEST)
                label = say(f"charts.line_{age}", cell=cell)
                found.append(Line(label, np.arange(len(norms)), norms, cell, is_dashed=age == "before"))
    return found

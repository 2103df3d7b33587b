"""Accuracy against the gap: the same race at growing gaps, as one picture."""

from dataclasses import replace

import numpy as np
import streamlit as st

from dashboard.pages.experiments import running
from dashboard.panels.charts import Line
from dashboard.session.browser_tab import BrowserTab
from dashboard.session.experiment_run import ExperimentRun
from dashboard.texts import say
from lstm_core.experiments import gap
from lstm_core.experiments.gap import GAPS, Gap
from lstm_core.experiments.settings import CLASSIC_CELLS

NAME = "gaps"
_LONGEST = GAPS[-1]


def show(tab: BrowserTab) -> None:
    seed = st.number_input(say("experiments.seed"), 0, 2**31 - 1, 0)
    race = {name_of(cell, length): _settings(cell, length, seed) for length in GAPS for cell in CLASSIC_CELLS}
    run = running.controls(tab, NAME, race)
    if run is not None:
        running.show(tab, NAME, _draw, came=conclusion)


def name_of(cell: str, length: int) -> str:
    """A training's among the others."""
    return f"{cell}-{length}"


def _label(name: str) -> str:
    cell, length = name.split("-")
    return say("experiment_gap.training", cell=cell, gap=length)


def _settings(cell: str, length: int, seed: int) -> Gap:
    """The longest gap wants more sequences in a step and a bias for a longer memory."""
    settings = Gap(cell=cell, gap=length, seed=seed)
    return replace(settings, batch_size=128, forget_bias=6.0) if length == _LONGEST else settings


def _draw(run: ExperimentRun) -> None:
    st.markdown(say("experiment_gap.against_gap"))
    naive = gap.naive_scores(_settings("LSTM", GAPS[0], 0))
    running.draw_accuracy(_against_gap(run), "gap", naive["accuracy"], GAPS)
    running.table(run, ("accuracy", "loss"), naive, _label)


def conclusion(run: ExperimentRun) -> str:
    """Up to which gap each cell solved the task; nothing before all are over."""
    if not run.is_over:
        return ""
    naive = gap.naive_scores(_settings("LSTM", GAPS[0], 0))["accuracy"]
    return running.conclusion_of((_reach(run, cell) for cell in CLASSIC_CELLS), naive)


def _reach(run: ExperimentRun, cell: str) -> str:
    longest = gap.reach({length: running.is_solved(run.jobs[name_of(cell, length)]) for length in GAPS})
    if longest is None:
        return say("experiment_gap.no_reach", cell=cell)
    return say("experiment_gap.reach", cell=cell, gap=longest)


def _against_gap(run: ExperimentRun) -> list[Line]:
    """Of each cell its newest accuracies at the gaps, where there are any."""
    found = []
    for cell in CLASSIC_CELLS:
        known = [(length, run.begun.get(name_of(cell, length))) for length in GAPS]
        points = [(length, job.history.newest("accuracy")) for length, job in known if job is not None]
        if points:
            lengths, scores = zip(*points, strict=True)
            found.append(Line(cell, np.array(lengths), np.array(scores), cell))
    return found

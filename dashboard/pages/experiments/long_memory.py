"""Long memory: add two marked values, or name the first one, at growing lengths; who still can?"""

import streamlit as st

from dashboard.pages.experiments import running
from dashboard.session.browser_tab import BrowserTab
from dashboard.session.experiment_run import ExperimentRun
from dashboard.texts import say
from lstm_core.experiments import long_memory
from lstm_core.experiments.long_memory import LENGTHS, LongMemory
from lstm_core.experiments.sequences.task import SOLVED_ACCURACY, TASKS
from lstm_core.formatting import percent

NAME = "long_memory"


def show(tab: BrowserTab) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        label = say("experiment_long_memory.task")
        task = st.selectbox(label, tuple(TASKS), 1, format_func=lambda name: TASKS[name].title)
        length = st.select_slider(say("experiment_long_memory.length"), LENGTHS, LENGTHS[1])
        seed = st.number_input(say("experiments.seed"), 0, 2**31 - 1, 0)
    race = {each.cell: each for each in long_memory.cells(task, length, seed)}
    run = running.controls(tab, NAME, race)
    if run is not None:
        running.show(tab, NAME, _draw, came=_came)


def _settings(run: ExperimentRun) -> LongMemory:
    settings = next(iter(run.settings.values()))
    assert isinstance(settings, LongMemory)
    return settings


def _came(run: ExperimentRun) -> str:
    settings = _settings(run)
    came = running.verdict(run, "experiment_long_memory", long_memory.naive_scores(settings)["accuracy"])
    task = TASKS[settings.task].title
    return came and say("experiment_long_memory.conclusion", task=task, length=settings.length, verdict=came)


def _draw(run: ExperimentRun) -> None:
    settings = _settings(run)
    naive = long_memory.naive_scores(settings)
    task = TASKS[settings.task].title
    st.markdown(say("experiment_long_memory.accuracy", task=task, length=settings.length))
    x = running.against()
    running.draw_accuracy(running.curves(run, "accuracy", x), x, naive["accuracy"])
    st.caption(say("experiment_long_memory.can", share=percent(SOLVED_ACCURACY, 0)))
    running.table(run, ("accuracy", "loss"), naive)

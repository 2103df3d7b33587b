"""Long memory: add two marked values, or name the first one, at growing lengths; who still can?"""

import streamlit as st

from dashboard.pages.experiments import running
from dashboard.session.browser_tab import BrowserTab
from dashboard.session.experiment_run import ExperimentRun
from lstm_core.experiments import long_memory
from lstm_core.experiments.long_memory import LENGTHS, LongMemory
from lstm_core.experiments.sequences.task import SOLVED_ACCURACY, TASKS
from lstm_core.formatting import percent

NAME = "long_memory"
_SOLVED = (
    f"“Can” means: at least {percent(SOLVED_ACCURACY, 0)} of the answers right on sequences never seen, three scorings "
    "in a row. The dotted line is the best constant answer."
)


def show(tab: BrowserTab) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        task = st.selectbox("Task", tuple(TASKS), 1, format_func=lambda name: TASKS[name].title)
        length = st.select_slider("Length, timesteps", LENGTHS, LENGTHS[1])
        seed = st.number_input("Seed", 0, 2**31 - 1, 0)
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
    came = running.verdict(run, "can", "cannot", long_memory.naive_scores(settings)["accuracy"])
    return came and f"{TASKS[settings.task].title} over {settings.length} timesteps: {came}"


def _draw(run: ExperimentRun) -> None:
    settings = _settings(run)
    naive = long_memory.naive_scores(settings)
    st.markdown(f"**{TASKS[settings.task].title}, {settings.length} timesteps: right answers on sequences never seen**")
    x = running.against()
    running.draw_accuracy(running.curves(run, "accuracy", x), x, naive["accuracy"])
    st.caption(_SOLVED)
    running.table(run, {"accuracy": "accuracy", "loss": "loss"}, naive)

"""Long memory: add two marked values, or name the first one, at growing lengths; who still can?"""

import streamlit as st

from dashboard.session.trials import Trial
from dashboard.session.visit import Visit
from dashboard.views.experiments import running
from lstm_core.experiments import long_memory
from lstm_core.experiments.long_memory import LENGTHS, LongMemory
from lstm_core.experiments.sequence_task import SOLVED_ACCURACY, TASKS

NAME = "long_memory"
_SOLVED = (
    f"“Can” means: at least {SOLVED_ACCURACY:.0%} of the answers right on sequences never seen, three scorings in a "
    "row. The dotted line is the best constant answer."
)


def show(visit: Visit) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        task = st.selectbox("Task", tuple(TASKS), 1, format_func=lambda name: TASKS[name].title)
        length = st.select_slider("Length, timesteps", LENGTHS, LENGTHS[1])
        seed = st.number_input("Seed", 0, 2**31 - 1, 0)
    race = {each.cell: each for each in long_memory.cells(task, length, seed)}
    trial = running.controls(visit, NAME, Trial(race, long_memory.begin, long_memory.go_on))
    if trial is not None:
        running.show(visit, trial, lambda: _draw(trial), came=lambda: _came(trial))


def _settings(trial: Trial) -> LongMemory:
    settings = next(iter(trial.settings.values()))
    assert isinstance(settings, LongMemory)
    return settings


def _came(trial: Trial) -> str:
    settings = _settings(trial)
    came = running.verdict(trial, "can", "cannot", long_memory.naive_scores(settings)["accuracy"])
    return came and f"{TASKS[settings.task].title} over {settings.length} timesteps: {came}"


def _draw(trial: Trial) -> None:
    settings = _settings(trial)
    naive = long_memory.naive_scores(settings)
    st.markdown(f"**{TASKS[settings.task].title}, {settings.length} timesteps: right answers on sequences never seen**")
    x = running.against()
    running.draw_accuracy(running.curves(trial, "accuracy", x), x, naive["accuracy"])
    st.caption(_SOLVED)
    running.table(trial, {"accuracy": "accuracy", "loss": "loss"}, naive)

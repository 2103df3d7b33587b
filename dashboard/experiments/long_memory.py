"""Long memory: add two marked values, or name the first one, at growing lengths; who still can?"""

import streamlit as st

from dashboard.experiments import running
from dashboard.trials import Trial
from dashboard.visit import Visit
from lstm_core.experiments import long_memory
from lstm_core.experiments.long_memory import LENGTHS, LongMemory
from lstm_core.experiments.sequence_task import TASKS

NAME = "long_memory"
_WHILE = "The dotted line is the best constant answer."


def show(visit: Visit) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        task = st.selectbox("Task", tuple(TASKS), 1, format_func=lambda name: TASKS[name].title)
        length = st.select_slider("Length, timesteps", LENGTHS, LENGTHS[1])
        seed = st.number_input("Seed", 0, 2**31 - 1, 0)
    race = {each.cell: each for each in long_memory.cells(task, length, seed)}
    trial = running.controls(visit, NAME, Trial(race, long_memory.begin, long_memory.go_on))
    if trial is not None:
        x = running.against()
        running.show(visit, trial, lambda: _draw(visit, trial, x))


def _draw(visit: Visit, trial: Trial, x: str) -> None:
    settings = next(iter(trial.settings.values()))
    assert isinstance(settings, LongMemory)
    naive = long_memory.naive_scores(settings)
    st.markdown(f"**{TASKS[settings.task].title}, {settings.length} timesteps: right answers on sequences never seen**")
    running.draw_accuracy(running.curves(trial, "accuracy", x), x, naive["accuracy"])
    came = running.verdict(trial, lambda state: state.outcome == "solved", "can", "cannot")
    solved = f"“Can” means that its loss fell below {TASKS[settings.task].solved_loss:.2g}."
    st.caption(f"{came} {solved}" if came else _WHILE)
    running.table(trial, {"accuracy": "accuracy", "loss": "loss"}, naive)

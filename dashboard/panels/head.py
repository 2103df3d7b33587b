"""The head of the pages around the stage: what this is, the next step beside Train, and the other buttons' row."""

import streamlit as st

from dashboard.panels import training_buttons as controls
from dashboard.panels.next_step import next_step, what_it_is
from dashboard.run_view.looks import Look
from dashboard.session import current as session
from dashboard.session.visit import Visit


def head(visit: Visit, page: str, now: Look, is_possible: bool) -> None:
    """Both rows are always there, so that nothing moves when the second one fills."""
    visit.taken.add(page)
    with st.container(key="head", horizontal=True, gap="medium"):
        st.header(what_it_is(now.subject), anchor=False, width="stretch")
        with st.container(key="act", width="content", gap=None):
            with st.container(key="first-row", horizontal=True, vertical_alignment="center", gap="small"):
                _next(visit, now.subject.hyperparameters.cell)
                controls.train(visit, is_possible)
            with st.container(key="second-row", horizontal=True, vertical_alignment="center", gap="small"):
                if now.job is not None:
                    controls.buttons(visit, now.job)


def _next(visit: Visit, cell: str) -> None:
    step = next_step(cell, visit.taken)
    if step is None:
        return
    if step.page:
        if st.button(step.sentence, key="next-step", type="tertiary"):
            session.go(step.page)
        return
    before, last = step.sentence.rsplit(" ", 1)
    chip = f'<b class="chip" aria-hidden="true">{step.letter}</b>'
    st.html(f'<p class="next-step">{before} <span>{last} {chip}</span></p>')

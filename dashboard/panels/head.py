"""The head of the pages around the stage: what this is, the next step beside Train, and the other buttons' row."""

import streamlit as st

from dashboard.panels import training_buttons as controls
from dashboard.panels.next_step import next_step, what_it_is
from dashboard.run_view.viewed_run import ViewedRun
from dashboard.run_view.viewing import RunView
from dashboard.session import current
from dashboard.session.browser_tab import BrowserTab
from lstm_core.data.steps import short_step_of


def head(tab: BrowserTab, page: str, now: RunView, is_possible: bool) -> None:
    """Both rows are always there, so that nothing moves when the second one fills."""
    tab.fields.taken.add(page)
    with st.container(key="head", horizontal=True, gap="medium"):
        st.header(what_it_is(now.viewed), anchor=False, width="stretch")
        with st.container(key="act", width="content", gap=None):
            with st.container(key="first-row", horizontal=True, vertical_alignment="center", gap="small"):
                _next(tab, now.viewed)
                controls.train(tab, is_possible)
            with st.container(key="second-row", horizontal=True, vertical_alignment="center", gap="small"):
                if now.job is not None:
                    controls.buttons(tab, now.job)


def _next(tab: BrowserTab, viewed: ViewedRun) -> None:
    step = next_step(viewed.hyperparameters.cell, short_step_of(viewed.series.dates), tab.fields.taken)
    if step is None:
        return
    if step.page:
        if st.button(step.sentence, key="next-step", type="tertiary"):
            current.go(step.page)
        return
    before, last = step.sentence.rsplit(" ", 1)
    chip = f'<b class="chip" aria-hidden="true">{step.letter}</b>'
    st.html(f'<p class="next-step">{before} <span>{last} {chip}</span></p>')

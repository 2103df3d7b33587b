"""Experiments: the classic ones, each with what to look for and how long it takes; they train in front of you."""

import streamlit as st

from dashboard.pages.experiments.table import EXPERIMENTS
from dashboard.panels import stage_page
from dashboard.session import current
from dashboard.session.browser_tab import BrowserTab
from dashboard.texts import page as words


def page() -> None:
    tab = current.tab()
    with st.sidebar:
        stage_page.title()
        st.html(f"<style>:root {{ --gs-sidebar: '{words.EXPERIMENTS}'; }}</style>")
        st.header("Experiment", anchor=False)
        name = _choose(tab)
        stage_page.letters(tab)
    stage_page.tell(tab.problems)
    chosen = EXPERIMENTS[name]
    st.header(chosen.title, anchor=False)
    st.markdown(chosen.introduction)
    st.caption(words.takes(chosen.seconds))
    chosen.show(tab)
    current.write_link(tab)


def _choose(tab: BrowserTab) -> str:
    """Kept in the link: a teacher's link opens the experiment that it is about."""
    names = list(EXPERIMENTS)
    index = names.index(tab.state.experiment) if tab.state.experiment in names else 0
    name = st.radio(
        "Experiment",
        names,
        index,
        format_func=lambda each: EXPERIMENTS[each].title,
        key=tab.fields.key("experiment"),
        label_visibility="collapsed",
    )
    tab.look_at_experiment(name)
    return name

"""Experiments: the classic ones, each with what to look for and how long it takes; they train in front of you."""

import streamlit as st

from dashboard.panels import stage_page as frame
from dashboard.session import current as session
from dashboard.session.visit import Visit
from dashboard.texts import page as words
from dashboard.views.experiments.table import EXPERIMENTS


def page() -> None:
    visit = session.visit()
    with st.sidebar:
        frame.title()
        st.html(f"<style>:root {{ --gs-sidebar: '{words.EXPERIMENTS}'; }}</style>")
        st.header("Experiment", anchor=False)
        name = _choose(visit)
        frame.letters(visit)
    frame.tell(visit.problems)
    chosen = EXPERIMENTS[name]
    st.header(chosen.title, anchor=False)
    st.markdown(chosen.introduction)
    st.caption(words.takes(chosen.seconds))
    chosen.show(visit)
    session.write_link(visit)


def _choose(visit: Visit) -> str:
    """Kept in the link: a teacher's link opens the experiment that it is about."""
    names = list(EXPERIMENTS)
    index = names.index(visit.state.experiment) if visit.state.experiment in names else 0
    name = st.radio(
        "Experiment",
        names,
        index,
        format_func=lambda each: EXPERIMENTS[each].title,
        key=visit.key("experiment"),
        label_visibility="collapsed",
    )
    visit.look_at_experiment(name)
    return name

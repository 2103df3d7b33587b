"""Experiments: the classic ones, each with what to look for and how long it takes; they train in front of you."""

import streamlit as st

from dashboard import session, words
from dashboard.experiments.table import EXPERIMENTS


def page() -> None:
    visit = session.visit()
    with st.sidebar:
        st.title("Gatescope", anchor=False)
        st.caption(words.TAGLINE)
        st.subheader("Experiment", anchor=False)
        titles = {name: each.title for name, each in EXPERIMENTS.items()}
        name = st.radio("Experiment", list(titles), format_func=titles.__getitem__, label_visibility="collapsed")
    chosen = EXPERIMENTS[name]
    st.subheader(chosen.title, anchor=False)
    st.markdown(chosen.introduction)
    st.caption(f"Takes {chosen.takes} on two cores.")
    chosen.show(visit)

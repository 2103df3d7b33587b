"""Experiments: the classic ones, each with what to look for and how long it takes; they train in front of you."""

from collections.abc import Mapping

import streamlit as st

from dashboard.pages.experiments.table import EXPERIMENTS
from dashboard.panels import stage_page
from dashboard.session import current
from dashboard.session.browser_tab import BrowserTab
from dashboard.texts import say
from dashboard.texts.durations import duration


def page() -> None:
    tab = current.tab()
    with st.sidebar:
        stage_page.title()
        st.html(f"<style>:root {{ --gs-sidebar: '{say('page.page_experiments')}'; }}</style>")
        st.header(say("experiments.experiment"), anchor=False)
        name = _choose(tab)
        stage_page.letters(tab)
    stage_page.tell(tab.problems)
    st.header(_title(name), anchor=False)
    st.markdown(say(f"experiments.introduction_{name}"))
    st.caption(_takes(EXPERIMENTS[name].seconds))
    EXPERIMENTS[name].show(tab)
    current.write_link(tab)


def _title(name: str) -> str:
    return say(f"experiments.title_{name}")


def _takes(cases: Mapping[str, float]) -> str:
    """How long it takes, case by case."""
    times = (say(f"experiments.case_{case}", time=duration(seconds)) for case, seconds in cases.items())
    return say("experiments.takes", times=", ".join(times))


def _choose(tab: BrowserTab) -> str:
    """Kept in the link: a teacher's link opens the experiment that it is about."""
    names = list(EXPERIMENTS)
    index = names.index(tab.state.experiment) if tab.state.experiment in names else 0
    name = st.radio(
        say("experiments.experiment"),
        names,
        index,
        format_func=_title,
        key=tab.fields.key("experiment"),
        label_visibility="collapsed",
    )
    tab.look_at_experiment(name)
    return name

"""Gatescope: pages and their order, nothing else."""

from pathlib import Path

import streamlit as st

from dashboard.session import current as session
from dashboard.texts import page as words
from dashboard.views import compare, experiments, forecast, inside, one_unit

HERE = Path(__file__).resolve().parent

st.set_page_config(
    page_title="Gatescope", page_icon=str(HERE.parent / "assets" / "icon.png"), layout="wide", initial_sidebar_state=264
)
st.html(HERE / "page.css")
if session.visit().state.letters == "large":
    st.html(HERE / "large.css")
PAGES = {
    "forecast": st.Page(forecast.page, title="Watch", url_path="forecast", default=True),
    "inside": st.Page(inside.page, title="Inside the cell", url_path="inside"),
    "compare": st.Page(compare.page, title="Compare", url_path="compare"),
    "experiments": st.Page(experiments.page, title=words.EXPERIMENTS, url_path="experiments"),
    "smallest": st.Page(one_unit.page, title="Smallest LSTM", url_path="smallest"),
}
session.offer(PAGES)
current = st.navigation(list(PAGES.values()), position="top")
with st.container(key="pages"), st.popover(words.PAGES):  # on a phone: the bar with the pages has no room there
    for page in PAGES.values():
        st.page_link(page)
current.run()
session.be_known()

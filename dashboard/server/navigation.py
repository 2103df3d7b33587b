"""Gatescope: pages and their order, nothing else."""

import streamlit as st

from dashboard import ASSETS
from dashboard.pages import compare, experiments, forecast, inside, one_unit
from dashboard.session import current
from dashboard.style import style_sheets
from dashboard.texts import page as words

st.set_page_config(page_title="Gatescope", page_icon=str(ASSETS / "icon.png"), layout="wide", initial_sidebar_state=264)
st.html(style_sheets("page", "keyboard", "sidebar", "head"))
if current.tab().state.letters == "large":
    st.html(style_sheets("large"))
PAGES = {
    "forecast": st.Page(forecast.page, title="Watch", url_path="forecast", default=True),
    "inside": st.Page(inside.page, title="Inside the cell", url_path="inside"),
    "compare": st.Page(compare.page, title="Compare", url_path="compare"),
    "experiments": st.Page(experiments.page, title=words.EXPERIMENTS, url_path="experiments"),
    "smallest": st.Page(one_unit.page, title="Smallest LSTM", url_path="smallest"),
}
current.offer(PAGES)
chosen = st.navigation(list(PAGES.values()), position="top")
with st.container(key="pages"), st.popover(words.PAGES):  # on a phone: the bar with the pages has no room there
    for page in PAGES.values():
        st.page_link(page)
chosen.run()
current.be_known()
